package textfile

import (
	"strings"
	"unicode"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/reason"
)

// wrappedFault refuses a row that was put in quotes by a program other than the one that wrote the rest: the whole
// line, or each text in apostrophes or typographic quotes.
func (c *Records) wrappedFault(r *cell.Record) error {
	s := &c.shape
	if len(r.Cells) == 1 && r.Starts != nil && s.width > 1 {
		if cells, ok := c.alone(r.Cells[0], c.delimiter); ok && len(cells) == s.width && s.hasID(cells) {
			return reason.New("row_in_quotes")
		}
	}
	wrapped := 0
	for i, text := range r.Cells {
		if i > s.id && wrapped == 0 && text != "" && text[0] >= 'A' && text[0] < 0x80 {
			return nil // in nearly all rows
		}
		switch {
		case isWrapped(text):
			wrapped++
		case i != s.id && strings.ContainsFunc(text, unicode.IsLetter):
			return nil
		}
	}
	if wrapped < 2 {
		return nil
	}
	return reason.New("texts_in_other_quotes")
}

// isWrapped reports whether a text as a whole is in apostrophes or typographic quotes.
func isWrapped(text string) bool {
	if len(text) < 3 || text[0] != '\'' && text[0] != 0xe2 {
		return false
	}
	for _, pair := range [][2]string{{"'", "'"}, {"“", "”"}, {"‘", "’"}} {
		if inner, ok := strings.CutPrefix(text, pair[0]); ok && strings.HasSuffix(inner, pair[1]) {
			inner = strings.TrimSuffix(inner, pair[1])
			return inner != "" && !strings.Contains(inner, pair[1]) && !isKeptFormula(text)
		}
	}
	return false
}

// isKeptFormula reports whether the apostrophe that a text begins with may keep a formula from being run, as this
// program writes it, so that it shows nothing about quotes: "='" is then "'='".
func isKeptFormula(text string) bool { return strings.HasPrefix(text, "'=") }
