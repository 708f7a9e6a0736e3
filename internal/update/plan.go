package update

import (
	"context"
	"iter"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/event"
	"razebulk/internal/reason"
	"razebulk/report"
)

// WritePlan is the end of a dry run: it writes the plan in place of an earlier one. A file of another kind is kept, and
// is an error.
func (r *Run) WritePlan(ctx context.Context) error {
	switch replaceable, err := report.IsPlan(r.paths.Plan); {
	case err != nil:
		return err
	case !replaceable:
		return reason.New("not_a_plan", "file", r.paths.Plan)
	}
	plan, err := report.CreatePlan(r.paths.Plan, r.dialect(), r.options.Words)
	if err != nil {
		return err
	}
	planner := batch.NewPlanner(r.known, r.survey.Repeats, r.survey.Contacts)
	err = r.each(ctx, r.remains, func(rows iter.Seq2[csvmap.Row, error]) error {
		for row, err := range rows {
			if err != nil {
				return err
			}
			if err := plan.Add(r.Named(planner.Plan(row))); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		plan.Discard()
		return err
	}
	if err := plan.Commit(ctx); err != nil {
		return err
	}
	r.events.Emit(event.PlanWritten{Path: r.paths.Plan})
	return nil
}
