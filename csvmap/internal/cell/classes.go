package cell

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"razebulk/internal/crm"
)

// Classes are the kinds of characters in a text: one pass over its bytes answers several questions.
type Classes uint16

// Classes of characters that the checks ask for.
const (
	BeyondASCII Classes = 1 << iota
	Control             // ASCII control characters except tab and line feed
	Unusual             // beyond the letters of Latin-script languages, or not composed
	Separator           // white space and the slash, which no id contains
	QuestionMark
	Hash
	Latin1 // from U+0080 to U+00BF, which includes more control characters
	Ampersand
	Apostrophe
	Coding // part of a letter written by its number: =C3, %C3, \u00e3; also in Err:502
	UUID   // the whole text is one; not set if blanks were removed around it

	// remarkable characters may be a problem in any field and at any position.
	remarkable = Unusual | Latin1 | Control | QuestionMark | Hash | Ampersand | Coding
)

var classesOfByte = func() (table [256]Classes) {
	for b := range table {
		switch {
		case b >= 0xcc: // leads a character from U+0300 on, where combining marks begin
			table[b] = BeyondASCII | Unusual
		case b == 0xc2:
			table[b] = BeyondASCII | Latin1
		case b >= utf8.RuneSelf:
			table[b] = BeyondASCII
		case b < ' ' && b != '\t' && b != '\n' || b == 0x7f:
			table[b] = Control
		case b == '?':
			table[b] = QuestionMark
		case b == '\'':
			table[b] = Apostrophe
		case b == '#':
			table[b] = Hash
		case b == '=' || b == '%' || b == '\\' || b == ':':
			table[b] = Coding
		case b == '&':
			table[b] = Ampersand
		case b <= ' ' || b == '/':
			table[b] = Separator
		}
	}
	return table
}()

// Classify returns the classes of all characters in a text.
func Classify(text string) Classes {
	var c, second Classes
	for len(text) >= 4 { // in two chains, which a processor runs in parallel
		c |= classesOfByte[text[0]] | classesOfByte[text[1]]
		second |= classesOfByte[text[2]] | classesOfByte[text[3]]
		text = text[4:]
	}
	for i := range len(text) {
		c |= classesOfByte[text[i]]
	}
	return c | second
}

// Has reports whether c includes any of the classes.
func (c Classes) Has(any Classes) bool { return c&any != 0 }

// maxComposed is the maximum length in bytes of a text to compose: a longer one is refused, and composing it takes
// long.
const maxComposed = 256 << 10

// Trim removes outer blanks, including invisible ones, and composes letters with their accents (Unicode form NFC), as
// everyone but macOS writes them.
func Trim(text string) string {
	text, _ = trimNFC(text)
	return text
}

// trimNFC is [Trim], but also returns the classes of the result.
func trimNFC(text string) (trimmed string, c Classes) {
	if text == "" {
		return text, 0
	}
	c = Classify(text)
	if c.Has(Unusual) && len(text) <= maxComposed {
		text = norm.NFC.String(crm.Trim(text))
		return text, Classify(text)
	}
	if isGraphicASCII(text[0]) && isGraphicASCII(text[len(text)-1]) {
		return text, c
	}
	if trimmed = crm.Trim(text); len(trimmed) < len(text) {
		return trimmed, Classify(trimmed)
	}
	return text, c
}

func isGraphicASCII(b byte) bool { return b > ' ' && b < 0x7f }

// PlainBreaks replaces every line break with a single line feed.
func PlainBreaks(text string) string {
	if strings.IndexByte(text, '\r') < 0 {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// IsC1 reports whether the character is a control character beyond ASCII.
func IsC1(r rune) bool { return 0x80 <= r && r < 0xa0 }
