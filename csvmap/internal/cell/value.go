package csvmap

import (
	"regexp"
	"strings"
)

// shieldedText is a formula that has nothing but a text: so do web exports keep spreadsheets from taking digits for a number. A
// spreadsheet shows what is inside.
var shieldedText = regexp.MustCompile(`^="[^"]*"$`)

// isEscaped tells of a text that this program's own files, and careful exports of others, have kept from being run as a formula:
// they put one apostrophe before it (OWASP's page on CSV injection), and so one more before a text that has some already.
func isEscaped(text string) bool {
	rest := strings.TrimLeft(text, "'")
	return len(rest) < len(text) && rest != "" && strings.IndexByte("=+-@\t\r", rest[0]) >= 0
}

// unwrapped is what a spreadsheet or this program means by a text that was kept from being run, or from being taken for a number.
func (v value) unwrapped(csv bool) value {
	if v.text[0] == '\'' {
		return v.unescaped()
	}
	if csv && shieldedText.MatchString(v.text) {
		v.text, v.traits = tidied(v.text[len(`="`) : len(v.text)-1])
	}
	return v
}

// unescaped takes the added apostrophe away.
func (v value) unescaped() value {
	if !isEscaped(v.text) {
		return v
	}
	text, t := tidied(v.text[1:])
	return value{text: text, traits: t, kind: v.kind, escaped: true}
}

// verbatim is a cell as it was before it was escaped, with all of its blanks.
func (r *record) verbatim(i int) string {
	switch {
	case i >= len(r.cells):
		return ""
	case isEscaped(r.cells[i]):
		return r.cells[i][1:]
	}
	return r.cells[i]
}
