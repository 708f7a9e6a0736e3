package batch

import (
	"slices"
	"time"

	"razebulk/batch/dialect"
	"razebulk/batch/internal/contacts"
	"razebulk/batch/internal/outcome"
	"razebulk/batch/internal/plans"
	"razebulk/batch/rules"
	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/ledger"
	"razebulk/internal/reason"
)

// Known holds what is known about the service and the opportunities before they are updated. It only ever reduces what
// a row sends. It is safe for concurrent use. A nil pointer knows nothing.
type Known struct {
	// Ledger is what earlier runs have stored; nil if there is none.
	Ledger *ledger.Ledger
	// Current is what the service was seen to hold; nil if nothing was read.
	Current *Current
	// Dialect is the dialect that the service speaks, as learned from answers; nil means that this run detects it.
	Dialect *dialect.Detector
	// Force also sends fields that somebody has changed in the meantime.
	Force bool
	// IgnoreUnstored omits values that the service does not store, and doesn't count that as a failure.
	IgnoreUnstored bool
	// Rules are the rules for fields. They don't apply to rows that undo a run or were reviewed.
	Rules rules.Rules
	// Misplaced returns why the opportunity of a row, in the pipeline with this id, is not to be in the stage with this
	// id; a reason without a code means that it may be. It is called from several goroutines. nil means that each may be.
	Misplaced func(row csvmap.Row, stage, pipeline string) reason.Reason
	// Tried reports whether the run that this one resumes has tried to change the opportunity: if so, the run itself made
	// it newer than the sheet. nil means that there is no such run.
	Tried func(id string) bool

	contacts *contacts.Contacts // shown by the answers to updates
}

// compare removes from a plan what is already stored, what somebody else has changed since, and what the service does
// not store. Before is what earlier rows will have stored by then; nil if nothing.
func (k *Known) compare(p *Plan, before *plans.Stored) {
	if k == nil || p.Status != "" {
		return
	}
	held, failure := k.held(p.Row.ID)
	if failure != nil {
		p.finishUnread(*failure)
		return
	}
	if k.Current != nil || k.Ledger != nil || before != nil || len(p.Row.Nulls) > 0 { // otherwise everything is sent
		p.Decisions = diff(p.Row, p.values(), k.baseline(p.Row.ID, held, before))
	}
	p.leaveUnstored(k.Dialect.Now())
	p.noteLostTitle(held)
	conflicts, unread := p.Conflicts(), p.Unread()
	if len(conflicts) > 0 {
		p.Reasons = []reason.Reason{changedBySomebody(conflicts)}
	}
	if len(unread) > 0 {
		p.Reasons = append(p.Reasons, reason.New("rule_unread", "fields", unread))
	}
	switch {
	case p.Requests() > 0:
		k.refuseUnfit(p)
		k.refuseStale(p, held)
	case len(p.Reasons) > 0:
		p.Status = Conflict
	case len(p.Unstored()) > 0:
		p.finishUnstored(k.IgnoreUnstored)
	case p.lostTitle.Code != "":
		p.Status, p.Reasons = NotApplied, []reason.Reason{p.lostTitle}
	default:
		p.Status = Unchanged
	}
}

func (k *Known) held(id string) (getraze.Opportunity, *Failure) {
	if k.Current == nil {
		return nil, nil
	}
	return k.Current.Of(id)
}

func (k *Known) baseline(id string, held getraze.Opportunity, before *plans.Stored) baseline {
	b := baseline{
		compared: k.Current != nil, held: held, force: k.Force, rules: k.Rules,
		remembered: func(f getraze.Field) bool { return k.Ledger != nil && k.Ledger.Holds(id, f.Name, ledgerValue(f)) },
		doubtful:   func(field string) bool { return k.Current.IsDoubtful(id, field) },
	}
	if title, has := held.Title(); has {
		b.title = &title
	}
	if before != nil {
		b.planned = before.Fields(id, k.contactKey(id))
		if name, planned := before.Of(id)[crm.Name]; planned && b.title != nil {
			b.title = &name.Text
		}
	}
	return b
}

// contactKey returns a string that is the same for two opportunities if and only if they have the same contact; "" if
// the contact is not known.
func (k *Known) contactKey(id string) string {
	if k == nil {
		return ""
	}
	contact := k.contacts.Of(id)
	if k.Current != nil && contact == "" {
		held, _ := k.Current.Of(id)
		contact = held.ContactID()
	}
	switch {
	case contact != "" && k.Ledger != nil:
		return k.Ledger.ContactKey(contact)
	case k.Ledger != nil:
		return k.Ledger.Contact(id)
	}
	return crm.IDKey(contact)
}

// finishUnread gives a row the status of the failed reading of its opportunity.
func (p *Plan) finishUnread(failure Failure) {
	p.Status, p.httpStatus, p.Decisions = failure.Status, failure.HTTPStatus, nil
	p.Reasons = failure.Reasons
	if failure.Status != NotFound {
		p.Reasons = append(p.Reasons[:len(p.Reasons):len(p.Reasons)], reason.New("not_read"))
	}
}

// leaveUnstored omits fields that the service was seen not to store.
func (p *Plan) leaveUnstored(d getraze.Dialect) {
	for i := range p.Decisions {
		if p.Decisions[i].IsSent() && !d.Stores(p.Decisions[i].Field.Name) {
			p.Decisions[i].Choice = Unstored
		}
	}
}

