package batch

import (
	"slices"

	"razebulk/batch/rules"
	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/ledger"
)

// Choice is what is done about one field of a row.
type Choice int

// The choices.
const (
	// Send: the field is sent.
	Send Choice = iota
	// Unknown: it is sent, though the opportunity was read: the service does not report what the field holds.
	Unknown
	// Skip: the service holds the value already.
	Skip
	// Leave: somebody has changed the field since the run that the row undoes, and it stays as it is.
	Leave
	// Keep: a rule for the field leaves what it holds, or what is not known to be nothing.
	Keep
	// Unstored: it would be sent, but the service was seen not to store the field.
	Unstored
)

// Decision is what is done about one field of a row, and why. What a row sends, what an undo file records, what a
// preview and a plan show and what the ledger notes are all derived from the row's decisions.
type Decision struct {
	// Field is the value that the row gives it. The stage is the field "status".
	Field  getraze.Field
	Choice Choice
	// Seen reports that Before is what the field holds, or will hold when the row's turn comes. Without it, Before
	// says nothing.
	Seen   bool
	Before getraze.Value
	// Now is what it holds now, where Before is what an earlier row will have stored by then; nil otherwise.
	Now *getraze.Value
	// Title is of a name: the opportunity's own title, which sending the name overwrites; nil where it has none, or none
	// that was seen.
	Title *string
}

// IsSent reports whether the field goes into a request.
func (d *Decision) IsSent() bool { return d.Choice == Send || d.Choice == Unknown }

// isProved reports whether the service was seen to hold the value.
func (d *Decision) isProved() bool { return d.Choice == Skip && d.Seen }

// Change is what sending the field does; false if nothing is known of what it holds, as the opportunity was not read.
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
	// Before is what the service holds, text or digits. Empty reports that it holds nothing, Unknown that it does not
	// report it.
	Before         string
	Empty, Unknown bool
	// Null reports that it holds null, and not a text of no length.
	Null bool
	// After is what is sent; Clear reports that the field is emptied.
	After  string
	Clear  bool
	Number bool
	// Now and Title are as those of [Decision].
	Now   *getraze.Value
	Title *string
}

// OverwritesTitle reports whether sending the name gives the opportunity another title.
func (c Change) OverwritesTitle() bool { return c.Title != nil && *c.Title != c.After }

// LosesTitle reports whether the title was neither the name before nor the one after, so that no update can restore
// it.
func (c Change) LosesTitle() bool { return c.Title != nil && *c.Title != c.Before }

// baseline is what is known of one opportunity when its row is compared.
type baseline struct {
	// planned are the values that earlier rows of the opportunity, or of its contact, will have stored by then; title is
	// the title that it will have.
	planned map[string]getraze.Field
	title   *string
	// remembered reports whether the value is what an earlier run has stored last.
	remembered func(getraze.Field) bool
	// compared reports that the opportunity was read, and held what it was seen to hold.
	compared bool
	held     getraze.Opportunity
	// doubtful reports of a field that was sent, and may hold that or still the value before.
	doubtful func(field string) bool
	// force sends also what somebody has changed since.
	force bool
	rules rules.Rules
}

// diff decides about the fields of a row.
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

// before is what a field holds, or will hold when the row's turn comes, if that is known.
func (b baseline) before(field string) (getraze.Value, bool) {
	if planned, found := b.planned[field]; found {
		return getraze.Value{Text: planned.Text, Empty: planned.Clear}, true
	}
	return b.held.Value(field)
}

func (b baseline) decide(row csvmap.Row, field getraze.Field) Decision {
	given := field.Text
	if b.compared && len(row.Undoes) == 0 {
		before, reported := b.before(field.Name)
		var kept bool
		if field, kept = b.rules.Apply(field, before, reported); kept {
			return Decision{Field: field, Choice: Keep, Seen: reported, Before: before}
		}
	}
	if planned, found := b.planned[field.Name]; found {
		if ledgerValue(planned) == ledgerValue(field) {
			return Decision{Field: field, Choice: Skip}
		}
		d := Decision{Field: field, Choice: Send, Seen: true, Before: getraze.Value{Text: planned.Text, Empty: planned.Clear}}
		if now, reported := b.held.Value(field.Name); reported && field.Text == given { // else it holds what is appended to
			d.Now = &now
		}
		return d
	}
	undoes := len(row.Undoes) > 0 // what the run to be undone has stored, this ledger may not have seen
	switch {
	case !undoes && b.remembered(field):
		return Decision{Field: field, Choice: Skip}
	case !b.compared:
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

// nullable reports whether the field may be set back to null. Of an opportunity that was not read, it is not known
// whether its contact keeps an e-mail or a phone.
func nullable(held getraze.Opportunity, field string, sent []getraze.Field) bool {
	return (held != nil || field != "email" && field != "phone") && held.Nullable(field, sent)
}

// changedSince reports whether a field holds nothing that the run has sent which the row undoes. Of an opportunity that
// it has changed several times any of its values may be the one that was stored: later ones may have been refused, or
// overtaken by an earlier one.
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

// fieldOf is a cell as it is sent.
func fieldOf(cell csvmap.Cell) getraze.Field {
	return getraze.Field{Name: cell.Field, Text: cell.Text, Number: cell.Number, Clear: cell.Clear}
}

// ledgerValue is the value such that two are the same if the service would store the same.
func ledgerValue(f getraze.Field) ledger.Value { return ledger.ValueOf(f.Text, f.Number, f.Clear) }
