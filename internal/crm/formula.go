package crm

import (
	"strings"
	"unicode/utf8"
)

// formulaStarts are the characters at the start of a cell that make Excel, LibreOffice or Google Sheets run it (OWASP,
// CSV injection). The full-width ones count in East Asian versions.
const formulaStarts = "=+-@＝＋－＠"

// invisibleStarts are the characters that some programs skip before they look for a formula.
const invisibleStarts = "\t\r\n"

// NeedsEscape reports whether a spreadsheet would run text, or whether it looks as if it was already escaped. This
// includes parts of the text, since the program that opens the file may split its lines at another delimiter, and treat
// a line break in a cell as the end of a row.
func NeedsEscape(text string) bool { return len(places(text)) > 0 }

// EscapeFormula puts an apostrophe before each part that a spreadsheet would run. [UnescapeFormula] removes them.
func EscapeFormula(text string) string {
	found := places(text)
	if len(found) == 0 {
		return text
	}
	var out strings.Builder
	begin := 0
	for _, at := range found {
		out.WriteString(text[begin:at] + "'")
		begin = at
	}
	out.WriteString(text[begin:])
	return out.String()
}

// IsEscaped reports whether [EscapeFormula] has changed text.
func IsEscaped(text string) bool { return UnescapeFormula(text) != text }

// UnescapeFormula undoes [EscapeFormula].
func UnescapeFormula(text string) string {
	found := places(text)
	for i := len(found) - 1; i >= 0; i-- {
		if at := found[i]; text[at] == '\'' {
			text = text[:at] + text[at+1:]
		}
	}
	return text
}

// places returns the offsets of the parts that a spreadsheet would run, or that have apostrophes before such a part.
func places(text string) []int {
	if text == "" { // like most cells of a plan
		return nil
	}
	var found []int
	if startsFormula(text, true) {
		found = append(found, 0)
	}
	for at := 0; ; {
		next := indexSeparator(text[at:])
		if next < 0 {
			return found
		}
		at += next + 1
		begin := len(text) - len(strings.TrimLeft(text[at:], `"`))
		if startsFormula(text[begin:], false) {
			found = append(found, begin)
		}
	}
}

// indexSeparator returns the offset of the first character at which a program may split a line; -1 if there is none.
func indexSeparator(text string) int {
	for i := range len(text) {
		switch text[i] {
		case ',', ';', '|', '\t', '\r', '\n':
			return i
		}
	}
	return -1
}

func startsFormula(text string, whole bool) bool {
	if text != "" && isWordByte(text[0]) {
		return false
	}
	text = strings.TrimLeft(text, "'")
	first, size := utf8.DecodeRuneInString(text)
	return size > 0 && (strings.ContainsRune(formulaStarts, first) || whole && strings.ContainsRune(invisibleStarts, first))
}

// isWordByte reports whether b is an ASCII letter or digit, with which most texts begin but no formula does.
func isWordByte(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' || '0' <= b && b <= '9' }
