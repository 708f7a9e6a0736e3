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

// Opportunity is what the service reports about one opportunity, under the service's own names: in a list, as the
// answer to a GET, or as the echo of an update. Each of these omits different fields, and each dialect has its own
// names.
type Opportunity map[string]json.RawMessage

// newOpportunity returns the opportunity whose members are at these places in text.
func newOpportunity(text []byte, members []reduce.Place) Opportunity {
	o := make(Opportunity, len(members))
	for _, m := range members {
		o[m.Key] = text[m.Start:m.End:m.End]
	}
	return o
}

// opportunityOf returns nil if raw, which must be reduced already, is not an object.
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

// Value is the value of a field.
type Value struct {
	// Text is a string's content or a number's digits, unchanged; it is empty if there is no value.
	Text string
	// Empty reports that there is no value: null or an empty string.
	Empty bool
	// Null reports that the value is null.
	Null bool
}

// Value returns the current value of the field with this documented name. For "title", which is also a field of
// updates, it is the contact's job title, see [Opportunity.Title]. It returns false if the value is not reported: the
// answer omits the field, or holds something other than a string or a number, or has it under two names with
// different values.
func (o Opportunity) Value(field string) (Value, bool) {
	found := o.values(field)
	differs := func(raw json.RawMessage) bool { return !isScalar(raw) || text(raw) != text(found[0]) }
	if len(found) == 0 || slices.ContainsFunc(found, differs) {
		return Value{}, false
	}
	current := text(found[0])
	return Value{Text: current, Empty: current == "", Null: string(found[0]) == "null"}, true
}

// isScalar reports whether raw is a string, a number or null, rather than true, false, a list or an object.
func isScalar(raw json.RawMessage) bool {
	return len(raw) > 0 && strings.IndexByte(`"-0123456789n`, raw[0]) >= 0
}

// Holds reports whether the field already has the value that would be sent, compared as in [Answer.Verify]. It
// returns false if the value is not reported.
func (o Opportunity) Holds(field Field) bool {
	if _, reported := o.Value(field.Name); !reported {
		return false
	}
	return field.stored(o.values(field.Name)[0])
}

// string returns the text of a key, or "" if there is none.
func (o Opportunity) string(key string) string {
	if raw := o[key]; isScalar(raw) {
		return text(raw)
	}
	return ""
}

// has reports whether the opportunity has one of the keys.
func (o Opportunity) has(keys ...string) bool {
	return slices.ContainsFunc(keys, func(key string) bool { _, there := o[key]; return there })
}

// ID returns the opportunity's id, or "" if there is none.
func (o Opportunity) ID() string { return o.string(crm.ID) }

// ContactID returns the id of the contact that holds the fields of [crm.IsContact] and that other opportunities may
// share, or "" if it is not reported.
func (o Opportunity) ContactID() string { return o.string("contact_id") }

// Title returns the opportunity's own title, which in the observed dialect an update of the name overwrites. It
// returns false if there is none or none is reported.
func (o Opportunity) Title() (string, bool) {
	return o.string(ownTitle), o.has(ownTitle) && o.has(contactMarks...)
}

// UpdatedAt returns when the opportunity was last changed, by the service's clock, to the microsecond. It returns the
// zero time if that is not reported, and an error, a [reason.Reason], if it can't be parsed. Not every change moves
// it: changes of the contact's fields may leave it as it is (docs/api.md).
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

// CreatedAt returns when the opportunity was created, by the service's clock, or the zero time if that is not
// reported or can't be parsed.
func (o Opportunity) CreatedAt() time.Time {
	at, _ := crm.ParseTime(text(o["created_at"]))
	return at
}

// values returns what the opportunity holds for a field: the value under its documented name if there is one,
// otherwise all values under its other names.
func (o Opportunity) values(field string) []json.RawMessage { return o.addValues(nil, field) }

// maxValues is how many values an opportunity can hold for a field.
const maxValues = 3

// addValues appends these values to found, which must be empty.
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

// keys returns the keys under which this opportunity may hold the field, the documented one first. Its title is a job
// title only if no key of a contact shows that it is the opportunity's own.
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

// responsibleUser returns the id in responsible_user {id, name}, the form that GET of one opportunity uses. It
// returns null if there is no user.
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
