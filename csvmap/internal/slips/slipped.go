package slips

import (
	"strings"

	"razebulk/csvmap/internal/cell"
)

// Slipped is the text of a row that stands in the column of another one, and that column's field: where the phone has
// no digit, and a column of words holds a number or an address. One of these alone is what people write.
func Slipped(r *cell.Record, phone int, fields []int, fieldOf func(int) string) (text, field string) {
	if phone < 0 || phone >= len(r.Cells) || hasDigit(r.Cells[phone]) || r.Text(phone) == "" {
		return "", ""
	}
	for _, i := range fields {
		if text, field := r.Text(i), fieldOf(i); i != phone && text != "" && (hasDigit(text) || strings.Contains(text, "@")) && IsMisplaced(field, text) {
			return text, field
		}
	}
	return "", ""
}

// Misplaced is the first text of a row that does not fit its column's field, and that field.
func Misplaced(r *cell.Record, fields []int, fieldOf func(int) string) (text, field string) {
	for _, i := range fields {
		if text, field := r.Text(i), fieldOf(i); text != "" && IsMisplaced(field, text) {
			return text, field
		}
	}
	return "", ""
}

// GluedQuote is the first cell of a row that has a quote and does not begin with one; "" for none.
func GluedQuote(r *cell.Record) string {
	for i := range r.Cells {
		if raw := r.Raw(i); raw != "" && raw[0] != '"' && strings.Contains(raw, `"`) {
			return r.Text(i)
		}
	}
	return ""
}
