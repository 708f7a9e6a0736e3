package crm

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestIDKey(t *testing.T) {
	const upper, lower = "0B7A5C9E-1D2F-4A3B-8C4D-5E6F7A8B9C0D", "0b7a5c9e-1d2f-4a3b-8c4d-5e6f7a8b9c0d"
	if !SameID(upper, lower) {
		t.Error("a UUID in capitals is another id")
	}
	for _, pair := range [][2]string{
		{"abc", "ABC"}, {"opp_1", "OPP_1"}, {upper + "0", lower + "0"}, {strings.Replace(upper, "-", "A", 1), strings.Replace(lower, "-", "a", 1)},
		{strings.Replace(upper, "B", "G", 1), strings.Replace(lower, "b", "g", 1)},
	} {
		if SameID(pair[0], pair[1]) {
			t.Errorf("%q and %q are one id", pair[0], pair[1])
		}
	}
}

func TestCanonicalID(t *testing.T) {
	const id = "0b7a5c9e-1d2f-4a3b-8c4d-5e6f7a8b9c0d"
	bare := strings.ReplaceAll(id, "-", "")
	for _, spelling := range []string{id, strings.ToUpper(id), "{" + id + "}", "{" + strings.ToUpper(id) + "}", bare, strings.ToUpper(bare), "{" + bare + "}"} {
		if got := CanonicalID(spelling); got != id || !SameID(spelling, id) {
			t.Errorf("%q became %q", spelling, got)
		}
	}
	for _, opaque := range []string{"", "{", "{}", "{abc}", "ABC", id + " ", "{" + id, id + "}", "{{" + id + "}}", bare[:31], bare + "0", "g" + bare[1:]} {
		if got := CanonicalID(opaque); got != opaque {
			t.Errorf("%q became %q", opaque, got)
		}
	}
}

func TestEscapeFormulaCanBeUndone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`['=+@\t\ra-c-]{0,6}`).Draw(t, "text")
		escaped := EscapeFormula(text)
		if got := UnescapeFormula(escaped); got != text {
			t.Fatalf("%q became %q", text, got)
		}
		if escaped != "" && strings.IndexByte(formulaStarts, escaped[0]) >= 0 {
			t.Fatalf("%q begins a formula", escaped)
		}
	})
}

func TestTrim(t *testing.T) {
	for text, want := range map[string]string{
		"\u202a+55 11\u202c": "+55 11", "\ufeff a b\u00a0\u200b": "a b", "\u2068Ana\u2069": "Ana", "a\u200bb": "a\u200bb", "": "", " \t": "",
		"🏴\U000e0067\U000e007f": "🏴\U000e0067\U000e007f", // the end of a flag is not a blank
	} {
		if got := Trim(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
