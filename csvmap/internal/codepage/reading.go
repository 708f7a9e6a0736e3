package codepage

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// reading is what words look like in one encoding.
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

// gain returns how much less the words cost than in another reading, counting only words that the two read
// differently.
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

// weakGain limits losses to signs that may well be letters. Only the worst of these counts: many are no better
// evidence than one.
const weakGain = -5.0

// differing returns a function that reports whether two readings of a word differ.
func (r reading) differing(other reading) func(word string) bool {
	var differs [256]bool
	for b := 0x80; b < len(differs); b++ {
		differs[b] = r.charmap.DecodeByte(byte(b)) != other.charmap.DecodeByte(byte(b))
	}
	return func(word string) bool {
		return slices.ContainsFunc([]byte(word), func(b byte) bool { return differs[b] })
	}
}

// signsForLetters caps the gain of a word without letters beyond ASCII: signs are no evidence.
const signsForLetters = -6.0

// hasLetter reports whether a word has letters beyond ASCII.
func (p page) hasLetter(word string) bool {
	for i := range len(word) {
		if word[i] >= 0x80 && unicode.IsLetter(p.charmap.DecodeByte(word[i])) {
			return true
		}
	}
	return false
}

// lettersHandicap applies to a page with the handicap for signs if some words have letters in Windows-1252 as well.
const (
	lettersHandicap = -2.0
	loneHandicap    = 3.0 // if no letters are next to the signs
)

// handicapOf returns the handicap of the page. Signs are only weak evidence for Windows-1252, unlike letters.
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

// lead returns the gain over the closest of the other readings that read the words differently, at most minLead.
func (r reading) lead(all []reading, words []string) float64 {
	least := minLead
	for _, other := range all {
		if gain, differing := r.compare(other, words); differing > 0 && other.name != r.name {
			least = min(least, gain)
		}
	}
	return least
}

// perChar returns the cost per character beyond ASCII.
func (r reading) perChar(words []string) float64 {
	sum, chars := 0.0, 0
	for j, word := range words {
		sum, chars = sum+r.costs[j], chars+highBytes(word)
	}
	return sum / float64(max(chars, 1))
}

// impossible returns how many words have a sign where no word has it.
func (r reading) impossible(words []string) int {
	found := 0
	for _, word := range words {
		if opened := strings.Count(word, "\x93"); opened > 0 && opened == strings.Count(word, "\x94") {
			continue // “ and ”, and a missing blank
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

// mayBeAsian reports whether the words are few and look like two-byte letters: most are capitals, or none has case
// and all have an even number of such bytes.
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

// enoughPairs and enoughCapitals are numbers of bytes that rule out chance.
const (
	enoughPairs    = 30
	enoughCapitals = 60
)

// maxCost returns the cost per character below which a text is surely in this encoding.
func (r reading) maxCost() float64 {
	if r.script {
		return maxOwnCost
	}
	return maxCost
}
