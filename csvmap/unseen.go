package csvmap

import (
	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/xlsx"
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
