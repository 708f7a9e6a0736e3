package codepage

import (
	"strings"
	"unicode"
)

// Words that lose their last vowel before ’, and what follows ’ in an English word.
var (
	elided = wordSet("l d c j m n s t v qu jusqu lorsqu puisqu quelqu presqu aujourd entr un all dell dall nell sull coll quell bell sant " +
		"dov com quest nessun ciascun qualcun tutt mezz cos buon grand gl ch quant cent trent senz anch")
	suffixes = wordSet("s t d ll re ve er em tje tjes en ers clock") //nolint:misspell // Dutch ones, too
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}

// apostropheCost returns the cost of ’ at a place of a word: it belongs where a letter was left out.
func (p page) apostropheCost(word string, i int) float64 {
	before, after := p.lettersBefore(word, i), p.lettersAfter(word, i)
	next := p.around(word, i+1)
	switch {
	case before == "" && after == "", before == "" && unicode.IsDigit(next):
		return costSymbol
	case before == "I" && after == "m", before == "" && (suffixes[after] || after == "n"): // ’s avonds
		return costSymbol
	case before == "":
		return costBad
	case after == "":
		return endCost(before)
	case suffixes[strings.ToLower(after)], unicode.IsUpper(next), elided[strings.ToLower(before)] && (isVowel(next) || next == 'h'):
		return costUsual
	}
	return costBad
}

// endCost returns the cost of ’ after a word, where it marks the possessive of a plural.
func endCost(before string) float64 {
	if len(before) > 4 && strings.ContainsAny(before[len(before)-1:], "sxz") {
		return costSymbol
	}
	return costBad
}

// lettersBefore returns the letters right before a place of the word.
func (p page) lettersBefore(word string, i int) string {
	start := i
	for start > 0 && unicode.IsLetter(p.charmap.DecodeByte(word[start-1])) {
		start--
	}
	return p.decode(word[start:i])
}

// lettersAfter returns the letters right after a place of the word.
func (p page) lettersAfter(word string, i int) string {
	end := i + 1
	for end < len(word) && unicode.IsLetter(p.charmap.DecodeByte(word[end])) {
		end++
	}
	return p.decode(word[i+1 : end])
}
