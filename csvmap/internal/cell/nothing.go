package cell

import (
	"strings"
	"unicode"
)

// emptyWords are what programs write for a cell that holds nothing: databases, pandas, R, Java, JavaScript, Go, pivot
// tables; and people. Nan, Nil and Na are names.
var emptyWords = wordSet(
	"NULL", "null", "Null", "[NULL]", "[null]", "(null)", "(NULL)", "<null>", "<NULL>", "{null}", "#NULL#", `\N`, `\n`,
	"nan", "NaN", "NAN", "-nan", "-NaN", "#NaN", "<NA>", "<na>", "<NaN>", "NaT", "<NaT>", "None", "NONE", "none", "<none>", "<None>", "(none)", "(None)",
	"undefined", "UNDEFINED", "Undefined", "(undefined)", "nil", "<nil>", "(nil)", "[nil]",
	"N/A", "n/a", "N/a", "n/A", "NA", "N.A.", "n.a.", "N.A", "n.a", "(N/A)", "[N/A]", "<N/A>", "N/D", "n/d", "N.D.", "n.d.",
	"(blank)", "(empty)", "(vazio)", "(em branco)", "(en blanco)", "(vacío)", "<blank>", "<empty>", "[blank]", "[empty]", "(leer)", "(vide)",
	"[object Object]", "[object Undefined]", "[object Null]",
)

const maxEmptyWord = 18

// IsEmptyWord tells whether a whole cell is a word with which programs say that it holds nothing, or just dashes or
// question marks.
func IsEmptyWord(text string) bool {
	if !mayBeEmptyWord(text) {
		return false
	}
	return emptyWords[text] || strings.TrimFunc(text, isDashOrBlank) == "" || strings.Trim(text, "? ") == ""
}

// mayBeEmptyWord spares nearly all cells the look at the words.
func mayBeEmptyWord(text string) bool {
	if text == "" || len(text) > maxEmptyWord {
		return false
	}
	if len(text) > 1 && '0' <= text[1] && text[1] <= '9' {
		return false
	}
	switch text[0] {
	case 'N', 'n', 'U', 'u', '-', '?', '(', '[', '<', '{', '\\', '#', '\xe2':
		return true
	}
	return false
}

func isDashOrBlank(r rune) bool {
	return unicode.Is(unicode.Pd, r) || r == '\u2212' || unicode.IsSpace(r)
}
