package slips

import (
	"strings"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/lazyregexp"
)

// phoneForm matches a phone number with an area code.
var phoneForm = lazyregexp.New(`^\+?\(?[0-9]{1,3}[ ()-]+[0-9 ()-]{8,}$`)

// Slipped returns a text of the row that is in the wrong column, and that column's field: the phone has too few digits,
// and a column of words holds a number or an address. If the phone has a digit, the number must be one of a phone.
// Either of these alone is something that people write.
func Slipped(r *cell.Record, phone int, fields []int, fieldOf func(int) string) (text, field string) {
	if phone < 0 || phone >= len(r.Cells) || hasDigits(r.Cells[phone], minPhone) || r.Text(phone) == "" {
		return "", ""
	}
	isWrong := func(text string) bool { return HasDigit(text) || strings.Contains(text, "@") }
	if HasDigit(r.Cells[phone]) { // an extension, or a name that has one
		isWrong = phoneForm.MatchString
	}
	for _, i := range fields {
		if text, field := r.Text(i), fieldOf(i); i != phone && text != "" && isWrong(text) && IsMisplaced(field, text) {
			return text, field
		}
	}
	return "", ""
}

// Misplaced returns the first text of a row that does not fit its column's field, and that field.
func Misplaced(r *cell.Record, fields []int, fieldOf func(int) string) (text, field string) {
	for _, i := range fields {
		if text, field := r.Text(i), fieldOf(i); text != "" && IsMisplaced(field, text) {
			return text, field
		}
	}
	return "", ""
}

// GluedQuote returns the first cell of a row that contains a quote but does not begin with one; "" for none.
func GluedQuote(r *cell.Record) string {
	for i := range r.Cells {
		if raw := r.Raw(i); raw != "" && raw[0] != '"' && strings.Contains(raw, `"`) {
			return r.Text(i)
		}
	}
	return ""
}
