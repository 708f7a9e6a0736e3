package slips

import (
	"razebulk/csvmap/internal/cell"
	"razebulk/internal/crm"
	"razebulk/internal/lazyregexp"
)

// Parted is why a row must not be sent: it has the rest of an amount in the next column.
const Parted = "row_cut_cents"

// Split collects whole amounts of a column that seem to go on in the next one: this is what an unquoted comma within an
// amount does in a comma-separated sheet. The zero value is ready to use.
type Split struct {
	rows   []int  // that look so, at most maxCut plus one
	text   string // the amount of the first one, with its rest
	others bool   // other rows were seen
	// Whether the next column also has texts, or numbers of other forms.
	texts, numbers bool
}

var (
	wholeForm = lazyregexp.New(`^-?(R\$|US\$|[$€£])? ?-?([0-9]{1,3}(\.[0-9]{3})+|[0-9]+)$`)
	centsForm = lazyregexp.New(`^[0-9]{2}( ?(€|EUR|BRL|USD))?$`)
	// What is before the comma between thousands, and behind it.
	headForm  = lazyregexp.New(`^-?(R\$|US\$|[$€£])? ?-?[1-9][0-9]{0,2}$`)
	groupForm = lazyregexp.New(`^[0-9]{3}(\.[0-9]{1,2}( ?(€|EUR|BRL|USD))?| ?(€|EUR|BRL|USD))$`)
)

// See adds the amount of a row, in the column at place, and the cell next to it, which has this field.
func (a *Split) See(r *cell.Record, place int, field string) {
	next := r.Text(place + 1)
	switch {
	case next == "":
		a.others = a.others || r.Text(place) != ""
	case next[0] < '0' || next[0] > '9': // in nearly every sheet
		a.texts, a.others = true, true
	case isParted(r, place, field):
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

// isParted reports whether an amount seems to go on in the next cell: with two digits; in a column of words also with
// thousands and cents. What is in quotes does not.
func isParted(r *cell.Record, place int, field string) bool {
	text, next := r.Text(place), r.Text(place+1)
	if text == "" || next == "" || r.Raw(place)[0] == '"' || r.Raw(place + 1)[0] == '"' {
		return false
	}
	if centsForm.MatchString(next) {
		return wholeForm.MatchString(text)
	}
	return holdsWords(field) && groupForm.MatchString(next) && headForm.MatchString(text)
}

func holdsWords(field string) bool {
	switch field {
	case crm.Name, crm.Company, crm.Position, crm.Notes, crm.Phone:
		return true
	}
	return false
}

// IsPhoneParted reports whether the phone of a row is the rest of the amount before it: no phone is so short.
func IsPhoneParted(r *cell.Record, phone int) bool {
	return phone < len(r.Cells) && !hasDigits(r.Cells[phone], 6) && isParted(r, phone-1, crm.Phone)
}

// Found returns the first such amount and its row, if all rows have one.
func (a *Split) Found() (text string, row int, found bool) {
	if len(a.rows) < 2 || a.others {
		return "", 0, false
	}
	return a.text, a.rows[0], true
}

// AddParted adds to cut the rows whose amount was most likely split: the next column has such digits only in these. If
// it is not a field, it must have texts in other rows.
func (a *Split) AddParted(cut map[int]string, isField bool) {
	if a.numbers || len(a.rows) > maxCut || !a.texts && !isField {
		return
	}
	for _, row := range a.rows {
		cut[row] = Parted
	}
}
