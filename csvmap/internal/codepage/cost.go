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

// cost of a word's characters that are not ASCII, where they stand.
func (p page) cost(word string, l *letters) float64 {
	w := walk{letters: l, before: edge}
	for i := range len(word) {
		r := p.charmap.DecodeByte(word[i])
		switch {
		case isWordRune(r):
			w.letter(r)
		default:
			w.end()
			if r >= 0x80 {
				w.sum += symbolCost(r, p.around(word, i-1), p.around(word, i+1))
			}
		}
	}
	w.end()
	if p.script && w.count < 2 {
		w.sum += costOdd // a letter alone is no evidence
	}
	return w.sum
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

// walk adds up what the letters of a word cost.
type walk struct {
	*letters
	sum      float64
	count    int
	before   rune // in lower case, or edge
	wasLower bool
}

func (w *walk) letter(r rune) {
	lower := unicode.ToLower(r)
	if r != lower && w.wasLower && (r >= 0x80 || w.before >= 0x80) {
		w.end() // two words in one, such as CasaÁgua
		w.sum += costCase
	}
	if w.before >= 0x80 || lower >= 0x80 {
		w.sum += w.cost(w.before, lower)
	}
	w.count++
	w.before, w.wasLower = lower, r == lower
}

// end is behind the last letter in a row.
func (w *walk) end() {
	if w.before >= 0x80 {
		w.sum += w.cost(w.before, edge)
	}
	w.before, w.wasLower = edge, false
}

// around is the character at a place of the word, or a blank beyond it.
func (p page) around(word string, i int) rune {
	if i < 0 || i >= len(word) {
		return ' '
	}
	return p.charmap.DecodeByte(word[i])
}
