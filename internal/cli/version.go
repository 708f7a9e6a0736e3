package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"razebulk/internal/cli/internal/usage"

	"github.com/spf13/cobra"
)

// developed is the version in development, for a build that doesn't know its own. The linker sets it for a release.
var developed = "0.2.0-dev"

// version returns the version of the module or of the commit that the program was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || !strings.HasPrefix(info.Main.Version, "v") {
		return developed
	}
	return strings.TrimPrefix(info.Main.Version, "v")
}

func versionLine() string {
	return fmt.Sprintf("razebulk %s %s %s/%s", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

func newVersion() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  usage.Nothing,
		Run:   func(cmd *cobra.Command, _ []string) { fmt.Fprintln(cmd.OutOrStdout(), versionLine()) },
	}
	usage.CommonFlags(cmd.Flags())
	return cmd
}
