package crm

import "time"

// timeForms are RFC 3339 and PostgreSQL's text format, whose zone has minutes only if needed (docs/api.md).
var timeForms = []string{
	"2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05Z07", "2006-01-02T15:04:05Z07",
}

// ParseTime parses a time as the CRM writes it, in either dialect, to the microsecond. It returns false for any other
// text, including a time without its zone.
func ParseTime(text string) (time.Time, bool) {
	for _, form := range timeForms {
		if at, err := time.Parse(form, text); err == nil {
			return at.Truncate(time.Microsecond), true
		}
	}
	return time.Time{}, false
}
