package csvmap

import (
	"fmt"
	"strings"
)

// ballot judges one number column as a whole: cells that can be read in one way only show how the others are meant. It
// keeps the first cell of each kind, however many there are. The zero value is ready.
type ballot struct {
	point, comma, open tally
	said               Decimal // by the sheet itself
	contradicted       bool
	miscounted         bool // it says something of more or fewer columns than it has
}

// say takes down what the sheet says of itself; it goes before all votes.
func (b *ballot) say(d Decimal) {
	b.contradicted = b.contradicted || b.said != 0 && b.said != d
	b.said = d
}

// hear takes down the sheet's word for a decimal sign; other words say nothing.
func (b *ballot) hear(word string) {
	if d, err := ParseDecimal(word); err == nil {
		b.say(d)
	}
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

func (t *tally) String() string {
	return fmt.Sprintf("such as %s in row %d", quote(t.text), t.row)
}

// add counts a cell that isn't empty. A cell that is no number, or the same in both readings, decides nothing.
func (b *ballot) add(row int, text string, a amount) {
	switch {
	case a.open():
		b.open.add(row, text)
	case a.comma == "" && a.point != "":
		b.point.add(row, text)
	case a.point == "" && a.comma != "":
		b.comma.add(row, text)
	}
}

// leading is the decimal sign that more cells have than the other; 0 when there is none.
func (b *ballot) leading() Decimal {
	switch {
	case b.said != 0:
		return b.said
	case b.point.count > b.comma.count:
		return DecimalPoint
	case b.comma.count > b.point.count:
		return DecimalComma
	}
	return 0
}

// decide returns the decimal sign that most cells have, or 0 when it makes no difference to any. It fails when the cells
// are evenly divided, and when none of those that can be read in two ways is explained by another.
func (b *ballot) decide(header string) (Decimal, error) {
	switch leading := b.leading(); {
	case b.contradicted:
		return 0, fmt.Errorf("column %s says point in some rows and comma in others: say which with --decimal, or put the rows into two files", decimalColumn)
	case b.miscounted:
		return 0, fmt.Errorf("column %s says the decimal signs of another number of columns: give the same --map and --ignore-columns as for the sheet that it comes from", decimalColumn)
	case leading != 0:
		return leading, nil
	case b.point.count > 0:
		return 0, fmt.Errorf("column %s: as many amounts have a decimal point, %v, as a decimal comma, %v; "+
			"write all in one way, or say which with --decimal comma or --decimal point", quote(header), &b.point, &b.comma)
	case b.open.count > 0:
		a, _ := readAmount(b.open.text)
		return 0, fmt.Errorf("column %s: every amount can be read in two ways, %v: %s (decimal comma) or %s (decimal point); "+
			"say which with --decimal comma or --decimal point", quote(header), &b.open, a.comma, a.point)
	}
	return 0, nil
}
