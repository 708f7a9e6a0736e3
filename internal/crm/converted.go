package crm

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"razebulk/internal/lazyregexp"
)

// booleans are the boolean results of formulas in these languages.
var booleans = []string{"TRUE", "FALSE", "VERDADEIRO", "FALSO", "VERDADERO", "VRAI", "FAUX", "WAHR", "FALSCH"}

// IsBoolean reports whether a text looks like the boolean result of a formula.
func IsBoolean(text string) bool {
	if len(text) < len("TRUE") || len(text) > len("VERDADEIRO") {
		return false
	}
	switch text[0] | 0x20 { // nearly all texts begin with another letter
	case 't', 'f', 'v', 'w':
	default:
		return false
	}
	for _, word := range booleans {
		if len(word) == len(text) && strings.EqualFold(word, text) {
			return true
		}
	}
	return false
}

// maxShielded is how many UTF-16 units a text in a formula of Excel can have.
const maxShielded = 255

// maxDateWords is how many words a date has at most: 12 de março de 2026 10:30 PM.
const maxDateWords = 4

var (
	// numberStart matches the start of a number, a date or a time, with what may precede its first digit.
	numberStart = lazyregexp.New(`^(?:(?:US|R)\$|[-+(.,%$€£¥\s\x{a0}\x{202f}])*\p{Nd}`)
	monthFirst  = lazyregexp.New(`^(\pL{3,12})\.?[-/., ]*(?:de |del )?[0-9]`)
	// zoned matches the times of the CRM, which Excel reads as text.
	zoned = lazyregexp.New(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T`)
)

// IsConverted reports whether Excel, in English, Portuguese, Spanish, German or French, may take a text in a CSV file
// for a number, a date, a time or a boolean. If in doubt, it reports true.
func IsConverted(text string) bool {
	switch {
	case IsBoolean(text):
		return true
	case IsUUID(text) || zoned.MatchString(text) || strings.Contains(text, "@"):
		return false
	case len(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })) > maxDateWords:
		return false
	case numberStart.MatchString(text):
		return true
	}
	month := monthFirst.FindStringSubmatch(text)
	return month != nil && slices.Contains(monthNames, strings.ToLower(month[1]))
}

// EscapeForExcel returns what Excel shows as text in a CSV file: text as [EscapeFormula] has it, or, if Excel would
// convert it, a formula that is only the text: ="007". A text with quotes or line breaks, or one that is too long for a
// formula, can't be written so and stays as it is.
func EscapeForExcel(text string) string {
	escaped := EscapeFormula(text)
	if escaped != text || !IsConverted(text) || strings.ContainsAny(text, "\"\r\n") || len(utf16.Encode([]rune(text))) > maxShielded {
		return escaped
	}
	return `="` + text + `"`
}
