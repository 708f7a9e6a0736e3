package batch

import (
	"slices"
	"time"

	"razebulk/internal/getraze"
	"razebulk/internal/ledger"
	"razebulk/internal/reason"
)

// Known is what is known of the opportunities before they are updated. It only ever shrinks what a row sends. It is
// safe for concurrent use. The nil pointer knows nothing.
type Known struct {
	// Ledger is what earlier runs have stored; nil for none.
	Ledger *ledger.Ledger
	// Current is what the service was seen to hold; nil if it wasn't read.
	Current *Current
	// Force sends also what somebody has changed meanwhile.
	Force bool
	// Tried reports whether the run that this one resumes has tried to change the opportunity: that it is newer than
	// the sheet is then the run's own doing. nil is for no such run.
	Tried func(id string) bool
}

// compare leaves out of a plan what is stored already, and what somebody else has changed since. Planned are the
// values that earlier rows of the opportunity will have stored by then; nil for none.
func (k *Known) compare(p *Plan, planned map[string]getraze.Field) {
	if k == nil || p.Status != "" {
		return
	}
	held, failure := k.held(p.Row.ID)
	if failure != nil {
		p.finishUnread(*failure)
		return
	}
	p.Decisions = diff(p.Row, p.values(), k.baseline(p.Row.ID, held, planned))
	conflicts := p.Conflicts()
	if len(conflicts) > 0 {
		p.Reasons = []reason.Reason{changedBySomebody(conflicts)}
	}
	switch {
	case p.Requests() > 0:
		k.refuseStale(p, held)
	case len(conflicts) > 0:
		p.Status = Conflict
	default:
		p.Status = Unchanged
	}
}

func (k *Known) held(id string) (getraze.Opportunity, *Failure) {
	if k.Current == nil {
		return nil, nil
	}
	return k.Current.of(id)
}

func (k *Known) baseline(id string, held getraze.Opportunity, planned map[string]getraze.Field) baseline {
	return baseline{
		planned: planned, compared: k.Current != nil, held: held, force: k.Force,
		remembered: func(f getraze.Field) bool { return k.Ledger != nil && k.Ledger.Holds(id, f.Name, ledgerValue(f)) },
		doubtful:   func(field string) bool { return k.Current.doubtful(id, field) },
	}
}

// finishUnread gives a row the status of the reading of its opportunity, which has failed.
func (p *Plan) finishUnread(failure Failure) {
	p.Status, p.httpStatus, p.Decisions = failure.Status, failure.HTTPStatus, nil
	p.Reasons = failure.Reasons
	if failure.Status != NotFound {
		p.Reasons = append(p.Reasons[:len(p.Reasons):len(p.Reasons)], reason.New("not_read"))
	}
}

func changedBySomebody(conflicts []Change) reason.Reason {
	var fields []string
	for _, change := range conflicts {
		fields = append(fields, change.Field)
	}
	return reason.New("changed_since", "fields", fields)
}

// refuseStale finishes a row whose sheet is older than what the service holds.
func (k *Known) refuseStale(p *Plan, held getraze.Opportunity) {
	updated, _ := held.UpdatedAt() // ReadCurrent has failed if it can't be read
	tried := k.Tried != nil && k.Tried(p.Row.ID)
	if updated.IsZero() || tried || k.Force || k.Current == nil || !p.Row.Older(updated) {
		return
	}
	p.Status = Conflict
	p.Reasons = []reason.Reason{reason.New("sheet_older", "at", updated.UTC().Format(time.RFC3339))}
	p.Decisions = slices.DeleteFunc(p.Decisions, Decision.isSent)
}

// begin is called before the first request of a row.
func (k *Known) begin(t *task) error {
	if k == nil || k.Ledger == nil {
		return nil
	}
	return k.Ledger.Begin(t.Row.ID, namesOf(t.Fields())...)
}

// note records what became of a row, after its result.
func (k *Known) note(t task) error {
	if k == nil {
		return nil
	}
	if k.Current != nil {
		k.Current.note(t.Row.ID, t.fields)
	}
	if k.Ledger == nil {
		return nil
	}
	var noted []ledger.Noted
	for _, d := range t.Decisions {
		if d.isProved() {
			noted = append(noted, ledger.Noted{Field: d.Field.Name, Value: ledgerValue(d.Field), Verified: true})
		}
	}
	var doubtful []string
	for _, f := range t.fields {
		switch {
		case f.isStored():
			noted = append(noted, ledger.Noted{Field: f.field.Name, Value: ledgerValue(f.field), Verified: f.became == verified})
		case f.isDoubtful():
			doubtful = append(doubtful, f.field.Name)
		}
	}
	if err := k.Ledger.Note(t.Row.ID, noted...); err != nil || len(doubtful) == 0 {
		return err
	}
	return k.Ledger.Forget(t.Row.ID, doubtful...)
}
