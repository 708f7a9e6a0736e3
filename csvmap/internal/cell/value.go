package cell

import (
	"strings"
	"unicode"

	"razebulk/internal/crm"
	"razebulk/internal/lazyregexp"
)

// Value is a cell without outer blanks.
type Value struct {
	Text    string
	Classes Classes
	Kind    Kind
	Escaped bool // a leading apostrophe was removed
}

// shieldedText matches a formula that is only a text: web exports write it so that spreadsheets do not take digits
// for a number. A spreadsheet shows the content of the quotes.
var shieldedText = lazyregexp.New(`^="[^"]*"$`)

// unwrapped returns what a spreadsheet or this program means by a text that was protected from being run, or from
// being taken for a number.
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

// IsInvisible reports whether a character takes no space: direction marks, zero-width spaces, soft hyphens.
func IsInvisible(r rune) bool { return unicode.Is(unicode.Cf, r) }

// Visible returns the value without invisible characters.
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

// IsUsual reports whether a text is written as most texts of ASCII are, from a letter to a visible character: a value
// with this text is plain, and no check of a text objects to it.
func IsUsual(text string) bool {
	if text == "" || !isASCIILetter(rune(text[0])) || Classify(text)&^Separator != 0 {
		return false
	}
	last := text[len(text)-1]
	return last > ' ' && last != '.' && !IsEmptyWord(text) && !crm.IsBoolean(text)
}

// MaxWorkbookChars is the maximum length of a workbook's cell, in UTF-16 units.
const MaxWorkbookChars = 32767

// IsPlain reports whether the value is what nearly every cell is: a text without any character that a check
// independent of the field could object to. It can skip these checks.
func (v Value) IsPlain() bool {
	return v.Kind == Text && !v.Classes.Has(remarkable) && !mayBeFormula(v.Text) && v.Text[len(v.Text)-1] != '.' &&
		len(v.Text) <= MaxWorkbookChars && !IsEmptyWord(v.Text) && (!v.Classes.Has(BeyondASCII) || !mayBeGarbled(v.Text))
}