// finishUnstored finishes a row that has nothing else left to send.
func (p *Plan) finishUnstored(omit bool) {
	fields := namesOf(p.Unstored())
	p.Status, p.omits, p.Reasons = NotApplied, omit, []reason.Reason{reason.New("field_not_stored", "fields", fields)}
	if !omit {
		return
	}
	p.Reasons = []reason.Reason{reason.New("unstored_left_out", "fields", fields)}
	p.Status = Unchanged
	if len(fields) == len(p.Decisions) {
		p.Status = Empty
	}
}

// noteLostTitle notes whether a row that undoes a change of the name leaves the opportunity without its title.
func (p *Plan) noteLostTitle(held getraze.Opportunity) {
	if p.Row.Title == nil {
		return
	}
	for _, d := range p.Decisions {
		title, known := held.Title()
		isLost := d.IsSent() || d.Choice == Skip && known && title != *p.Row.Title
		if d.Field.Name == crm.Name && isLost {
			p.lostTitle = reason.New("title_lost", "title", *p.Row.Title)
		}
	}
}

func changedBySomebody(conflicts []Change) reason.Reason {
	var fields []string
	for _, change := range conflicts {
		fields = append(fields, change.Field)
	}
	return reason.New("changed_since", "fields", fields)
}

// refuseUnfit finishes a row that contains something that the service can't store.
func (k *Known) refuseUnfit(p *Plan) {
	if k == nil || p.Status != "" {
		return
	}
	now := k.Dialect.Now()
	if dialect.TakesAll(now) {
		return
	}
	if reasons := dialect.Unfit(now, p.Fields()); len(reasons) > 0 {
		p.Status, p.Reasons, p.Decisions = ValidationError, reasons, nil
	}
}

// refuseStale finishes a row whose sheet is older than what the service holds.
func (k *Known) refuseStale(p *Plan, held getraze.Opportunity) {
	updated, _ := held.UpdatedAt() // ReadCurrent has failed if it can't be read
	tried := k.Tried != nil && k.Tried(p.Row.ID)
	if updated.IsZero() || tried || p.Status != "" || k.Force || k.Current == nil || !p.Row.Older(updated) {
		return
	}
	p.Status = Conflict
	p.Reasons = []reason.Reason{reason.New("sheet_older", "at", updated.UTC().Format(time.RFC3339))}
	p.Decisions = slices.DeleteFunc(p.Decisions, func(d Decision) bool { return d.IsSent() })
}

// begin is called before the first request of a row.
func (k *Known) begin(t *task) error {
	if k.Ledger == nil {
		return nil
	}
	if err := k.noteContact(t.Row.ID, k.contacts.Of(t.Row.ID)); err != nil {
		return err
	}
	return k.Ledger.Begin(t.Row.ID, namesOf(t.Fields())...)
}

// noteContact records the contact of an opportunity in the ledger; if it is "", the one that was read.
func (k *Known) noteContact(id, contact string) error {
	if contact == "" && k.Current != nil {
		held, _ := k.Current.Of(id)
		contact = held.ContactID()
	}
	if contact == "" {
		return nil
	}
	return k.Ledger.NoteContact(id, contact)
}

// note records the outcome of a row, after its result.
func (k *Known) note(t *task) error {
	if k.Current == nil && k.Ledger == nil {
		return nil
	}
	stored, mayBe := t.fields.Stored()
	if k.Current != nil {
		k.Current.Note(t.Row.ID, stored, mayBe)
		k.Current.Note(t.other, nil, mayBe)
	}
	if k.Ledger == nil {
		return nil
	}
	if t.other != "" {
		if err := k.Ledger.Forget(t.other, namesOf(mayBe)...); err != nil {
			return err
		}
	}
	if err := k.noteContact(t.Row.ID, t.contact); err != nil {
		return err
	}
	noted := make([]ledger.Noted, 0, len(t.Decisions))
	for _, d := range t.Decisions {
		if d.isProved() {
			noted = append(noted, ledger.Noted{Field: d.Field.Name, Value: ledgerValue(d.Field), Verified: true})
		}
	}
	for _, f := range t.fields {
		if f.IsStored() {
			noted = append(noted, ledger.Noted{Field: f.Field.Name, Value: ledgerValue(f.Field), Verified: f.Became == outcome.Verified})
		}
	}
	doubtful := namesOf(mayBe)
	if t.State.Had500 && t.result.Status == ServerError {
		noted, doubtful = nil, namesOf(t.values())
	}
	if err := k.Ledger.Note(t.Row.ID, noted...); err != nil || len(doubtful) == 0 {
		return err
	}
	if k.hidesContact(t) {
		if err := k.Ledger.ForgetContacts(doubtful...); err != nil {
			return err
		}
	}
	return k.Ledger.Forget(t.Row.ID, doubtful...)
}

// hidesContact reports whether a row may have changed a contact that is not known.
func (k *Known) hidesContact(t *task) bool {
	if t.contact != "" || k.Dialect.Now().Name() == "documented" || !crm.IsUUID(crm.CanonicalID(t.Row.ID)) {
		return false // the contact is known, or there is none
	}
	sends := slices.ContainsFunc(t.Fields(), func(f getraze.Field) bool { return crm.IsContact(f.Name) })
	return sends && k.contactKey(t.Row.ID) == ""
}
