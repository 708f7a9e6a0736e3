package getraze

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"
)

// Opportunity is what the service says of one opportunity, by the service's own names: in a list, as the answer to a GET, or
// as the echo of an update. Each of these leaves out other fields, and each deployment has names of its own.
type Opportunity map[string]json.RawMessage

// Value is what a field holds.
type Value struct {
	// Text is a string's content or a number's digits, as they came; for no value, nothing.
	Text string
	// Empty tells that there is no value: null, or a text of no length.
	Empty bool
}

// Value returns what the field of this name in our terms, as [Field] has it, holds now. It is false if the answer doesn't tell: it
// leaves the field out, or holds something else than a text or a number, or has it under two names that differ.
func (o Opportunity) Value(field string) (Value, bool) {
	found := o.values(field)
	unlike := func(raw json.RawMessage) bool { return !isScalar(raw) || text(raw) != text(found[0]) }
	if len(found) == 0 || slices.ContainsFunc(found, unlike) {
		return Value{}, false
	}
	current := text(found[0])
	return Value{current, current == ""}, true
}

// isScalar tells a string, a number or null from true, false, a list or an object.
func isScalar(raw json.RawMessage) bool {
	return len(raw) > 0 && strings.IndexByte(`"-0123456789n`, raw[0]) >= 0
}

// Holds tells whether the field has just the value that would be sent, compared as [Answer.Verify] compares; false also if
// the answer doesn't tell.
func (o Opportunity) Holds(field Field) bool {
	if _, told := o.Value(field.Name); !told {
		return false
	}
	return field.stored(o.values(field.Name)[0])
}

// ID is empty if there is none.
func (o Opportunity) ID() string {
	raw, there := o["id"]
	if !there || !isScalar(raw) {
		return ""
	}
	return text(raw)
}

// UpdatedAt is when the opportunity was last changed, in the service's clock; false if the answer doesn't tell. It doesn't
// move for every change: the contact's fields were seen to leave it as it is (api.md, part 2).
func (o Opportunity) UpdatedAt() (time.Time, bool) {
	at, err := time.Parse(time.RFC3339, text(o["updated_at"]))
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
	if user, there := o.responsibleUser(); there && field == "responsible_user_id" {
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
		if f.Name == "responsible_user_id" {
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
	keep("id")
	keep("updated_at")
	for _, field := range fields {
		for _, name := range namesOf(field) {
			keep(name)
		}
		if field == "responsible_user_id" {
			keep("responsible_user")
		}
	}
	return kept
}
