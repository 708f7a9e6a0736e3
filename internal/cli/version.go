package cli

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"
)

// version is that of CHANGELOG.md.
const version = "0.1.0"

// userAgent names the program to the service.
const userAgent = "razebulk/" + version

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
		Run: func(cmd *cobra.Command, _ []string) {
			fmt.Fprintf(cmd.OutOrStdout(), "razebulk %s %s %s/%s\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
		},
	}
}
