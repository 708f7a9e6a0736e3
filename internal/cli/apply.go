package cli

import (
	"time"

	"github.com/spf13/cobra"

	"razebulk/internal/cli/internal/flagset"
	"razebulk/internal/cli/internal/planned"
	"razebulk/internal/cli/internal/reporting"
	"razebulk/internal/cli/internal/usage"
	"razebulk/internal/update"
)

// applyFlags are the flags of apply, as the user gave them.
type applyFlags struct {
	updateFlags
	acceptEdits bool
	maxAge      time.Duration
}

func newApply() *cobra.Command {
	f := &applyFlags{updateFlags: updateFlags{maxFailures: update.MaxFailures, compare: true}}
	cmd := &cobra.Command{
		Use:   "apply [flags] PLAN",
		Short: "Send what a plan lists, where nobody has changed it since",
		Long: `apply sends the cells that PLAN lists, the file that update --dry-run --compare
has written. Lines may have been deleted and sorted. A cell is sent only if the
CRM still holds what the plan shows as current; else it is a CONFLICT.

A plan of which lines were edited is refused as a whole. So is one that was made
for another address, is too old, or was applied before.

` + exitCodes,
		Example: `  razebulk update --dry-run --compare deals.csv
                                     write the plan deals.plan.csv
  razebulk apply deals.plan.csv      send it once it was reviewed`,
		Args: usage.OneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.maxAge < 0 {
				return negative("--max-age", f.maxAge)
			}
			return f.reported(&command{cmd: cmd, file: args[0]})
		},
	}
	f.begin = f.read
	f.define(cmd)
	return cmd
}

func (f *applyFlags) define(cmd *cobra.Command) {
	g := &flagset.Groups{}
	f.defineSending(g)
	safety := g.Of(flagset.Safety)
	safety.BoolVarP(&f.dryRun, "dry-run", "n", false, "read and check everything; send nothing")
	safety.BoolVar(&f.acceptEdits, "accept-edits", false, "apply a plan of which lines were edited, as they stand now")
	safety.DurationVar(&f.maxAge, "max-age", planned.MaxAge, "refuse a plan that is older; 0 is none")
	f.defineFailures(g)
	f.defineFiles(g)
	f.requestFlags.define(g)
	g.AddTo(cmd)
	f.exclude(cmd)
	cmd.MarkFlagsMutuallyExclusive("resume", "restart")
}

// read reads the plan, and makes of it the sheet that is sent.
func (f *applyFlags) read(c *command, to *reporting.Report) error {
	ctx, release := interruptible()
	defer release()
	plan, err := planned.Read(ctx, c.file, c.cmd.InOrStdin(), planned.Terms{Address: f.address(), MaxAge: f.maxAge, AcceptEdits: f.acceptEdits})
	if err != nil {
		return err
	}
	f.content, f.stage, c.stage = plan.Sheet, plan.HasStage, plan.HasStage
	to.Applies(plan.Name, plan.HasStage)
	return nil
}
