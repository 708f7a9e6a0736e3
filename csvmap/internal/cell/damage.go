package cell

import (
	"html"
	"slices"
	"strings"

	"razebulk/internal/lazyregexp"
	"razebulk/internal/reason"
)

// AreDigits reports whether a text has digits of ASCII and nothing else.
func AreDigits(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// scientific matches a number as spreadsheets shorten it if it is wider than its cell or longer than 11 digits. It
// also matches the small e that programs write, but then requires a decimal separator or a plus: otherwise a part of
// a hexadecimal id looks the same.
var scientific = lazyregexp.New(`^[+-]?[0-9]+(([.,][0-9]+)?E[+-]|[.,][0-9]+e[+-]|e\+)[0-9]{1,3}$`)

// IsScientific reports whether a text is a number with an exponent, which may have lost digits.
func IsScientific(text string) bool {
	exponent := text[max(0, len(text)-len("E+308")):]
	return (strings.IndexByte(exponent, 'E') >= 0 || strings.IndexByte(exponent, 'e') >= 0) && scientific.MatchString(text)
}

// exponential matches a number with a decimal separator and an exponent, as Java and databases print it: 5.5119E12. As
// an amount it is whole; as an id or a phone number it is not what somebody wrote.
var exponential = lazyregexp.New(`^[+-]?[0-9]+[.,][0-9]+[Ee][0-9]{1,3}$`)

// hasExponent reports whether digits that are not an amount were written as a number with an exponent.
func hasExponent(text string) bool {
	return IsScientific(text) || strings.IndexAny(text, ".,") > 0 && exponential.MatchString(text)
}

// fractionless matches a number that a program took for an amount and gave a decimal.
var fractionless = lazyregexp.New(`^[0-9]+[.,]0+$`)

// isFractionless reports whether a text is such a number with at least minDigits digits.
func isFractionless(text string, minDigits int) bool {
	return text != "" && text[len(text)-1] == '0' && strings.IndexAny(text, ".,") >= minDigits && fractionless.MatchString(text)
}

// groupedID and groupedPhone match digits with thousands separators. A point also separates the parts of a phone
// number, so it takes three of them to show that the number was taken for an amount.
var (
	groupedID    = lazyregexp.New(`^[0-9]{1,3}([.,][0-9]{3})+([.,]0+)?$|^[0-9]{1,3}(['’\x{a0}\x{202f}\x{2009}][0-9]{3})+([.,]0+)?$`)
	groupedPhone = lazyregexp.New(`^[0-9]{1,3}((,[0-9]{3}){2,}|(\.[0-9]{3}){3,}|(['’][0-9]{3}){2,}|([\x{a0}\x{202f}\x{2009}][0-9]{3}){3,})([.,]0+)?$`)
)

// excelDigits is how many digits of a number Excel keeps (its "number precision"); those after them become zeros.
const excelDigits = 15

// isRounded reports whether a text is a long number whose last digits are zeros, as Excel leaves it.
func isRounded(text string) bool {
	return len(text) > excelDigits && strings.Trim(text[excelDigits:], "0") == "" && AreDigits(text)
}

// isGrouped reports whether a text has a separator after its first group of up to three digits.
func isGrouped(text string) bool {
	at := strings.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	return at > 0 && at <= 3 && text[at] != '-' && text[at] != ' ' && !isASCIILetter(rune(text[at]))
}

// damageCodes are the reasons that blame the sheet rather than the person who wrote the cell.
var damageCodes = []string{
	"formula_error", "number_shortened", "number_with_decimal", "number_too_long", "number_grouped", "id_rounded", "amount_shortened",
	"letter_lost", "letter_lost_in_name", "letters_replaced", "letters_garbled",
}

// IsDamageCode reports whether a reason with this code means that a spreadsheet or a wrong encoding has damaged the
// cell.
func IsDamageCode(code string) bool { return slices.Contains(damageCodes, code) }

// Damage returns how a spreadsheet, a program or a wrong encoding has damaged a text, whatever the field, or nil.
func (v Value) Damage() error {
	switch {
	case v.Kind == Error || v.Kind != Date && IsFormulaError(v.Text):
		return reason.New("formula_error")
	case v.Escaped:
	case isFormula(v.Text):
		return reason.New("formula_as_text")
	case IsEmptyWord(v.Text):
		return reason.New("empty_word", "word", v.Text)
	}
	switch {
	case v.Classes.Has(QuestionMark) && hasLostLetter(v.Text):
		return reason.New("letter_lost")
	case v.Classes.Has(Unusual|Latin1) && (strings.Contains(v.Text, "\ufffd") || isBoxForLetter(v.Text)):
		return reason.New("letters_replaced")
	case v.Classes.Has(BeyondASCII) && isGarbled(v.Text), v.Classes.Has(Coding) && hasCodedLetter(v.Text):
		return reason.New("letters_garbled")
	}
	return nil
}

// PhoneDamage returns how a program has damaged a phone number because it took it for another kind of value, or nil.
func (v Value) PhoneDamage() error {
	if loss := v.LossAnywhere(); loss != nil {
		return loss
	}
	if last := v.Text[len(v.Text)-1]; (last < '1' || last > '9') && strings.TrimLeft(v.Text, "0+() .-") == "" {
		return reason.New("empty_word", "word", v.Text)
	}
	if !v.Escaped && isQuotedPhone(v.Text) {
		return reason.New("in_quotes")
	}
	digits := strings.Trim(v.Text, "+()")
	switch text := v.Text; {
	case hasExponent(digits):
		return reason.New("number_shortened")
	case isFractionless(digits, 8), isPricedPhone(digits):
		return reason.New("number_with_decimal")
	case text[0] == '+' || text[0] == '(':
		return nil // its separators are meant
	case isRounded(text):
		return reason.New("number_too_long")
	case isGrouped(text) && groupedPhone.MatchString(text):
		return reason.New("number_grouped")
	case isDate(text):
		return reason.New("date_for_phone")
	case text[0] == '=' && !v.Escaped && numberFormula.MatchString(text):
		return reason.New("formula_as_text")
	}
	return nil
}

// IsUsualPhone reports whether a text is a phone number that begins with a country or area code, +55 11 91234-5678 or
// (11) 91234-5678, and ends in another digit than zero: it is not damaged.
func IsUsualPhone(text string) bool {
	if len(text) < 2 || text[0] != '+' && text[0] != '(' || !isDigit(text[1]) {
		return false
	}
	for i := 2; i < len(text); i++ {
		if b := text[i]; !isDigit(b) && b != ' ' && b != '-' && b != '(' && b != ')' {
			return false
		}
	}
	last := text[len(text)-1]
	return isDigit(last) && last != '0'
}

// pricedPhone matches a phone number in the format of an amount: with a currency sign, or with groups and cents.
var pricedPhone = lazyregexp.New(`^(R\$|US\$|[$€£])|^[0-9]{1,3}([ .][0-9]{3})+,0+$`)

func isPricedPhone(text string) bool {
	return (text[0] < '0' || text[0] > '9' || strings.IndexByte(text, ',') > 0) && pricedPhone.MatchString(text)
}

var plainPhone = lazyregexp.New(`^[+]?[0-9][0-9 ().-]*$`)

// isQuotedPhone reports whether a program has put digits in quotes, or behind an apostrophe, so that they are not taken
// for a number.
func isQuotedPhone(text string) bool {
	if !isQuote(text[0]) && !isQuote(text[len(text)-1]) {
		return false
	}
	return plainPhone.MatchString(strings.Trim(text, "\"'`"))
}

func isQuote(b byte) bool { return b == '"' || b == '\'' || b == '`' }

// numberFormula matches a phone number that was taken for a formula because of its plus sign.
var numberFormula = lazyregexp.New(`^=[+-]?[0-9 ().-]{6,}$`)

// NumberDamage returns how a program has damaged an id because it took it for a number, or nil.
func (v Value) NumberDamage() error {
	switch text := v.Text; {
	case isASCIILetter(rune(text[0])):
		return nil
	case isRounded(text):
		return reason.New("id_rounded")
	case hasExponent(text):
		return reason.New("number_shortened")
	case isFractionless(text, 1):
		return reason.New("number_with_decimal")
	case isGrouped(text) && groupedID.MatchString(text):
		return reason.New("number_grouped")
	}
	return nil
}

// IDDamage returns how a program has damaged an id because it took it for another kind of value, or nil.
func (v Value) IDDamage() error {
	if why := v.NumberDamage(); why != nil {
		return why
	}
	switch text := v.Text; {
	case isDate(text):
		return reason.New("date_for_id")
	case text[0] == '=' && !v.Escaped && numberFormula.MatchString(text):
		return reason.New("formula_as_text")
	}
	return v.quotedID()
}

// quotedID refuses an id that begins or ends with a quote.
func (v Value) quotedID() error {
	switch text := v.Text; {
	case !v.Escaped && (strings.IndexByte("\"'`", text[0]) >= 0 || text[len(text)-1] == '"'), text[0] >= 0x80 && strings.TrimLeft(text, "“”«»‘’´") != text:
		return reason.New("id_in_quotes")
	}
	return nil
}

// HasEntities reports whether a text contains HTML entities without being HTML.
func (v Value) HasEntities() bool {
	if !v.Classes.Has(Ampersand) || htmlTag.MatchString(v.Text) {
		return false
	}
	for _, found := range entity.FindAllString(v.Text, -1) {
		if html.UnescapeString(found) != found {
			return true
		}
	}
	return false
}

var (
	entity  = lazyregexp.New(`&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)
	htmlTag = lazyregexp.New(`</?[A-Za-z][A-Za-z0-9]*( [^<>]*)?/?>`)
)
