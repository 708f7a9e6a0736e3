package words

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible makes text from elsewhere safe to show, on a terminal or in a file: it escapes everything but letters,
// digits, marks, symbols and blanks (\x1b, \u202e), so that nothing moves the cursor, changes colours or reverses the
// direction of the text. The result is one line. Characters that join others in a word or an emoji stay.
func Visible(text string) string { return visible(text, "") }

// VisibleLines is [Visible] for text with several lines.
func VisibleLines(text string) string { return visible(text, "\n") }

// VisibleCell is [Visible] for a cell of a file, which may hold line breaks and tabs.
func VisibleCell(text string) string {
	if isVisible(text, "") {
		return text
	}
	return visible(strings.ReplaceAll(text, "\r\n", "\n"), "\n\t")
}

const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
)

func visible(text, kept string) string {
	if isVisible(text, kept) {
		return text
	}
	var out strings.Builder
	for i, r := range text {
		_, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			out.WriteString(`\x` + hexDigits(text[i]))
		case isShown(r, kept):
			out.WriteRune(r)
		default:
			quoted := strconv.QuoteRuneToASCII(r)
			out.WriteString(quoted[1 : len(quoted)-1])
		}
	}
	return out.String()
}

// isVisible reports whether visible returns the text as it is.
func isVisible(text, kept string) bool {
	for i, r := range text {
		isASCII := ' ' <= r && r <= '~'
		if !isASCII && (!isShown(r, kept) || r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD")) {
			return false
		}
	}
	return true
}

func isShown(r rune, kept string) bool {
	return unicode.IsGraphic(r) || r == zeroWidthNonJoiner || r == zeroWidthJoiner || strings.ContainsRune(kept, r)
}

func hexDigits(b byte) string {
	const digits = "0123456789abcdef"
	return string([]byte{digits[b>>4], digits[b&0xf]})
}
