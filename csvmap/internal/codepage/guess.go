package codepage

import (
	"maps"
	"math"
	"slices"
)

// Guess is the most likely encoding of a text.
type Guess struct {
	// Name of the encoding, as in https://encoding.spec.whatwg.org or MS-DOS; "" if the letters fit none.
	Name string
	// Sure reports whether the letters leave no doubt.
	Sure bool
	// Word is a word that speaks against Windows-1252, decoded as such, and At is its offset.
	Word   string
	Likely string // Word in the likely encoding; "" if that isn't known
	At     int64
}

// Weights of the evidence, in bits. All were tuned on several thousand texts of 1 to 300 words in each encoding: no
// Western text may be doubted, and no other may be silently taken for yet another encoding.
const (
	minDoubt      = 1.5 // a gain up to this may be due to chance in Western text
	doubtPerWord  = 0.1 // plus this for each word beyond maxFewWords
	maxFewWords   = 60
	minGain       = 40.0 // over Windows-1252, to be sure
	minLead       = 14.0 // over each other encoding, to be sure
	maxCost       = 12.0 // per character, to be sure
	maxOwnCost    = 6.5  // the same if all letters are beyond ASCII
	maxHomeCost   = 18.0 // per character of Western text
	minHomeDoubt  = 40.0 // of a text that is too short to tell
	maxImpossible = 20   // one word in this many may have a sign where Western text has none
	maxWordGain   = 24.0
	maxGainByChar = 6.0
	maxWordCost   = 60.0
)

// What the statistics of the Asian encodings must show, in percent, and from how many characters.
const (
	asianLikely = 30
	asianSure   = 40
	asianLead   = 10
	asianChars  = 30
)

// Guess returns the most likely encoding, judging by the words of the sample.
func (s *Sample) Guess() Guess {
	words := slices.Sorted(maps.Keys(s.words))
	home := western1252.read(words)
	all := readings(words)
	top, gain := best(all, words, home)
	g := s.against(words, home, top)
	asian, percent, lead := s.asian()
	switch {
	case percent >= asianLikely && mostlyHigh(words) && top.perChar(words) >= top.maxCost()-1:
		g.Name, g.Sure = asian, percent >= asianSure && lead >= asianLead && highBytes(string(s.raw)) >= 2*asianChars
	case gain <= doubtful(len(words)):
		if (home.total < minHomeDoubt || home.perChar(words) < maxHomeCost) && home.impossible(words)*maxImpossible <= len(words) {
			return Guess{Name: western1252.name, Sure: true}
		}
	default:
		if top.perChar(words) < top.maxCost()+1 {
			g.Name, g.Likely = top.name, top.decode(s.word(g.At))
		}
		g.Sure = gain >= minGain && top.lead(all, words) >= minLead && top.perChar(words) < top.maxCost() && !((top.script || top.handicap < 0) && top.mayBeAsian(words))
	}
	return g
}

// mostlyHigh reports whether the words consist mostly of bytes beyond ASCII, as Asian ones do: the second byte of a
// letter may be ASCII.
func mostlyHigh(words []string) bool {
	high, all := 0, 0
	for _, word := range words {
		high, all = high+highBytes(word), all+len(word)
	}
	return high*5 >= all*2
}

// doubtful is the gain over Windows-1252 above which the text may be in another encoding.
func doubtful(words int) float64 { return minDoubt + doubtPerWord*float64(max(0, words-maxFewWords)) }

// best sorts the readings by cost. It returns the first one whose gain over Windows-1252, less the page's handicap,
// exceeds doubtful, or else the one with the greatest such gain. It also returns this gain.
func best(all []reading, words []string, home reading) (top reading, gain float64) {
	slices.SortStableFunc(all, func(a, b reading) int { return int(2*a.total) - int(2*b.total) })
	top, gain = all[0], math.Inf(-1)
	for _, r := range all {
		g, differing := r.compare(home, words)
		if g -= r.handicapOf(home, words); differing > 0 && gain <= doubtful(len(words)) && g > gain {
			top, gain = r, g
		}
	}
	return top, gain
}

func readings(words []string) []reading {
	all := make([]reading, len(pages))
	for i, p := range pages {
		all[i] = p.read(words)
	}
	return all
}

// against names the word that speaks most strongly against Windows-1252.
func (s *Sample) against(words []string, home, top reading) Guess {
	worst := 0
	for j := range words {
		if home.costs[j]-top.costs[j] > home.costs[worst]-top.costs[worst] {
			worst = j
		}
	}
	if len(words) == 0 {
		return Guess{}
	}
	return Guess{Word: western1252.decode(words[worst]), At: s.words[words[worst]]}
}

// word returns the word at an offset.
func (s *Sample) word(at int64) string {
	for word, place := range s.words {
		if place == at {
			return word
		}
	}
	return ""
}

// Macintosh reports whether the letters of a text with old Macintosh line endings fit the Macintosh encoding.
func (s *Sample) Macintosh() bool {
	const minGain, maxCost = -8, 18 // the line endings already suggest it
	words := slices.Sorted(maps.Keys(s.words))
	mac := pages[slices.IndexFunc(pages, func(p page) bool { return p.name == "macintosh" })].read(words)
	return mac.gain(western1252.read(words), words) >= minGain && mac.perChar(words) < maxCost
}
