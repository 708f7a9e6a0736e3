package amount

import (
	"strings"
	"testing"

	"razebulk/csvmap/internal/sheettest"

	"github.com/google/go-cmp/cmp"
)

// read is [Read], but returns the reason as text.
func read(text string) (Amount, string) {
	a, why := Read(text)
	if why == nil {
		return a, ""
	}
	return a, sheettest.Words(why)
}

func TestAmounts(t *testing.T) {
	for _, c := range []struct{ text, point, comma, sign string }{
		{"0", "0", "0", ""},
		{"7", "7", "7", ""},
		{"1234", "1234", "1234", ""},
		{"-1234", "-1234", "-1234", ""},
		{"9007199254740993", "9007199254740993", "9007199254740993", ""},
		{"1 234", "1234", "1234", ""},
		{"1 234 567", "1234567", "1234567", ""},
		{"1'234'567", "1234567", "1234567", ""},

		{"1.234", "1.234", "1234", ""},
		{"12.345", "12.345", "12345", ""},
		{"123.456", "123.456", "123456", ""},
		{"1,234", "1234", "1.234", ""},
		{"-1.000", "-1.000", "-1000", ""},
		{"€ 1.234", "1.234", "1234", "€"},

		{"1234.5", "1234.5", "", ""},
		{"1234.567", "1234.567", "", ""},
		{"1.23", "1.23", "", ""},
		{"1.2345", "1.2345", "", ""},
		{"0.123", "0.123", "", ""},
		{"-0.10", "-0.10", "", ""},
		{".5", "0.5", "", ""},
		{"-.500", "-0.500", "", ""},
		{"(.5)", "-0.5", "", ""},
		{"R$ .50", "0.50", "", "R$"},
		{"US$.50", "0.50", "", "US$"},
		{"($ .50)", "-0.50", "", "$"},
		{"1,234.50", "1234.50", "", ""},
		{"1,234.567", "1234.567", "", ""},
		{"1,234,567", "1234567", "", ""},
		{"1 234.567", "1234.567", "", ""},
		{"1'234.50", "1234.50", "", ""},
		{"1’234’567.5", "1234567.5", "", ""},
		{"1,23,45,678.00", "12345678.00", "", ""},
		{"₹ 12,34,567", "1234567", "", "₹"},

		{"1234,50", "", "1234.50", ""},
		{"0,50", "", "0.50", ""},
		{",5", "", "0.5", ""},
		{",500", "", "0.500", ""},
		{"1.234,50", "", "1234.50", ""},
		{"1.234.567", "", "1234567", ""},
		{"1 234,50", "", "1234.50", ""},
		{"1 234,567", "", "1234.567", ""},
		{"1\u00a0234,50", "", "1234.50", ""},
		{"1\u202f234\u202f567,5", "", "1234567.5", ""},
		{"1\u2009234,50", "", "1234.50", ""},
		{"1\u2007234,50", "", "1234.50", ""},
		{"1'234,50", "", "1234.50", ""},

		{"R$ 1.234,50", "", "1234.50", "R$"},
		{"r$1.234,50", "", "1234.50", "R$"},
		{"R$\u00a01.234,50", "", "1234.50", "R$"},
		{"US$ 1,234.50", "1234.50", "", "US$"},
		{"1.234,50 €", "", "1234.50", "€"},
		{"1.234,50€", "", "1234.50", "€"},
		{"BRL 10", "10", "10", "BRL"},
		{"10 USD", "10", "10", "USD"},
		{"10usd", "10", "10", "USD"},
		{"$ 10.5 USD", "10.5", "", "USD"},
		{"USD 10.5 $", "10.5", "", "USD"},
		{"$ 10 $", "10", "10", "$"},
		{"US $ 10", "10", "10", "US$"},
		{"10 kr.", "10", "10", "kr"},
		{"1 234,50 kč", "", "1234.50", "Kč"},
		{"Rs.500", "500", "500", "Rs"},
		{"S/.500", "500", "500", "S/"},
		{"Bs.S. 1.234,5", "", "1234.5", "Bs.S"},
		{"Fr. 1’234.50", "1234.50", "", "Fr"},
		{"VED 10", "10", "10", "VED"},

		{"(1.234,50)", "", "-1234.50", ""},
		{"1.234,50-", "", "-1234.50", ""},
		{"-1.234,50", "", "-1234.50", ""},
		{"\u22121.234,50", "", "-1234.50", ""},
		{"-R$ 10", "-10", "-10", "R$"},
		{"R$ -10", "-10", "-10", "R$"},
		{"R$ (10)", "-10", "-10", "R$"},
		{"-  1 234,50 €", "", "-1234.50", "€"},
		{"(1.234)", "-1.234", "-1234", ""},

		{"-0", "0", "0", ""},
		{"-0.00", "0.00", "", ""},
		{"(0,00)", "", "0.00", ""},
		{"-0.01", "-0.01", "", ""},

		{"R$ -", "0", "0", "R$"},
		{"-R$ -", "0", "0", "R$"},
		{"€ –", "0", "0", "€"},
		{"- €", "0", "0", "€"},
		{"US$-", "0", "0", "US$"},
		{"CHF 12’000.–", "12000", "", "CHF"},
		{"1'000.--", "1000", "", ""},
		{"10.-", "10", "", ""},
		{"10,-", "", "10", ""},
		{"-1.000,-- €", "", "-1000", "€"},
		{"12.000,— kr.", "", "12000", "kr"},
		{"Rs. 1,00,000/-", "100000", "", "Rs"},
		{"₹500/-", "500", "500", "₹"},
		{"1,000/=", "1000", "1.000", ""},

		{"１２３４．５", "1234.5", "", ""},
		{"－１，２３４", "-1234", "-1.234", ""},
		{"（￥１，２３４．５）", "-1234.5", "", "¥"},
		{"１２　３４５円", "12345", "12345", "円"},
		{"ＢＲＬ１０", "10", "10", "BRL"},
	} {
		t.Run(c.text, func(t *testing.T) {
			got, reason := read(c.text)
			if diff := cmp.Diff(Amount{c.point, c.comma, c.sign}, got); diff != "" || reason != "" {
				t.Errorf("reason %q, amount (-want +got):\n%s", reason, diff)
			}
		})
	}
}

