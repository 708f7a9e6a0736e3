// Package cli wires the program together: commands, flags, environment, files, signals and exit codes.
package cli

import (
	"fmt"
	"io"

	"razebulk/internal/cli/internal/usage"
	"razebulk/internal/words"

	"github.com/spf13/cobra"
)

// Run is the whole program: it runs the command that args name and returns the exit code. Data goes to files or stdout,
// all talk to stderr.
func Run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := usage.Explain(root, root.Execute())
	if err != nil {
		fmt.Fprintf(&screen{out: stderr}, "razebulk: %s\n", message(words.For(nil), err))
	}
	return codeOf(err)
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "razebulk",
		Short: "Make the opportunities of a GetRaze CRM agree with a spreadsheet",
		Long: `razebulk reads opportunities from a spreadsheet, a CSV file or an Excel
workbook, and updates them in the GetRaze CRM: one request for each row, keyed
by its id. An empty cell means "don't update".

Try it without an account:
  razebulk update --sandbox testdata/opportunities.csv

` + exitCodes,
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       version(),
	}
	root.SetVersionTemplate(versionLine() + "\n")
	root.SetFlagErrorFunc(usage.Flag)
	root.SetHelpCommand(usage.Help())
	root.AddCommand(newUpdate(), newApply(), newExport(), newColumns(), newSandbox(), newVersion())
	return root
}

// The environment variables that are read.
const (
	keyVariable     = "GETRAZE_API_KEY"
	baseURLVariable = "GETRAZE_BASE_URL"
)
