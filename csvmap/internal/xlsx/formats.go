package xlsx

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/xuri/nfp"
)

// numberFormat tells what a number means that is shown in it.
type numberFormat byte

const (
	plainNumberFormat numberFormat = iota
	dateFormat
	percentFormat
	elapsedFormat // hours, minutes or seconds that go on counting beyond a day
	unknownFormat // longer than any that Excel knows
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
func (s styleSheet) formats() []*format {
	known := map[int]*format{}
	for _, own := range s.Codes {
		known[own.ID] = newFormat(own.Code)
	}
	formats := make([]*format, len(s.Styles))
	for i, style := range s.Styles {
		if known[style.Format] == nil {
			known[style.Format] = builtinFormat(style.Format)
		}
		formats[i] = known[style.Format]
	}
	return formats
}

// format is a number format; its code is parsed when it is asked for first, as a workbook may have many.
type format struct {
	code   string
	kind   func() numberFormat
	parsed func() []nfp.Section
}

func newFormat(code string) *format {
	f := &format{code: code, parsed: sync.OnceValue(func() []nfp.Section {
		parser := nfp.NumberFormatParser()
		return parser.Parse(code)
	})}
	f.kind = sync.OnceValue(func() numberFormat {
		if len(code) > maxFormatCode {
			return unknownFormat
		}
		return kindOf(f.parsed())
	})
	return f
}

// builtinCodes are the formats that have a number and no code, and that show other digits than a number has: ECMA-376,
// part 1, section 18.8.30.
var builtinCodes = map[int]string{
	2: "0.00", 4: "#,##0.00", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 39: "#,##0.00", 40: "#,##0.00", 43: "#,##0.00", 44: "#,##0.00", 48: "##0.0E+0",
}

// builtinFormat knows the formats that have a number and no code. Those from 27 on are East Asian.
func builtinFormat(id int) *format {
	kind := plainNumberFormat
	switch {
	case id == 46:
		kind = elapsedFormat
	case id >= 14 && id <= 22, id >= 27 && id <= 36, id == 45, id == 47, id >= 50 && id <= 58:
		kind = dateFormat
	case id == 9 || id == 10:
		kind = percentFormat
	}
	f := newFormat(builtinCodes[id])
	f.kind = func() numberFormat { return kind }
	return f
}

// maxFormatCode is in bytes; Excel allows 255 characters. The parser's time grows faster than the code.
const maxFormatCode = 1 << 10

// kindOf is a date if any of the sections is: the others are for what isn't there, or not yet. So with percentages.
func kindOf(sections []nfp.Section) numberFormat {
	kind := plainNumberFormat
	for _, section := range sections {
		switch {
		case slices.ContainsFunc(section.Items, elapsedToken):
			return elapsedFormat
		case slices.ContainsFunc(section.Items, dateToken):
			return dateFormat
		case slices.ContainsFunc(section.Items, percentToken):
			kind = percentFormat
		}
	}
	return kind
}

func elapsedToken(token nfp.Token) bool { return token.TType == nfp.TokenTypeElapsedDateTimes }

func percentToken(token nfp.Token) bool { return token.TType == nfp.TokenTypePercent }

// dateToken also knows years of an era (e), eras (g, b) and weekdays (a). The G of "G/通用格式", which is General, looks
// like an era.
func dateToken(token nfp.Token) bool {
	return token.TType == nfp.TokenTypeDateTimes && token.TValue != "G" && strings.ContainsAny(strings.ToLower(token.TValue), "ymdhsegab")
}

// shows tells whether the format shows the digits of a whole number as they are: none before them, such as the zeros of
// 00000 or a country's code, none behind them, and not fewer.
func (f *format) shows(number float64, text string) bool {
	section, found := sectionFor(f.parsed(), number)
	if !found {
		return true
	}
	whole := strings.TrimPrefix(text, "-")
	zeros, decimals, places, behind := 0, 0, 0, false
	for _, token := range section.Items {
		switch token.TType {
		case nfp.TokenTypeGeneral:
			return true
		case nfp.TokenTypeExponential, nfp.TokenTypeFraction:
			return false
		case nfp.TokenTypeLiteral, nfp.TokenTypeCurrencyLanguage:
			if strings.ContainsAny(literal(token), "0123456789") {
				return false
			}
		case nfp.TokenTypeDecimalPoint:
			behind = true
		case nfp.TokenTypeZeroPlaceHolder, nfp.TokenTypeHashPlaceHolder, nfp.TokenTypeDigitalPlaceHolder:
			places++
			switch {
			case behind:
				decimals += len(token.TValue)
			case token.TType == nfp.TokenTypeZeroPlaceHolder:
				zeros += len(token.TValue)
			}
		}
	}
	return places > 0 && zeros <= len(whole) && decimals == 0 && !isScaled(section.Items)
}

// literal is the text that a token shows.
func literal(token nfp.Token) string {
	if token.TType == nfp.TokenTypeLiteral {
		return token.TValue
	}
	if len(token.Parts) > 0 && token.Parts[0].Token.TType == nfp.TokenSubTypeCurrencyString {
		return token.Parts[0].Token.TValue
	}
	return ""
}

// isScaled tells whether a separator of thousands stands behind the last digit: it divides by a thousand.
func isScaled(items []nfp.Token) bool {
	scaled := false
	for _, token := range items {
		switch token.TType {
		case nfp.TokenTypeZeroPlaceHolder, nfp.TokenTypeHashPlaceHolder, nfp.TokenTypeDigitalPlaceHolder:
			scaled = false
		case nfp.TokenTypeThousandsSeparator:
			scaled = true
		}
	}
	return scaled
}

// sectionFor is the one of up to four sections in which the number is shown; the last is for texts.
func sectionFor(sections []nfp.Section, number float64) (nfp.Section, bool) {
	sections = slices.DeleteFunc(slices.Clone(sections), func(s nfp.Section) bool { return s.Type == nfp.TokenSectionText })
	if len(sections) == 0 {
		return nfp.Section{}, false // @: the number as it is
	}
	for i, section := range sections {
		if holds, found := condition(section, number); found && (holds || i == len(sections)-1) {
			return section, true
		} else if found {
			return sections[min(i+1, len(sections)-1)], true
		}
	}
	switch {
	case number < 0 && len(sections) > 1:
		return sections[1], true
	case number == 0 && len(sections) > 2:
		return sections[2], true
	}
	return sections[0], true
}

// condition tells whether the number fulfils the condition of a section, such as [<=9999999].
func condition(section nfp.Section, number float64) (holds, found bool) {
	for _, token := range section.Items {
		if token.TType != nfp.TokenTypeCondition || len(token.Parts) != 2 {
			continue
		}
		limit, err := strconv.ParseFloat(token.Parts[1].Token.TValue, 64)
		if err != nil {
			return false, true
		}
		switch token.Parts[0].Token.TValue {
		case "<":
			return number < limit, true
		case "<=":
			return number <= limit, true
		case ">":
			return number > limit, true
		case ">=":
			return number >= limit, true
		case "=":
			return number == limit, true
		}
		return number != limit, true
	}
	return false, false
}
