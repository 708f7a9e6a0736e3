package amount

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

func TestEverySignCanBeReadAndMeansKnownCodes(t *testing.T) {
	if len(currenciesByKey) != len(currencies) {
		t.Errorf("%d signs have %d spellings", len(currencies), len(currenciesByKey))
	}
	for sign, codes := range currencies {
		if !norm.NFC.IsNormalString(sign) || width.Narrow.String(sign) != sign {
			t.Errorf("no cell can hold %q", sign)
		}
		if IsCurrency(strings.ToUpper(sign)) {
			t.Errorf("%q is a code itself", sign)
		}
		for _, text := range []string{sign + " 10", sign + "10", "10 " + sign, strings.ToLower(sign) + "10", strings.ToUpper(sign) + "10"} {
			if a, reason := read(text); a != (Amount{"10", "10", sign}) {
				t.Errorf("%q: got %+v, %s", text, a, reason)
			}
		}
		seen := map[string]bool{}
		for _, code := range strings.Fields(codes) {
			if !IsCurrency(code) || seen[code] {
				t.Errorf("%q means %q", sign, code)
			}
			seen[code] = true
		}
		if len(seen) == 0 {
			t.Errorf("%q means nothing", sign)
		}
	}
}

func TestSignsMeanNothingThatScales(t *testing.T) {
	for _, word := range []string{
		"k", "K", "m", "M", "mm", "MM", "mi", "mil", "MIL", "mn", "mln", "Mio", "Mrd", "b", "bi", "bn", "bln", "t", "tn", "tys", "tsd", "L", "lakh", "lac", "lak", "Lak",
		"cr", "crore", "万", "千", "億", "亿", "тыс", "млн", "milhões", "million", "%", "h", "x",
	} {
		_, reason := read("10 " + word)
		if reason == "" {
			t.Errorf("10 %s is an amount", word)
		}
	}
}

func TestContradiction(t *testing.T) {
	for _, c := range []struct {
		sign, code string
		want       bool
	}{
		{"", "", false}, {"", "BRL", false}, {"R$", "", false},
		{"R$", "BRL", false}, {"R$", "brl", false}, {"R$", "USD", true}, {"R$", "usd", true},
		{"US$", "USD", false}, {"US$", "CAD", true},
		{"$", "USD", false}, {"$", "MXN", false}, {"$", "hkd", false}, {"$", "BRL", true}, {"$", "EUR", true},
		{"kr", "NOK", false}, {"kr", "EUR", true},
		{"¥", "CNY", false}, {"¥", "JPY", false}, {"¥", "KRW", true},
		{"USD", "USD", false}, {"USD", "usd", false}, {"USD", "BRL", true},
		{"R$", "BR", true}, {"R$", "?", true},
	} {
		t.Run(c.sign+" for "+c.code, func(t *testing.T) {
			if got := (Amount{Sign: c.sign}).Contradicts(c.code); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
