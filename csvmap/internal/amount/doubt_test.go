package amount

import (
	"testing"

	"razebulk/csvmap/internal/sheettest"
)

func TestThreeDecimalsInDoubt(t *testing.T) {
	const ofColumn, ofCurrency = "has three decimals where all others have two", "has three decimals, which no amount in R$ has"
	for _, c := range []struct {
		text      string
		decimal   Decimal
		onlyCents bool
		want      string
	}{
		{"1.500", Point, true, ofColumn}, {"1.500", Point, false, ""}, {"1.500", Comma, true, ""},
		{"R$ 1.500", Point, true, ofColumn}, {"R$ 1.500", Point, false, ofCurrency}, {"R$ 1,500", Comma, false, ofCurrency},
		{"R$ 1.500", Comma, false, ""}, {"1.500 $", Point, false, "has three decimals, which no amount in $ has"}, {"EUR 1.500", Point, false, "EUR has"},
		{"KWD 1.500", Point, false, ""}, {"KD 1.500", Point, false, ""}, {"UF 1.500", Point, false, ""},
		{"﷼ 1.500", Point, false, ""}, // of Iran, or of Oman, whose rial has three
		{"R$ 10.5", Point, false, ""}, {"R$ 0.500", Point, false, ""},
	} {
		a, why := Read(c.text)
		if why != nil {
			t.Fatal(why)
		}
		got := ""
		if why = a.Doubt(c.decimal, c.onlyCents); why != nil {
			got = sheettest.Words(why)
		}
		sheettest.WantReason(t, got, c.want)
	}
}

func TestCodesThatAreNoMoney(t *testing.T) {
	for _, code := range []string{"XXX", "xxx", "XTS", "XAU", "XBA", "X", "XX"} {
		if IsCurrency(code) {
			t.Errorf("%s is a currency", code)
		}
	}
	for _, code := range []string{"XOF", "xaf", "XCD", "XCG", "XPF", "BRL", "LAK"} {
		if !IsCurrency(code) {
			t.Errorf("%s is no currency", code)
		}
	}
	for text, want := range map[string]string{"5xxx": "", "15XXX": "", "3 XTS": "", "10 lak": "", "Lak 10": "", "10 LAK": "LAK", "LAK10": "LAK", "10 XOF": "XOF"} {
		if a, why := Read(text); a.Sign != want || (why == nil) != (want != "") {
			t.Errorf("%s: got %+v, %v", text, a, why)
		}
	}
}

func TestBrackets(t *testing.T) {
	for text, want := range map[string]string{
		"(10": "one bracket without the other", "10)": "one bracket without the other", "10,00 (1)": "more than one number", "(1) 10": "more than one number",
		"(10) (20)": "more than one number", "(": "not a number",
	} {
		if _, got := read(text); got == "" || len(got) < len(want) || got[:len(want)] != want {
			t.Errorf("%s: got %q", text, got)
		}
	}
}
