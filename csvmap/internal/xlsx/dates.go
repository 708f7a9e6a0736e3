package xlsx

import (
	"fmt"
	"math"
	"strings"
	"time"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/reason"
)

const (
	isoDay     = time.DateOnly
	isoSecond  = time.DateTime
	secondsDay = 24 * 60 * 60
)

// serialDate returns the point in time that a number of days stands for, to the second, as Excel shows it. A time
// without a day, or an elapsed time that may exceed a day, is written as hours alone.
func serialDate(days float64, elapsed, from1904 bool) string {
	const year10000 = 2958466
	if days < 0 || days >= year10000 {
		return unshowable
	}
	seconds := int(math.Round(days * secondsDay))
	day, clock := seconds/secondsDay, seconds%secondsDay
	if elapsed || day == 0 {
		return clockText(seconds)
	}
	moment := calendarDay(day, from1904).Add(time.Duration(clock) * time.Second)
	switch {
	case moment.Year() > 9999:
		return unshowable
	case day == leapDay1900 && !from1904:
		return "1900-02-29"
	}
	return isoMoment(moment)
}

// leapDay1900 is a day that Excel counts but that never existed: the year 1900 had no 29th of February.
const leapDay1900 = 60

func calendarDay(day int, from1904 bool) time.Time {
	switch {
	case from1904:
		return time.Date(1904, 1, 1+day, 0, 0, 0, 0, time.UTC)
	case day < leapDay1900:
		day++
	}
	return time.Date(1899, 12, 30+day, 0, 0, 0, 0, time.UTC)
}

func isoMoment(moment time.Time) string {
	if moment.Equal(moment.Truncate(24 * time.Hour)) {
		return moment.Format(isoDay)
	}
	return moment.Format(isoSecond)
}

// isoDate parses a date or an elapsed time that is stored as text, as some programs do.
func isoDate(stored string) (string, cell.Kind, error) {
	for _, layout := range []string{isoDay, "2006-01-02T15:04:05", time.RFC3339, "2006-01-02T15:04"} {
		if moment, err := time.Parse(layout, stored); err == nil {
			return isoMoment(moment.Round(time.Second)), cell.Date, nil
		}
	}
	if clock, err := time.Parse(time.TimeOnly, stored); err == nil {
		return clock.Format(time.TimeOnly), cell.Date, nil
	}
	// PT36H11M0.000S is an ISO 8601 duration; Go writes 36h11m0.000s.
	if hours, isDuration := strings.CutPrefix(stored, "PT"); isDuration && strings.HasSuffix(stored, "S") {
		if d, err := time.ParseDuration(strings.ToLower(hours)); err == nil && d >= 0 {
			seconds := int(d.Round(time.Second) / time.Second)
			return clockText(seconds), cell.Date, nil
		}
	}
	return "", cell.Text, damaged(reason.New("workbook_not_date", "text", stored))
}

func clockText(seconds int) string {
	return fmt.Sprintf("%02d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
}
