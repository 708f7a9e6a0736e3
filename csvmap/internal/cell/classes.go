package csvmap

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const longestQuote = 60

// quote shows a value in a message: in quotes, with line breaks and control characters made visible, cut when long.
func quote(s string) string {
	runes := 0
	for i := range s {
		if runes == longestQuote {
			s = s[:i] + "…"
			break
		}
		runes++
	}
	return strconv.Quote(s)
}

// mostNamed is how many columns a message names.
const mostNamed = 20

func quoteAll(names []string) string {
	var quoted []string
	for _, name := range names[:min(len(names), mostNamed)] {
		quoted = append(quoted, quote(name))
	}
	if more := len(names) - len(quoted); more > 0 {
		quoted = append(quoted, strconv.Itoa(more)+" more")
	}
	return strings.Join(quoted, ", ")
}

// traits are what kinds of signs a text holds: one look at each byte answers several questions.
type traits uint8

const (
	beyondASCII traits = 1 << iota
	control            // no cell has a use for it
	unusual            // beyond the letters of Latin-script languages, or not composed
	separator          // white space and the slash, which no id holds
	questionMark
	hash
	capitalE
	latinSign // from U+0080 to U+00BF, where control characters are

	// remarkable are signs that something may be wrong with, whatever the field.
	remarkable = beyondASCII | control | questionMark | hash | capitalE
)

var traitsOfByte = func() (table [256]traits) {
	for b := range table {
		switch {
		case b >= 0xcc: // leads a character from U+0300 on, where combining marks begin
			table[b] = beyondASCII | unusual
		case b == 0xc2:
			table[b] = beyondASCII | latinSign
		case b >= utf8.RuneSelf:
			table[b] = beyondASCII
		case b < ' ' && b != '\t' && b != '\n' || b == 0x7f:
			table[b] = control
		case b == '?':
			table[b] = questionMark
		case b == '#':
			table[b] = hash
		case b == 'E':
			table[b] = capitalE
		case b <= ' ' || b == '/':
			table[b] = separator
		}
	}
	return table
}()

func look(s string) (t traits) {
	of := &traitsOfByte
	for ; len(s) >= 8; s = s[8:] { // twice as fast as byte by byte, and every byte of a sheet goes through here
		t |= of[s[0]] | of[s[1]] | of[s[2]] | of[s[3]] | of[s[4]] | of[s[5]] | of[s[6]] | of[s[7]]
	}
	for i := range len(s) {
		t |= traitsOfByte[s[i]]
	}
	return t
}

func (t traits) has(other traits) bool { return t&other != 0 }

// tidy takes outer blanks away, also those that can't be seen, and composes letters and their accents (Unicode's form NFC), as
// everyone but macOS writes them.
func tidy(s string) string {
	text, _ := tidied(s)
	return text
}

// tidied is [tidy], and what there is in the text.
func tidied(s string) (text string, t traits) {
	if s == "" {
		return s, 0
	}
	t = look(s)
	if t.has(unusual) {
		s = norm.NFC.String(strings.TrimFunc(s, isBlank))
		return s, look(s)
	}
	if isInk(s[0]) && isInk(s[len(s)-1]) {
		return s, t
	}
	if trimmed := strings.TrimFunc(s, isBlank); len(trimmed) < len(s) {
		return trimmed, look(trimmed)
	}
	return s, t
}

func isInk(b byte) bool { return b > ' ' && b < 0x7f }

// isBlank tells of signs without ink that end up around a cell when it was copied from a web page or a chat.
func isBlank(r rune) bool {
	switch r {
	case '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff', '\u00ad':
		return true
	}
	return unicode.IsSpace(r)
}
