package csvmap

import (
	"strings"

	"razebulk/csvmap/internal/amount"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

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

// onlyCents are the columns whose amounts all have two decimals, where nobody has said the decimal separator.
func (v *decimalVotes) onlyCents(d Decimal) []bool {
	if v.declared != 0 {
		return nil
	}
	only, any := make([]bool, len(v.columns)), false
	for i := range v.columns {
		only[i] = v.columns[i].OnlyCents(d)
		any = any || only[i]
	}
	if !any {
		return nil
	}
	return only
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
