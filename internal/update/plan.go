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

// WritePlan ends a dry run: it writes the plan, replacing an earlier one. A file of another kind is kept, and is an
// error.
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
	err = r.eachPlan(ctx, func(row csvmap.Row, exact, shown batch.Plan) error {
		r.events.Emit(event.RowPlanned{Plan: shown, Cells: row.Cells})
		return plan.Add(exact, shown)
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

// emitPlans emits what is to be done about each row, if the options ask for it and something may be sent.
func (r *Run) emitPlans(ctx context.Context) error {
	if !r.options.EmitPlans || r.options.DryRun || r.Withheld() {
		return nil
	}
	return r.eachPlan(ctx, func(row csvmap.Row, _, shown batch.Plan) error {
		r.events.Emit(event.RowPlanned{Plan: shown, Cells: row.Cells})
		return nil
	})
}

// eachPlan calls do with each row that remains and its plan, as it is and as people are shown it.
func (r *Run) eachPlan(ctx context.Context, do func(row csvmap.Row, exact, shown batch.Plan) error) error {
	planner := batch.NewPlanner(r.known, r.survey.Repeats, r.survey.Contacts)
	return r.plan(ctx, func(rows iter.Seq2[csvmap.Row, error]) error {
		for row, err := range rows {
			if err != nil {
				return err
			}
			exact := planner.Plan(row)
			if err := do(row, exact, r.Named(exact)); err != nil {
				return err
			}
		}
		return nil
	})
}

// planIdentity returns what is needed to apply a plan, or nil if the opportunities were not read.
func (r *Run) planIdentity() (*review.Identity, error) {
	if !r.options.Compare {
		return nil, nil
	}
	digest, err := r.input.SHA256()
	return &review.Identity{
		Sheet: digest, BaseURL: r.options.Address, Dialect: r.requests.Dialect.Now().Name(), Time: time.Now().UTC(),
	}, err
}
