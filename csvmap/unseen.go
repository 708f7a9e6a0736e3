package csvmap

import (
	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/xlsx"
	"razebulk/internal/reason"
)

// Unseen is what a workbook's sheet holds that a person doesn't see.
type Unseen = xlsx.Unseen

// unseen returns what nobody sees in the sheet, once all its rows have been read.
func (s *Sheet) unseen() (Unseen, error) {
	rows, ok := s.records.(*xlsx.Rows)
	if !ok {
		return Unseen{}, nil
	}
	headers := make([]string, len(s.header.columns))
	for i, c := range s.header.columns {
		if c.isRead() {
			headers[i] = c.header
		}
	}
	return s.reading.book.Unseen(rows, headers, s.reading.headerRow)
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
