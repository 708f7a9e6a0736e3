package slips

import "regexp"

// Split are whole amounts of a column with two digits in the next one: what a decimal comma without quotes makes
// of a sheet with commas.
type Split struct {
	rows, row int
	text      string // the amount with its cents
	others    bool
}

var (
	wholeForm = regexp.MustCompile(`^-?[0-9]+$`)
	centsForm = regexp.MustCompile(`^[0-9]{2}$`)
)

// See takes an amount and the cell beside it.
func (a *Split) See(row int, amount, next string) {
	switch {
	case amount == "" && next == "":
	case wholeForm.MatchString(amount) && centsForm.MatchString(next):
		if a.rows++; a.rows == 1 {
			a.row, a.text = row, amount+","+next
		}
	default:
		a.others = true
	}
}

// Others tells whether it is already known that there are other rows, too.
func (a *Split) Others() bool { return a.others }

// Found is the first such amount and its row, if all rows have one.
func (a *Split) Found() (text string, row int, found bool) {
	return a.text, a.row, a.rows > 1 && !a.others
}
