package crm

import (
	"strings"
	"unicode"
)

// IsBlank tells of a character that says nothing at the edge of a cell: white space, and the invisible characters that
// come along when a cell is copied from a web page or a chat.
func IsBlank(r rune) bool {
	switch {
	case r == '\u00ad' || r == '\u061c' || r == '\u180e' || r == '\ufeff':
		return true
	case '\u200b' <= r && r <= '\u200f' || '\u202a' <= r && r <= '\u202e':
		return true
	case '\u2060' <= r && r <= '\u2064' || '\u2066' <= r && r <= '\u2069':
		return true
	}
	return unicode.IsSpace(r)
}

// Trim takes blanks away from both ends of a text.
func Trim(text string) string { return strings.TrimFunc(text, IsBlank) }
