package words

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestWhatATerminalWouldObeyIsMadeVisible(t *testing.T) {
	for text, want := range map[string]string{
		"Açaí 北京 R$ 1.500 'x' \"y\"": "Açaí 北京 R$ 1.500 'x' \"y\"",
		"\x1b[2J\a\x7f":              `\x1b[2J\a\x7f`,
		"\u009b31m":                  `\u009b31m`,
		"a\u202eb\u2066c\u200f":      `a\u202eb\u2066c\u200f`,
		"\xff\xc3(":                  `\xff\xc3(`,
		"a\nb\tc\r":                  `a\nb\tc\r`,
		"👩\u200d🌾 می\u200cخواهم":     "👩\u200d🌾 می\u200cخواهم",
		"\u2028\ufeff":               `\u2028\ufeff`,
		"�":                          "�",
	} {
		if got := Visible(text); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
	if got := VisibleLines("a\n\x1bb"); got != "a\n\\x1bb" {
		t.Errorf("got %q", got)
	}
}

func TestVisibleTextIsPrintableAndStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "text")
		got := Visible(text)
		if !utf8.ValidString(got) || strings.ContainsFunc(got, func(r rune) bool { return !unicode.IsGraphic(r) && r != zeroWidthJoiner && r != zeroWidthNonJoiner }) {
			t.Errorf("got %q", got)
		}
		if again := Visible(got); again != got {
			t.Errorf("%q became %q", got, again)
		}
	})
}

func TestWordsOfTheServiceAreOneLine(t *testing.T) {
	if got := For(nil).Text("service_refused", map[string]any{"message": "no\nwarning: forged\r\n"}); got != "no warning: forged" {
		t.Errorf("got %q", got)
	}
}
