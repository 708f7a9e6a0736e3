package amount

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/shopspring/decimal"
	"golang.org/x/text/width"
	"pgregory.net/rapid"
)

// dialect is how one spreadsheet writes amounts.
type dialect struct {
	decimal  Decimal
	group    string // between groups; "" for none
	indian   bool
	currency string
	pattern  string // where n is the number, - the minus sign and $ the currency
	wide     bool
}

// The patterns of .NET's NumberFormatInfo: CurrencyPositivePattern and NumberNegativePattern with
// CurrencyNegativePattern.
var (
	positivePatterns = []string{"n", "$n", "n$", "$ n", "n $"}
	negativePatterns = []string{
		"(n)", "-n", "- n", "n-", "n -",
		"($n)", "-$n", "$-n", "$n-", "(n$)", "-n$", "n-$", "n$-", "-n $", "-$ n", "n $-", "$ n-", "$ -n", "n- $", "($ n)", "(n $)", "$- n",
	}
)

func drawDialect(t *rapid.T, negative bool) dialect {
	d := dialect{
		decimal:  rapid.SampledFrom([]Decimal{Point, Comma}).Draw(t, "decimal"),
		currency: rapid.SampledFrom(append(slices.Sorted(maps.Keys(currencies)), "BRL", "usd", "XCG", "VES")).Draw(t, "currency"),
		pattern:  rapid.SampledFrom(positivePatterns).Draw(t, "pattern"),
		wide:     rapid.IntRange(0, 3).Draw(t, "wide") == 0,
	}
	if negative {
		d.pattern = rapid.SampledFrom(negativePatterns).Draw(t, "negative pattern")
	}
	groups := []string{"", ",", " ", "'", "’", "\u00a0", "\u202f", "\u2009", "\u2007"}
	if d.decimal == Comma {
		groups[1] = "."
	}
	d.group = rapid.SampledFrom(groups).Draw(t, "group")
	d.indian = d.group == "," && rapid.Bool().Draw(t, "indian")
	return d
}

func (d dialect) write(whole, fraction string) string {
	number := d.grouped(whole)
	if fraction != "" {
		number += string(rune(d.decimal)) + fraction
	}
	text := strings.NewReplacer("$", d.currency, "n", number).Replace(d.pattern)
	if d.wide {
		text = width.Widen.String(text)
	}
	return text
}

func (d dialect) grouped(whole string) string {
	size, rest := 3, ""
	for len(whole) > size && d.group != "" {
		rest = d.group + whole[len(whole)-size:] + rest
		whole = whole[:len(whole)-size]
		if d.indian {
			size = 2
		}
	}
	return whole + rest
}

func TestAmountOfAnyDialectReadsBackTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.StringMatching(`0|[1-9][0-9]{0,19}`).Draw(t, "whole")
		fraction := rapid.StringMatching(`[0-9]{0,6}`).Draw(t, "fraction")
		negative := rapid.Bool().Draw(t, "negative")
		d := drawDialect(t, negative)
		want := strings.TrimSuffix(whole+"."+fraction, ".")
		if negative && strings.Trim(want, "0.") != "" {
			want = "-" + want
		}
		text := d.write(whole, fraction)
		got, reason := read(text)
		if got.In(d.decimal) != want {
			t.Fatalf("%q: got %+v, %s; want %s", text, got, reason, want)
		}
		if guess := got.In(0); guess != "" && guess != want {
			t.Fatalf("%q: got %s without the decimal separator, want %s", text, guess, want)
		}
		if named := strings.Contains(d.pattern, "$"); (got.Sign != "") != named || named && !strings.EqualFold(got.Sign, d.currency) {
			t.Fatalf("%q: got sign %q", text, got.Sign)
		}
	})
}

// oddTexts are amounts, or similar enough to be taken for one.
var oddTexts = rapid.OneOf(
	rapid.StringOf(rapid.SampledFrom([]rune("001234567899..,,''’ \u00a0\u202f--−()$€R%+eE/x１．，"))),
	rapid.StringMatching(`[-(]?(R\$ ?|€|Rs\.?)?[-.,]?[0-9]{0,3}([., '][0-9]{2,3}){0,3}[.,]?[0-9]{0,4}[-).]?( ?€| kr\.)?`),
)

func TestWhateverIsReadIsJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkAmount(t, oddTexts.Draw(t, "text")) })
}

func FuzzAmount(f *testing.F) {
	for _, text := range append(plainTexts, "1.234,50", "1,23,45,678.00", "(R$ 1’234.5)", "10 kr.-", "Rs.500", "１２３４．５", "−.5", "1.", "1e3", "12.03.2025", "\xff") {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { checkAmount(t, text) })
}

// checkAmount compares the readings with a naive one, which drops everything except digits, the decimal separator and
// a minus sign.
func checkAmount(t rapid.TB, text string) {
	a, reason := read(text)
	if (a.Point == "" && a.Comma == "") == (reason == "") || reason != "" && a != (Amount{}) {
		t.Fatalf("%q: got %+v with reason %q", text, a, reason)
	}
	for _, d := range []Decimal{Point, Comma} {
		got := a.In(d)
		if got == "" {
			continue
		}
		if !json.Valid([]byte(got)) || !plainNumber.MatchString(got) {
			t.Fatalf("%q is read as %q", text, got)
		}
		if value := decimal.RequireFromString(got); !value.Equal(naive(t, text, d)) || value.IsZero() && got[0] == '-' {
			t.Fatalf("%q is read as %s with a %v", text, got, d)
		}
	}
}

// plainNumber is a JSON number without an exponent.
var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)

// abbreviations matches words with the points that belong to them.
var abbreviations = regexp.MustCompile(`\pL[\pL./]*`)

// noCentsForm matches a digit followed by a mark for no cents.
var noCentsForm = regexp.MustCompile(`([0-9])(?:[.,][-–—−]{1,2}|/[-−=])`)

func naive(t rapid.TB, text string, d Decimal) decimal.Decimal {
	minus := ""
	plain := strings.Map(func(r rune) rune {
		switch {
		case r == '-' || r == '−' || r == '(':
			minus = "-"
		case rune(d) == r:
			return '.'
		case r < unicode.MaxASCII && unicode.IsDigit(r):
			return r
		}
		return -1
	}, abbreviations.ReplaceAllString(noCentsForm.ReplaceAllString(width.Narrow.String(text), "$1"), ""))
	if plain == "" {
		plain = "0" // a dash next to a currency
	}
	value, err := decimal.NewFromString(minus + plain)
	if err != nil {
		t.Fatalf("%q is an amount, which without its signs is %q: %v", text, plain, err)
	}
	return value
}
