// Package amount reads numbers as spreadsheets of any locale write them, with the currency beside them, and decides
// by a whole column which decimal separator they have.
package amount

import "razebulk/internal/reason"

// Decimal is the separator between the whole and the fraction of a number; 0 where it isn't known.
type Decimal rune

// The decimal separators of the world's spreadsheets.
const (
	Point Decimal = '.'
	Comma Decimal = ','
)

// ParseDecimal reads a decimal separator as a user writes it: point or comma.
func ParseDecimal(word string) (Decimal, error) {
	for _, d := range []Decimal{Point, Comma} {
		if word == d.String() {
			return d, nil
		}
	}
	return 0, reason.New("decimal_unknown", "decimal", word)
}

// String is the separator as [ParseDecimal] reads it; "" where it isn't known.
func (d Decimal) String() string {
	switch d {
	case Point:
		return "point"
	case Comma:
		return "comma"
	}
	return ""
}
