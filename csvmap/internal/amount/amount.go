package csvmap

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Decimal is the sign between the whole and the fraction of a number; 0 when it isn't known.
type Decimal rune

// The decimal signs of the world's spreadsheets.
const (
	DecimalPoint Decimal = '.'
	DecimalComma Decimal = ','
)

// ParseDecimal reads a decimal sign as a user writes it: point or comma.
func ParseDecimal(s string) (Decimal, error) {
	switch s {
	case "point":
		return DecimalPoint, nil
	case "comma":
		return DecimalComma, nil
	}
	return 0, fmt.Errorf("unknown decimal sign %q: say point or comma", s)
}

// String is the sign in words, for a message; "" when it isn't known.
func (d Decimal) String() string {
	switch d {
	case DecimalPoint:
		return "decimal point"
	case DecimalComma:
		return "decimal comma"
	}
	return ""
}

// word is the sign as [ParseDecimal] reads it.
func (d Decimal) word() string { return strings.TrimPrefix(d.String(), "decimal ") }

const asciiDigits = "0123456789"

// groupSigns are what may stand between groups of digits: either decimal sign where it isn't the decimal sign, an
// apostrophe, or a blank, which is a no-break, narrow no-break, thin or figure space in most exports.
const groupSigns = ".,'’ \u00a0\u202f\u2009\u2007"

// amount is a cell of a number column in both readings.
type amount struct {
	point, comma string // a JSON number without an exponent if "." or "," is the decimal sign; "" when it can't be read so
	sign         string // the currency sign or ISO code beside it, spelt as in [currencies]; "" when there is none
}

// in is the reading with the decimal sign d, or "". When d isn't known, it is the only reading there is, or "".
func (a amount) in(d Decimal) string {
	switch {
	case d == DecimalPoint:
		return a.point
	case d == DecimalComma:
		return a.comma
	case a.open():
		return ""
	case a.point != "":
		return a.point
	}
	return a.comma
}

// open tells that both readings exist and differ.
func (a amount) open() bool {
	return a.point != "" && a.comma != "" && a.point != a.comma
}

// readAmount reads a cell as spreadsheets of any locale write it. The text is without outer blanks and in NFC. A text that
// is no number in either reading has a reason instead.
func readAmount(text string) (a amount, reason string) {
	if a := readPlain(text); a.point != "" {
		return a, ""
	}
	text = strings.ReplaceAll(width.Narrow.String(text), "\u2212", "-")
	if a, reason = readParts(text); reason != "" {
		return amount{}, cmp.Or(whyNoAmount(text), reason)
	}
	return a, ""
}

func readParts(text string) (a amount, reason string) {
	before, digits, after := cutDigits(text)
	if strings.IndexAny(after, ".,") == 0 {
		return amount{}, "nothing stands behind its last separator; write the whole number, such as 1234.50"
	}
	negative, before, after, reason := takeMinus(before, after)
	if reason != "" {
		return amount{}, reason
	}
	if a.sign, reason = readCurrency(before, after); reason != "" {
		return amount{}, reason
	}
	a.point, a.comma = readDigits(digits, DecimalPoint, negative), readDigits(digits, DecimalComma, negative)
	if a.point == "" && a.comma == "" {
		return amount{}, whyNoNumber(digits)
	}
	return a, ""
}

// readPlain reads what most cells hold, a JSON number without an exponent, and allocates nothing. It returns nothing for
// any other text, and for one whose point may part groups.
func readPlain(text string) amount {
	digits := strings.TrimPrefix(text, "-")
	point, zero := -1, true
	for i := range len(digits) {
		switch c := digits[i]; {
		case c == '.' && point < 0:
			point = i
		case c < '0' || c > '9':
			return amount{}
		case c != '0':
			zero = false
		}
	}
	whole, fraction := len(digits), -1
	if point >= 0 {
		whole, fraction = point, len(digits)-point-1
	}
	if whole == 0 || fraction == 0 || digits[0] == '0' && whole > 1 {
		return amount{}
	}
	if zero {
		text = digits
	}
	switch {
	case fraction < 0:
		return amount{point: text, comma: text}
	case fraction == 3 && whole <= 3 && digits[0] != '0':
		return amount{}
	}
	return amount{point: text}
}

// cutDigits parts the digits and what stands between them from what stands before and after.
func cutDigits(text string) (before, digits, after string) {
	first, last := strings.IndexAny(text, asciiDigits), strings.LastIndexAny(text, asciiDigits)
	if first < 0 {
		return text, "", ""
	}
	if first > 0 && strings.IndexByte(".,", text[first-1]) >= 0 && mayBegin(text[:first-1]) {
		first--
	}
	return text[:first], text[first : last+1], text[last+1:]
}

// mayBegin tells that a number may begin with its decimal sign behind this text. The point of "Rs.500" is the word's.
func mayBegin(before string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || last == '-' || last == '(' || unicode.IsSpace(last) || unicode.Is(unicode.Sc, last)
}

