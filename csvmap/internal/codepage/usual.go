package codepage

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

// usualText has words that are common in sheets and whose letters could be those of another language: a line for each
// language, with its name first.
//
//go:embed usual.txt
var usualText string

// usualWords are the words of each language, by its name.
var usualWords = sync.OnceValue(func() map[string]map[string]bool {
	usual := map[string]map[string]bool{}
	for line := range strings.Lines(usualText) {
		words := strings.Fields(line)
		of := map[string]bool{}
		for _, word := range words[1:] {
			of[word] = true
		}
		usual[words[0]] = of
	}
	return usual
})

// usual reports for each word whether it is a usual one of the language in this encoding.
func (p page) usual(language string, words []string) []bool {
	are := make([]bool, len(words))
	known := usualWords()[language]
	for j, word := range words {
		are[j] = len(known) > 0 && isUsual(known, strings.Trim(p.decode(word), "'"))
	}
	return are
}

// isUsual reports whether the word is known and capitalized like a word: PERÚ and Perú, but not perÚ.
func isUsual(known map[string]bool, word string) bool {
	lower := strings.ToLower(word)
	if !known[lower] {
		return false
	}
	_, first := utf8.DecodeRuneInString(word)
	return word[first:] == lower[min(first, len(lower)):] || word == strings.ToUpper(word)
}
