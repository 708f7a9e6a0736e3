package cell

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"razebulk/internal/lazyregexp"
	"razebulk/internal/reason"
)

// emptyWords are what databases, pandas, R, Java, JavaScript, Go, pivot tables and people write for an empty cell.
// Nan, Nil and Na are names.
var emptyWords = wordSet(
	"NULL", "null", "Null", "[NULL]", "[null]", "(null)", "(NULL)", "<null>", "<NULL>", "{null}", "#NULL#", `\N`, `\n`,
	"nan", "NaN", "NAN", "-nan", "-NaN", "#NaN", "<NA>", "<na>", "<NaN>", "NaT", "<NaT>", "None", "NONE", "none", "<none>", "<None>", "(none)", "(None)",
	"undefined", "UNDEFINED", "Undefined", "(undefined)", "nil", "<nil>", "(nil)", "[nil]",
	"N/A", "n/a", "N/a", "n/A", "NA", "N.A.", "n.a.", "N.A", "n.a", "(N/A)", "[N/A]", "<N/A>", "N/D", "n/d", "N.D.", "n.d.",
	"(blank)", "(empty)", "(vazio)", "(em branco)", "(en blanco)", "(vacío)", "<blank>", "<empty>", "[blank]", "[empty]", "(leer)", "(vide)",
	"[object Object]", "[object Undefined]", "[object Null]",
)

const maxEmptyWord = 18

// zeroForm matches a zero as a spreadsheet writes it.
var zeroForm = lazyregexp.New(`^0([.,]0{1,2})?$`)

// ZeroForNothing refuses a zero, which a lookup of a spreadsheet returns for an empty cell, in a field that no zero is
// a value of.
func (v Value) ZeroForNothing() error {
	if v.Text != "" && v.Text[0] == '0' && zeroForm.MatchString(v.Text) {
		return reason.New("empty_word", "word", v.Text)
	}
	return nil
}

// IsEmptyWord reports whether a whole cell is a word that programs write for an empty cell, or just dashes or
// question marks.
func IsEmptyWord(text string) bool {
	return text != "" && emptyStarts[text[0]] && emptyEnds[text[len(text)-1]] && isEmptyWord(text)
}

// IsAny reports whether the value is one of the words. White space of any kind counts as one blank: messages, where
// people copy the words from, show it so.
func (v Value) IsAny(words []string) bool {
	if slices.Contains(words, v.Text) {
		return true
	}
	const maxLength = 256
	if len(v.Text) > maxLength || !strings.ContainsFunc(v.Text, unicode.IsSpace) {
		return false
	}
	text := plainBlanks(v.Text)
	return slices.ContainsFunc(words, func(word string) bool { return plainBlanks(word) == text })
}

func plainBlanks(text string) string { return strings.Join(strings.Fields(text), " ") }

func isEmptyWord(text string) bool {
	switch {
	case len(text) > maxEmptyWord, len(text) > 1 && isDigit(text[1]):
		return false
	case text[0] == '-' || text[0] >= utf8.RuneSelf:
		return strings.TrimFunc(text, isDashOrBlank) == "" || emptyWords[text]
	case text[0] == '?':
		return strings.Trim(text, "? ") == ""
	}
	return emptyWords[text]
}

// emptyStarts are the bytes that these words begin with; for a dash, the first of its three.
var emptyStarts = func() (starts [256]bool) {
	for _, b := range []byte("NnUu-?([<{\\#\xe2") {
		starts[b] = true
	}
	return starts
}()

// emptyEnds are the bytes that they end with.
var emptyEnds = func() (ends [256]bool) {
	for word := range emptyWords {
		ends[word[len(word)-1]] = true
	}
	for b := range ends {
		ends[b] = ends[b] || b == '-' || b == '?' || b >= utf8.RuneSelf
	}
	return ends
}()

func isDashOrBlank(r rune) bool {
	return unicode.Is(unicode.Pd, r) || r == '\u2212' || unicode.IsSpace(r)
}
