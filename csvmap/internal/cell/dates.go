package cell

import (
	"strconv"
	"strings"

	"razebulk/internal/crm"
	"razebulk/internal/lazyregexp"
)

var (
	dayForm  = lazyregexp.New(`^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-](?:[0-9]{4}|[0-9]{2})(?:[ T].*)?$`)
	yearForm = lazyregexp.New(`^(?:19|20)[0-9]{2}[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})(?:[ T].*)?$`)
)

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// isDate reports whether a text has the form of a date, with a day and a month that exist.
func isDate(text string) bool {
	if len(text) < 6 || len(text) > 30 || !isDigit(text[0]) {
		return crm.IsMonth(text)
	}
	form := dayForm
	switch {
	case strings.IndexByte("/.-", text[1]) >= 0 || strings.IndexByte("/.-", text[2]) >= 0:
	case strings.IndexByte("/.-", text[4]) >= 0:
		form = yearForm
	default:
		return crm.IsMonth(text)
	}
	parts := form.FindStringSubmatch(text)
	if parts == nil {
		return crm.IsMonth(text)
	}
	one, _ := strconv.Atoi(parts[1])
	other, _ := strconv.Atoi(parts[2])
	return one > 0 && other > 0 && min(one, other) <= 12 && max(one, other) <= 31
}
