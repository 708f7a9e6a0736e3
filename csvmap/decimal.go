package csvmap

import (
	"iter"
	"strings"

	"razebulk/csvmap/internal/amount"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// rowsForDecimal is by how many rows the decimal separator is assumed.
const rowsForDecimal = 100

// check hands the rows to f, and decides on the decimal separator by all cells of each column of numbers. It begins
// with what the first rows show, which is nearly always the decision.
func (r *Reading) check(f func(iter.Seq2[Row, error]) error) error {
	if err := r.assumeDecimal(); err != nil {
		return err
	}
	for {
		assumed := r.decimal
		votes, err := r.countVotes(true, f)
		if err == nil && r.options.Decimal == 0 {
			r.decimal, err = votes.decide(r.header.columns)
		}
		if err != nil || assumed == r.decimal {
			return err
		}
	}
}

// assumeDecimal reads the first rows, if there are numbers of which the user has not said the decimal separator.
func (r *Reading) assumeDecimal() error {
	r.decimal = r.options.Decimal
	if r.decimal != 0 || !r.header.hasNumbers() {
		return nil
	}
	votes, err := r.countVotes(false, func(rows iter.Seq2[Row, error]) error {
		n := 0
		for _, err := range rows {
			if n++; err != nil || n == rowsForDecimal {
				return err
			}
		}
		return nil
	})
	r.decimal = votes.leading()
	return err
}

// countVotes hands the rows to f, which may read the whole sheet, and returns how the cells of the columns of numbers
// have voted meanwhile.
func (r *Reading) countVotes(whole bool, f func(iter.Seq2[Row, error]) error) (*decimalVotes, error) {
	votes := &decimalVotes{columns: make([]amount.Votes, len(r.header.columns))}
	sheet, err := r.Open()
	if err != nil {
		return votes, err
	}
	defer sheet.Close()
	sheet.votes = votes
	if err = f(sheet.Rows()); err == nil && whole {
		r.unseen, err = sheet.unseen()
	}
	return votes, err
}

// decimalVotes are what the cells of a sheet show of its decimal separator, and what the sheet itself declares. A sheet
// has one: a sheet whose columns of numbers have different ones is refused, because a file of some of its rows could
// declare neither, and would be read wrongly.
type decimalVotes struct {
	columns  []amount.Votes
	declared Decimal
	refused  error // what is wrong with the declaration
}

// Declare takes the sheet's own word for its decimal separator. One word that is none is no declaration.
func (v *decimalVotes) Declare(text string) {
	if len(strings.Fields(text)) > 1 {
		v.refused = reason.New("decimal_declared_for_columns", "header", crm.DecimalColumn, "text", strings.Clone(text))
		return
	}
	d, err := amount.ParseDecimal(text)
	if err != nil {
		return
	}
	if v.declared != 0 && v.declared != d {
		v.refused = reason.New("decimal_declared_twice", "header", crm.DecimalColumn)
	}
	v.declared = d
}

// leading is the decimal separator that is declared, or that more cells of the first column with any preference have.
func (v *decimalVotes) leading() Decimal {
	if v.declared != 0 {
		return v.declared
	}
	for i := range v.columns {
		if d := v.columns[i].Leading(); d != 0 {
			return d
		}
	}
	return 0
}

// decide returns the decimal separator of all columns of numbers; 0 where it makes no difference to any.
func (v *decimalVotes) decide(columns []column) (Decimal, error) {
	decided, by := Decimal(0), ""
	for i, c := range columns {
		if !c.number {
			continue
		}
		if v.refused != nil || v.declared != 0 {
			return v.declared, v.refused
		}
		d, err := v.columns[i].Decide(c.header)
		switch {
		case err != nil:
			return 0, err
		case d == 0:
		case decided == 0:
			decided, by = d, c.header
		case decided != d:
			return 0, reason.New("decimals_differ", "one", by, "other", c.header)
		}
	}
	return decided, nil
}
