package review

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"
)

var (
	numberText = regexp.MustCompile(`^[+-]?[0-9]+(?:[.,][0-9]+)*$`)
	scientific = regexp.MustCompile(`^[+-]?[0-9](?:[.,][0-9]+)?[eE][+-]?[0-9]{1,3}$`)
	thousands  = regexp.MustCompile(`^[+-]?[0-9]{1,3}(?:\.[0-9]{3})+$`)
)

// looksLikeNumber tells of a text that a spreadsheet may take for a number.
func looksLikeNumber(text string) bool { return len(text) <= 64 && numberText.MatchString(text) }

// isSameNumber tells whether a spreadsheet that has taken the text for a number may have written it so: without zeros
// at its ends, with a decimal comma, in scientific notation, or with points taken for separators of thousands.
func isSameNumber(text, seen string) bool {
	exact, isNumber := parseNumber(text)
	if !looksLikeNumber(text) || !isNumber && !thousands.MatchString(text) {
		return false
	}
	if scientific.MatchString(seen) {
		shown, ok := parseNumber(seen)
		return ok && isNumber && isRounded(exact, shown, seen)
	}
	shown, ok := parseNumber(seen)
	if !ok || !looksLikeNumber(seen) {
		return false
	}
	if isNumber && exact.Equal(shown) {
		return true
	}
	whole, ok := parseNumber(strings.ReplaceAll(text, ".", ""))
	return ok && thousands.MatchString(text) && whole.Equal(shown)
}

// parseNumber reads a number with a decimal point or a decimal comma.
func parseNumber(text string) (decimal.Decimal, bool) {
	d, err := decimal.NewFromString(strings.Replace(text, ",", ".", 1))
	return d, err == nil
}

// isRounded tells whether a number, rounded to as many digits as the scientific notation shows, is the one shown.
func isRounded(exact, shown decimal.Decimal, seen string) bool {
	mantissa, _, _ := strings.Cut(strings.ToLower(strings.TrimLeft(seen, "+-")), "e")
	digits := int32(len(strings.NewReplacer(".", "", ",", "").Replace(mantissa)))
	if exact.IsZero() {
		return shown.IsZero()
	}
	places := digits - (int32(exact.NumDigits()) + exact.Exponent())
	return exact.Round(places).Equal(shown)
}
