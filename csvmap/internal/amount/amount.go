package amount

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/crm"
	"razebulk/internal/lazyregexp"
	"razebulk/internal/reason"
)

const asciiDigits = "0123456789"

// groupSeparators may appear between groups of digits: a decimal separator that isn't the number's own, an
// apostrophe, or a blank, which is a no-break, narrow no-break, thin or figure space in most exports.
const groupSeparators = ".,'’ \u00a0\u202f\u2009\u2007"

// Amount holds both readings of a cell in a number column.
type Amount struct {
	// Point and Comma are JSON numbers without an exponent, for "." or "," as the decimal separator; "" if there is no
	// such reading.
	Point, Comma string
	// Sign is the currency sign or ISO code next to the number, spelled as in [currencies]; "" for none.
	Sign string
}

// In returns the reading with the decimal separator d, or "". If d isn't known, it returns the only reading, or "".
func (a Amount) In(d Decimal) string {
	switch {
	case d == Point:
		return a.Point
	case d == Comma:
		return a.Comma
	case a.Ambiguous():
		return ""
	case a.Point != "":
		return a.Point
	}
	return a.Comma
}

// Ambiguous reports whether both readings exist and differ.
func (a Amount) Ambiguous() bool {
	return a.Point != "" && a.Comma != "" && a.Point != a.Comma
}

// HasThousandths reports whether the amount has three decimals with this decimal separator, which could equally
// separate thousands.
func (a Amount) HasThousandths(d Decimal) bool {
	return a.Ambiguous() && strings.Contains(a.In(d), ".")
}

// decimals returns the number of decimals of an amount that has only one reading.
func (a Amount) decimals() int {
	number := cmp.Or(a.Point, a.Comma)
	if point := strings.LastIndexByte(number, '.'); point >= 0 {
		return len(number) - point - 1
	}
	return 0
}

// Read reads a cell as spreadsheets of any locale write it. The text must be trimmed and in NFC. If it is not a
// number in either reading, the error is a reason.
func Read(text string) (Amount, error) {
	if a := Plain(text); a.Point != "" {
		return a, nil
	}
	text = strings.ReplaceAll(width.Narrow.String(text), "\u2212", "-")
	if a, isZero := readDash(text); isZero {
		return a, nil
	}
	text, whole := trimNoCents(text)
	a, why := readParts(text)
	if whole {
		a.Point, a.Comma = strings.TrimSuffix(a.Point, noCents), strings.TrimSuffix(a.Comma, noCents)
	}
	if why == nil {
		return a, why
	}
	if better := formProblem(text); better != nil {
		why = better
	}
	return Amount{}, why
}

// dashForZero matches how the accounting format of a spreadsheet shows zero: a currency and a dash.
var dashForZero = lazyregexp.New(`^-?([^-–—]*[^-–—\s])\s*[-–—]{1,2}$|^[-–—]{1,2}\s*([^-–—\s][^-–—]*)$`)

// readDash reads a dash next to a currency as the zero that it is in an accounting format.
func readDash(text string) (Amount, bool) {
	if strings.ContainsAny(text, asciiDigits) {
		return Amount{}, false
	}
	parts := dashForZero.FindStringSubmatch(text)
	if parts == nil {
		return Amount{}, false
	}
	sign, why := findCurrency(strings.TrimSpace(parts[1] + parts[2]))
	if why != nil || sign == "" {
		return Amount{}, false
	}
	return Amount{Point: "0", Comma: "0", Sign: sign}, true
}

const noCents = ".00"

// centless matches how Switzerland (1'000.–), Germany (1.000,--), India (1,000/-) and East Africa (1,000/=) end a
// whole amount.
var centless = lazyregexp.New(`([0-9])(?:([.,])[-–—]{1,2}|/[-=])(\s*\pL{0,4}\.?|\s*\p{Sc})$`)

// trimNoCents removes the ending of a whole amount, and writes the decimals that it stands for.
func trimNoCents(text string) (rest string, whole bool) {
	if !strings.ContainsAny(text, "-–—=") {
		return text, false
	}
	parts := centless.FindStringSubmatchIndex(text)
	if parts == nil {
		return text, false
	}
	cents := ""
	if parts[4] >= 0 {
		cents = text[parts[4]:parts[5]] + noCents[1:]
	}
	return text[:parts[3]] + cents + text[parts[6]:parts[7]], true
}

func readParts(text string) (a Amount, why error) {
	before, digits, after := cutDigits(text)
	if strings.IndexAny(after, ".,") == 0 {
		return Amount{}, reason.New("amount_separator_at_end")
	}
	if strings.ContainsAny(digits, "()") {
		return Amount{}, digitsProblem(digits)
	}
	negative, before, after, why := cutMinus(before, after)
	if why != nil {
		return Amount{}, why
	}
	if a.Sign, why = readCurrency(before, after); why != nil {
		return Amount{}, why
	}
	a.Point, a.Comma = readDigits(digits, Point, negative), readDigits(digits, Comma, negative)
	if a.Point == "" && a.Comma == "" {
		return Amount{}, digitsProblem(digits)
	}
	return a, nil
}

