package batch

import (
	"slices"

	"razebulk/batch/rules"
	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/ledger"
)

// Choice is what to do with one field of a row.
type Choice int

// The choices.
const (
	// Send: the field is sent.
	Send Choice = iota
	// Unknown: the field is sent although the opportunity was read, since the service does not report its value.
	Unknown
	// Skip: the service already holds the value.
	Skip
	// Leave: somebody has changed the field since the run that the row undoes, so it stays as it is.
	Leave
	// Keep: a rule for the field keeps its value, or a value that is not known to be empty.
	Keep
	// Unstored: the field would be sent, but the service was seen not to store it.
	Unstored
)

// Decision is what to do with one field of a row, and why. What a row sends, what an undo file records, what a preview
// and a plan show and what the ledger notes are all derived from the row's decisions.
type Decision struct {
	// Field is the value that the row gives the field. The stage is the field "status".
	Field  getraze.Field
	Choice Choice
	// Seen reports that Before is what the field holds, or will hold when the row's turn comes. Without it, Before has no
	// meaning.
	Seen   bool
	Before getraze.Value
	// Now is what the field holds now, if Before is what an earlier row will have stored by then; nil otherwise.
	Now *getraze.Value
	// Title is only set for a name: it is the opportunity's own title, which sending the name overwrites; nil if it has
	// none or none was seen.
	Title *string
}

// IsSent reports whether the field goes into a request.
func (d *Decision) IsSent() bool { return d.Choice == Send || d.Choice == Unknown }

// isProved reports whether the service was seen to hold the value.
func (d *Decision) isProved() bool { return d.Choice == Skip && d.Seen }

// Change returns what sending the field does; false if its value is not known because the opportunity was not read.
func (d *Decision) Change() (Change, bool) {
	if !d.Seen && d.Choice != Unknown {
		return Change{}, false
	}
	return Change{
		Field: d.Field.Name, Before: d.Before.Text, Empty: d.Seen && d.Before.Empty, Unknown: d.Choice == Unknown,
		After: d.Field.Text, Clear: d.Field.Clear, Number: d.Field.Number, Null: d.Seen && d.Before.Null, Now: d.Now, Title: d.Title,
	}, true
}

// Change is what sending a row does to one field of its opportunity.
type Change struct {
	Field string
	// Before is what the service holds, as text or digits. Empty reports that the field is empty, Unknown that the service
	// does not report it.
	Before         string
	Empty, Unknown bool
	// Null reports that the field holds null, not an empty string.
	Null bool
	// After is what is sent; Clear reports that the field is cleared.
	After  string
	Clear  bool
	Number bool
	// Now and Title are as in [Decision].
	Now   *getraze.Value
	Title *string
}

// OverwritesTitle reports whether sending the name gives the opportunity another title.
func (c Change) OverwritesTitle() bool { return c.Title != nil && *c.Title != c.After }

// LosesTitle reports whether the title was neither the name before nor the one after, so that no update can restore the
// title.
func (c Change) LosesTitle() bool { return c.Title != nil && *c.Title != c.Before }

// baseline is what is known of one opportunity when its row is compared.
type baseline struct {
	// planned holds the values that earlier rows of the opportunity, or of its contact, will have stored by then; title is
	// the title that it will have.
	planned map[string]getraze.Field
	title   *string
	// remembered reports whether the value is what an earlier run last stored.
	remembered func(getraze.Field) bool
	// compared reports that the opportunity was read, and held is what it was seen to hold.
	compared bool
	held     getraze.Opportunity
	// doubtful reports whether a field was sent, and may hold either the new value or the previous one.
	doubtful func(field string) bool
	// force also sends fields that somebody has changed since.
	force bool
	rules rules.Rules
}

// diff decides what to do with each field of a row.
func diff(row csvmap.Row, fields []getraze.Field, known baseline) []Decision {
	decisions := make([]Decision, len(fields))
	for i, field := range fields {
		if field.Clear && slices.Contains(row.Nulls, field.Name) {
			field.Null = nullable(known.held, field.Name, fields)
		}
		decisions[i] = known.decide(row, field)
		if field.Name == crm.Name {
			decisions[i].Title = known.title
		}
	}
	return decisions
}

// before returns what a field holds, or will hold when the row's turn comes, if that is known.
func (b baseline) before(field string) (getraze.Value, bool) {
	if planned, found := b.planned[field]; found {
		return getraze.Value{Text: planned.Text, Empty: planned.Clear}, true
	}
	return b.held.Value(field)
}

func (b baseline) decide(row csvmap.Row, field getraze.Field) Decision {
	given := field.Text
	undoes := len(row.Undoes) > 0 // the ledger may not have seen what the run to be undone has stored
	planned, again := b.planned[field.Name]
	if !undoes && !again && b.remembered(field) { // even if a rule is about it: it was not read
		return Decision{Field: field, Choice: Skip}
	}
	if b.compared && !undoes {
		before, reported := b.before(field.Name)
		var kept bool
		if field, kept = b.rules.Apply(field, before, reported); kept {
			return Decision{Field: field, Choice: Keep, Seen: reported, Before: before}
		}
	}
	if again {
		if ledgerValue(planned) == ledgerValue(field) {
			return Decision{Field: field, Choice: Skip}
		}
		d := Decision{Field: field, Choice: Send, Seen: true, Before: getraze.Value{Text: planned.Text, Empty: planned.Clear}}
		if now, reported := b.held.Value(field.Name); reported && field.Text == given { // otherwise a rule appended to it
			d.Now = &now
		}
		return d
	}
	if !b.compared {
		return Decision{Field: field, Choice: Send}
	}
	before, reported := b.held.Value(field.Name)
	d := Decision{Field: field, Choice: Send, Seen: reported, Before: before}
	switch {
	case !reported:
		d.Choice = Unknown
	case b.held.Holds(field) && !b.doubtful(field.Name):
		d.Choice = Skip
	case !b.force && changedSince(row, field.Name, b.held):
		d.Choice = Leave
	}
	return d
}

// nullable reports whether the field may be set back to null. If the opportunity was not read, it is not known whether
// its contact keeps an e-mail or a phone.
func nullable(held getraze.Opportunity, field string, sent []getraze.Field) bool {
	return (held != nil || field != crm.Email && field != crm.Phone) && held.Nullable(field, sent)
}

// changedSince reports whether a field holds none of the values sent by the run that the row undoes. If that run
// changed the opportunity several times, any of its values may be the one that was stored: later ones may have been
// refused, or overtaken by an earlier one.
func changedSince(row csvmap.Row, field string, held getraze.Opportunity) bool {
	changed := false
	for _, stored := range row.Undoes {
		if stored.Field != field {
			continue
		}
		if held.Holds(fieldOf(stored)) {
			return false
		}
		changed = true
	}
	return changed
}

// fieldOf returns the field that is sent for a cell.
func fieldOf(cell csvmap.Cell) getraze.Field {
	return getraze.Field{Name: cell.Field, Text: cell.Text, Number: cell.Number, Clear: cell.Clear}
}

// ledgerValue returns the ledger's value of a field. Two are equal if the service would store the same.
func ledgerValue(f getraze.Field) ledger.Value { return ledger.ValueOf(f.Text, f.Number, f.Clear) }
