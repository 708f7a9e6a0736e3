package csvmap

import (
	"strings"
	"time"
)

// updatedColumn is the read-only column that tells when the CRM had changed the opportunity last. It is read where [Options] ask
// for it.
const updatedColumn = "updated_at"

// Older tells whether the opportunity was changed later than the row knows of, when the CRM now says that it was last changed at
// that time. It compares no finer than the row's own time is written, and is false for a row without one.
func (r Row) Older(than time.Time) bool {
	return !r.UpdatedAt.IsZero() && than.Truncate(r.UpdatedAtUnit).After(r.UpdatedAt)
}

// date reads when the opportunity was changed last.
func (s *Sheet) date(row *Row, i int, v value) {
	if v.text == "" {
		return
	}
	at, err := time.Parse(time.RFC3339, strings.Replace(v.text, " ", "T", 1))
	if err != nil {
		row.Problems = append(row.Problems, Problem{
			Field: updatedColumn, Column: s.header.columns[i].header, Value: v.text,
			Reason: "not a time with its zone, such as 2026-11-22T02:15:00Z, as the CRM exports it; --ignore-columns " + updatedColumn + " leaves the column out",
		})
		return
	}
	row.UpdatedAt, row.UpdatedAtUnit = at, unit(v.text)
}

// unit is the precision of an RFC 3339 time: a second, or as many digits of it as are written.
func unit(text string) time.Duration {
	unit := time.Second
	if i := strings.IndexAny(text, ".,"); i >= 0 {
		for _, digit := range text[i+1:] {
			if digit < '0' || digit > '9' || unit == time.Nanosecond {
				break
			}
			unit /= 10
		}
	}
	return unit
}