// Plain is [Read] for what most cells hold, a JSON number without an exponent, and allocates nothing. It returns the
// zero value for any other text, and if the point may separate groups.
func Plain(text string) Amount {
	digits := strings.TrimPrefix(text, "-")
	point, zero := -1, true
	for i := range len(digits) {
		switch c := digits[i]; {
		case '0' <= c && c <= '9':
			zero = zero && c == '0'
		case c == '.' && point < 0:
			point = i
		default:
			return Amount{}
		}
	}
	whole, fraction := len(digits), -1
	if point >= 0 {
		whole, fraction = point, len(digits)-point-1
	}
	if whole == 0 || fraction == 0 || digits[0] == '0' && whole > 1 {
		return Amount{}
	}
	if zero {
		text = digits
	}
	switch {
	case fraction < 0:
		return Amount{Point: text, Comma: text}
	case fraction == 3 && whole <= 3 && digits[0] != '0':
		return Amount{}
	}
	return Amount{Point: text}
}

// cutDigits separates the digits, with everything between them, from what comes before and after.
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

// mayBegin reports whether a number may begin with its decimal separator after this text. The point in "Rs.500"
// belongs to the word.
func mayBegin(before string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || last == '-' || last == '(' || unicode.IsSpace(last) || unicode.Is(unicode.Sc, last)
}

// cutMinus removes from the text around the digits what makes the amount negative: parentheses, or a minus sign in
// any of the places that .NET's NumberFormatInfo.CurrencyNegativePattern and NumberNegativePattern, and so Excel, put
// it.
func cutMinus(before, after string) (negative bool, restBefore, restAfter string, why error) {
	before, opened := cutOut(before, "(")
	after, closed := cutOut(after, ")")
	if opened != closed {
		return false, "", "", reason.New("amount_bracket")
	}
	before, marks := trimMinus(before)
	after, more := trimMinus(after)
	if marks += more; opened {
		marks++
	}
	if marks > 1 {
		return false, "", "", reason.New("amount_negative_twice")
	}
	return marks == 1, before, after, nil
}

func cutOut(s, bracket string) (rest string, found bool) {
	left, right, found := strings.Cut(s, bracket)
	return left + right, found
}

func trimMinus(s string) (rest string, marks int) {
	rest = strings.TrimFunc(s, func(r rune) bool { return r == '-' || unicode.IsSpace(r) })
	return rest, strings.Count(s, "-") - strings.Count(rest, "-")
}

// readDigits returns the JSON number that the digits stand for if d is the decimal separator, or "". It never returns
// a negative zero.
func readDigits(digits string, d Decimal, negative bool) string {
	whole, fraction, cut := strings.Cut(digits, string(rune(d)))
	if cut && whole == "" {
		whole = "0"
	}
	whole = ungroup(whole)
	if whole == "" || cut && !cell.AreDigits(fraction) {
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

// ungroup removes the separators between groups of digits; it returns "" if whole isn't the integer part of a number.
func ungroup(whole string) string {
	at := strings.IndexFunc(whole, func(r rune) bool { return r < '0' || r > '9' })
	if at < 0 {
		if len(whole) > 1 && whole[0] == '0' {
			return ""
		}
		return whole
	}
	separator, _ := utf8.DecodeRuneInString(whole[at:])
	if !strings.ContainsRune(groupSeparators, separator) {
		return ""
	}
	groups := strings.Split(whole, string(separator))
	if !areGroups(groups, 3) && !(separator == ',' && areGroups(groups, 2)) {
		return ""
	}
	return strings.Join(groups, "")
}

// areGroups reports whether the groups have this size: all but the first, which may be shorter, and the last, which
// always has three digits, even where India groups the others in twos.
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
		if len(group) != want || !cell.AreDigits(group) {
			return false
		}
	}
	return true
}

var (
	exponentForm = lazyregexp.New(`[0-9][eE][-+]?[0-9]`)
	dateForm     = lazyregexp.New(`[0-9][/:][0-9]|(^|\s)[0-9]{1,4}[-.][0-9]{1,2}[-.]([0-9]{4}|[0-9]{2})(\s|$)`)
)

// formProblem returns a better explanation for a refused text than its parts give, or nil.
func formProblem(text string) error {
	hasDigits := strings.ContainsAny(text, asciiDigits)
	switch {
	case strings.HasPrefix(text, "#"):
		return reason.New("amount_is_error")
	case strings.ContainsAny(text, "%‰"):
		return Percentage()
	case strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsNumber(r) }):
		return reason.New("amount_other_digits")
	case !hasDigits && strings.TrimRight(text, "-–—") != text:
		return reason.New("amount_dash_alone")
	case !hasDigits:
		return reason.New("amount_without_digits")
	case cell.IsScientific(text):
		return reason.New("amount_shortened")
	case exponentForm.MatchString(text):
		return reason.New("amount_exponent")
	case dateForm.MatchString(text) || crm.IsMonth(text):
		return reason.New("amount_is_date")
	case strings.Contains(text, "+"):
		return reason.New("amount_plus")
	case strings.ContainsFunc(text, func(r rune) bool { return r != '-' && unicode.Is(unicode.Pd, r) }):
		return reason.New("amount_dash")
	}
	return nil
}

// digitsProblem explains why digits can't be read with either decimal separator.
func digitsProblem(digits string) error {
	switch {
	case strings.Trim(digits, asciiDigits+groupSeparators) != "":
		return reason.New("amount_several_numbers")
	case len(digits) > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9':
		return reason.New("amount_leading_zeros")
	}
	return reason.New("amount_grouping")
}

// Percentage returns the reason for refusing a number shown as a percentage.
func Percentage() error { return reason.New("amount_percentage") }

// Problem returns why a readable amount has no reading with this decimal separator.
func (a Amount) Problem(d Decimal) error {
	if a.Ambiguous() {
		return reason.New("amount_ambiguous")
	}
	return reason.New("amount_other_separator", "decimal", d.String())
}
