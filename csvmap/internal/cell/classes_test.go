package cell

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestTidy(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""}, {" ", ""}, {"a", "a"}, {" a ", "a"}, {"\t\na\r\n", "a"}, {"a  b", "a  b"}, {"a\n\nb", "a\n\nb"},
		{"\u00a0a\u00a0", "a"}, {"\u202fa\u2009", "a"}, {"\u3000a", "a"}, {"\ufeffa", "a"}, {"\u200ba\u200b", "a"}, {"\u200e\u200f\u2060\u00ada\u200c\u200d", "a"},
		{"a\u00a0b", "a\u00a0b"}, {"a\u200db", "a\u200db"}, {" \u200b \u00a0", ""},
		{"e\u0301", "é"}, {"Sa\u0303o Joa\u0303o", "São João"}, {"é", "é"}, {"ﬁ", "ﬁ"}, {"Å", "Å"}, {"\u0301", "\u0301"}, {"日本 ", "日本"}, {"\x7f", "\x7f"}, {"\x00a", "\x00a"},
		{"é ", "é"}, {" é", "é"}, {"\u0085a", "a"},
	} {
		if got := tidy(c.text); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestTidiedTextIsAsItShouldBe(t *testing.T) {
	blank := func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad", r)
	}
	letters := rapid.SampledFrom([]rune("aé \n\t\u00a0\u200b\ufeff\u0301\u0327E?#/\x00\u0085ÿĀ\u1e9b가"))
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.OneOf(letters, rapid.Rune())).Draw(t, "text")
		got, traits := tidied(text)
		if want := norm.NFC.String(strings.TrimFunc(text, blank)); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
		if again := tidy(got); again != got {
			t.Fatalf("%q is not tidy, but %q", got, again)
		}
		if !traits.has(control|latinSign) && strings.ContainsFunc(got, func(r rune) bool { return r != '\t' && r != '\n' && unicode.IsControl(r) }) {
			t.Fatalf("%q holds control characters that its traits don't tell of", got)
		}
		if want := strings.ContainsFunc(got, func(r rune) bool { return r >= 0x80 }); traits.has(beyondASCII) != want {
			t.Fatalf("%q beyond ASCII: %v", got, !want)
		}
		if want := strings.ContainsFunc(got, func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' || r == 0x7f }); traits.has(control) != want {
			t.Fatalf("%q with control characters: %v", got, !want)
		}
		for sign, trait := range map[string]uint8{"?": uint8(questionMark), "#": uint8(hash), "E": uint8(capitalE), "/": uint8(separator)} {
			if strings.Contains(got, sign) != (uint8(traits)&trait != 0) && sign != "/" {
				t.Fatalf("%q holds %s", got, sign)
			}
		}
	})
}

func TestQuote(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", `""`}, {"a\nb\x00\u200b", `"a\nb\x00\u200b"`}, {strings.Repeat("日", 60), `"` + strings.Repeat("日", 60) + `"`}, {strings.Repeat("日", 61), `"` + strings.Repeat("日", 60) + `…"`},
	} {
		if got := quote(c.text); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}
