package csvmap

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/currency"
)

const (
	maxIDBytes   = 128
	maxCellBytes = 64 << 10
)

// missingCurrencies are in ISO 4217 and not in x/text/currency.
var missingCurrencies = []string{"MRU", "SLE", "UYW", "VED", "VES", "XCG", "ZWG"}

// checkID returns why an opportunity can't have this id, or "". It ends up as a segment of a URL's path.
func checkID(id string, t traits) string {
	switch {
	case id == "":
		return "missing; every row needs the id of its opportunity"
	case len(id) > maxIDBytes:
		return fmt.Sprintf("longer than %d bytes; no opportunity has such an id", maxIDBytes)
	case id == "." || id == "..":
		return "not an id"
	case !t.has(beyondASCII | control | separator):
		return ""
	case strings.IndexByte(id, '/') >= 0:
		return "holds a slash; copy the id alone, not its address"
	case strings.ContainsFunc(id, unicode.IsSpace):
		return "holds white space"
	case strings.ContainsFunc(id, unicode.IsControl):
		return "holds a control character"
	case strings.ContainsFunc(id, func(r rune) bool { return unicode.Is(unicode.Cf, r) }):
		return "holds an invisible sign; type it anew"
	}
	return ""
}

// checkText returns why the text can't be sent, whatever the field, or "".
func checkText(text string, t traits) string {
	switch {
	case len(text) > maxCellBytes:
		return fmt.Sprintf("%d bytes; a cell may hold %d KiB at most", len(text), maxCellBytes>>10)
	case t.has(control) || t.has(latinSign) && strings.ContainsFunc(text, isC1):
		return "holds a control character; type the cell anew"
	}
	return ""
}

// checks are what the texts of single fields must fulfil. Each returns why a text doesn't, or "".
var checks = map[string]func(value) string{
	"email":               checkEmail,
	"phone":               checkPhone,
	"deal_currency":       checkCurrency,
	"responsible_user_id": checkUserID,
}

// checkPhone tells of the damage that may hide in a plain text.
func checkPhone(v value) string {
	if !isLossy(v.text) {
		return ""
	}
	return damage("phone", v.text, v.traits)
}

// isC1 tells of the control characters beyond ASCII.
func isC1(r rune) bool { return 0x80 <= r && r < 0xa0 }

func checkEmail(v value) string {
	text := v.text
	if isPlainEmail(text) {
		return ""
	}
	address, err := mail.ParseAddress(text)
	if err != nil || address.Address != text {
		return "not a bare e-mail address such as ana@example.com"
	}
	return ""
}

// isPlainEmail tells of the addresses that nearly everyone has, without net/mail's cost: words joined by dots, an @, words
// joined by dots.
func isPlainEmail(text string) bool {
	at, word := 0, 0 // signs @ so far, and letters since the last dot or @
	for i := range len(text) {
		switch b := text[i]; {
		case 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '_' || b == '-' || b == '+':
			word++
		case (b == '.' || b == '@') && word > 0:
			word = 0
			if b == '@' {
				at++
			}
		default:
			return false
		}
	}
	return at == 1 && word > 0
}

func checkCurrency(v value) string {
	if text := v.text; len(text) == 3 && isLetter(text[0]) && isLetter(text[1]) && isLetter(text[2]) {
		return ""
	}
	return "not a currency code; write three letters, such as BRL"
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

const noUserID = "not a user's id but, it seems, a name; write the id, or leave the column out with --ignore-columns"

func checkUserID(v value) string {
	spaced := v.traits.has(separator|beyondASCII) && strings.ContainsFunc(v.text, unicode.IsSpace)
	if spaced || strings.IndexByte(v.text, '@') >= 0 {
		return noUserID
	}
	return ""
}

// checkOwner is for a column that may hold names as well as ids: sheets call both "Owner". An id has a digit in it.
func checkOwner(v value) string {
	if !hasDigit(v.text) {
		return noUserID
	}
	return checkUserID(v)
}

func hasDigit(text string) bool {
	for i := range len(text) {
		if '0' <= text[i] && text[i] <= '9' {
			return true
		}
	}
	return false
}

func isCurrency(code string) bool {
	if _, err := currency.ParseISO(code); err == nil {
		return true
	}
	return slices.Contains(missingCurrencies, strings.ToUpper(code))
}
