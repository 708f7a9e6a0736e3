package codepage

import (
	"strings"
	"unicode"
)

// costs returns the costs of words in one encoding.
func (p page) costs(words []string) []float64 {
	least := make([]float64, len(words))
	languages := strings.Fields(p.languages)
	perLanguage := make([][]float64, len(languages))
	best, bestSum := 0, 0.0
	for i, name := range languages {
		l := allLetters()[name]
		perLanguage[i] = make([]float64, len(words))
		sum, usual := 0.0, p.usual(name, words)
		for j, word := range words {
			if !usual[j] {
				perLanguage[i][j] = p.cost(word, l) + rarity[name]
			}
			sum += min(perLanguage[i][j], 60)
		}
		if i == 0 || sum < bestSum {
			best, bestSum = i, sum
		}
	}
	other := costOtherLanguage
	if p.name == western1252.name {
		other = 0 // sheets have names from all of its languages
	}
	for j := range words {
		least[j] = perLanguage[best][j]
		for i := range languages {
			least[j] = min(least[j], perLanguage[i][j]+other)
		}
	}
	return least
}

// rarity is the additional cost of a word in a language that few people write.
var rarity = map[string]float64{"is": 5.5}

// costOtherLanguage is the additional cost of a word in a language other than that of most words.
const costOtherLanguage = 4.0

// cost returns the cost of a word's non-ASCII characters in their positions.
func (p page) cost(word string, l *letters) float64 {
	w := walk{letters: l, before: edge, script: p.script}
	for i := range len(word) {
		r := p.charmap.DecodeByte(word[i])
		switch {
		case isOrdinal(r):
			w.end()
			w.sum += p.ordinalCost(word, i)
		case isWordRune(r):
			w.letter(r)
		default:
			w.end()
			if r >= 0x80 {
				w.sum += p.signCost(r, word, i)
			}
		}
	}
	w.end()
	if p.name == western1252.name && isEastern(word) {
		w.sum += costEastern
	}
	if p.script && w.count < 2 {
		w.sum += costOdd // a letter alone is no evidence
	}
	return w.sum
}

// costEastern is the additional cost of consonants that are never together in a Western word.
const costEastern = 5.0

func isEastern(word string) bool {
	for _, consonants := range []string{"cz", "prz", "krz", "trz", "brz"} {
		if strings.Contains(word, consonants) {
			return true
		}
	}
	return false
}

// quotePairs lists signs, each with those of which at least one must also occur.
var quotePairs = [][2]string{{"“", "”„"}, {"”", "“„"}, {"„", "“”"}, {"‚", "‘’"}, {"‘", "’‚"}, {"‹", "›"}, {"›", "‹"}, {"«", "»"}, {"»", "«"}}

// findUnpaired returns the quotes whose counterparts do not occur in the words.
func (p page) findUnpaired(words []string) (signs string) {
	var has [256]bool
	for _, word := range words {
		for i := range len(word) {
			has[word[i]] = true
		}
	}
	var all strings.Builder
	for b := 0x80; b < len(has); b++ {
		if has[b] {
			all.WriteRune(p.charmap.DecodeByte(byte(b)))
		}
	}
	for _, pair := range quotePairs {
		if !strings.ContainsAny(all.String(), pair[1]) {
			signs += pair[0]
		}
	}
	return signs
}

const (
	fewWords = 2
	costFew  = 3.0

	shortWord = 4 // letters that make a word certain
)

