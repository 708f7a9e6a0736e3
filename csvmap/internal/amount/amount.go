package amount

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/lazyregexp"
	"razebulk/internal/reason"
)

const asciiDigits = "0123456789"

// groupSeparators are what may stand between groups of digits: either decimal separator where it isn't the decimal
// separator, an apostrophe, or a blank, which is a no-break, narrow no-break, thin or figure space in most exports.
const groupSeparators = ".,'’ \u00a0\u202f\u2009\u2007"

// Amount is a cell of a number column in both readings.
type Amount struct {
	// Point and Comma are JSON numbers without an exponent, for "." or "," as the decimal separator; "" for no such
	// reading.
	Point, Comma string
	// Sign is the currency sign or the ISO code beside it, spelt as in [currencies]; "" for none.
	Sign string
}

// In is the reading with the decimal separator d, or "". Where d isn't known, it is the only reading there is, or "".
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

// Ambiguous tells whether both readings exist and differ.
func (a Amount) Ambiguous() bool {
	return a.Point != "" && a.Comma != "" && a.Point != a.Comma
}

// HasThousandths tells whether the amount has three decimals with this decimal separator, which could as well part
// thousands.
func (a Amount) HasThousandths(d Decimal) bool {
	return a.Ambiguous() && strings.Contains(a.In(d), ".")
}

// decimals is how many decimals an amount has that can be read in one way only.
func (a Amount) decimals() int {
	_, fraction, _ := strings.Cut(cmp.Or(a.Point, a.Comma), ".")
	return len(fraction)
}

// Read reads a cell as spreadsheets of any locale write it. The text is without outer blanks and in NFC. A text that is
// no number in either reading has a reason instead.
func Read(text string) (Amount, error) {
	if a := readPlain(text); a.Point != "" {
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

// dashForZero is how the accounting format of a spreadsheet shows nothing: a currency and a dash.
var dashForZero = lazyregexp.New(`^-?([^-–—]*[^-–—\s])\s*[-–—]{1,2}$|^[-–—]{1,2}\s*([^-–—\s][^-–—]*)$`)

// readDash reads a dash beside a currency as the zero that it is in an accounting format.
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

// centless is how Switzerland (1'000.–), Germany (1.000,--), India (1,000/-) and East Africa (1,000/=) close a whole
// amount.
var centless = lazyregexp.New(`([0-9])(?:([.,])[-–—]{1,2}|/[-=])(\s*\pL{0,4}\.?|\s*\p{Sc})$`)

// trimNoCents takes away what closes a whole amount, and writes the decimals that it stands for.
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

// readPlain reads what most cells hold, a JSON number without an exponent, and allocates nothing. It returns nothing
// for any other text, and for one whose point may separate groups.
func readPlain(text string) Amount {
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

// mayBegin tells whether a number may begin with its decimal separator behind this text. The point of "Rs.500" is the
// word's.
func mayBegin(before string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || last == '-' || last == '(' || unicode.IsSpace(last) || unicode.Is(unicode.Sc, last)
}

// cutMinus takes out of the text around the digits what makes the amount negative: brackets, or a minus at any of the
// places where .NET's NumberFormatInfo.CurrencyNegativePattern and NumberNegativePattern, and so Excel, have it.
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

// readDigits is the JSON number that the digits stand for if d is the decimal separator, or "". There is no negative
// zero.
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

// ungroup takes out the separators between groups of digits; "" when these aren't the whole part of a number.
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

// areGroups tells whether the groups have this size: all but the first, which may be shorter, and the last, which
// always has three digits, also where India groups by two before it.
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
	exponentForm = lazyregexp.New(`[0-9][eE][-+]?[0-9]`)
	dateForm     = lazyregexp.New(`[0-9][/:][0-9]|(^|\s)[0-9]{1,4}[-.][0-9]{1,2}[-.]([0-9]{4}|[0-9]{2})(\s|$)`)
)

// formProblem explains a text that was refused, if there is more to say about it than about its parts.
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
	case dateForm.MatchString(text) || cell.IsMonth(text):
		return reason.New("amount_is_date")
	case strings.Contains(text, "+"):
		return reason.New("amount_plus")
	case strings.ContainsFunc(text, func(r rune) bool { return r != '-' && unicode.Is(unicode.Pd, r) }):
		return reason.New("amount_dash")
	}
	return nil
}

// digitsProblem explains digits that can't be read with either decimal separator.
func digitsProblem(digits string) error {
	switch {
	case strings.Trim(digits, asciiDigits+groupSeparators) != "":
		return reason.New("amount_several_numbers")
	case len(digits) > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9':
		return reason.New("amount_leading_zeros")
	}
	return reason.New("amount_grouping")
}

// Percentage refuses a number that is shown as a percentage.
func Percentage() error { return reason.New("amount_percentage") }

// Problem is why an amount that can be read has no reading with this decimal separator.
func (a Amount) Problem(d Decimal) error {
	if a.Ambiguous() {
		return reason.New("amount_ambiguous")
	}
	return reason.New("amount_other_separator", "decimal", d.String())
}
