package batch

import (
	"github.com/shopspring/decimal"

	"razebulk/csvmap"
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
}

// isSent reports whether the field goes into a request.
func (d Decision) isSent() bool { return d.Choice == Send || d.Choice == Unknown }

// isProved reports whether the service was seen to hold the value.
func (d Decision) isProved() bool { return d.Choice == Skip && d.Seen }

// change is what sending the field does; false if nothing is known of what it holds, as the opportunity was not read.
func (d Decision) change() (Change, bool) {
	c := Change{
		Field: d.Field.Name, Before: d.Before.Text, Empty: d.Seen && d.Before.Empty, Unknown: d.Choice == Unknown,
		After: d.Field.Text, Clear: d.Field.Clear, Number: d.Field.Number,
	}
	return c, d.Seen || d.Choice == Unknown
}

// Change is what sending a row does to one field of its opportunity.
type Change struct {
	Field string
	// Before is what the service holds, text or digits. Empty reports that it holds nothing, Unknown that it does not
	// report it.
	Before         string
	Empty, Unknown bool
	// After is what is sent; Clear reports that the field is emptied.
	After  string
	Clear  bool
	Number bool
}

// baseline is what is known of one opportunity when its row is compared.
type baseline struct {
	// planned are the values that earlier rows of the opportunity will have stored by then.
	planned map[string]getraze.Field
	// remembered reports whether the value is what an earlier run has stored last.
	remembered func(getraze.Field) bool
	// compared reports that the opportunity was read, and held what it was seen to hold.
	compared bool
	held     getraze.Opportunity
	// doubtful reports of a field that was sent, and may hold that or still the value before.
	doubtful func(field string) bool
	// force sends also what somebody has changed since.
	force bool
}

// diff decides about the fields of a row.
func diff(row csvmap.Row, fields []getraze.Field, known baseline) []Decision {
	decisions := make([]Decision, len(fields))
	for i, field := range fields {
		decisions[i] = known.decide(row, field)
	}
	return decisions
}

func (b baseline) decide(row csvmap.Row, field getraze.Field) Decision {
	if planned, found := b.planned[field.Name]; found {
		if ledgerValue(planned) == ledgerValue(field) {
			return Decision{Field: field, Choice: Skip}
		}
		return Decision{Field: field, Choice: Send, Seen: true, Before: getraze.Value{Text: planned.Text, Empty: planned.Clear}}
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

// changedSince reports whether a field no longer holds what the run has stored that the row undoes.
func changedSince(row csvmap.Row, field string, held getraze.Opportunity) bool {
	for _, stored := range row.Undoes {
		if stored.Field == field {
			return !held.Holds(fieldOf(stored))
		}
	}
	return false
}

// fieldOf is a cell as it is sent.
func fieldOf(cell csvmap.Cell) getraze.Field {
	return getraze.Field{Name: cell.Field, Text: cell.Text, Number: cell.Number, Clear: cell.Clear}
}

// ledgerValue is the value such that two are the same if the service would store the same.
func ledgerValue(f getraze.Field) ledger.Value {
	switch {
	case f.Clear:
		return ledger.Value{Kind: ledger.Cleared}
	case f.Number:
		return ledger.Value{Kind: ledger.Number, Text: canonicalNumber(f.Text)}
	}
	return ledger.Value{Kind: ledger.Text, Text: f.Text}
}

// canonicalNumber writes 10.50 as 10.5.
func canonicalNumber(text string) string {
	d, err := decimal.NewFromString(text)
	if err != nil {
		return text
	}
	return d.String()
}
