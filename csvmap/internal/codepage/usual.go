package codepage

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

// usualText has words that sheets hold often and whose letters could be those of another language: a line for each
// language, its name first.
//
//go:embed usual.txt
var usualText string

// usualWords are those of each language, by its name.
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

// usual is which words are usual ones of a language in this encoding.
func (p page) usual(language string, words []string) []bool {
	are := make([]bool, len(words))
	known := usualWords()[language]
	for j, word := range words {
		are[j] = len(known) > 0 && isUsual(known, strings.Trim(p.decode(word), "'"))
	}
	return are
}

// isUsual looks for a word whose capitals are those of a word: PERÚ and Perú, but not perÚ.
func isUsual(known map[string]bool, word string) bool {
	lower := strings.ToLower(word)
	if !known[lower] {
		return false
	}
	_, first := utf8.DecodeRuneInString(word)
	return word[first:] == lower[min(first, len(lower)):] || word == strings.ToUpper(word)
}
