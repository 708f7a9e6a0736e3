package slips

import (
	"razebulk/csvmap/internal/cell"
	"razebulk/internal/lazyregexp"
)

// Parted is why a row must not be sent that holds the cents of an amount in the column beside it.
const Parted = "row_cut_cents"

// Split are whole amounts of a column with two digits in the next one: what a decimal comma without quotes makes
// of a sheet with commas. The zero value is ready.
type Split struct {
	rows   []int  // that look so, at most maxCut and one
	text   string // the amount of the first one, with its cents
	others bool   // rows that do not
	// What else the next column holds: texts, and numbers of other forms.
	texts, numbers bool
}

var (
	wholeForm = lazyregexp.New(`^-?(R\$|US\$|[$€£])? ?-?([0-9]{1,3}(\.[0-9]{3})+|[0-9]+)$`)
	centsForm = lazyregexp.New(`^[0-9]{2}( ?(€|EUR|BRL|USD))?$`)
)

// See takes the amount of a row, at a place, and the cell beside it.
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

// Found is the first such amount and its row, if all rows have one.
func (a *Split) Found() (text string, row int, found bool) {
	if len(a.rows) < 2 || a.others {
		return "", 0, false
	}
	return a.text, a.rows[0], true
}

// AddParted adds the rows whose amount was parted most likely: the next column has two digits in these alone. Of a
// column that holds no field it must have texts otherwise.
func (a *Split) AddParted(cut map[int]string, isField bool) {
	if a.numbers || len(a.rows) > maxCut || !a.texts && !isField {
		return
	}
	for _, row := range a.rows {
		cut[row] = Parted
	}
}
