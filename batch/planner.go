package batch

import (
	"iter"

	"razebulk/batch/internal/idset"
	"razebulk/batch/internal/plans"
	"razebulk/csvmap"
	"razebulk/internal/getraze"
)

// Planner plans rows before any is sent. It is not safe for concurrent use.
type Planner struct {
	known             *Known
	repeats, contacts Repeats
	stored            *plans.Stored
	wishes            plans.Wishes
}

// Clashes counts rows that want a different value for a contact's field than an earlier row of another opportunity.
type Clashes = plans.Clashes

// SharedContacts returns the contacts that are known to occur in several rows.
func (k *Known) SharedContacts(rows iter.Seq2[csvmap.Row, error], dir string) (Repeats, error) {
	ids := idset.New(dir)
	defer ids.Close()
	for row, err := range rows {
		if err != nil {
			return Repeats{}, err
		}
		if contact := k.contactKey(row.ID); contact != "" {
			if err := ids.Add(contact, row.Number); err != nil {
				return Repeats{}, err
			}
		}
	}
	return ids.Repeats()
}

// NewPlanner returns a planner. Known may be nil. Repeats and contacts are the ids and the contacts that occur in
// several rows.
func NewPlanner(known *Known, repeats, contacts Repeats) *Planner {
	return &Planner{known: known, repeats: repeats, contacts: contacts, stored: plans.New()}
}

// Plan decides what to do with a row. Rows must be passed in order.
func (p *Planner) Plan(row csvmap.Row) Plan {
	plan := PlanRow(row)
	contact := p.known.contactKey(row.ID)
	isShared, isRepeated := contact != "" && p.contacts.Has(contact), p.repeats.Has(row.ID)
	if isShared {
		p.wishes.Note(row.ID, contact, row.Number, plan.values(), func(a, b getraze.Field) bool { return ledgerValue(a) == ledgerValue(b) })
	}
	if !isShared && !isRepeated {
		p.known.compare(&plan, nil)
		return plan
	}
	p.known.compare(&plan, p.stored)
	if plan.Status == "" {
		p.stored.Put(row.ID, contact, plan.Fields())
	}
	return plan
}
