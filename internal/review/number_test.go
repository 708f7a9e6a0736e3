package review

import "testing"

func TestASpreadsheetsNumbersAreKnownAgain(t *testing.T) {
	for _, c := range []struct {
		text, seen string
		same       bool
	}{
		{"1234.50", "1234.5", true},
		{"1234.50", "1234,5", true},
		{"1234.50", "1234.51", false},
		{"0112345678", "112345678", true},
		{"1.234", "1234", true}, // by a spreadsheet with a decimal comma
		{"1.23", "123", false},
		{"11999999999", "1.2E+10", true},
		{"11999999999", "1,2E+10", true},
		{"11999999999", "1.3E+10", false},
		{"12345678901234567", "1.23457E+16", true},
		{"1234", "1.23E+03", true},
		{"1234", "1230", false},
		{"0", "0", true},
		{"0.000", "0", true},
		{"-5.10", "-5.1", true},
		{"Ana", "Ana B", false},
		{"10/11", "10/nov", false},
		{"", "0", false},
		{"5", "", false},
	} {
		if got := isSameNumber(c.text, c.seen); got != c.same {
			t.Errorf("%q seen as %q: got %t", c.text, c.seen, got)
		}
	}
}
