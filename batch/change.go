package batch

import (
	"github.com/shopspring/decimal"

	"razebulk/csvmap"
	"razebulk/internal/getraze"
	"razebulk/internal/ledger"
)

// Change is what sending a row does to one field of its opportunity.
type Change struct {
	Field string
	// Before is what the service holds, text or digits; Empty tells that it holds nothing, Unknown that it hasn't told.
	Before         string
	Empty, Unknown bool
	// After is what is sent; Clear tells that the field is emptied.
	After  string
	Clear  bool
	Number bool
}

// fieldOf is a cell as it is sent.
func fieldOf(cell csvmap.Cell) getraze.Field {
	return getraze.Field{Name: cell.Field, Text: cell.Text, Number: cell.Number, Clear: cell.Clear}
}

func changeOf(field getraze.Field, held getraze.Value, told bool) Change {
	return Change{
		Field: field.Name, Before: held.Text, Empty: told && held.Empty, Unknown: !told,
		After: field.Text, Clear: field.Clear, Number: field.Number,
	}
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