// signCost returns the cost of a character that is not a letter, at a place of a word.
func (p page) signCost(r rune, word string, i int) float64 {
	before, after := p.around(word, i-1), p.around(word, i+1)
	if strings.ContainsRune("›‹", r) && p.isInward(word) {
		return costSymbol
	}
	if strings.ContainsRune(p.unpaired, r) && (unicode.IsLetter(before) || unicode.IsLetter(after)) {
		return costBad + symbolCost(r, before, after) - costSymbol
	}
	if r == '¡' && min(len(p.lettersBefore(word, i)), len(p.lettersAfter(word, i))) >= shortWord && p.hasVowel(word[i+1:], 1) && opensWord(word[i+1:]) {
		return costUsual // Hola¡vamos, with a missing blank
	}
	if p.script && r == '’' && unicode.IsLetter(after) && !unicode.IsLetter(before) {
		return costNoText // Ά of the other Greek page
	}
	if strings.ContainsRune("\u00a0—…", r) && unicode.IsLower(after) && unicode.IsLetter(before) {
		switch {
		case !p.hasVowel(word[:i], -1) || !p.hasVowel(word[i+1:], 1) || !opensWord(word[i+1:]):
			return costForeign // M\u00a0laga: á of MS-DOS
		case r != '\u00a0':
			return costBad
		}
	}
	if r == '‹' && unicode.IsLetter(before) && !strings.Contains(p.decode(word[:i]), "›") {
		return costForeign
	}
	if r == '’' {
		return p.apostropheCost(word, i)
	}
	cost := symbolCost(r, before, after)
	if p.few && r == '\u00a0' && unicode.IsLower(before) && cost < costForeign {
		cost += costFew
	}
	return cost
}

// isInward reports whether a word is in quotes that point towards it: ›so‹.
func (p page) isInward(word string) bool {
	text := p.decode(word)
	return strings.HasPrefix(text, "›") && strings.HasSuffix(text, "‹")
}

// hasVowel reports whether the letters at the end of text, or at its beginning, include a vowel.
func (p page) hasVowel(text string, step int) bool {
	i := 0
	if step < 0 {
		i = len(text) - 1
	}
	for ; i >= 0 && i < len(text); i += step {
		switch r := p.charmap.DecodeByte(text[i]); {
		case !unicode.IsLetter(r):
			return false
		case isVowel(r):
			return true
		}
	}
	return false
}

// opensWord reports whether a word can begin with the consonants that a text begins with.
func opensWord(text string) bool {
	return len(text) < 2 || text[0] >= 0x80 || text[1] >= 0x80 || isVowel(rune(text[0])) || isVowel(rune(text[1])) ||
		text[1] == 'h' || strings.Contains(openings, " "+text[:2]+" ")
}

// openings are pairs of consonants that words begin with.
const openings = " bl br cl cr dr fl fr gl gr kl kn kr pl pr ps qu sc sk sl sm sn sp st sw tr tw vl vr wr fj bj kj zw "

func isOrdinal(r rune) bool { return r == 'ª' || r == 'º' }

// ordinalCost returns the cost of ª or º: they follow a number, or a short abbreviated word.
func (p page) ordinalCost(word string, i int) float64 {
	if i > 0 && '0' <= word[i-1] && word[i-1] <= '9' {
		return 0
	}
	start := i
	for start > 0 && unicode.IsLetter(p.charmap.DecodeByte(word[start-1])) {
		start--
	}
	switch {
	case unicode.IsLetter(p.around(word, i+1)):
		return costForeign
	case i-start <= maxAbbreviated:
		return costUsual
	}
	return costBad
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

// walk adds up the costs of the letters in a word.
type walk struct {
	*letters
	sum      float64
	count    int
	before   rune // in lower case, or edge
	wasLower bool
	capital  bool // before is a capital beyond ASCII, and not the first letter
	script   bool // as in page
}

func (w *walk) letter(r rune) {
	lower := unicode.ToLower(r)
	if w.script && w.before != edge && (w.before < 0x80) != (lower < 0x80) {
		w.sum += costMixed // no word mixes letters of two scripts
	}
	switch {
	case r != lower && w.wasLower && (r >= 0x80 || w.before >= 0x80):
		w.end() // two words in one, such as CasaÁgua
		w.sum += costCase
	case r == lower && w.capital:
		w.sum += costCapital
	}
	if w.before >= 0x80 || lower >= 0x80 {
		w.sum += w.cost(w.before, lower)
	}
	w.capital = r != lower && lower >= 0x80 && w.before != edge
	w.count++
	w.before, w.wasLower = lower, r == lower
}

// end ends a sequence of letters.
func (w *walk) end() {
	if w.before >= 0x80 {
		w.sum += w.cost(w.before, edge)
	}
	w.before, w.wasLower, w.capital = edge, false, false
}

// around returns the character at a place of the word, or a blank outside of it.
func (p page) around(word string, i int) rune {
	if i < 0 || i >= len(word) {
		return ' '
	}
	return p.charmap.DecodeByte(word[i])
}
