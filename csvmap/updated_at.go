package csvmap

import (
	"time"

	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// Older reports whether the opportunity changed after the time in the row, given the time of the last change that the
// CRM now reports. It compares at the precision of the row's own time, and returns false for a row without one.
func (r Row) Older(than time.Time) bool {
	return !r.UpdatedAt.IsZero() && than.Truncate(r.UpdatedAtUnit).After(r.UpdatedAt)
}

// readUpdatedAt reads when the opportunity was last changed.
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
