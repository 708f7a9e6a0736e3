package csvmap

import (
	"slices"
	"strings"

	"razebulk/csvmap/internal/amount"
	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/fieldcheck"
	"razebulk/csvmap/internal/naming"
	"razebulk/csvmap/internal/refusal"
	"razebulk/csvmap/internal/slips"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// value returns the value of a cell, or the zero value for a word that counts as empty.
func (s *Sheet) value(r *cell.Record, i int) cell.Value {
	v := r.Value(i)
	if words := s.reading.options.EmptyWords; len(words) > 0 && v.IsAny(words) {
		return cell.Value{}
	}
	return v
}

// readRow checks a record whose id has already been read.
func (s *Sheet) readRow(r *cell.Record, id cell.Value, isUUID bool) {
	h := &s.header
	s.row = Row{Number: r.Number, Line: r.Line, ID: id.Text}
	row := &s.row
	if r.Fault != nil {
		row.ID = strings.ToValidUTF8(strings.Trim(row.ID, `"'`), "\ufffd")
		row.refuse(r.Fault)
		return
	}
	if why := s.shifted(r); why != nil {
		row.refuse(why)
		return
	}
	if s.seen != nil && h.decimal >= 0 {
		s.seen.votes.Declare(r.Text(h.decimal))
	}
	if h.refused >= 0 {
		if code := refusal.Again(r.Text(h.refused), r, h.meant(true)); code != "" && (code != refusal.Decimals || s.reading.options.Decimal == 0) {
			row.refuse(reason.New(code, "unchanged", true))
			return
		}
	}
	if s.seen != nil {
		s.seeSplit(r)
	}
	s.checkShort(row, r)
	s.checkUnnamed(row, r)
	if id.Text == "" && s.header.match != nil {
		s.readMatch(row, r)
	} else if !isUUID {
		s.checkID(row, id)
	}
	s.cells = s.cells[:0]
	if h.undo >= 0 {
		s.restore(row, r)
	} else {
		for _, i := range h.fields {
			if s.addUsual(row, r, i) {
				continue
			}
			if v := s.value(r, i); v.Text != "" {
				s.add(row, r, i, &v)
			}
		}
	}
	if h.clear >= 0 {
		s.clearListed(row, r.Text(h.clear))
	}
	if h.updated >= 0 {
		s.readUpdatedAt(row, s.value(r, h.updated).Text)
	}
	if h.pipeline >= 0 {
		row.Pipeline = s.value(r, h.pipeline).Text
	}
	row.Cells = s.cells
}

// shifted returns why the cells of a record may not be under their headers, or nil.
func (s *Sheet) shifted(r *cell.Record) error {
	width := len(s.header.columns)
	if s.seen != nil {
		s.seen.widths.See(r, width)
	}
	beside := width
	for r.Kinds != nil && beside < len(r.Cells) && r.Cells[beside] == "" {
		beside++
	}
	switch {
	case beside < len(r.Cells) && r.Kinds != nil && beside < width+naming.MaxBeside:
		return reason.New("cell_without_header", "text", r.Text(beside), "letter", naming.Letter(beside))
	case beside < len(r.Cells):
		return slips.Surplus(r, width)
	case r.SpacedQuote >= 0:
		return reason.New("quote_after_blank", "text", r.Cells[r.SpacedQuote])
	}
	return nil
}

func (s *Sheet) checkUnnamed(row *Row, r *cell.Record) {
	for _, i := range s.header.unnamed {
		if i >= len(r.Cells) {
			return
		}
		if text := r.Text(i); text != "" && !(i == s.header.index && s.index.Counts(text)) {
			row.refuse(reason.New("cell_without_header", "text", text, "letter", naming.Letter(i)))
		}
	}
}

func (s *Sheet) checkID(row *Row, id cell.Value) {
	c := &column{field: crm.ID}
	if s.header.id >= 0 {
		c = &s.header.columns[s.header.id]
	}
	if why := fieldcheck.IDCell(id, s.reading.options.ClearMarker, s.header.match != nil); why != nil {
		row.refuseCell(c, id.Text, why)
	}
}

// add checks a cell that is not empty and adds it either to the cells to send or to the row's problems.
func (s *Sheet) add(row *Row, r *cell.Record, i int, v *cell.Value) {
	c := &s.header.columns[i]
	if v.Classes.Has(cell.Unusual | cell.Latin1) {
		if *v = c.visible(*v); v.Text == "" {
			return
		}
	}
	text, isCleared, why := s.checked(r, c, i, v)
	if why != nil {
		s.refuseCell(row, c, i, v.Text, why)
		return
	}
	s.give(c, text, isCleared)
	if !isCleared && !c.number {
		s.warn(row, c, text)
	}
}

// addUsual is [Sheet.add] for a cell that is written as nearly all of its column are: it looks at it only once. It
// reports whether it was one.
func (s *Sheet) addUsual(row *Row, r *cell.Record, i int) bool {
	o := &s.reading.options
	if o.ClearMarker != "" || len(o.EmptyWords) > 0 || s.reading.suspects[i] != 0 || i >= len(r.Cells) || r.Kind(i) != cell.Text || len(r.Cells[i]) > cell.MaxWorkbookChars {
		return false
	}
	c, written := &s.header.columns[i], r.Cells[i]
	switch {
	case c.number:
		a := amount.Plain(written)
		if a.Point == "" {
			return false
		}
		if number, why := s.decide(r, i, written, &a); why == nil {
			s.give(c, number, false)
		} else {
			s.refuseCell(row, c, i, written, why)
		}
	case c.form.IsUsual(written), c.field == crm.Currency && written == s.currencyBefore && written != "":
		s.give(c, written, false)
	default:
		return false
	}
	return true
}

// give adds what a cell gives its field, or that it clears it.
func (s *Sheet) give(c *column, text string, isCleared bool) {
	s.cells = slices.Grow(s.cells, 1)[:len(s.cells)+1]
	given := &s.cells[len(s.cells)-1] // filled in place: copying it takes a tenth of the total reading time
	given.Field, given.Text, given.Number, given.Clear = c.field, text, c.number, isCleared
}

// visible returns the value without invisible characters if the column has no use for them.
func (c *column) visible(v cell.Value) cell.Value {
	if v.Classes.Has(cell.Unusual|cell.Latin1) && (c.number || c.field == crm.Phone) {
		return v.Visible()
	}
	return v
}

// checked returns the text that a cell gives its column's field, or whether it clears it, or why it can't be sent.
func (s *Sheet) checked(r *cell.Record, c *column, i int, v *cell.Value) (text string, isCleared bool, why error) {
	if why = fieldcheck.TooLong(*v, r.Kinds != nil); why != nil {
		return "", false, why
	}
	switch {
	case v.Text == s.reading.options.ClearMarker && v.Kind == cell.Text && !v.Escaped:
		return "", true, s.clearProblem(c.field)
	case c.number:
		text, why = s.number(r, i, *v)
		return text, false, why
	}
	if v.IsPlain() {
		why = c.form.OfPlain(*v)
	} else {
		why = c.form.Problem(c.field, *v)
	}
	if why == nil && s.reading.suspects[i] != 0 {
		why = v.Doubt(s.reading.suspects[i])
	}
	return v.Text, false, why
}

// refuseCell adds a problem to a row and records what it makes suspect in the other cells of the column.
func (s *Sheet) refuseCell(row *Row, c *column, i int, text string, why error) {
	if c.number {
		why = s.reading.decimal.Advise(why)
	}
	row.refuseCell(c, text, why)
	if s.seen != nil {
		s.seen.suspects[i] |= cell.SuspicionBy(newProblem(why).Code)
	}
}

// warn adds a warning about a text that looks odd but can still be sent.
func (s *Sheet) warn(row *Row, c *column, text string) {
	switch {
	case c.field != crm.Currency:
		if why := fieldcheck.Doubt(c.field, text); why != nil {
			row.Warnings = append(row.Warnings, c.problem(text, why))
		}
	case text == s.currencyBefore:
	case amount.IsCurrency(text):
		s.currencyBefore = strings.Clone(text)
	default:
		row.Warnings = append(row.Warnings, c.problem(text, reason.New("currency_unknown")))
	}
}
