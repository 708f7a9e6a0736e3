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
		Short: "Send the changes in a reviewed plan",
		Long: `apply sends the changes listed in PLAN, a file written by
update --dry-run --compare. You may delete and sort its lines first. A cell is
sent only if the CRM still has the value that the plan shows as current.
Otherwise it is a CONFLICT.

A plan with edited lines is refused as a whole. So is a plan for another
address, one that is too old, and one that was already applied.

` + exitCodes,
		Example: `  razebulk update --dry-run --compare deals.csv
                                     write the plan deals.plan.csv
  razebulk apply deals.plan.csv      send it after review`,
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
	safety.BoolVar(&f.acceptEdits, "accept-edits", false, "apply a plan with edited lines, as they are now")
	safety.DurationVar(&f.maxAge, "max-age", planned.MaxAge, "refuse a plan that is older; 0 = no limit")
	f.defineFailures(g)
	f.defineFiles(g)
	f.requestFlags.define(g)
	g.AddTo(cmd)
	f.exclude(cmd)
	cmd.MarkFlagsMutuallyExclusive("resume", "restart")
}

// read reads the plan and turns it into the sheet that is sent.
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
