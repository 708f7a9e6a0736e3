package csvmap

import (
	"strings"

	"razebulk/csvmap/internal/amount"
	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/xlsx"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// row checks a record.
func (s *Sheet) row(r *cell.Record) Row {
	h := &s.header
	id := r.Value(h.id)
	row := Row{Number: r.Number, Line: r.Line, ID: id.Text}
	if r.Fault != nil {
		row.ID = strings.ToValidUTF8(strings.Trim(row.ID, `"'`), "\ufffd")
		row.refuse(r.Fault)
		return row
	}
	if why := s.shifted(r); why != nil {
		row.refuse(why)
		return row
	}
	if s.votes != nil && h.decimal >= 0 {
		s.votes.Declare(r.Text(h.decimal))
	}
	s.checkUnnamed(&row, r)
	s.checkID(&row, id)
	s.cells = s.cells[:0]
	if h.undo >= 0 {
		s.restore(&row, r)
	} else {
		for _, i := range h.fields {
			if v := r.Value(i); v.Text != "" {
				s.add(&row, r, i, v)
			}
		}
	}
	if h.clear >= 0 {
		s.clearListed(&row, r.Text(h.clear))
	}
	if h.updated >= 0 {
		s.readUpdatedAt(&row, r.Text(h.updated))
	}
	row.Cells = s.cells
	return row
}

// shifted is why the cells of a record may not stand under their headers; nil where they do.
func (s *Sheet) shifted(r *cell.Record) error {
	surplus := r.Cells[min(len(r.Cells), len(s.header.columns)):]
	switch {
	case r.Kinds == nil && len(surplus) > 0 || strings.Join(surplus, "") != "":
		return reason.New("row_shifted")
	case r.SpacedQuote >= 0:
		return reason.New("quote_after_blank", "text", r.Cells[r.SpacedQuote])
	}
	return nil
}

func (s *Sheet) checkUnnamed(row *Row, r *cell.Record) {
	for _, i := range s.header.unnamed {
		if text := r.Text(i); text != "" {
			row.refuse(reason.New("cell_without_header", "text", text))
		}
	}
}

func (s *Sheet) checkID(row *Row, id cell.Value) {
	c := &column{field: crm.ID}
	if s.header.id >= 0 {
		c = &s.header.columns[s.header.id]
	}
	why := checkID(id)
	switch {
	case why != nil:
	case id.Text == s.reading.options.ClearMarker:
		why = reason.New("field_required", "field", crm.ID)
	case id.Kind == cell.Date:
		why = reason.New("date_for_id")
	default:
		if why = id.Damage(); why == nil {
			why = id.IDDamage()
		}
	}
	if why != nil {
		row.refuseCell(c, id.Text, why)
	}
}

// add checks a cell that holds something, and makes it one to be sent or a problem.
func (s *Sheet) add(row *Row, r *cell.Record, i int, v cell.Value) {
	c := &s.header.columns[i]
	given := Cell{Field: c.field, Text: v.Text, Number: c.number}
	var why error
	switch {
	case v.Text == s.reading.options.ClearMarker && v.Kind == cell.Text && !v.Escaped:
		given.Text, given.Clear = "", true
		why = s.clearProblem(c.field)
	case c.field == crm.Status:
		given.Text, why = stage(v.Text)
	case c.number:
		given.Text, why = s.number(r, i, v)
	case v.IsPlain():
		why = c.fieldProblem(v)
	default:
		why = c.textProblem(v, r.Kinds != nil)
	}
	if why != nil {
		row.refuseCell(c, v.Text, why)
		return
	}
	s.cells = append(s.cells, given)
	if !given.Clear && !c.number {
		row.warn(c, v.Text)
	}
}

// textProblem is why a cell can't be sent as text; nil if it can.
func (c *column) textProblem(v cell.Value, ofWorkbook bool) error {
	if why := v.Damage(); why != nil {
		return why
	}
	switch {
	case v.Kind == cell.Date:
		return reason.New("date_for_text")
	case (v.Kind == cell.Number || v.Kind == cell.Percent) && cell.IsScientific(v.Text):
		return reason.New("number_too_long")
	case ofWorkbook && xlsx.TooLong(v.Text):
		return reason.New("cell_too_long", "max", cell.MaxWorkbookChars)
	}
	if why := checkText(v); why != nil {
		return why
	}
	return c.fieldProblem(v)
}

// fieldProblem is why the field can't hold a text; nil if it can.
func (c *column) fieldProblem(v cell.Value) error {
	if c.check == nil {
		return nil
	}
	return c.check(v)
}

// number reads a cell of a column of numbers.
func (s *Sheet) number(r *cell.Record, i int, v cell.Value) (number string, why error) {
	switch {
	case v.Kind == cell.Date:
		return "", reason.New("date_for_number")
	case v.Kind == cell.Percent:
		return "", amount.Percentage()
	case v.Kind == cell.Number && cell.IsScientific(v.Text):
		return "", reason.New("number_too_long")
	case v.Kind == cell.Number:
		return v.Text, nil
	case cell.IsFormulaError(v.Text):
		return "", v.Damage()
	case len(v.Text) > maxCellBytes:
		return "", checkText(v)
	}
	a, why := amount.Read(v.Text)
	if why != nil {
		return "", why
	}
	if s.votes != nil {
		s.votes.columns[i].Count(r.Number, v.Text, a)
	}
	if number = a.In(s.reading.decimal); number == "" {
		return "", a.Problem(s.reading.decimal)
	}
	if a.Sign != "" {
		if code := r.Text(s.header.currency); a.Contradicts(code) && code != s.reading.options.ClearMarker {
			return "", reason.New("amount_other_currency", "currency", code)
		}
	}
	return number, nil
}

// warn adds what is odd about a text that can be sent all the same.
func (r *Row) warn(c *column, text string) {
	switch {
	case c.field == crm.Currency:
		if !amount.IsCurrency(text) {
			r.Warnings = append(r.Warnings, c.problem(text, reason.New("currency_unknown")))
		}
	case cell.IsBoolean(text):
		r.Warnings = append(r.Warnings, c.problem(text, reason.New("looks_like_boolean")))
	}
}
