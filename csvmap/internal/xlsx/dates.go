package xlsx

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"razebulk/csvmap/internal/cell"

	"github.com/xuri/nfp"
)

const (
	isoDay     = time.DateOnly
	isoSecond  = time.DateTime
	secondsDay = 24 * 60 * 60
)

// numberFormat tells what a number means that is shown in it.
type numberFormat byte

const (
	plainNumberFormat numberFormat = iota
	dateFormat
	percentFormat
	elapsedFormat // hours, minutes or seconds that go on counting beyond a day
)

// styleSheet is as much of a workbook's styles as tells dates and percentages from numbers.
type styleSheet struct {
	Codes []struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	} `xml:"numFmts>numFmt"`
	Styles []struct {
		Format int `xml:"numFmtId,attr"`
	} `xml:"cellXfs>xf"`
}

// formats are those of the styles, in their order.
func (s styleSheet) formats() []numberFormat {
	own := map[int]numberFormat{}
	for _, format := range s.Codes {
		own[format.ID] = customFormat(format.Code)
	}
	formats := make([]numberFormat, len(s.Styles))
	for i, style := range s.Styles {
		format, ok := own[style.Format]
		if !ok {
			format = builtinFormat(style.Format)
		}
		formats[i] = format
	}
	return formats
}

// builtinFormat knows the formats that have a number and no code: ECMA-376, part 1, section 18.8.30. Those from 27 on
// are East Asian.
func builtinFormat(id int) numberFormat {
	switch {
	case id == 46:
		return elapsedFormat
	case id >= 14 && id <= 22, id >= 27 && id <= 36, id == 45, id == 47, id >= 50 && id <= 58:
		return dateFormat
	case id == 9 || id == 10:
		return percentFormat
	}
	return plainNumberFormat
}

// maxFormatCode is beyond the 255 characters that Excel allows; the parser's time grows faster than the code.
const maxFormatCode = 1 << 10

// customFormat is a date if any of its sections is: the others are for what isn't there, or not yet. So with
// percentages.
func customFormat(code string) numberFormat {
	format := plainNumberFormat
	parser := nfp.NumberFormatParser()
	for _, section := range parser.Parse(code[:min(len(code), maxFormatCode)]) {
		switch {
		case slices.ContainsFunc(section.Items, elapsedToken):
			return elapsedFormat
		case slices.ContainsFunc(section.Items, dateToken):
			return dateFormat
		case slices.ContainsFunc(section.Items, percentToken):
			format = percentFormat
		}
	}
	return format
}

func elapsedToken(token nfp.Token) bool { return token.TType == nfp.TokenTypeElapsedDateTimes }

func percentToken(token nfp.Token) bool { return token.TType == nfp.TokenTypePercent }

// dateToken leaves out the eras and the years that go with them: the g of "G/通用格式", which is General, looks like one.
func dateToken(token nfp.Token) bool {
	return token.TType == nfp.TokenTypeDateTimes && strings.ContainsAny(token.TValue, "ymdhsYMDHS")
}

// serialDate is the point in time that a number of days stands for, to the second, as Excel shows it. A time without a
// day, or one that goes on counting beyond a day, is hours alone.
func serialDate(days float64, elapsed, from1904 bool) (string, cell.Kind) {
	const year10000 = 2958466
	if days < 0 || days >= year10000 {
		return unshowable, cell.Text
	}
	seconds := int(math.Round(days * secondsDay))
	day, clock := seconds/secondsDay, seconds%secondsDay
	if elapsed || day == 0 {
		return fmt.Sprintf("%02d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60), cell.Date
	}
	moment := calendarDay(day, from1904).Add(time.Duration(clock) * time.Second)
	switch {
	case moment.Year() > 9999:
		return unshowable, cell.Text
	case day == leapDay1900 && !from1904:
		return "1900-02-29", cell.Date
	}
	return isoMoment(moment), cell.Date
}

// leapDay1900 is a day that Excel counts and that never was: the year 1900 had no 29th of February.
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

// isoDate reads a date that is stored as text, which some programs do.
func isoDate(stored string) (string, cell.Kind, error) {
	for _, layout := range []string{isoDay, "2006-01-02T15:04:05", "2006-01-02T15:04:05Z", "2006-01-02T15:04"} {
		if moment, err := time.Parse(layout, stored); err == nil {
			return isoMoment(moment.Round(time.Second)), cell.Date, nil
		}
	}
	if clock, err := time.Parse(time.TimeOnly, stored); err == nil {
		return clock.Format(time.TimeOnly), cell.Date, nil
	}
	return "", cell.Text, fmt.Errorf("%q is not a date", stored)
}