func TestNoAmounts(t *testing.T) {
	for _, c := range []struct {
		reason string
		texts  []string
	}{
		{"not a number; write the amount in digits", []string{
			"", "a combinar", "NaN", "Inf", "-Infinity", "null", "€", ".", ",", "()", "\x00", "\xff", "n/a",
		}},
		{"a spreadsheet error", []string{"#DIV/0!", "#N/A", "#REF!", "########"}},
		{"a percentage", []string{"10%", "10 %", "1.234,50％", "5‰"}},
		{"digits other than 0 to 9", []string{"٣", "१२३", "1½", "10²", "①", "1٣"}},
		{"written with an exponent", []string{"1e3", "1E+3", "1,2E+15", "1.2e-5", "-1E10", "R$ 1,2E+15"}},
		{"a date or a time", []string{
			"12/03/2025", "2025-03-12", "12.03.2025", "12.3.25", "12-03-2025", "2025.03.12", "12/03/2025 10:00", "10:30", "2025-03-12T10:00:00Z",
		}},
		{"a plus sign", []string{"+1", "+1.234,50", "R$ +10", "1+1"}},
		{"a dash", []string{"–10", "10—", "10–20"}},
		{"a dash; if it stands for nothing", []string{"-", "--", "–", "—"}},
		{"marked as negative twice", []string{"--5", "-5-", "(-5)", "-(5)", "(5-)", "- -5", "-R$ -5", "5--", "\u2212-5", "(5)-"}},
		{"one bracket", []string{"(5", "5)", "R$ (5", "(R$) 10"}},
		{"starts with zeros", []string{"007", "00", "00,5", "-01", "01", "R$ 01,50", "00.50"}},
		{"nothing follows", []string{"1.", "1,", "1.234,", "-1.", "5.€", "1,. ", "10,---"}},
		{"more than one number", []string{"10 / 20", "10-20", "10; 20", "1_000", "10 a 20", "0x10", "12h30", "10\n20", "10\t200", "1\u200b000", "1|2"}},
		{"its separators", []string{
			"1.23.456", "1.2345.678", "1234.567.890", "1.234.56", "1,234,56", "1.234,567.89", "1,234.567,89", "1.234,567,8", "1 234.567,89",
			"1 23", "10 20", "1 2345", "1234 567", "0 123", "0.123.456", "0,123.4", "1'234 567", "1 234\u00a0567", "1,,234", "1..5", "1.,5", "1  234",
			".5.5", ".234,5", "1. 5", "10, 20", "1.23.45.678,00", "1,234,56,789", "1,23,45", "123,45,678", "1,2,345", "0,12,345", "1 23 456",
		}},
		{"is not a known currency sign", []string{
			"10 mil", "10 MIL", "10k", "1,5M", "2 mi", "R$ 10 mil", "10 Mio €", "5 L", "5 lakh", "3 Cr", "Q4", "x10", "10 QQQ", "10 R .", "BRLL 10", "..5", "$..5",
			"Rs..5", "Rs,500", "$.,5", "'10", "\"10\"", "=10", "~10", "((5))", ")5(", "US-$ 10", "\u200e10", "10*", "$. 5", "R$$ 10",
		}},
		{"are not the same currency", []string{"R$ 10 USD", "BRL 10 R", "USD 10 EUR", "$ 10 BRL"}},
	} {
		for _, text := range c.texts {
			t.Run(text, func(t *testing.T) {
				got, reason := read(text)
				if got != (Amount{}) {
					t.Errorf("got %+v", got)
				}
				sheettest.WantReason(t, reason, c.reason)
			})
		}
	}
}

