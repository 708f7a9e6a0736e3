package cell

import (
	"strings"
	"testing"
	"unicode"

	"razebulk/internal/crm"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestTrim(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""}, {" ", ""}, {"a", "a"}, {" a ", "a"}, {"\t\na\r\n", "a"}, {"a  b", "a  b"}, {"a\n\nb", "a\n\nb"},
		{"\u00a0a\u00a0", "a"}, {"\u202fa\u2009", "a"}, {"\u3000a", "a"}, {"\ufeffa", "a"}, {"\u200ba\u200b", "a"}, {"\u200e\u200f\u2060\u00ada\u200c\u200d", "a"},
		{"a\u00a0b", "a\u00a0b"}, {"a\u200db", "a\u200db"}, {" \u200b \u00a0", ""},
		{"e\u0301", "é"}, {"Sa\u0303o Joa\u0303o", "São João"}, {"é", "é"}, {"ﬁ", "ﬁ"}, {"Å", "Å"}, {"\u0301", "\u0301"}, {"日本 ", "日本"}, {"\x7f", "\x7f"}, {"\x00a", "\x00a"},
		{"é ", "é"}, {" é", "é"}, {"\u0085a", "a"},
	} {
		if got := Trim(c.text); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestTrimmedTextIsAsItShouldBe(t *testing.T) {
	letters := rapid.SampledFrom([]rune("aé \n\t\u00a0\u200b\ufeff\u0301\u0327E?#/\x00\u0085ÿĀ\u1e9b가"))
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.OneOf(letters, rapid.Rune())).Draw(t, "text")
		got, classes := trimNFC(text)
		if want := norm.NFC.String(crm.Trim(text)); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
		if again := Trim(got); again != got {
			t.Fatalf("%q is not trimmed, but %q", got, again)
		}
		if !classes.Has(Control|Latin1) && strings.ContainsFunc(got, func(r rune) bool { return r != '\t' && r != '\n' && unicode.IsControl(r) }) {
			t.Fatalf("%q holds control characters that its classes lack", got)
		}
		if want := strings.ContainsFunc(got, func(r rune) bool { return r >= 0x80 }); classes.Has(BeyondASCII) != want {
			t.Fatalf("%q beyond ASCII: %v", got, !want)
		}
		if want := strings.ContainsFunc(got, func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' || r == 0x7f }); classes.Has(Control) != want {
			t.Fatalf("%q with control characters: %v", got, !want)
		}
		for char, class := range map[string]Classes{"?": QuestionMark, "#": Hash, "/": Separator} {
			if strings.Contains(got, char) != classes.Has(class) && char != "/" {
				t.Fatalf("%q holds %s", got, char)
			}
		}
	})
}
