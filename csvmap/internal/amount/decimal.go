// Package amount reads numbers as spreadsheets of any locale write them, including a currency next to them, and
// decides from a whole column which decimal separator they have.
package amount

import (
	"errors"
	"maps"

	"razebulk/internal/reason"
)

// Decimal is the separator between the integer part and the fraction of a number; 0 if it isn't known.
type Decimal rune

// Point and Comma are the decimal separators used in spreadsheets worldwide.
const (
	Point Decimal = '.'
	Comma Decimal = ','
)

// ParseDecimal parses a decimal separator as a user writes it: point or comma.
func ParseDecimal(word string) (Decimal, error) {
	for _, d := range []Decimal{Point, Comma} {
		if word == d.String() {
			return d, nil
		}
	}
	return 0, reason.New("decimal_unknown", "decimal", word)
}

// Advise adds the sheet's decimal separator, if it is known, to the reason for which a cell is refused: its text says
// how to write an amount.
func (d Decimal) Advise(why error) error {
	if why == nil || d == 0 {
		return why
	}
	var r reason.Reason // allocated, so not for every cell
	if !errors.As(why, &r) {
		return why
	}
	params := maps.Clone(r.Params)
	if params == nil {
		params = reason.Params{}
	}
	params["decimal"] = d.String()
	return reason.Reason{Code: r.Code, Params: params, Cause: r.Cause}
}

// String returns the separator as [ParseDecimal] reads it; "" if it isn't known.
func (d Decimal) String() string {
	switch d {
	case Point:
		return "point"
	case Comma:
		return "comma"
	}
	return ""
}
