package codepage

import (
	_ "embed"
	"strings"
	"sync"
)

// lettersText has one line per language: its name, then, for each letter or _ (the edge of a word), the letters that
// follow it, each with its cost: A is 0, and each next letter half a bit more. The counts come from the word lists of
// Debian's dictionaries, the names in faker-js and those in Unicode's CLDR. The program that counted is not kept,
// because these lists are too large for this repository: errors of the table are corrected in usual.txt. The table
// does not include pairs of two ASCII letters.
//
//go:embed letters.txt
var lettersText string

// letters are the letters of one language.
type letters struct {
	language string
	costs    map[[2]rune]float64
	alphabet map[rune]bool // beyond ASCII
}

const edge = '_'

var allLetters = sync.OnceValue(func() map[string]*letters {
	all := map[string]*letters{}
	for line := range strings.Lines(lettersText) {
		words := strings.Fields(line)
		l := &letters{words[0], map[[2]rune]float64{}, map[rune]bool{}}
		for _, word := range words[1:] {
			l.add([]rune(word))
		}
		all[l.language] = l
	}
	return all
})

func (l *letters) add(word []rune) {
	first := word[0]
	for i := 1; i+1 < len(word); i += 2 {
		l.costs[[2]rune{first, word[i]}] = float64(word[i+1]-'A') / 2
		if word[i] >= 0x80 {
			l.alphabet[word[i]] = true
		}
	}
}

// Costs in bits of what a language lacks, and of what no language has.
const (
	costUnseen  = 14.0
	costForeign = 20.0
	costMixed   = 20.0
	costAfter   = 8.0
	costCase    = 8.0
	costCapital = 10.0 // within a word, before a lower-case letter
	costNoText  = 24.0
)

// cost returns the cost of a letter after another one, both in lower case.
func (l *letters) cost(before, letter rune) float64 {
	if cost, seen := l.costs[[2]rune{before, letter}]; seen {
		return cost
	}
	switch {
	case letter < 0x80:
		return costAfter
	case l.alphabet[letter]:
		return costUnseen
	}
	return costForeign
}
