package crm

import (
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// IsBlank reports whether a character has no meaning at the edge of a cell: white space, and the invisible characters
// that are copied along with text from a web page or a chat.
func IsBlank(r rune) bool {
	switch {
	case r == '\u00ad' || r == '\u061c' || r == '\u180e' || r == '\ufeff':
		return true
	case r == '\u2800' || r == '\u3164' || r == '\uffa0': // Braille without dots, and the fillers of Hangul
		return true
	case '\u200b' <= r && r <= '\u200f' || '\u202a' <= r && r <= '\u202e':
		return true
	case '\u2060' <= r && r <= '\u2064' || '\u2066' <= r && r <= '\u2069':
		return true
	}
	return unicode.IsSpace(r)
}

// Trim removes blanks from both ends of text, and what selects the form of a character at its beginning, where none
// precedes it.
func Trim(text string) string {
	text = strings.TrimLeftFunc(text, func(r rune) bool { return IsBlank(r) || '\ufe00' <= r && r <= '\ufe0f' })
	return strings.TrimRightFunc(text, IsBlank)
}

// Fold returns the same string for strings that differ only in case, accents and outer blanks.
func Fold(text string) string {
	text = Trim(text)
	isASCII := strings.IndexFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) < 0
	if !isASCII {
		plain, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), text)
		if err == nil {
			text = plain
		}
	}
	return strings.ReplaceAll(strings.ToLower(text), "ς", "σ") // both have the same capital
}
