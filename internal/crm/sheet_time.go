package crm

import (
	"strings"
	"time"

	"razebulk/internal/lazyregexp"
)

// sheetTime matches a time as the CRM writes it in either dialect, or as a spreadsheet or a script may have rewritten
// it: with slashes, without seconds, with a decimal comma, or with another form of the zone. The year comes first and
// the zone is present, so that there is only one way to read it: neither 05/10/2026 nor a time without its zone, such
// as a date cell of a workbook, identifies an instant.
var sheetTime = lazyregexp.New(`^(\d{4})[-/](\d\d)[-/](\d\d)([T ])(\d\d:\d\d)(:\d\d)?([.,]\d+)? ?(?i:(Z|UTC|GMT)|([+-]\d\d)(?::?(\d\d))?)$`)

// ParseSheetTime parses a time from a sheet. It returns the time to the microsecond, and its written precision.
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

// unitOf returns the precision: a minute, a second, or as many decimals as are written, down to a microsecond.
// PostgreSQL writes a space and a numeric zone and omits trailing zeros, so its times are always exact to the
// microsecond.
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
