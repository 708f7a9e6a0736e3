package amount

import (
	"strings"

	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// SheetVotes collects what the cells of a sheet show about its decimal separator, and what the sheet declares. A
// sheet has only one: it is refused if its number columns differ, because a file with some of its rows could declare
// neither and would be read wrongly.
type SheetVotes struct {
	Columns  []Votes
	declared Decimal
	refused  error // what is wrong with the declaration
}

// Declare records the decimal separator that the sheet declares. A single word that is none is not a declaration.
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

// Leading returns the declared decimal separator, or else that of most cells in the first column with a preference.
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

// OnlyCents returns the columns whose amounts all have two decimals, if no decimal separator is declared.
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

// Decide returns the decimal separator of all number columns; 0 if it makes no difference in any. headers maps the
// places of these columns to their headers.
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
