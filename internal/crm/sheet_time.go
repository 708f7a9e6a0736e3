package crm

import (
	"strings"
	"time"

	"razebulk/internal/lazyregexp"
)

// sheetTime is a time as the CRM writes it in either dialect, or as a spreadsheet or a script may have rewritten that:
// with slashes, without seconds, with a decimal comma, and with another form of the zone. The year comes first and the
// zone is there, so that there is one way only to read it: neither 05/10/2026 nor a time without its zone, which a
// date cell of a workbook is, says which instant it means.
var sheetTime = lazyregexp.New(`^(\d{4})[-/](\d\d)[-/](\d\d)([T ])(\d\d:\d\d)(:\d\d)?([.,]\d+)? ?(?i:(Z|UTC|GMT)|([+-]\d\d)(?::?(\d\d))?)$`)

// ParseSheetTime reads a time as a sheet has it. It returns the time to the microsecond, and the precision in which it
// is written.
func ParseSheetTime(text string) (at time.Time, unit time.Duration, ok bool) {
	p := sheetTime.FindStringSubmatch(text)
	if p == nil || p[6] == "" && p[7] != "" {
		return time.Time{}, 0, false
	}
	seconds, fraction, utc, hours, minutes := p[6], strings.Replace(p[7], ",", ".", 1), p[8], p[9], p[10]
	if seconds == "" {
		seconds = ":00"
	}
	zone := "Z"
	if utc == "" {
		zone = hours + ":" + (minutes + "00")[:2]
	}
	at, ok = ParseTime(p[1] + "-" + p[2] + "-" + p[3] + "T" + p[5] + seconds + fraction + zone)
	return at, unitOf(p[4] == " " && utc == "", p[6] != "", max(0, len(fraction)-1)), ok
}

// unitOf is a minute, a second, or as many digits of it as are written, down to a microsecond. PostgreSQL writes a
// blank and the zone in digits and leaves zeros out at the end, so that its times are always exact to the microsecond.
func unitOf(isPostgres, hasSeconds bool, decimals int) time.Duration {
	switch {
	case !hasSeconds:
		return time.Minute
	case isPostgres:
		return time.Microsecond
	}
	unit := time.Second
	for range min(decimals, 6) {
		unit /= 10
	}
	return unit
}
