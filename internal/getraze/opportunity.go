package getraze

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"razebulk/internal/crm"
	"razebulk/internal/getraze/internal/reduce"
	"razebulk/internal/reason"
)

// Opportunity is what the service reports of one opportunity, by the service's own names: in a list, as the answer to a
// GET, or as the echo of an update. Each of these leaves out other fields, and each dialect has names of its own.
type Opportunity map[string]json.RawMessage

// newOpportunity has the members that are in these places of a text.
func newOpportunity(text []byte, members []reduce.Place) Opportunity {
	o := make(Opportunity, len(members))
	for _, m := range members {
		o[m.Key] = text[m.Start:m.End:m.End]
	}
	return o
}

// opportunityOf is nil if raw, which was reduced, is no object.
func opportunityOf(raw json.RawMessage) Opportunity {
	if len(raw) == 0 || raw[0] != '{' {
		return nil
	}
	o := make(Opportunity, min(bytes.Count(raw, []byte(`":`)), 32))
	for key, value := range knownKeys.Members(raw) {
		o[key] = value
	}
	return o
}

// Value is what a field holds.
type Value struct {
	// Text is a string's content or a number's digits, as they came; for no value, nothing.
	Text string
	// Empty reports that there is no value: null, or a text of no length.
	Empty bool
	// Null reports that it is null.
	Null bool
}

// Value returns what the field of this documented name holds now; of "title", which is a field of an update, too, the
// contact's job title, see [Opportunity.Title]. It is false if that is not reported: the answer leaves the field out,
// or holds something else than a text or a number, or has it under two names that differ.
func (o Opportunity) Value(field string) (Value, bool) {
	found := o.values(field)
	differs := func(raw json.RawMessage) bool { return !isScalar(raw) || text(raw) != text(found[0]) }
	if len(found) == 0 || slices.ContainsFunc(found, differs) {
		return Value{}, false
	}
	current := text(found[0])
	return Value{Text: current, Empty: current == "", Null: string(found[0]) == "null"}, true
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

// string is the text of a key, or "" if there is none.
func (o Opportunity) string(key string) string {
	if raw := o[key]; isScalar(raw) {
		return text(raw)
	}
	return ""
}

// has reports whether one of the keys is there.
func (o Opportunity) has(keys ...string) bool {
	return slices.ContainsFunc(keys, func(key string) bool { _, there := o[key]; return there })
}

// ID is empty if there is none.
func (o Opportunity) ID() string { return o.string(crm.ID) }

// ContactID is the id of the contact that holds the fields of [crm.IsContact], and that other opportunities may
// share; "" if it is not reported.
func (o Opportunity) ContactID() string { return o.string("contact_id") }

// Title is the opportunity's own title, which in the observed dialect an update of the name overwrites; false if it has
// none, or none that is reported.
func (o Opportunity) Title() (string, bool) {
	return o.string(ownTitle), o.has(ownTitle) && o.has(contactMarks...)
}

// UpdatedAt is when the opportunity was last changed, in the service's clock, to the microsecond. It is the zero time
// if that is not reported, and an error, a [reason.Reason], if it can't be read. It doesn't move for every change:
// the contact's fields may leave it as it is (docs/api.md).
func (o Opportunity) UpdatedAt() (time.Time, error) {
	raw := o[crm.UpdatedAt]
	if raw == nil || string(raw) == "null" {
		return time.Time{}, nil
	}
	at, ok := crm.ParseTime(text(raw))
	if !ok {
		return time.Time{}, reason.New("time_unreadable", "value", text(raw))
	}
	return at, nil
}

// CreatedAt is when the opportunity was made, in the service's clock, or the zero time if that is not reported or can't
// be read.
func (o Opportunity) CreatedAt() time.Time {
	at, _ := crm.ParseTime(text(o["created_at"]))
	return at
}

// values are what the opportunity holds for a field: under its documented name alone if that is there, else under all
// others that are.
func (o Opportunity) values(field string) []json.RawMessage { return o.addValues(nil, field) }

// maxValues is how many an opportunity can hold for a field.
const maxValues = 3

// addValues adds them to what there is room for; nothing was found yet.
func (o Opportunity) addValues(found []json.RawMessage, field string) []json.RawMessage {
	for i, key := range o.keys(field) {
		raw, there := o[key]
		if there && key == responsibleUser && field == crm.Owner {
			raw, there = o.responsibleUser()
		}
		if there {
			found = append(found, raw)
		}
		if there && i == 0 {
			return found
		}
	}
	return found
}

// keys are those under which this opportunity may hold the field, the documented one first. Its title is a job title
// only where no key of a contact says that it is the opportunity's own.
func (o Opportunity) keys(field string) []string {
	switch {
	case field == crm.Position && !o.has(contactMarks...):
		return jobTitle
	case field == ownTitle && o.has("contact_title"):
		return contactTitle
	case field == crm.Owner:
		return keysOf(field)
	}
	if n := namesOf(field); n != nil {
		return n.shown[:]
	}
	return []string{field}
}

var (
	jobTitle     = []string{crm.Position, ownTitle}
	contactTitle = []string{"contact_title"}
)

// responsibleUser finds the id in responsible_user {id, name}, the form in which GET of one opportunity gives it.
// No user is null.
func (o Opportunity) responsibleUser() (json.RawMessage, bool) {
	var user struct {
		ID json.RawMessage `json:"id"`
	}
	raw := o[responsibleUser]
	if string(raw) == "null" {
		return raw, true
	}
	err := json.Unmarshal(raw, &user)
	return user.ID, err == nil && user.ID != nil
}