func TestUnknownSignIsNamed(t *testing.T) {
	_, reason := read("10 mil")
	sheettest.WantReason(t, reason, `"mil" next to the number`)
}

func TestReadingOfAnAmount(t *testing.T) {
	for _, c := range []struct {
		name           string
		a              Amount
		unknown        string
		open, noNumber bool
	}{
		{"none", Amount{}, "", false, true},
		{"both alike", Amount{Point: "1", Comma: "1"}, "1", false, false},
		{"both", Amount{Point: "1.234", Comma: "1234"}, "", true, false},
		{"point only", Amount{Point: "1.2"}, "1.2", false, false},
		{"comma only", Amount{Comma: "1.2"}, "1.2", false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.a.In(0); got != c.unknown {
				t.Errorf("got %q, want %q", got, c.unknown)
			}
			if c.a.In(Point) != c.a.Point || c.a.In(Comma) != c.a.Comma {
				t.Errorf("got %q and %q", c.a.In(Point), c.a.In(Comma))
			}
			if c.a.Ambiguous() != c.open {
				t.Errorf("open: %v", c.a.Ambiguous())
			}
		})
	}
}

func TestAmountOfAnyLengthKeepsItsDigits(t *testing.T) {
	whole, fraction := strings.Repeat("123", 5000), strings.Repeat("0", 5000)
	got, reason := read("R$ " + strings.TrimSuffix(strings.Repeat("123.", 5000), ".") + "," + fraction)
	if want := (Amount{Comma: whole + "." + fraction, Sign: "R$"}); got != want || reason != "" {
		t.Errorf("reason %q, %d digits", reason, len(got.Comma))
	}
}

func TestParseDecimal(t *testing.T) {
	for _, c := range []struct {
		text  string
		want  Decimal
		words string
	}{
		{"point", Point, "point"}, {"comma", Comma, "comma"},
		{"", 0, ""}, {"Comma", 0, ""}, {"dot", 0, ""}, {".", 0, ""},
	} {
		t.Run(c.text, func(t *testing.T) {
			got, err := ParseDecimal(c.text)
			if got != c.want || got.String() != c.words || (err == nil) != (c.want != 0) {
				t.Errorf("got %q (%v), %v", rune(got), got, err)
			}
			if c.want == 0 {
				sheettest.WantError(t, err, "say point or comma")
			}
		})
	}
}

var plainTexts = []string{"0", "-0", "-0.00", "1234", "-37540.02", "0.123", "1234.567", "9007199254740993.0000001"}

func TestPlainAmountAllocatesNothing(t *testing.T) {
	for _, text := range plainTexts {
		if n := testing.AllocsPerRun(100, func() { _, _ = Read(text) }); n != 0 {
			t.Errorf("%q takes %v allocations", text, n)
		}
	}
}

func BenchmarkReadAmount(b *testing.B) {
	for _, text := range []string{"1234", "-37540.02", "1.234", "R$ 1.234,50", "a combinar"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = Read(text)
			}
		})
	}
}
