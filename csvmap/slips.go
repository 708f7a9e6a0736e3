package csvmap

import (
	"iter"
	"slices"

	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/slips"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// leftOut reports whether a row is not an opportunity: a repeated header, or totals. It fails for a different header,
// because the rows below it would be read wrongly.
func (s *Sheet) leftOut(r *cell.Record, id string) (bool, error) {
	if s.header.undo >= 0 {
		return false, nil
	}
	if s.isHeader(r, id) {
		if !s.isSameHeader(r) {
			return false, reason.New("header_differs", "row", r.Number, "headers", trimmed(r.Cells))
		}
		if s.seen != nil {
			s.seen.lengths.SeeHeader(r.Number)
		}
		return true, nil
	}
	if slips.IsTotals(r, s.header.id, id) && (id != "" || !s.hasKeys(r)) {
		isRest := s.reading.cut[r.Number] == slips.Broken
		if s.seen != nil {
			s.seen.lengths.SeeTotals(r, isRest)
		}
		return !isRest, nil
	}
	return false, nil
}

// hasKeys reports whether a row has all values that its opportunity is found by if it has no id.
func (s *Sheet) hasKeys(r *cell.Record) bool {
	return s.header.match != nil && !slices.ContainsFunc(s.header.match, func(c matchColumn) bool { return s.value(r, c.place).Text == "" })
}

// beforeEnd iterates over the rows that are not blank, without the totals without a label and the lines of a report
// below them.
func (s *Sheet) beforeEnd() iter.Seq2[*cell.Record, error] {
	if s.header.undo >= 0 {
		return s.all()
	}
	return slips.BeforeEnd(s.all(), s.partOf, func(number int, part slips.Part) {
		switch {
		case s.seen == nil:
		case part == slips.Sum:
			s.seen.lengths.Totals.Add(number)
		default:
			s.seen.footers.Add(number)
		}
	})
}

func (s *Sheet) partOf(r *cell.Record) slips.Part {
	if r.Fault != nil && newProblem(r.Fault).Code != "row_cut_off" {
		return slips.Body
	}
	return slips.PartOf(r, s.header.id, s.header.holds)
}

// holdsOf returns what each column holds. If only ids are read, any column may hold numbers.
func holdsOf(columns []column, onlyID bool) []slips.Holds {
	all := make([]slips.Holds, len(columns))
	for i, c := range columns {
		switch {
		case c.match > 0:
			all[i] = slips.Keys
		case c.number, c.field == ignoredColumn && onlyID:
			all[i] = slips.Numbers
		case c.field == ignoredColumn, c.field == readOnlyColumn:
			all[i] = slips.Unread
		}
	}
	return all
}

func trimmed(cells []string) []string {
	names := make([]string, len(cells))
	for i, text := range cells {
		names[i] = cell.Trim(text)
	}
	return names
}

// isHeader reports whether a row is a header: it names an id, and most of its cells are column names.
func (s *Sheet) isHeader(r *cell.Record, id string) bool {
	if !s.mayBeName(id) || !s.isName(id) {
		return false
	}
	filled, known, names := 0, 0, false
	for i := range r.Cells {
		text := r.Text(i)
		if text == "" {
			continue
		}
		filled++
		if s.isName(text) {
			known++
		}
		field, _ := s.reading.options.field(text)
		names = names || field == crm.ID
	}
	return names && known*2 > filled && (filled > 1 || len(s.header.columns) == 1)
}

// mayBeName avoids comparing names in nearly all rows: ids have digits, which names seldom have.
func (s *Sheet) mayBeName(text string) bool {
	return text != "" && len(text) <= 64 && (!slips.HasDigit(text) || s.header.hasDigits && s.isOwnName(text))
}

func (s *Sheet) isOwnName(text string) bool {
	for i := range s.header.columns {
		if s.header.columns[i].header == text {
			return true
		}
	}
	return false
}

// isName reports whether a text is a column name, of this sheet or in general.
func (s *Sheet) isName(text string) bool {
	_, known := s.reading.options.field(text)
	return known || s.isOwnName(text)
}

// isSameHeader reports whether the cells below this header are read as they are under the sheet's own header.
func (s *Sheet) isSameHeader(r *cell.Record) bool {
	names := trimmed(r.Cells)
	undoing := s.header.undo >= 0
	for i, c := range s.header.columns {
		again := column{field: unnamedColumn}
		if i < len(names) {
			again = s.reading.options.classify(i, names, undoing)
		}
		if (c.isRead() || again.isRead()) && c.field != again.field {
			return false
		}
	}
	for _, name := range names[min(len(names), len(s.header.columns)):] {
		if name != "" {
			return false
		}
	}
	return true
}

// checkShort checks whether the cells of a row that is too short can be where they seem to be.
func (s *Sheet) checkShort(row *Row, r *cell.Record) {
	if r.Kinds != nil || s.header.undo >= 0 {
		return
	}
	if s.seen != nil {
		s.seen.lengths.See(r, row.ID)
	}
	isShort := len(r.Cells) < s.header.named
	switch code := s.reading.cut[r.Number]; {
	case code == slips.Parted, slices.Contains(s.reading.beside, s.header.phone-1) && slips.IsPhoneParted(r, s.header.phone):
		row.refuse(reason.New("row_cut_cents"))
		return
	case code == slips.Broken:
		row.refuse(reason.New("row_broken"))
	case code == slips.Cut && isShort:
		row.refuse(reason.New("row_cut"))
	}
	if !isShort {
		if text, field := slips.Slipped(r, s.header.phone, s.header.fields, s.fieldOf); field != "" {
			row.refuse(reason.New("row_slipped", "text", text, "field", field))
		}
		return
	}
	isFine := len(row.Problems) == 0
	if text := slips.GluedQuote(r); isFine && text != "" {
		row.refuse(reason.New("row_cut_quote", "text", text))
	} else if text, field := slips.Misplaced(r, s.header.fields, s.fieldOf); isFine && field != "" {
		row.refuse(reason.New("row_cut_kind", "text", text, "field", field))
	}
}

func (s *Sheet) fieldOf(place int) string { return s.header.columns[place].field }

// besideAmounts returns the amount columns next to a text column, in a sheet whose delimiter would split amounts.
func (r *Reading) besideAmounts() (places []int) {
	columns := r.header.columns
	if r.book != nil || r.text.Delimiter != ',' || slices.ContainsFunc(columns, func(c column) bool { return c.added }) {
		return nil // in a failed file, the rows that showed the opposite are gone
	}
	for _, i := range r.header.fields {
		if columns[i].number && i+1 < len(columns) && !columns[i+1].number && i+1 != r.header.id {
			places = append(places, i)
		}
	}
	return places
}

// seeSplit compares the amounts of a row with the cells next to them.
func (s *Sheet) seeSplit(r *cell.Record) {
	for _, i := range s.reading.beside {
		s.seen.split[i].See(r, i, s.fieldOf(i+1))
	}
}

// problem refuses a sheet whose amounts all seem to have been split at their comma, or whose header fits no row.
func (e *evidence) problem(columns []column) error {
	for i := range e.split {
		if text, row, found := e.split[i].Found(); found && columns[i+1].isField() {
			return reason.New("cents_beside_amounts", "header", columns[i].header, "next", columns[i+1].header, "text", text, "row", row)
		}
	}
	return e.widths.Problem()
}
