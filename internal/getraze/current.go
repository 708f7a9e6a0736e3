package getraze

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"razebulk/internal/crm"
)

// Opportunity is what the service reports of one opportunity, by the service's own names: in a list, as the answer to a
// GET, or as the echo of an update. Each of these leaves out other fields, and each dialect has names of its own.
type Opportunity map[string]json.RawMessage

// Value is what a field holds.
type Value struct {
	// Text is a string's content or a number's digits, as they came; for no value, nothing.
	Text string
	// Empty reports that there is no value: null, or a text of no length.
	Empty bool
}

// Value returns what the field of this documented name holds now. It is false if that is not reported: the answer
// leaves the field out, or holds something else than a text or a number, or has it under two names that differ.
func (o Opportunity) Value(field string) (Value, bool) {
	found := o.values(field)
	differs := func(raw json.RawMessage) bool { return !isScalar(raw) || text(raw) != text(found[0]) }
	if len(found) == 0 || slices.ContainsFunc(found, differs) {
		return Value{}, false
	}
	current := text(found[0])
	return Value{current, current == ""}, true
}

// isScalar is true of a string, a number or null, and false of true, false, a list or an object.
func isScalar(raw json.RawMessage) bool {
	return len(raw) > 0 && strings.IndexByte(`"-0123456789n`, raw[0]) >= 0
}

// Holds reports whether the field has just the value that would be sent, compared as [Answer.Verify] compares; false
// also if the value is not reported.
func (o Opportunity) Holds(field Field) bool {
	if _, reported := o.Value(field.Name); !reported {
		return false
	}
	return field.stored(o.values(field.Name)[0])
}

// ID is empty if there is none.
func (o Opportunity) ID() string {
	raw, there := o[crm.ID]
	if !there || !isScalar(raw) {
		return ""
	}
	return text(raw)
}

// UpdatedAt is when the opportunity was last changed, in the service's clock; false if that is not reported. It doesn't
// move for every change: the contact's fields may leave it as it is (docs/api.md).
func (o Opportunity) UpdatedAt() (time.Time, bool) {
	at, err := time.Parse(time.RFC3339, text(o[crm.UpdatedAt]))
	return at, err == nil
}

// values are what the opportunity holds for a field: under its documented name alone if that is there, else under all
// others that are.
func (o Opportunity) values(field string) []json.RawMessage {
	var found []json.RawMessage
	for i, name := range namesOf(field) {
		raw, there := o[name]
		if there && i == 0 {
			return []json.RawMessage{raw}
		}
		if there {
			found = append(found, raw)
		}
	}
	if user, there := o.responsibleUser(); there && field == crm.Owner {
		found = append(found, user)
	}
	return found
}

// responsibleUser finds the id in responsible_user {id, name}, the form in which GET of one opportunity gives it.
// No user is null.
func (o Opportunity) responsibleUser() (json.RawMessage, bool) {
	var user struct {
		ID json.RawMessage `json:"id"`
	}
	raw, there := o["responsible_user"]
	if !there || string(raw) == "null" {
		return raw, there
	}
	err := json.Unmarshal(raw, &user)
	return user.ID, err == nil && user.ID != nil
}

// With is the opportunity after fields were stored.
func (o Opportunity) With(fields []Field) Opportunity {
	after := maps.Clone(o)
	for _, f := range fields {
		for _, name := range namesOf(f.Name) {
			delete(after, name)
		}
		if f.Name == crm.Owner {
			delete(after, "responsible_user")
		}
		if raw, err := f.json(); err == nil {
			after[namesOf(f.Name)[0]] = raw
		}
	}
	return after
}

// Only is the opportunity with nothing but its id, when it was updated, and these fields, for keeping many in memory.
func (o Opportunity) Only(fields []string) Opportunity {
	kept := Opportunity{}
	keep := func(name string) {
		if raw, there := o[name]; there {
			kept[name] = slices.Clone(raw) // it is a part of a whole page
		}
	}
	keep(crm.ID)
	keep(crm.UpdatedAt)
	for _, field := range fields {
		for _, name := range namesOf(field) {
			keep(name)
		}
		if field == crm.Owner {
			keep("responsible_user")
		}
	}
	return kept
}

// UserName is the name of the user who is responsible, which GET of one opportunity gives (docs/api.md); "" if there is
// none.
func (o Opportunity) UserName() string {
	var user struct {
		Name string `json:"name"`
	}
	if json.Unmarshal(o["responsible_user"], &user) != nil {
		return ""
	}
	return user.Name
}
