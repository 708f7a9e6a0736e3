package amount

import (
	"strings"

	"razebulk/internal/reason"
)

// Votes count, for one column of numbers, the cells that can be read with one decimal separator only: they show how
// the others are meant. They keep the first cell of each kind, however many there are. The zero value is ready.
type Votes struct {
	point, comma, ambiguous tally
}

// tally counts cells of one kind and remembers the first.
type tally struct {
	count int
	row   int
	text  string
}

func (t *tally) add(row int, text string) {
	if t.count++; t.count == 1 {
		t.row, t.text = row, strings.Clone(text) // the cell would keep its whole record alive
	}
}

// Count takes a cell that isn't empty. A cell that is no number, or the same in both readings, decides nothing.
func (v *Votes) Count(row int, text string, a Amount) {
	switch {
	case a.Ambiguous():
		v.ambiguous.add(row, text)
	case a.Comma == "" && a.Point != "":
		v.point.add(row, text)
	case a.Point == "" && a.Comma != "":
		v.comma.add(row, text)
	}
}

// Leading is the decimal separator that more cells have than the other; 0 for none.
func (v *Votes) Leading() Decimal {
	switch {
	case v.point.count > v.comma.count:
		return Point
	case v.comma.count > v.point.count:
		return Comma
	}
	return 0
}

// Decide returns the decimal separator that most cells have, or 0 where it makes no difference to any. It fails where
// the cells are evenly divided, and where none of those that can be read in two ways is explained by another. header
// names the column.
func (v *Votes) Decide(header string) (Decimal, error) {
	switch leading := v.Leading(); {
	case leading != 0:
		return leading, nil
	case v.point.count > 0:
		return 0, reason.New("decimal_divided", "header", header,
			"point", v.point.text, "point_row", v.point.row, "comma", v.comma.text, "comma_row", v.comma.row)
	case v.ambiguous.count > 0:
		a, _ := Read(v.ambiguous.text)
		return 0, reason.New("decimal_ambiguous", "header", header,
			"text", v.ambiguous.text, "text_row", v.ambiguous.row, "comma", a.Comma, "point", a.Point)
	}
	return 0, nil
}
