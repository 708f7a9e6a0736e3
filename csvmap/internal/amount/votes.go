package amount

import (
	"cmp"
	"strings"

	"razebulk/internal/reason"
)

// Votes counts the cells of a number column that can be read with only one decimal separator; they show how to read
// the others. It keeps only the first cell of each kind. The zero value is ready to use.
type Votes struct {
	point, comma side
	ambiguous    tally
}

// side counts what speaks for a decimal separator, and what speaks against it.
type side struct {
	only        tally // cells that can be read only with this one
	cents       int   // of them, those with two decimals
	fine        int   // and those with three or more
	thousandths tally // cells with three decimals with this one that are whole thousands with the other
}

// tally counts cells of one kind and remembers the first.
type tally struct {
	count int
	row   int
	text  string
}

func (t *tally) add(row int, text string) {
	if t.count++; t.count == 1 {
		t.row, t.text = row, strings.Clone(text) // cloned because the cell would keep its whole record alive
	}
}

// Count counts a cell that isn't empty. A cell that is not a number, or the same in both readings, decides nothing.
// fine reports whether its currency has three decimals.
func (v *Votes) Count(row int, text string, a *Amount, fine bool) {
	switch {
	case a.Ambiguous():
		v.ambiguous.add(row, text)
		for _, d := range []Decimal{Point, Comma} {
			if !fine && a.HasThousandths(d) {
				v.side(d).thousandths.add(row, text)
			}
		}
	case a.Comma == "" && a.Point != "":
		v.point.count(row, text, a)
	case a.Point == "" && a.Comma != "":
		v.comma.count(row, text, a)
	}
}

func (s *side) count(row int, text string, a *Amount) {
	s.only.add(row, text)
	switch decimals := a.decimals(); {
	case decimals == 2:
		s.cents++
	case decimals > 2:
		s.fine++
	}
}

func (v *Votes) side(d Decimal) *side {
	if d == Comma {
		return &v.comma
	}
	return &v.point
}

// Leading returns the decimal separator that more cells have than the other; 0 if neither leads.
func (v *Votes) Leading() Decimal {
	switch cmp.Compare(v.point.only.count, v.comma.only.count) {
	case 1:
		return Point
	case -1:
		return Comma
	}
	return 0
}

// fewThousandths is how many amounts with three decimals a column may have if other cells show its decimal separator.
const fewThousandths = 2

// contradicts reports whether amounts speak against the apparent decimal separator: more than a few would have three
// decimals with it, and are thousands with the other.
func (v *Votes) contradicts(d Decimal) bool {
	mine, other := v.side(d), v.side(d.other())
	odd, support := mine.thousandths.count, mine.only.count+other.thousandths.count
	if odd == 0 || odd <= mine.fine {
		return false
	}
	return odd > fewThousandths || odd > support || odd == support && (mine.cents == mine.only.count || mine.keepsZeros())
}

// keepsZeros reports whether the three decimals end in zeros, as in 1.500: someone who writes 2.5 would not write
// them.
func (s *side) keepsZeros() bool { return strings.HasSuffix(s.thousandths.text, "0") }

// minCents is how many amounts with two decimals show that all amounts of a column have two.
const minCents = 2

// OnlyCents reports whether all amounts that show the decimal separator have two decimals, so that one with three is
// either mistyped or written with the other separator.
func (v *Votes) OnlyCents(d Decimal) bool {
	s := v.side(d)
	return s.cents >= minCents && s.cents == s.only.count
}

// Doubt returns why the three decimals that an amount has with this decimal separator may be thousands, or nil: all
// others of its column have two, or its currency has no thousandths.
func (a *Amount) Doubt(d Decimal, onlyCents bool) error {
	switch {
	case !a.HasThousandths(d):
		return nil
	case onlyCents:
		return reason.New("amount_three_decimals")
	case a.Sign != "" && !mayHaveThousandths(a.Sign):
		return reason.New("amount_currency_decimals", "sign", a.Sign)
	}
	return nil
}

func (d Decimal) other() Decimal {
	if d == Point {
		return Comma
	}
	return Point
}

// Decide returns the decimal separator that most cells have, or 0 if it makes no difference to any. It fails if the
// cells are evenly divided, if no cell resolves the ambiguous ones, and if these contradict the others. header names
// the column.
func (v *Votes) Decide(header string) (Decimal, error) {
	switch leading := v.Leading(); {
	case leading != 0 && v.contradicts(leading):
		return 0, v.contradiction(leading, header)
	case leading != 0:
		return leading, nil
	case v.point.only.count > 0:
		return 0, reason.New("decimal_divided", "header", header,
			"point", v.point.only.text, "point_row", v.point.only.row, "comma", v.comma.only.text, "comma_row", v.comma.only.row)
	case v.ambiguous.count > 0:
		a, _ := Read(v.ambiguous.text)
		return 0, reason.New("decimal_ambiguous", "header", header,
			"text", v.ambiguous.text, "text_row", v.ambiguous.row, "comma", a.Comma, "point", a.Point)
	}
	return 0, nil
}

// contradiction shows both readings: how many cells support each, and the first of them.
func (v *Votes) contradiction(d Decimal, header string) error {
	mine := v.side(d)
	a, _ := Read(mine.thousandths.text)
	return reason.New("decimal_contradicted", "header", header, "decimal", d.String(), "other", d.other().String(),
		"votes", mine.only.count, "vote", mine.only.text, "vote_row", mine.only.row,
		"odd", mine.thousandths.count, "text", mine.thousandths.text, "text_row", mine.thousandths.row,
		"read", a.In(d), "otherwise", a.In(d.other()))
}
