package amount

import (
	"strings"

	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// SheetVotes are what the cells of a sheet show of its decimal separator, and what the sheet itself declares. A sheet
// has one: a sheet whose columns of numbers have different ones is refused, because a file of some of its rows could
// declare neither, and would be read wrongly.
type SheetVotes struct {
	Columns  []Votes
	declared Decimal
	refused  error // what is wrong with the declaration
}

// Declare takes the sheet's own word for its decimal separator. One word that is none is no declaration.
func (v *SheetVotes) Declare(text string) {
	if len(strings.Fields(text)) > 1 {
		v.refused = reason.New("decimal_declared_for_columns", "header", crm.DecimalColumn, "text", strings.Clone(text))
		return
	}
	d, err := ParseDecimal(text)
	if err != nil {
		return
	}
	if v.declared != 0 && v.declared != d {
		v.refused = reason.New("decimal_declared_twice", "header", crm.DecimalColumn)
	}
	v.declared = d
}

// Leading is the decimal separator that is declared, or that more cells of the first column with any preference have.
func (v *SheetVotes) Leading() Decimal {
	if v.declared != 0 {
		return v.declared
	}
	for i := range v.Columns {
		if d := v.Columns[i].Leading(); d != 0 {
			return d
		}
	}
	return 0
}

// OnlyCents are the columns whose amounts all have two decimals, where nobody has said the decimal separator.
func (v *SheetVotes) OnlyCents(d Decimal) []bool {
	if v.declared != 0 {
		return nil
	}
	only, any := make([]bool, len(v.Columns)), false
	for i := range v.Columns {
		only[i] = v.Columns[i].OnlyCents(d)
		any = any || only[i]
	}
	if !any {
		return nil
	}
	return only
}

// Decide returns the decimal separator of all columns of numbers; 0 where it makes no difference to any. headers are
// those of these columns, by their places.
func (v *SheetVotes) Decide(headers map[int]string) (Decimal, error) {
	decided, by := Decimal(0), ""
	for i := range v.Columns {
		header, isNumber := headers[i]
		if !isNumber {
			continue
		}
		if v.refused != nil || v.declared != 0 {
			return v.declared, v.refused
		}
		d, err := v.Columns[i].Decide(header)
		switch {
		case err != nil:
			return 0, err
		case d == 0:
		case decided == 0:
			decided, by = d, header
		case decided != d:
			return 0, reason.New("decimals_differ", "one", by, "other", header)
		}
	}
	return decided, nil
}
