package csvmap

import (
	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/xlsx"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// Unseen is what a workbook's sheet holds that a person doesn't see.
type Unseen = xlsx.Unseen

// unseen returns what nobody sees in the sheet, once all its rows have been read.
func (s *Sheet) unseen() (u Unseen, err error) {
	rows, ok := s.records.(*xlsx.Rows)
	if !ok {
		return u, nil
	}
	u.Rows = rows.Hidden()
	for _, i := range rows.HiddenColumns(len(s.header.columns)) {
		if c := s.header.columns[i]; c.isRead() {
			u.Columns = append(u.Columns, c.header)
		}
	}
	if rows.HasMerged() {
		u.Covered, err = s.reading.book.Covered(rows)
	}
	return u, err
}

// unsolved refuses a workbook in which a formula to be sent has no result. For a header, any formula counts.
func (s *Sheet) unsolved(r *cell.Record) error {
	for _, i := range r.Unsolved {
		if i >= len(s.header.columns) || s.header.columns[i].isRead() || s.header.columns[i].field == unnamedColumn {
			return reason.New("formula_without_result", "place", xlsx.Place(i, r.Number))
		}
	}
	return nil
}

// maskedProblem returns why a number can't be an id or phone number, whose digits must be shown as they are, or nil.
func (c *column) maskedProblem(v cell.Value) error {
	if c.field != crm.ID && c.field != "phone" && c.field != crm.Owner {
		return nil
	}
	switch {
	case v.Kind == cell.Masked || v.Kind == cell.Percent:
		return reason.New("number_shown_otherwise")
	case v.Kind == cell.Number && !cell.IsScientific(v.Text) && !isDigits(v.Text):
		return reason.New("number_with_fraction")
	}
	return nil
}

func isDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}
