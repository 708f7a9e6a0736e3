package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"razebulk/internal/cli/internal/console"
	"razebulk/internal/cli/internal/flagset"
	"razebulk/internal/cli/internal/reporting"
	"razebulk/internal/cli/internal/usage"
	"razebulk/internal/history"
	"razebulk/internal/reason"
	"razebulk/report"
)

func newRuns() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "runs [--json]",
		Short: "List the updates that were run on this machine",
		Long: `runs lists this user's runs of update on this machine, oldest first: the time,
the rows, the failed rows, the exit code, and whether there is an undo file. A
resumed run counts as one run.`,
		Args: usage.Nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			runs, err := readHistory(cmd)
			switch {
			case err != nil:
				return err
			case asJSON:
				return runs.WriteJSON(cmd.OutOrStdout())
			}
			return runs.WriteTable(cmd.OutOrStdout(), talkWords(cmd))
		},
	}
	g := &flagset.Groups{}
	g.Of(flagset.Output).BoolVar(&asJSON, "json", false, "print each run as a JSON object, one per line")
	g.AddTo(cmd)
	return cmd
}

// readHistory reads the history. It says which parts can't be understood, or that there is no history yet.
func readHistory(cmd *cobra.Command) (history.Runs, error) {
	out := console.Console{Err: console.NewScreen(cmd.ErrOrStderr()), Words: talkWords(cmd)}
	file, err := history.Open()
	if err != nil {
		return nil, err
	}
	runs, damaged, err := file.Read()
	if damaged > 0 {
		out.Warn("history_damaged", "file", file.Path(), "lines", damaged)
	}
	if err == nil && len(runs) == 0 {
		out.Say("history_empty", "file", file.Path())
	}
	return runs, err
}

func newUndo() *cobra.Command {
	f := &updateFlags{compare: true}
	cmd := &cobra.Command{
		Use:   "undo [flags] [RUN]",
		Short: "Undo a run of update",
		Long: `undo sends the undo file of a run, as update --compare does: it does not
overwrite later changes by others. RUN is an id listed by runs; without one, or
with "last", it is the latest run. The run must have used --compare.

It writes results and an undo file of its own. Exit codes are those of update.`,
		Example: `  razebulk undo --dry-run            show what undoing the latest run changes
  razebulk undo                      undo the latest run`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.undo(&command{cmd: cmd, file: strings.Join(args, "")})
		},
	}
	g := &flagset.Groups{}
	g.Of(flagset.Send).BoolVar(&f.force, "force", false, "also send what somebody has changed since")
	g.Of(flagset.Safety).BoolVarP(&f.dryRun, "dry-run", "n", false, "show what would change; send nothing; write the plan")
	f.report.DefinePage(g.Of(flagset.Files))
	f.requestFlags.define(g)
	g.AddTo(cmd)
	f.exclude(cmd)
	return cmd
}

// undo runs the command that undoes the run as if the user had typed it, so that the commands it suggests are right,
// too.
func (f *updateFlags) undo(c *command) error {
	runs, err := readHistory(c.cmd)
	if err != nil {
		return err
	}
	run, err := reporting.ToUndo(runs, c.file)
	if err != nil {
		return err
	}
	if (c.file == "" || c.file == "last") && runs.IsOpenUndo(run) {
		flags := append([]string{"--resume", "--compare"}, reporting.UndoFlags(run)...)
		return reason.New("undo_unfinished", "run", run.ID, "command", commandLine("update", flags, c.given(func(string) bool { return true }), run.Sheet.Name))
	}
	if run.Address != f.address() {
		return reason.New("run_elsewhere", "run", run.ID, "made", run.Address, "now", f.address())
	}
	file, err := report.FindUndo(run.Files.Undo, run.Began)
	if err != nil {
		return err
	}
	if file == "" {
		return reason.New("undo_gone", "run", run.ID, "file", run.Files.Undo)
	}
	args := append([]string{"update", "--compare"}, reporting.UndoFlags(run)...)
	args = slices.Concat(args, c.given(func(string) bool { return true }), []string{"--", file})
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(c.cmd.InOrStdin())
	root.SetOut(c.cmd.OutOrStdout())
	root.SetErr(c.cmd.ErrOrStderr())
	return root.ExecuteContext(newInvocation())
}
