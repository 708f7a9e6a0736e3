package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"razebulk/batch/pace"
	"razebulk/internal/cli/internal/usage"
	"razebulk/internal/files"
	"razebulk/internal/reason"
	"razebulk/internal/review"
)

// applyFlags are the flags of apply, as the user gave them.
type applyFlags struct {
	updateFlags
	acceptEdits bool
	maxAge      time.Duration
}

const defaultMaxAge = 7 * 24 * time.Hour

func newApply() *cobra.Command {
	f := &applyFlags{updateFlags: updateFlags{maxFailures: pace.Share{Percent: 50}, compare: true}}
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
			c := &command{cmd, args[0]}
			if err := f.check(); err != nil {
				return err
			}
			if err := f.read(cmd.Context(), c); err != nil {
				return explained{err, message(c.words(), err)}
			}
			return f.run(c)
		},
	}
	f.define(cmd)
	return cmd
}

func (f *applyFlags) define(cmd *cobra.Command) {
	g := &groups{}
	f.defineSending(g)
	safety := g.of(safetyGroup)
	safety.BoolVarP(&f.dryRun, "dry-run", "n", false, "read and check everything; send nothing")
	safety.BoolVar(&f.acceptEdits, "accept-edits", false, "apply a plan of which lines were edited, as they stand now")
	safety.DurationVar(&f.maxAge, "max-age", defaultMaxAge, "refuse a plan that is older; 0 is none")
	f.defineFailures(g)
	f.defineFiles(g)
	f.requestFlags.define(cmd, g)
	g.addTo(cmd)
	f.exclude(cmd)
	cmd.MarkFlagsMutuallyExclusive("resume", "restart")
}

func (f *applyFlags) check() error {
	if f.maxAge < 0 {
		return fmt.Errorf("--max-age %s: must be 0 or more", f.maxAge)
	}
	return f.updateFlags.check()
}

// read reads the plan, and makes of it the sheet that is sent.
func (f *applyFlags) read(ctx context.Context, c *command) error {
	input, err := files.OpenInput(ctx, c.file, c.cmd.InOrStdin())
	if err != nil {
		return err
	}
	defer input.Close()
	content, err := io.ReadAll(io.NewSectionReader(input, 0, input.Size()))
	if err != nil {
		return err
	}
	plan, err := review.Read(content)
	if err == nil {
		err = f.refusal(plan)
	}
	var sheet bytes.Buffer
	if err == nil {
		err = plan.WriteSheet(&sheet)
	}
	if err != nil {
		return &planError{c.file, err}
	}
	f.content, f.stage, f.plan = &sheet, plan.HasStage(), plan.Name
	return nil
}

// refusal is why the plan is not applied. That it was edited goes before all else.
func (f *applyFlags) refusal(plan *review.Plan) error {
	if err := plan.EditedErr(); err != nil && !f.acceptEdits {
		return err
	}
	age := time.Since(plan.Time)
	switch {
	case plan.Name == "": // all lines were deleted
		return nil
	case plan.BaseURL != f.address():
		return reason.New("plan_of_other_address", "made", plan.BaseURL, "now", f.address())
	case f.maxAge > 0 && age > f.maxAge:
		return reason.New("plan_too_old", "age", age, "max", f.maxAge)
	}
	return nil
}

// planError is why a plan can't be applied.
type planError struct {
	name  string
	cause error
}

func (e *planError) Error() string { return e.name + ": " + e.cause.Error() }

func (e *planError) Unwrap() error { return e.cause }
