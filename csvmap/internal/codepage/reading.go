package codepage

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// reading is what words are like in one encoding.
type reading struct {
	page
	costs []float64 // of each word
	total float64
}

func (p page) read(words []string) reading {
	p.text = text{unpaired: p.findUnpaired(words), few: len(words) <= fewWords}
	r := reading{page: p, costs: p.costs(words)}
	for j, word := range words {
		r.total += min(r.costs[j], maxWordCost*float64(1+highBytes(word)/4))
	}
	return r
}

func highBytes(word string) int {
	n := 0
	for i := range len(word) {
		if word[i] >= 0x80 {
			n++
		}
	}
	return n
}

// gain is by how much less the words cost than in another reading, as far as the two differ.
func (r reading) gain(other reading, words []string) float64 {
	gain, _ := r.compare(other, words)
	return gain
}

func (r reading) compare(other reading, words []string) (gain float64, differing int) {
	differs := r.differing(other)
	weak := 0.0
	for j, word := range words {
		if !differs(word) {
			continue
		}
		differing++
		most := max(maxWordGain, maxGainByChar*float64(highBytes(word)))
		least := most
		switch {
		case r.hasLetter(word):
		case r.costs[j] <= costSymbol && other.costs[j] >= costBad:
			most = 0
		default:
			most = signsForLetters
		}
		g := max(-least, min(most, other.costs[j]-r.costs[j]))
		if weakGain < g && g < 0 && r.hasLetter(word) && !other.hasLetter(word) {
			weak = min(weak, g)
			continue
		}
		gain += g
	}
	gain += weak
	return gain, differing
}

// weakGain is one that signs give which may well be letters: many of them are no better evidence than one.
const weakGain = -5.0

// differing tells of a word whether two readings differ.
func (r reading) differing(other reading) func(word string) bool {
	var differs [256]bool
	for b := 0x80; b < len(differs); b++ {
		differs[b] = r.charmap.DecodeByte(byte(b)) != other.charmap.DecodeByte(byte(b))
	}
	return func(word string) bool {
		return slices.ContainsFunc([]byte(word), func(b byte) bool { return differs[b] })
	}
}

// signsForLetters is the gain of a word without letters beyond ASCII, at most: signs are no evidence.
const signsForLetters = -6.0

// hasLetter tells whether a word has letters beyond ASCII.
func (p page) hasLetter(word string) bool {
	for i := range len(word) {
		if word[i] >= 0x80 && unicode.IsLetter(p.charmap.DecodeByte(word[i])) {
			return true
		}
	}
	return false
}

// lettersHandicap is that of a page whose handicap is for signs, where Windows-1252 has letters, too.
const (
	lettersHandicap = -2.0
	loneHandicap    = 3.0 // where no letter stands beside the signs
)

// handicapOf is that of the page. Signs are weak evidence for Windows-1252, and letters are not.
func (r reading) handicapOf(home reading, words []string) float64 {
	if r.handicap >= 0 {
		return r.handicap
	}
	differs, handicap := r.differing(home), loneHandicap
	for _, word := range words {
		switch {
		case !differs(word):
		case home.hasLetter(word):
			return max(r.handicap, lettersHandicap)
		case strings.ContainsFunc(word, isASCIILetter):
			handicap = r.handicap
		}
	}
	return handicap
}

func isASCIILetter(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) }

// lead is the gain over the best one of all others that read the words otherwise.
func (r reading) lead(all []reading, words []string) float64 {
	least := minLead
	for _, other := range all {
		if gain, differing := r.compare(other, words); differing > 0 && other.name != r.name {
			least = min(least, gain)
		}
	}
	return least
}

// perChar is the cost of a character beyond ASCII.
func (r reading) perChar(words []string) float64 {
	sum, chars := 0.0, 0
	for j, word := range words {
		sum, chars = sum+r.costs[j], chars+highBytes(word)
	}
	return sum / float64(max(chars, 1))
}

// impossible is how many words hold a sign where no word has it.
func (r reading) impossible(words []string) int {
	found := 0
	for _, word := range words {
		if opened := strings.Count(word, "\x93"); opened > 0 && opened == strings.Count(word, "\x94") {
			continue // “ and ”, and a blank that lacks
		}
		for i := range len(word) {
			c := r.charmap.DecodeByte(word[i])
			if c == 'ƒ' || c == 'ˆ' || c > '\u00a0' && !isWordRune(c) && r.signCost(c, word, i) >= costForeign {
				found++
				break
			}
		}
	}
	return found
}

// mayBeAsian tells whether the words are few, and look as letters of two bytes do: most are capitals, or none has
// capitals and all have as many bytes as that.
func (p page) mayBeAsian(words []string) bool {
	upper, lower, all, even := 0, 0, 0, true
	for _, word := range words {
		for _, r := range p.decode(word) {
			switch {
			case unicode.IsUpper(r):
				upper++
			case unicode.IsLower(r):
				lower++
			}
		}
		bytes := highBytes(word)
		all += bytes
		even = even && bytes%2 == 0
	}
	if upper+lower == 0 {
		return even && all < enoughPairs
	}
	return upper > lower && all < enoughCapitals
}

// enoughPairs and enoughCapitals are bytes of which so many are no chance.
const (
	enoughPairs    = 30
	enoughCapitals = 60
)

// maxCost is what a character may cost of a text that is surely in this encoding.
func (r reading) maxCost() float64 {
	if r.script {
		return maxOwnCost
	}
	return maxCost
}
