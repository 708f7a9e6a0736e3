package xlsx

import (
	"strconv"
	"strings"

	"github.com/xuri/nfp"
)

// digits is how one section of a number format shows the digits of a whole number.
type digits struct {
	general   bool // as they are
	other     bool // with additional digits before or after them, or in place of some
	zeros     int  // at least this many digits, padded with zeros
	operator  string
	limit     float64
	condition bool // it applies only to numbers that satisfy it
}

// shows reports whether the format shows the digits of a whole number as they are: none added before them, such as
// the zeros of 00000 or a country code, none after them, and none omitted.
func (f *format) shows(number float64, text string) bool {
	_, sections := f.parsed()
	section, found := sectionFor(sections, number)
	if !found {
		return true
	}
	return !section.other && section.zeros <= len(strings.TrimPrefix(text, "-"))
}

// sectionFor returns the section that applies to the number; there is none if the format is for texts alone.
func sectionFor(sections []digits, number float64) (digits, bool) {
	for i, section := range sections {
		switch {
		case section.condition && section.holds(number):
			return section, true
		case section.condition:
			return sections[min(i+1, len(sections)-1)], true
		}
	}
	switch {
	case len(sections) == 0:
		return digits{}, false
	case number < 0 && len(sections) > 1:
		return sections[1], true
	case number == 0 && len(sections) > 2:
		return sections[2], true
	}
	return sections[0], true
}

func (d digits) holds(number float64) bool {
	switch d.operator {
	case "<":
		return number < d.limit
	case "<=":
		return number <= d.limit
	case ">":
		return number > d.limit
	case ">=":
		return number >= d.limit
	case "=":
		return number == d.limit
	}
	return number != d.limit
}

func digitsOf(items []nfp.Token) (d digits) {
	places, behind := 0, false
	for _, token := range items {
		switch token.TType {
		case nfp.TokenTypeGeneral:
			d.general = true
		case nfp.TokenTypeExponential, nfp.TokenTypeFraction:
			d.other = true
		case nfp.TokenTypeLiteral, nfp.TokenTypeCurrencyLanguage:
			d.other = d.other || strings.ContainsAny(literal(token), "0123456789")
		case nfp.TokenTypeDecimalPoint:
			behind = true
		case nfp.TokenTypeZeroPlaceHolder, nfp.TokenTypeHashPlaceHolder, nfp.TokenTypeDigitalPlaceHolder:
			places++
			d.other = d.other || behind
			if token.TType == nfp.TokenTypeZeroPlaceHolder {
				d.zeros += len(token.TValue)
			}
		case nfp.TokenTypeCondition:
			d.readCondition(token)
		}
	}
	d.other = d.other || places == 0 && !d.general || isScaled(items)
	return d
}

// readCondition parses a condition such as [<=9999999].
func (d *digits) readCondition(token nfp.Token) {
	if len(token.Parts) != 2 {
		return
	}
	limit, err := strconv.ParseFloat(token.Parts[1].Token.TValue, 64)
	d.operator, d.limit, d.condition = token.Parts[0].Token.TValue, limit, err == nil
}

// literal returns the text that a token shows.
func literal(token nfp.Token) string {
	if token.TType == nfp.TokenTypeLiteral {
		return token.TValue
	}
	if len(token.Parts) > 0 && token.Parts[0].Token.TType == nfp.TokenSubTypeCurrencyString {
		return token.Parts[0].Token.TValue
	}
	return ""
}

// isScaled reports whether a thousands separator follows the last digit: it divides by a thousand.
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
