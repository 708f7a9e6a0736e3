package cell

import (
	"strings"

	"razebulk/internal/lazyregexp"
	"razebulk/internal/reason"
)

// A program that can't write a letter writes a question mark. What proves that is one within a word, or before one. One
// behind a word may end a question, and so may one before a capital that lacks its blank: "Tudo bem?Sim".
var (
	lostLetter   = lazyregexp.New(`\p{Ll}\?+\p{Ll}|\p{Lu}\?+\pL|\p{Ll}\?{2,}\p{Lu}|(^|[\s"'(“/-])\?+\pL{2}`)
	doubtfulLoss = lazyregexp.New(`\pL\?|\?\pL|(^|\s)\?(\s|$)|\pL__+\pL`)
	lostAtEnd    = lazyregexp.New(`\pL\?`)
	boxForLetter = lazyregexp.New(`\pL[¿□▯]+\pL|(^|\s)[□▯]+\pL`)
	// address is one of the web: these have question marks, too.
	address = lazyregexp.New(`[/=@]\S*\?|\?\S*[/=]|\S+\.[a-z]{2,}\?`)
)

// isBoxForLetter tells whether a box or a mark stands for a letter.
func isBoxForLetter(text string) bool {
	return strings.ContainsAny(text, "¿□▯") && boxForLetter.MatchString(text)
}

// hasWord tells whether a word of the text, addresses left out, has the form.
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

// LossInName returns how a letter was lost at the end of a word of a name. It asks nobody, so no question mark is
// meant; nil for no loss.
func (v Value) LossInName() error {
	if v.Classes.Has(QuestionMark) && hasWord(v.Text, lostAtEnd) {
		return reason.New("letter_lost_in_name")
	}
	return nil
}

// LossAnywhere returns how a letter, or a character that is not seen, was lost of a text that has no question marks: an
// e-mail address or a phone number.
func (v Value) LossAnywhere() error {
	if v.Classes.Has(QuestionMark) && strings.IndexByte(v.Text, '?') >= 0 {
		return reason.New("letter_lost")
	}
	return nil
}

// Suspicion is what is known of other cells of a column.
type Suspicion uint8

// What others cells of the column have lost.
const (
	SuspectLost Suspicion = 1 << iota
	SuspectGarbled
)

// SuspicionBy is what a cell with this reason makes suspect of its column's other cells.
func SuspicionBy(code string) Suspicion {
	switch code {
	case "letter_lost", "letters_replaced":
		return SuspectLost
	case "letters_garbled":
		return SuspectGarbled
	}
	return 0
}

// isQuestion tells whether a text has one question mark or several at its end, and accents that were not lost.
func (v Value) isQuestion() bool {
	asked := strings.TrimRight(v.Text, "?!")
	return v.Classes.Has(BeyondASCII) && asked != v.Text && strings.IndexByte(asked, '?') < 0
}

// Doubt returns how a text may be damaged, in a column of which other cells are; nil where it is in order even so.
func (v Value) Doubt(s Suspicion) error {
	switch {
	case s&SuspectLost != 0 && hasWord(v.Text, doubtfulLoss) && !v.isQuestion():
		return reason.New("letter_lost_perhaps")
	case s&SuspectGarbled != 0 && v.Classes.Has(BeyondASCII) && doubtfulGarbled.MatchString(v.Text):
		return reason.New("letters_garbled_perhaps")
	}
	return nil
}
