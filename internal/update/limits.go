package update

import (
	"context"
	"errors"
	"iter"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/csvmap"
	"razebulk/internal/reason"
)

// ErrFirst ends a run after the first rows that had something to send, as its options ask. It can be resumed.
var ErrFirst = errors.New("the first rows are sent, and others remain")

// takeFirst leaves the rows after the first ones with something to send for a later run, and surveys the others
// again.
func (r *Run) takeFirst(ctx context.Context) error {
	if r.options.First == 0 {
		return nil
	}
	if invalid, err := r.withholds(ctx); err != nil || invalid {
		return err
	}
	err := r.plan(ctx, func(rows iter.Seq2[csvmap.Row, error]) (err error) {
		r.later, err = behindFirst(rows, batch.NewPlanner(r.known, r.survey.Repeats, r.survey.Contacts), r.options.First)
		return err
	})
	if err != nil || r.later == 0 {
		return err
	}
	contacts := r.survey.Contacts
	err = r.surveyAgain(ctx)
	r.survey.Contacts = contacts
	return err
}

// withholds reports whether the run is to send nothing because a row is invalid, even one that it might not come to.
func (r *Run) withholds(ctx context.Context) (invalid bool, err error) {
	if !r.options.Strict {
		return false, nil
	}
	err = r.plan(ctx, func(rows iter.Seq2[csvmap.Row, error]) error {
		whole, err := r.survey.Against(rows, r.known)
		invalid = whole.Invalid > 0
		return err
	})
	return invalid, err
}

// behindFirst returns the row that would be sent next after the first ones, or 0 if there is none.
func behindFirst(rows iter.Seq2[csvmap.Row, error], planner *batch.Planner, first int) (int, error) {
	for row, err := range rows {
		if err != nil {
			return 0, err
		}
		plan := planner.Plan(row)
		switch sends := plan.Requests() > 0; {
		case sends && first == 0:
			return row.Number, nil
		case sends:
			first--
		}
	}
	return 0, nil
}

// isLater reports whether a row is left for a later run. An undo file is sent from the last row to the first.
func (r *Run) isLater(row int) bool {
	switch {
	case r.later == 0:
		return false
	case r.reading.Undoes():
		return row <= r.later
	}
	return row >= r.later
}

// endedBy returns what ended the run, given the cause that ended its batch.
func (r *Run) endedBy(cause error) error {
	if cause == nil && r.later != 0 {
		return ErrFirst
	}
	return cause
}

// CheckChanges returns an error, a [reason.Reason], if the run, together with the one that it resumes, changes more
// of the sheet's rows than the options allow. [Prepare] has called it already, except for a dry run.
func (r *Run) CheckChanges() error {
	most := r.options.MaxChanges
	if most == nil || r.Withheld() {
		return nil
	}
	changes := r.survey.Sends
	if r.earlier != nil {
		changes += r.earlier.Tally.Counts().Sent
	}
	if !exceeds(changes, r.rows, *most) {
		return nil
	}
	return reason.New("too_many_changes", "changes", changes, "rows", r.rows)
}

func exceeds(part, all int, most pace.Share) bool {
	if most.Percent > 0 {
		return float64(part)*100 > most.Percent*float64(all)
	}
	return part > most.Count
}
