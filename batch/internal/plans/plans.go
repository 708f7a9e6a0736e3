// Package plans remembers what rows will do to opportunities and their contacts, before any of them is sent.
package plans

import (
	"maps"

	"razebulk/internal/crm"
	"razebulk/internal/getraze"
)

// Stored holds the fields that rows will have stored. It is not safe for concurrent use. A nil pointer has none.
type Stored struct {
	byKey map[string]map[string]getraze.Field
}

// New returns an empty Stored.
func New() *Stored { return &Stored{map[string]map[string]getraze.Field{}} }

// Of returns the fields that were put for the opportunity itself.
func (s *Stored) Of(id string) map[string]getraze.Field { return s.byKey[crm.IDKey(id)] }

// Fields returns the fields of an opportunity and of its contact, which may be "".
func (s *Stored) Fields(id, contact string) map[string]getraze.Field {
	fields := maps.Clone(s.byKey[crm.IDKey(id)])
	if fields == nil {
		fields = map[string]getraze.Field{}
	}
	maps.Copy(fields, s.byKey["contact "+contact])
	return fields
}

// Put adds fields that a row will have stored.
func (s *Stored) Put(id, contact string, fields []getraze.Field) {
	for _, f := range fields {
		s.put(crm.IDKey(id), f)
		if contact != "" && crm.IsContact(f.Name) {
			s.put("contact "+contact, f)
		}
	}
}

func (s *Stored) put(key string, field getraze.Field) {
	if s.byKey[key] == nil {
		s.byKey[key] = map[string]getraze.Field{}
	}
	s.byKey[key][field.Name] = field
}

// Clashes counts rows that want a different value for a contact's field than an earlier row of another opportunity.
type Clashes struct {
	Rows int
	// First and Second are the numbers of the first two such rows, and Field is the field in which they differ.
	First, Second int
	Field         string
}

// Wishes are the values that rows give to the fields of contacts. The zero value is empty. It is not safe for
// concurrent use.
type Wishes struct {
	Clashes Clashes
	latest  map[string]map[string]wish // by contact and field
}

// wish is the value that the latest row gives to a field of a contact.
type wish struct {
	field getraze.Field
	id    string
	row   int
}

// Note compares the values that a row gives to the fields of its contact with those of earlier rows, whether it is sent
// or not.
func (w *Wishes) Note(id, contact string, row int, fields []getraze.Field, same func(a, b getraze.Field) bool) {
	if w.latest == nil {
		w.latest = map[string]map[string]wish{}
	}
	if w.latest[contact] == nil {
		w.latest[contact] = map[string]wish{}
	}
	differs := false
	for _, f := range fields {
		if !crm.IsContact(f.Name) {
			continue
		}
		before, found := w.latest[contact][f.Name]
		if found && !crm.SameID(before.id, id) && !same(before.field, f) {
			differs = true
			if c := &w.Clashes; c.First == 0 {
				c.First, c.Second, c.Field = before.row, row, f.Name
			}
		}
		w.latest[contact][f.Name] = wish{f, id, row}
	}
	if differs {
		w.Clashes.Rows++
	}
}
