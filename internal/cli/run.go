// Package cli wires the program together: commands, flags, environment, files, signals and exit codes.
package cli

import (
	"fmt"
	"io"

	"github.com/inconshreveable/mousetrap"
	"github.com/spf13/cobra"

	"razebulk/internal/cli/internal/complete"
	"razebulk/internal/cli/internal/console"
	"razebulk/internal/cli/internal/desktop"
	"razebulk/internal/cli/internal/lang"
	"razebulk/internal/cli/internal/logs"
	"razebulk/internal/cli/internal/message"
	"razebulk/internal/cli/internal/usage"
	"razebulk/internal/words"
)

// Run is the whole program: it runs the command in args and returns the exit code. Data goes to files or stdout,
// messages go to stderr.
func Run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	cobra.MousetrapHelpText = "" // it would turn away users who double-click the program
	if mousetrap.StartedByExplorer() {
		return desktop.Run(words.For(nil).In(lang.Environment()), args, stdin, stderr, func(args ...string) int { return runOnce(args, stdin, stdout, stderr) })
	}
	return runOnce(args, stdin, stdout, stderr)
}

func runOnce(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	cmd, err := root.ExecuteContextC(newInvocation())
	err = usage.Explain(root, args, err)
	sayEnd(cmd, stderr, err)
	return codeOf(err)
}

// sayEnd says what ended the program, in the log if there is one.
func sayEnd(cmd *cobra.Command, stderr io.Writer, err error) {
	log := logOf(cmd, stderr)
	switch {
	case log != nil && err != nil:
		logs.Failed(log, codeOf(err), message.Of(talkWords(cmd), err))
	case log != nil:
		log.Info(logs.Ended, "exit_code", exitOK)
	case err != nil:
		fmt.Fprintf(console.NewScreen(stderr), "razebulk: %s\n", message.Of(talkWords(cmd), err))
	}
}

// Command returns the program's command line with all commands and flags, to describe it. [Run] runs it.
func Command() *cobra.Command { return newRoot() }

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "razebulk COMMAND",
		Short: "Make the opportunities of a GetRaze CRM agree with a spreadsheet",
		Long: `razebulk reads opportunities from a spreadsheet, a CSV file or an Excel
workbook, and updates them in the GetRaze CRM: one request for each row, found
by its id. An empty cell means "don't update".

Try it without an account:
  razebulk update --sandbox testdata/opportunities.csv

` + exitCodes,
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       version(),

		DisableFlagsInUseLine: true,
	}
	usage.CommonFlags(root.Flags())
	root.Flags().BoolP("version", "v", false, "print the version")
	root.SetUsageFunc(usage.ShowAll)
	root.SetVersionTemplate(versionLine() + "\n")
	root.SetFlagErrorFunc(usage.Flag)
	root.SetHelpCommand(usage.Help())
	root.PersistentPreRunE = applySettings
	root.AddCommand(newUpdate(), newApply(), newUndo(), newRuns(), newExport(), newColumns(), newCheck(), newLogin(), newLogout(), newConfig(), newSandbox(), newUI(), newVersion())
	for _, cmd := range root.Commands() {
		complete.Define(cmd)
	}
	root.AddCommand(usage.Completion())
	return root
}
