package batch

import (
	"iter"

	"razebulk/batch/internal/idset"
	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
)

// Planner plans rows before any is sent. It is for one goroutine.
type Planner struct {
	known             *Known
	repeats, contacts Repeats
	stored            stored
	wanted            map[string]map[string]wish // of contacts that several rows are about, by field
	clashes           Clashes
}

// stored are the fields that rows will have stored, by opportunity or contact.
type stored map[string]map[string]getraze.Field

func (s stored) of(id string) map[string]getraze.Field { return s[crm.IDKey(id)] }

// fields are those of an opportunity and of its contact.
func (s stored) fields(id, contact string) map[string]getraze.Field {
	fields := map[string]getraze.Field{}
	for name, field := range s[crm.IDKey(id)] {
		fields[name] = field
	}
	for name, field := range s["contact "+contact] {
		fields[name] = field
	}
	return fields
}

func (s stored) put(key string, field getraze.Field) {
	if s[key] == nil {
		s[key] = map[string]getraze.Field{}
	}
	s[key][field.Name] = field
}

// wish is what the latest row gives to a field of a contact.
type wish struct {
	field getraze.Field
	id    string
	row   int
}

// Clashes are rows that want another value for a field of a contact than an earlier row of another opportunity.
type Clashes struct {
	Rows int
	// First and Second are the numbers of the first two such rows, and Field is what they differ in.
	First, Second int
	Field         string
}

// SharedContacts are the contacts that several rows are about, as far as that is known.
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

// NewPlanner takes what is known, which may be nil, the ids that several rows have, and the contacts that several rows
// are about.
func NewPlanner(known *Known, repeats, contacts Repeats) *Planner {
	return &Planner{known: known, repeats: repeats, contacts: contacts, stored: stored{}, wanted: map[string]map[string]wish{}}
}

// Plan decides about a row. Rows must come in their order.
func (p *Planner) Plan(row csvmap.Row) Plan {
	plan := PlanRow(row)
	contact := p.known.contactKey(row.ID)
	isShared, isRepeated := contact != "" && p.contacts.Has(contact), p.repeats.Has(row.ID)
	if isShared {
		p.noteClash(plan, contact)
	}
	if !isShared && !isRepeated {
		p.known.compare(&plan, nil)
		return plan
	}
	p.known.compare(&plan, &p.stored)
	if plan.Status != "" {
		return plan
	}
	for _, field := range plan.Fields() {
		p.stored.put(crm.IDKey(row.ID), field)
		if isShared && crm.IsContact(field.Name) {
			p.stored.put("contact "+contact, field)
		}
	}
	return plan
}

// noteClash compares what a row wants of a contact with what the row before wants.
func (p *Planner) noteClash(plan Plan, contact string) {
	if p.wanted[contact] == nil {
		p.wanted[contact] = map[string]wish{}
	}
	differs := false
	for _, field := range plan.values() {
		if !crm.IsContact(field.Name) {
			continue
		}
		before, found := p.wanted[contact][field.Name]
		if found && !crm.SameID(before.id, plan.Row.ID) && ledgerValue(before.field) != ledgerValue(field) {
			differs = true
			if p.clashes.Rows == 0 {
				p.clashes.First, p.clashes.Second, p.clashes.Field = before.row, plan.Row.Number, field.Name
			}
		}
		p.wanted[contact][field.Name] = wish{field, plan.Row.ID, plan.Row.Number}
	}
	if differs {
		p.clashes.Rows++
	}
}
