package review

import (
	"math"
	"strings"

	"github.com/shopspring/decimal"

	"razebulk/internal/lazyregexp"
)

var (
	numberText = lazyregexp.New(`^[+-]?[0-9]+(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]{1,3})?$`)
	scientific = lazyregexp.New(`^[+-]?[0-9](?:[.,][0-9]+)?[eE][+-]?[0-9]{1,3}$`)
	thousands  = lazyregexp.New(`^[+-]?[0-9]{1,3}(?:(?:\.[0-9]{3})+|(?:,[0-9]{3})+)$`)
)

// looksLikeNumber tells of a text that a spreadsheet may take for a number.
func looksLikeNumber(text string) bool { return len(text) <= 64 && numberText.MatchString(text) }

// isSameNumber tells whether a spreadsheet that has taken the text for a number may have written it so: without zeros
// at its ends, with a decimal comma, in scientific notation, with points or commas taken for separators of thousands,
// or with the digits that it keeps.
func isSameNumber(text, seen string) bool {
	shown, ok := parseNumber(seen)
	if !ok || !looksLikeNumber(text) || !looksLikeNumber(seen) {
		return false
	}
	if thousands.MatchString(text) {
		whole, err := decimal.NewFromString(separators.Replace(text))
		if err == nil && whole.Equal(shown) {
			return true
		}
	}
	exact, ok := parseNumber(text)
	switch {
	case !ok:
		return false
	case exact.Equal(shown), isSameFloat(exact, shown), cut(exact, keptDigits).Equal(shown):
		return true
	}
	return scientific.MatchString(seen) && isRounded(exact, shown, seen)
}

// keptDigits is how many digits of a number a spreadsheet keeps.
const keptDigits = 15

var separators = strings.NewReplacer(".", "", ",", "")

// isSameFloat tells whether both are one number in a workbook, which has 37540.02 as 37540.019999999997.
func isSameFloat(a, b decimal.Decimal) bool {
	x, y := a.InexactFloat64(), b.InexactFloat64()
	return x == y && !math.IsInf(x, 0) && a.IsZero() == b.IsZero()
}

// cut has zeros in the place of all digits behind the first ones.
func cut(d decimal.Decimal, digits int32) decimal.Decimal {
	places := digits - int32(d.NumDigits()) - d.Exponent()
	return d.RoundDown(places)
}

// parseNumber reads a number with a decimal point or a decimal comma.
func parseNumber(text string) (decimal.Decimal, bool) {
	d, err := decimal.NewFromString(strings.Replace(text, ",", ".", 1))
	return d, err == nil
}

// isRounded tells whether a number, rounded to as many digits as the scientific notation shows, is the one shown.
func isRounded(exact, shown decimal.Decimal, seen string) bool {
	mantissa, _, _ := strings.Cut(strings.ToLower(strings.TrimLeft(seen, "+-")), "e")
	digits := int32(len(separators.Replace(mantissa)))
	places := digits - int32(exact.NumDigits()) - exact.Exponent()
	return exact.Round(places).Equal(shown)
}
