package cell

import (
	"strings"
	"unicode"

	"razebulk/internal/crm"
	"razebulk/internal/lazyregexp"
)

// Value is a cell without its outer blanks.
type Value struct {
	Text    string
	Classes Classes
	Kind    Kind
	Escaped bool // an apostrophe before it was taken away
}

// shieldedText is a formula that is nothing but a text: web exports write it so that spreadsheets do not take digits
// for a number. A spreadsheet shows what is inside.
var shieldedText = lazyregexp.New(`^="[^"]*"$`)

// unwrapped is what a spreadsheet or this program means by a text that was kept from being run, or from being taken for
// a number.
func (v Value) unwrapped(csv bool) Value {
	switch {
	case crm.IsEscaped(v.Text):
		v.Text, v.Classes = trimNFC(crm.UnescapeFormula(v.Text))
		v.Escaped = true
	case csv && shieldedText.MatchString(v.Text):
		v.Text, v.Classes = trimNFC(v.Text[len(`="`) : len(v.Text)-1])
	}
	return v
}

// IsInvisible tells whether a character takes no room: marks of the direction, blanks of no width, soft hyphens.
func IsInvisible(r rune) bool { return unicode.Is(unicode.Cf, r) }

// Visible is the value without characters that can't be seen.
func (v Value) Visible() Value {
	v.Text = strings.Map(func(r rune) rune {
		if IsInvisible(r) {
			return -1
		}
		return r
	}, v.Text)
	v.Text, v.Classes = trimNFC(v.Text)
	return v
}

// MaxWorkbookChars is how many characters, in UTF-16 units, a cell of a workbook may hold.
const MaxWorkbookChars = 32767

// IsPlain tells whether the value is what nearly every cell is: a text without any character to which a check that does
// not depend on the field could object. It spares them these checks.
func (v Value) IsPlain() bool {
	return v.Kind == Text && !v.Classes.Has(remarkable) && !mayBeFormula(v.Text) && v.Text[len(v.Text)-1] != '.' &&
		len(v.Text) <= MaxWorkbookChars && !IsEmptyWord(v.Text) && (!v.Classes.Has(BeyondASCII) || !mayBeGarbled(v.Text))
}
