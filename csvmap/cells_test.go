package csvmap

import (
	"strings"
	"testing"
)

func TestCheckID(t *testing.T) {
	for _, c := range []struct{ name, id, reason string }{
		{"a UUID", "265e24ec-3bc8-4820-b65f-89a69d7babe4", ""},
		{"one letter", "x", ""},
		{"three dots", "...", ""},
		{"signs that a URL escapes", "a?b#c%d&e+f\\g", ""},
		{"letters beyond ASCII", "é", ""},
		{"as long as allowed", strings.Repeat("a", 128), ""},
		{"one byte too long", strings.Repeat("a", 129), "longer than 128 bytes"},
		{"too long in bytes, not in letters", strings.Repeat("é", 65), "longer than 128 bytes"},
		{"missing", "", "missing"},
		{"one dot", ".", "not an id"},
		{"two dots", "..", "not an id"},
		{"slash", "a/b", "slash"},
		{"address", "https://example.com/opportunities/1", "slash"},
		{"space", "a b", "white space"},
		{"no-break space", "a\u00a0b", "white space"},
		{"line break", "a\nb", "white space"},
		{"NUL", "a\x00b", "control character"},
		{"DEL", "a\x7fb", "control character"},
	} {
		t.Run(c.name, func(t *testing.T) { wantReason(t, checkID(c.id), c.reason) })
	}
}

func TestCheckCell(t *testing.T) {
	for _, c := range []struct{ name, field, text, reason string }{
		{"a name of anything", "name", "\x00<é>\n\"", ""},
		{"a cell as large as allowed", "notes", strings.Repeat("n", 64<<10), ""},
		{"a cell one byte too large", "notes", strings.Repeat("n", 64<<10+1), "65537 bytes; a cell may hold 64 KiB"},
		{"a number too large for a cell", "deal_value", strings.Repeat("1", 64<<10+1), "64 KiB"},

		{"bare address", "email", "ana@example.com", ""},
		{"address with a tag", "email", "ana+crm@mail.example.com", ""},
		{"address beyond ASCII", "email", "josé@exemplo.com", ""},
		{"no domain", "email", "maria.souza@", "bare e-mail address"},
		{"no at sign", "email", "ana", "bare e-mail address"},
		{"name and address", "email", "Ana <ana@example.com>", "bare e-mail address"},
		{"address in brackets", "email", "<ana@example.com>", "bare e-mail address"},
		{"two addresses", "email", "ana@example.com,bo@example.com", "bare e-mail address"},
		{"address with a comment", "email", "ana@example.com (Ana)", "bare e-mail address"},
		{"an address that isn't one, in a text", "notes", "maria.souza@", ""},

		{"small letters", "deal_currency", "brl", ""},
		{"two letters", "deal_currency", "BR", "three letters"},
		{"four letters", "deal_currency", "BRLX", "three letters"},
		{"a sign", "deal_currency", "R$", "three letters"},
		{"digits", "deal_currency", "986", "three letters"},
		{"letters beyond ASCII", "deal_currency", "éur", "three letters"},
		{"three letters and a line break", "deal_currency", "BRL\n", "three letters"},
	} {
		t.Run(c.name, func(t *testing.T) { wantReason(t, checkCell(c.field, c.text), c.reason) })
	}
}

func TestDealValueIsPlainlyANumberOrNone(t *testing.T) {
	for _, text := range []string{
		"0", "-0", "7", "37540.02", "27500.00", "0.10", "-1.5", "9007199254740993", "0.1000000000000000055511151231257827",
	} {
		t.Run(text, func(t *testing.T) { wantReason(t, checkCell("deal_value", text), "") })
	}
	for _, c := range []struct{ text, reason string }{
		{"37540,02", "without thousands separators"},
		{"71,999.99", "without thousands separators"},
		{"1.234,56", "without thousands separators"},
		{"R$ 240,000.00", "without thousands separators"},
		{"8 200", "not plainly a number"},
		{"8\u00a0200", "not plainly a number"},
		{"$10", "not plainly a number"},
		{"1.234.567", "not plainly a number"},
		{"1e3", "not plainly a number"},
		{"1E+3", "not plainly a number"},
		{"+1", "not plainly a number"},
		{"--1", "not plainly a number"},
		{"-", "not plainly a number"},
		{"01", "not plainly a number"},
		{"-01", "not plainly a number"},
		{"00", "not plainly a number"},
		{".5", "not plainly a number"},
		{"5.", "not plainly a number"},
		{"0x10", "not plainly a number"},
		{"1_000", "not plainly a number"},
		{"10%", "not plainly a number"},
		{"(10)", "not plainly a number"},
		{"NaN", "not plainly a number"},
		{"Inf", "not plainly a number"},
		{"null", "not plainly a number"},
		{"a combinar", "not plainly a number"},
		{"1\n", "not plainly a number"},
		{"٣", "not plainly a number"},
	} {
		t.Run(c.text, func(t *testing.T) { wantReason(t, checkCell("deal_value", c.text), c.reason) })
	}
}

func TestDoubt(t *testing.T) {
	for _, c := range []struct{ name, field, text, reason string }{
		{"known", "deal_currency", "BRL", ""},
		{"known, small letters", "deal_currency", "usd", ""},
		{"newer than the list", "deal_currency", "ZWG", ""},
		{"newer than the list, small letters", "deal_currency", "ved", ""},
		{"unknown", "deal_currency", "QQQ", "not a currency code that is known here"},
		{"another field", "name", "QQQ", ""},
	} {
		t.Run(c.name, func(t *testing.T) { wantReason(t, doubt(c.field, c.text), c.reason) })
	}
}

func wantReason(t *testing.T, got, part string) {
	t.Helper()
	if (got == "") != (part == "") || !strings.Contains(got, part) {
		t.Errorf("got reason %q, want one with %q", got, part)
	}
}

func TestProblemInWords(t *testing.T) {
	for _, c := range []struct {
		name    string
		problem Problem
		want    string
	}{
		{"of the row", Problem{Reason: "too wide"}, "too wide"},
		{"without a value", Problem{Field: "id", Reason: "missing"}, "id: missing"},
		{"of a cell", Problem{"id", "a\nb", "odd"}, `id "a\nb": odd`},
		{"of a value that just fits", Problem{"id", strings.Repeat("é", 60), "odd"}, `id "` + strings.Repeat("é", 60) + `": odd`},
		{"of a long value", Problem{"id", strings.Repeat("é", 61), "odd"}, `id "` + strings.Repeat("é", 60) + `…": odd`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.problem.String(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
