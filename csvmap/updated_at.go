package csvmap

import (
	"time"

	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// Older tells whether the opportunity was changed later than the row knows, where the CRM now reports that it was last
// changed at that time. It compares no finer than the row's own time is written, and is false for a row without one.
func (r Row) Older(than time.Time) bool {
	return !r.UpdatedAt.IsZero() && than.Truncate(r.UpdatedAtUnit).After(r.UpdatedAt)
}

// readUpdatedAt reads when the opportunity was changed last.
func (s *Sheet) readUpdatedAt(row *Row, text string) {
	if text == "" {
		return
	}
	at, unit, ok := crm.ParseSheetTime(text)
	if !ok {
		why := reason.New("updated_at_invalid", "field", crm.UpdatedAt)
		row.refuseCell(&s.header.columns[s.header.updated], text, why)
		return
	}
	row.UpdatedAt, row.UpdatedAtUnit = at, unit
}
