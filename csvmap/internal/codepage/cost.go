package codepage

import (
	"strings"
	"unicode"
)

// costs are those of words in one encoding.
func (p page) costs(words []string) []float64 {
	least := make([]float64, len(words))
	languages := strings.Fields(p.languages)
	perLanguage := make([][]float64, len(languages))
	best, bestSum := 0, 0.0
	for i, name := range languages {
		l := allLetters()[name]
		perLanguage[i] = make([]float64, len(words))
		sum := 0.0
		for j, word := range words {
			perLanguage[i][j] = p.cost(word, l) + rarity[name]
			sum += min(perLanguage[i][j], 60)
		}
		if i == 0 || sum < bestSum {
			best, bestSum = i, sum
		}
	}
	for j := range words {
		least[j] = perLanguage[best][j]
		for i := range languages {
			least[j] = min(least[j], perLanguage[i][j]+costOtherLanguage)
		}
	}
	return least
}

// rarity is by how much more a word costs in a language that few write.
var rarity = map[string]float64{"is": 3}

// costOtherLanguage is that of a word in another language than most.
const costOtherLanguage = 4.0

// cost of a word's letters that are not ASCII, where they stand.
func (p page) cost(word string, l *letters) float64 {
	sum, before, wasLower := 0.0, rune(edge), false
	for i := range len(word) {
		r := p.charmap.DecodeByte(word[i])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			if before >= 0x80 && before != edge {
				sum += l.cost(before, edge)
			}
			if r >= 0x80 {
				sum += symbolCost(r, p.around(word, i-1), p.around(word, i+1))
			}
			before, wasLower = edge, false
			continue
		}
		lower := unicode.ToLower(r)
		if before >= 0x80 || lower >= 0x80 {
			sum += l.cost(before, lower)
			if r != lower && wasLower && r >= 0x80 {
				sum += costCase
			}
		}
		before, wasLower = lower, r == lower
	}
	if before >= 0x80 {
		sum += l.cost(before, edge)
	}
	return sum
}

// around is the character at a place of the word, or a blank beyond it.
func (p page) around(word string, i int) rune {
	if i < 0 || i >= len(word) {
		return ' '
	}
	return p.charmap.DecodeByte(word[i])
}