// takeMinus takes out of the text around the digits what makes the amount negative: brackets, or a minus at any of the
// places where .NET's NumberFormatInfo.CurrencyNegativePattern and NumberNegativePattern, and so Excel, have it.
func takeMinus(before, after string) (negative bool, restBefore, restAfter, reason string) {
	before, opened := takeOut(before, "(")
	after, closed := takeOut(after, ")")
	if opened != closed {
		return false, "", "", "one bracket without the other; write a negative amount with a minus, such as -1234.50"
	}
	before, marks := trimMinus(before)
	after, more := trimMinus(after)
	if marks += more; opened {
		marks++
	}
	if marks > 1 {
		return false, "", "", "marked as negative twice; write it with one minus, such as -1234.50"
	}
	return marks == 1, before, after, ""
}

func takeOut(s, bracket string) (rest string, found bool) {
	left, right, found := strings.Cut(s, bracket)
	return left + right, found
}

func trimMinus(s string) (rest string, marks int) {
	rest = strings.TrimFunc(s, func(r rune) bool { return r == '-' || unicode.IsSpace(r) })
	return rest, strings.Count(s, "-") - strings.Count(rest, "-")
}

// readDigits is the JSON number that the digits stand for if d is the decimal sign, or "". There is no negative zero.
func readDigits(digits string, d Decimal, negative bool) string {
	whole, fraction, cut := strings.Cut(digits, string(rune(d)))
	if cut && whole == "" {
		whole = "0"
	}
	whole = ungroup(whole)
	if whole == "" || cut && !areDigits(fraction) {
		return ""
	}
	if cut {
		whole += "." + fraction
	}
	if negative && strings.ContainsAny(whole, "123456789") {
		return "-" + whole
	}
	return whole
}

// ungroup takes out the signs between groups of digits; "" when these aren't the whole part of a number.
func ungroup(whole string) string {
	at := strings.IndexFunc(whole, func(r rune) bool { return r < '0' || r > '9' })
	if at < 0 {
		if len(whole) > 1 && whole[0] == '0' {
			return ""
		}
		return whole
	}
	sign, _ := utf8.DecodeRuneInString(whole[at:])
	if !strings.ContainsRune(groupSigns, sign) {
		return ""
	}
	groups := strings.Split(whole, string(sign))
	if !areGroups(groups, 3) && !(sign == ',' && areGroups(groups, 2)) {
		return ""
	}
	return strings.Join(groups, "")
}

// areGroups tells whether the groups have this size: all but the first, which may be shorter, and the last, which always
// has three digits, also where India groups by two before it.
func areGroups(groups []string, size int) bool {
	first, last := groups[0], len(groups)-1
	if first == "" || first[0] == '0' || len(first) > size {
		return false
	}
	for i, group := range groups[1:] {
		want := size
		if i+1 == last {
			want = 3
		}
		if len(group) != want || !areDigits(group) {
			return false
		}
	}
	return true
}

func areDigits(s string) bool {
	return s != "" && strings.Trim(s, asciiDigits) == ""
}

var (
	exponentForm = regexp.MustCompile(`[0-9][eE][-+]?[0-9]`)
	dateForm     = regexp.MustCompile(`[0-9][/:][0-9]|(^|\s)[0-9]{1,4}[-.][0-9]{1,2}[-.]([0-9]{4}|[0-9]{2})(\s|$)`)
)

const aPercentage = "a percentage, not an amount; write the amount itself, such as 1234.50"

// whyNoAmount explains a text that was refused, if there is more to say about it than about its parts.
func whyNoAmount(text string) string {
	switch {
	case strings.HasPrefix(text, "#"):
		return "an error of the spreadsheet; mend the cell there and export again"
	case strings.ContainsAny(text, "%‰"):
		return aPercentage
	case strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsNumber(r) }):
		return "holds other digits than 0 to 9; write it with these, such as 1234.50"
	case strings.HasSuffix(text, "-") && !strings.ContainsAny(text, asciiDigits):
		return "a dash; if it stands for nothing, as in an accounting format, write 0, or leave the cell empty to leave the field as it is"
	case !strings.ContainsAny(text, asciiDigits):
		return "not a number; write the amount in digits, such as 1234.50, or leave the cell empty"
	case exponentForm.MatchString(text):
		return "written with an exponent, which loses digits; give the column a number format in the spreadsheet and export again"
	case dateForm.MatchString(text):
		return "a date or a time, not an amount; give the column a number format in the spreadsheet and export again"
	case strings.Contains(text, "+"):
		return "holds a plus sign; write the number alone, such as 1234.50"
	case strings.ContainsFunc(text, func(r rune) bool { return r != '-' && unicode.Is(unicode.Pd, r) }):
		return "holds a dash; write one number alone, with a hyphen if it is negative, such as -1234.50"
	}
	return ""
}

// whyNoNumber explains digits that can't be read with either decimal sign.
func whyNoNumber(digits string) string {
	switch {
	case strings.Trim(digits, asciiDigits+groupSigns) != "":
		return "more than one number, or other signs between the digits; write one number alone, such as 1234.50"
	case len(digits) > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9':
		return "begins with zeros, which no amount does; write it without leading zeros, such as 7, if it is one"
	}
	return "its separators don't part a number into groups of three digits and a fraction; write it plainly, such as 1234.50"
}
