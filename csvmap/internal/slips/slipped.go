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
