package xlsx

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"razebulk/internal/reason"

	"github.com/xuri/nfp"
)

// numberFormat is what a format says about the meaning of a number.
type numberFormat byte

const (
	plainNumberFormat numberFormat = iota
	dateFormat
	percentFormat
	elapsedFormat // hours, minutes or seconds that continue beyond a day
	unknownFormat // longer than Excel allows, or not in the file
)

// styleSheet is the part of a workbook's styles that distinguishes dates and percentages from numbers.
type styleSheet struct {
	Codes list[struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	}] `xml:"numFmts>numFmt"`
	Styles list[struct {
		Format int `xml:"numFmtId,attr"`
	}] `xml:"cellXfs>xf"`
}

// maxCodes is far more than the formats that programs let people define.
const maxCodes = 10_000

// check refuses conflicting definitions of a format, and more formats than anyone makes.
func (s styleSheet) check() error {
	if len(s.Codes) > maxCodes {
		return errTooFull
	}
	codes := map[int]string{}
	for _, own := range s.Codes {
		if code, found := codes[own.ID]; found && code != own.Code {
			return damaged(reason.New("workbook_format_twice", "number", own.ID))
		}
		codes[own.ID] = own.Code
	}
	return nil
}

// formats returns the formats of the styles, in order.
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

// format is a number format; its code is parsed on first use, as a workbook may have many.
type format struct {
	code   string
	parsed func() (numberFormat, []digits)
}

func newFormat(code string) *format {
	return &format{code: code, parsed: sync.OnceValues(func() (numberFormat, []digits) { return parseFormat(code) })}
}

func (f *format) kind() numberFormat {
	kind, _ := f.parsed()
	return kind
}

// maxFormatCode is the limit of Excel. The parser's time and memory grow faster than the length of the code.
const maxFormatCode = 255

func parseFormat(code string) (numberFormat, []digits) {
	if len(code) > maxFormatCode && utf8.RuneCountInString(code) > maxFormatCode {
		return unknownFormat, nil
	}
	parser := nfp.NumberFormatParser()
	sections := parser.Parse(code)
	var shown []digits
	for _, section := range sections {
		if section.Type != nfp.TokenSectionText {
			shown = append(shown, digitsOf(section.Items))
		}
	}
	return kindOf(sections), shown
}

// builtinCodes are the formats that have a number but no code in the file, and that show other digits than the number
// has: ECMA-376, part 1, section 18.8.30.
var builtinCodes = map[int]string{
	2: "0.00", 4: "#,##0.00", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 39: "#,##0.00", 40: "#,##0.00", 43: "#,##0.00", 44: "#,##0.00", 48: "##0.0E+0",
}

// builtinFormat returns the format that has this number and no code in the file. Those from 27 to 58 are East Asian,
// those from 59 on Thai. Formats after 81 are the workbook's own: one whose code is missing may have been a date.
func builtinFormat(id int) *format {
	kind := plainNumberFormat
	switch {
	case id < 0 || id > 81:
		kind = unknownFormat
	case id == 46 || id == 79:
		kind = elapsedFormat
	case id >= 14 && id <= 22, id >= 27 && id <= 36, id == 45, id == 47, id >= 50 && id <= 58, id >= 71:
		kind = dateFormat
	case id == 9 || id == 10 || id == 67 || id == 68:
		kind = percentFormat
	}
	code := builtinCodes[id]
	return &format{code: code, parsed: sync.OnceValues(func() (numberFormat, []digits) {
		_, shown := parseFormat(code)
		return kind, shown
	})}
}

// kindOf returns a date format if any of the sections is one: the others are for missing values. The same goes for
// percentages.
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

// dateToken also recognizes years of an era (e), eras (g, b) and weekdays (a). The G of "G/通用格式", which is General,
// looks like an era.
func dateToken(token nfp.Token) bool {
	return token.TType == nfp.TokenTypeDateTimes && token.TValue != "G" && strings.ContainsAny(strings.ToLower(token.TValue), "ymdhsegab")
}
