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

// looksLikeNumber reports whether a spreadsheet may take a text for a number.
func looksLikeNumber(text string) bool { return len(text) <= 64 && numberText.MatchString(text) }

// isSameNumber reports whether seen may be what a spreadsheet has written after it took text for a number: without
// leading or trailing zeros, with a decimal comma, in scientific notation, with points or commas taken for thousands
// separators, or with only the digits that it keeps.
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

// isSameFloat reports whether both are the same number in a workbook, which stores 37540.02 as 37540.019999999997.
func isSameFloat(a, b decimal.Decimal) bool {
	x, y := a.InexactFloat64(), b.InexactFloat64()
	return x == y && !math.IsInf(x, 0) && a.IsZero() == b.IsZero()
}

// cut replaces all digits after the first ones with zeros.
func cut(d decimal.Decimal, digits int32) decimal.Decimal {
	places := digits - int32(d.NumDigits()) - d.Exponent()
	return d.RoundDown(places)
}

// parseNumber reads a number with a decimal point or a decimal comma.
func parseNumber(text string) (decimal.Decimal, bool) {
	d, err := decimal.NewFromString(strings.Replace(text, ",", ".", 1))
	return d, err == nil
}

// isRounded reports whether a number, rounded to as many digits as the scientific notation shows, is the one shown.
func isRounded(exact, shown decimal.Decimal, seen string) bool {
	mantissa, _, _ := strings.Cut(strings.ToLower(strings.TrimLeft(seen, "+-")), "e")
	digits := int32(len(separators.Replace(mantissa)))
	places := digits - int32(exact.NumDigits()) - exact.Exponent()
	return exact.Round(places).Equal(shown)
}
