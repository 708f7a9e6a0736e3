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
		{"37540.02", "37540.019999999997", true}, // in a workbook
		{"37540.02", "37540.01", false},
		{"0.1", "0.10000000000000001", true},
		{"12345678901234567", "12345678901234500", true},
		{"12345678901234567", "1.23456789012345E+16", true},
		{"12345678901234567", "1.2345678901234568E+16", true},
		{"12345678901234567", "12345678901234000", false},
		{"1,234,567", "1234567", true}, // by a spreadsheet with a decimal point
		{"1,234", "1.234", true},
		{"1,234.567", "1234567", false},
		{"1e5", "1E+05", true},
		{"1e5", "100000", true},
		{"1e5", "1E+06", false},
		{"1e999", "2e999", false},
		{"1e-999", "0", false},
		{"0", "0", true},
		{"0", "0E+00", true},
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
