package update

import (
	"context"
	"iter"
	"time"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/event"
	"razebulk/internal/reason"
	"razebulk/internal/review"
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
	of, err := r.planIdentity()
	if err != nil {
		return r.named(err)
	}
	plan, err := report.CreatePlan(r.paths.Plan, r.dialect(), r.options.Words, of)
	if err != nil {
		return err
	}
	planner := batch.NewPlanner(r.known, r.survey.Repeats, r.survey.Contacts)
	err = r.each(ctx, r.remains, func(rows iter.Seq2[csvmap.Row, error]) error {
		for row, err := range rows {
			if err != nil {
				return err
			}
			exact := planner.Plan(row)
			if err := plan.Add(exact, r.Named(exact)); err != nil {
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

// planIdentity is what a plan needs to be applied; nil if the opportunities were not read.
func (r *Run) planIdentity() (*review.Identity, error) {
	if !r.options.Compare {
		return nil, nil
	}
	digest, err := r.input.SHA256()
	return &review.Identity{
		Sheet: digest, BaseURL: r.options.Address, Dialect: r.requests.Dialect.Now().Name(), Time: time.Now().UTC(),
	}, err
}
