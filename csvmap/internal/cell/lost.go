package cell

import (
	"strings"
	"unicode/utf8"

	"razebulk/internal/lazyregexp"
	"razebulk/internal/reason"
)

// A program writes a question mark for a letter that it can't write. Only one within a word or before it proves that.
// One after a word may end a question, and so may one before a capital if the blank is missing: "Tudo bem?Sim".
var (
	lostLetter   = lazyregexp.New(`\p{Ll}\?+\p{Ll}|\p{Lu}\?+\pL|\p{Ll}\?{2,}\p{Lu}|(^|[\s"'(“/-])\?+\pL{2}`)
	doubtfulLoss = lazyregexp.New(`\pL\?|\?\pL|(^|\s)\?(\s|$)|\pL__+\pL`)
	lostAtEnd    = lazyregexp.New(`\pL\?`)
	boxForLetter = lazyregexp.New(`\pL[¿□▯]+\pL|(^|\s)[□▯]+\pL`)
	// address matches a web address, which may also contain question marks.
	address = lazyregexp.New(`[/=@]\S*\?|\?\S*[/=]|\S+\.[a-z]{2,}\?`)
)

// hasLostLetter reports whether a question mark replaces a letter. The expressions are slow, and most questions don't
// need them: what follows their mark is no letter.
func hasLostLetter(text string) bool {
	for rest := text; ; {
		at := strings.IndexByte(rest, '?')
		if at < 0 || at == len(rest)-1 {
			return false
		}
		rest = rest[at+1:]
		if rest[0] >= utf8.RuneSelf || isASCIILetter(rune(rest[0])) {
			return hasWord(text, lostLetter)
		}
	}
}

// isBoxForLetter reports whether a box or a mark replaces a letter.
func isBoxForLetter(text string) bool {
	return strings.ContainsAny(text, "¿□▯") && boxForLetter.MatchString(text)
}

// hasWord reports whether a word of the text, ignoring addresses, matches the form.
func hasWord(text string, form *lazyregexp.Regexp) bool {
	if !address.MatchString(text) {
		return form.MatchString(text)
	}
	for word := range strings.FieldsSeq(text) {
		if !address.MatchString(word) && form.MatchString(word) {
			return true
		}
	}
	return false
}

// LossInName returns how a letter was lost at the end of a word in a name, or nil. A name asks no question, so a
// question mark can't be meant.
func (v Value) LossInName() error {
	if v.Classes.Has(QuestionMark) && hasWord(v.Text, lostAtEnd) {
		return reason.New("letter_lost_in_name")
	}
	return nil
}

// LossAnywhere returns how a character, even an invisible one, was lost from a text that has no question marks: an
// e-mail address or a phone number.
func (v Value) LossAnywhere() error {
	if v.Classes.Has(QuestionMark) && strings.IndexByte(v.Text, '?') >= 0 {
		return reason.New("letter_lost")
	}
	return nil
}

// Suspicion is what is known about other cells of a column.
type Suspicion uint8

// What other cells of the column have lost.
const (
	SuspectLost Suspicion = 1 << iota
	SuspectGarbled
)

// SuspicionBy returns what a cell with this reason makes suspect in the other cells of its column.
func SuspicionBy(code string) Suspicion {
	switch code {
	case "letter_lost", "letters_replaced":
		return SuspectLost
	case "letters_garbled":
		return SuspectGarbled
	}
	return 0
}

// isQuestion reports whether a text has question marks only at its end, and accents that were not lost.
func (v Value) isQuestion() bool {
	asked := strings.TrimRight(v.Text, "?!")
	return v.Classes.Has(BeyondASCII) && asked != v.Text && strings.IndexByte(asked, '?') < 0
}

// Doubt returns how a text may be damaged, given that other cells of its column are, or nil.
func (v Value) Doubt(s Suspicion) error {
	switch {
	case s&SuspectLost != 0 && hasWord(v.Text, doubtfulLoss) && !v.isQuestion():
		return reason.New("letter_lost_perhaps")
	case s&SuspectGarbled != 0 && v.Classes.Has(BeyondASCII) && doubtfulGarbled.MatchString(v.Text):
		return reason.New("letters_garbled_perhaps")
	}
	return nil
}
