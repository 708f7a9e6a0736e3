package csvmap

import (
	"io"
	"iter"
	"slices"
)

// rowsForDecimal is by how many rows the decimal sign of a column is assumed.
const rowsForDecimal = 100

// judge hands the rows to check, and has each column of numbers judged by all of its cells. It begins with what the first rows
// show, which is nearly always what it comes to.
func (r *Reading) judge(open func() (io.Reader, error), check func(iter.Seq2[Row, error]) error) error {
	if err := r.assume(open); err != nil {
		return err
	}
	for {
		assumed := r.decimals()
		ballots, err := r.poll(open, check)
		if err == nil {
			err = r.settle(ballots)
		}
		if err != nil || slices.Equal(assumed, r.decimals()) {
			return err
		}
	}
}

func (r *Reading) assume(open func() (io.Reader, error)) error {
	undecided := false
	for i := range r.header.columns {
		c := &r.header.columns[i]
		c.decimal = r.options.Decimal
		undecided = undecided || c.number && c.decimal == 0
	}
	if !undecided {
		return nil
	}
	ballots, err := r.poll(open, func(rows iter.Seq2[Row, error]) error { return readSome(rows, rowsForDecimal) })
	for i, b := range ballots {
		if c := &r.header.columns[i]; c.number {
			c.decimal = b.leading()
		}
	}
	return err
}

// readSome reads rows for what comes of it by the way.
func readSome(rows iter.Seq2[Row, error], most int) error {
	for _, err := range rows {
		if most--; err != nil || most <= 0 {
			return err
		}
	}
	return nil
}

// poll hands the rows to check, and returns how the cells of each column have voted meanwhile.
func (r *Reading) poll(open func() (io.Reader, error), check func(iter.Seq2[Row, error]) error) ([]ballot, error) {
	sheet, err := r.openFrom(open)
	if err != nil {
		return nil, err
	}
	defer sheet.Close()
	sheet.ballots = make([]ballot, len(r.header.columns))
	err = check(sheet.Rows())
	if book := sheet.book(); book != nil {
		r.hidden = book.hiddenRows()
	}
	return sheet.ballots, err
}

// settle goes by the votes where the user has not said it.
func (r *Reading) settle(ballots []ballot) (err error) {
	if r.options.Decimal != 0 {
		return nil
	}
	for i, b := range ballots {
		c := &r.header.columns[i]
		if !c.number {
			continue
		}
		if c.decimal, err = b.decide(c.header); err != nil {
			return err
		}
	}
	return nil
}

func (r *Reading) decimals() []Decimal {
	signs := make([]Decimal, len(r.header.columns))
	for i, c := range r.header.columns {
		signs[i] = c.decimal
	}
	return signs
}
