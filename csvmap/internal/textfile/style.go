package textfile

import (
	"strings"
)

// style is how a file writes quotes and rows, where it deviates from RFC 4180.
type style struct {
	quote    byte // " or '
	spaced   bool // blanks precede the opening quotes
	escaped  bool // a quote within quotes is written \"
	trailing bool // each row ends with a delimiter, but the header doesn't
}

var plainStyle = style{quote: '"'}

// opening returns how many bytes precede the quote that a cell begins with, or -1 if there is none: blanks, or byte
// order marks, which programs that join files leave behind.
func (s style) opening(text string) int {
	switch {
	case text == "":
		return -1
	case text[0] == s.quote:
		return 0
	case text[0] != '\xef' && !s.spaced:
		return -1
	}
	rest := text
	for strings.HasPrefix(rest, "\ufeff") {
		rest = rest[len("\ufeff"):]
	}
	if s.spaced {
		rest = strings.TrimLeft(rest, " ")
	}
	if rest != "" && rest[0] == s.quote {
		return len(text) - len(rest)
	}
	return -1
}

// closing returns the position of the next quote within quotes, and its length: one character ends the cell, two are
// a quote in its text, or an escape with a backslash. The position is -1 if there is none.
func (s style) closing(text string) (at, size int) {
	if !s.escaped {
		at = strings.IndexByte(text, s.quote)
	} else {
		at = strings.IndexAny(text, `\`+string(s.quote))
	}
	switch {
	case at < 0, text[at] == '\\' && at+1 == len(text):
		return -1, 0
	case text[at] == s.quote && (at+1 == len(text) || text[at+1] != s.quote):
		return at, 1
	}
	return at, 2
}

// unquote removes the quotes from a cell.
func (s style) unquote(raw string) string {
	quote := string(s.quote)
	text := raw[1:strings.LastIndexByte(raw, s.quote)]
	if s.escaped {
		return unescape(text, s.quote)
	}
	if strings.IndexByte(text, s.quote) >= 0 {
		return strings.ReplaceAll(text, quote+quote, quote)
	}
	return text
}

// doubled returns the form of a quote within quotes.
func (s style) doubled() string {
	if s.escaped {
		return `\` + string(s.quote)
	}
	return string(s.quote) + string(s.quote)
}

// unescape keeps a backslash before anything but quotes: programs that escape only quotes leave it unescaped there.
func unescape(text string, quote byte) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch rest := text[i+1:]; {
		case text[i] == '\\' && rest != "" && rest[0] == quote, text[i] == quote && rest != "" && rest[0] == quote:
			i++
		case text[i] == '\\' && len(rest) > 0 && rest[0] == '\\' && (len(rest) == 1 || rest[1] == quote || rest[1] == '\\'):
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String()
}
