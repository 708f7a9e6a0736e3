package slips

import (
	"razebulk/csvmap/internal/cell"
	"razebulk/internal/lazyregexp"
)

// Parted is why a row must not be sent: it has the cents of an amount in the next column.
const Parted = "row_cut_cents"

// Split collects whole amounts of a column that have two digits in the next one: this is what an unquoted decimal
// comma does in a comma-separated sheet. The zero value is ready to use.
type Split struct {
	rows   []int  // that look so, at most maxCut plus one
	text   string // the amount of the first one, with its cents
	others bool   // other rows were seen
	// Whether the next column also has texts, or numbers of other forms.
	texts, numbers bool
}

var (
	wholeForm = lazyregexp.New(`^-?(R\$|US\$|[$€£])? ?-?([0-9]{1,3}(\.[0-9]{3})+|[0-9]+)$`)
	centsForm = lazyregexp.New(`^[0-9]{2}( ?(€|EUR|BRL|USD))?$`)
)

// See adds the amount of a row, in the column at place, and the cell next to it.
func (a *Split) See(r *cell.Record, place int) {
	next := r.Text(place + 1)
	switch {
	case next == "":
		a.others = a.others || r.Text(place) != ""
	case next[0] < '0' || next[0] > '9': // in nearly every sheet
		a.texts, a.others = true, true
	case wholeForm.MatchString(r.Text(place)) && centsForm.MatchString(next) && r.Raw(place + 1)[0] != '"':
		if len(a.rows) == 0 {
			a.text = r.Text(place) + "," + next
		}
		if len(a.rows) <= maxCut {
			a.rows = append(a.rows, r.Number)
		}
	default:
		a.numbers, a.others = true, true
	}
}

// Found returns the first such amount and its row, if all rows have one.
func (a *Split) Found() (text string, row int, found bool) {
	if len(a.rows) < 2 || a.others {
		return "", 0, false
	}
	return a.text, a.rows[0], true
}

// AddParted adds to cut the rows whose amount was most likely split: the next column has two digits only in these. If
// it is not a field, it must have texts in other rows.
func (a *Split) AddParted(cut map[int]string, isField bool) {
	if a.numbers || len(a.rows) > maxCut || !a.texts && !isField {
		return
	}
	for _, row := range a.rows {
		cut[row] = Parted
	}
}
