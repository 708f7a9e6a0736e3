package csvmap

import (
	"cmp"
	"strings"

	"razebulk/csvmap/internal/amount"
	"razebulk/csvmap/internal/cell"
	"razebulk/internal/reason"
)

// number reads a cell of a number column.
func (s *Sheet) number(r *cell.Record, i int, v cell.Value) (number string, why error) {
	switch {
	case v.Kind == cell.Date:
		return "", reason.New("date_for_number")
	case v.Kind == cell.Percent:
		return "", amount.Percentage()
	case v.Kind == cell.Number && cell.IsScientific(v.Text):
		return "", reason.New("number_too_long")
	case v.Kind == cell.Number || v.Kind == cell.Masked:
		return v.Text, s.currencyProblem(r, i, "")
	case v.Text == "-" && r.Kinds == nil && amount.IsAccountingDash(r.Cells[i]):
		return "0", nil
	case v.Kind == cell.Error:
		return "", v.Damage()
	}
	a, why := amount.Read(v.Text)
	if why != nil {
		if damage := v.Damage(); damage != nil && strings.Trim(v.Text, "-–— ") != "" {
			return "", damage
		}
		return "", why
	}
	return s.decide(r, i, v.Text, &a)
}

// decide returns the number that a cell means, and counts what it shows about the decimal separator.
func (s *Sheet) decide(r *cell.Record, i int, text string, a *amount.Amount) (number string, why error) {
	isAmbiguous := a.Ambiguous()
	fine := isAmbiguous && amount.HasThousandths(s.currency(r, i, a.Sign))
	if s.seen != nil {
		s.seen.votes.Columns[i].Count(r.Number, text, a, fine)
	}
	if number = a.In(s.reading.decimal); number == "" {
		return "", a.Problem(s.reading.decimal)
	}
	if isAmbiguous && !fine && s.reading.options.Decimal == 0 {
		if why = a.Doubt(s.reading.decimal, s.reading.cents != nil && s.reading.cents[i]); why != nil {
			return "", why
		}
	}
	return number, s.currencyProblem(r, i, a.Sign)
}

// currency returns the currency of an amount: the row's, or else that of its sign, or else the header's.
func (s *Sheet) currency(r *cell.Record, i int, sign string) string {
	return cmp.Or(s.value(r, s.header.currency).Text, sign, s.header.columns[i].unit)
}

// currencyProblem returns how the amount's sign, the header's unit and the row's currency contradict, or nil.
func (s *Sheet) currencyProblem(r *cell.Record, i int, sign string) error {
	unit := s.header.columns[i].unit
	if sign == "" && unit == "" {
		return nil
	}
	if amount.Differ(sign, unit) {
		return reason.New("amount_currencies_differ", "left", unit, "right", sign)
	}
	code := s.value(r, s.header.currency).Text
	if code == s.reading.options.ClearMarker {
		return nil
	}
	switch {
	case amount.Amount{Sign: sign}.Contradicts(code):
		return reason.New("amount_other_currency", "currency", code)
	case amount.Amount{Sign: unit}.Contradicts(code):
		return reason.New("header_other_currency", "unit", unit, "currency", code)
	}
	return nil
}
