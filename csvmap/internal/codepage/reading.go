package codepage

import (
	"slices"
	"strings"
	"unicode"
)

// reading is what words are like in one encoding.
type reading struct {
	page
	costs []float64 // of each word
	total float64
}

func (p page) read(words []string) reading {
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
	var differs [256]bool
	for b := 0x80; b < len(differs); b++ {
		differs[b] = r.charmap.DecodeByte(byte(b)) != other.charmap.DecodeByte(byte(b))
	}
	for j, word := range words {
		if !slices.ContainsFunc([]byte(word), func(b byte) bool { return differs[b] }) {
			continue
		}
		differing++
		most := max(maxWordGain, maxGainByChar*float64(highBytes(word)))
		least := most
		if !r.hasLetter(word) {
			most = 0 // signs are no evidence
		}
		gain += max(-least, min(most, other.costs[j]-r.costs[j]))
	}
	return gain, differing
}

// hasLetter tells whether a word has letters beyond ASCII.
func (p page) hasLetter(word string) bool {
	for i := range len(word) {
		if word[i] >= 0x80 && unicode.IsLetter(p.charmap.DecodeByte(word[i])) {
			return true
		}
	}
	return false
}

// lead is the gain over the best one of all others that read the words otherwise.
func (r reading) lead(words []string) float64 {
	least := minLead
	for _, other := range readings(words) {
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
			if c == 'ƒ' || c == 'ˆ' || c >= 0x80 && !isWordRune(c) && symbolCost(c, r.around(word, i-1), r.around(word, i+1)) >= costForeign {
				found++
				break
			}
		}
	}
	return found
}

// mayBeAsian tells whether the words are few, and most letters capitals: so look those of two bytes as Cyrillic.
func (p page) mayBeAsian(words []string) bool {
	upper, lower, all := 0, 0, 0
	for _, word := range words {
		for _, r := range p.decode(word) {
			switch {
			case unicode.IsUpper(r):
				upper++
			case unicode.IsLower(r):
				lower++
			}
		}
		all += highBytes(word)
	}
	return upper > lower && all < enoughCapitals
}

const enoughCapitals = 60

// maxCost is what a character may cost of a text that is surely in this encoding.
func (r reading) maxCost() float64 {
	if r.script {
		return maxOwnCost
	}
	return maxCost
}
