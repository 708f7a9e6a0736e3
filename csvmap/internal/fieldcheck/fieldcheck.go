// Package fieldcheck says why a cell can't be the value of a field. Its errors are of the type [reason.Reason].
package fieldcheck

import (
	"cmp"
	"net/mail"
	"strings"
	"unicode"

	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/xlsx"
	"razebulk/internal/crm"
	"razebulk/internal/lazyregexp"
	"razebulk/internal/reason"
)

const maxIDBytes = 128

// IDTooLong reports whether an id is too long for any further check.
func IDTooLong(v cell.Value) bool { return len(v.Text) > maxIDBytes }

// MaxBytes is the maximum length of a text in bytes.
const MaxBytes = 64 << 10

// ID returns why an opportunity can't have this id, or nil. The id becomes a segment of a URL path.
func ID(v cell.Value) error {
	id := v.Text
	switch {
	case id == "":
		return reason.New("id_missing")
	case IDTooLong(v):
		return reason.New("id_too_long", "max", maxIDBytes)
	case id == "." || id == "..":
		return reason.New("id_is_dots")
	case !v.Classes.Has(cell.BeyondASCII | cell.Control | cell.Separator):
		return nil
	case strings.IndexByte(id, '/') >= 0:
		return reason.New("id_with_slash")
	case strings.ContainsFunc(id, unicode.IsSpace):
		return reason.New("id_with_white_space")
	case strings.ContainsFunc(id, unicode.IsControl):
		return reason.New("control_character")
	case strings.ContainsFunc(id, cell.IsInvisible):
		return reason.New("invisible_character")
	}
	return nil
}

// TooLong returns why no field can hold a text of this length, or nil. It must run before all other checks, which are
// slow for such a text.
func TooLong(v cell.Value, ofWorkbook bool) error {
	if len(v.Text) <= cell.MaxWorkbookChars {
		return nil
	}
	return tooLong(v.Text, ofWorkbook)
}

func tooLong(text string, ofWorkbook bool) error {
	switch {
	case ofWorkbook && xlsx.TooLong(text):
		return reason.New("cell_too_long", "max", cell.MaxWorkbookChars)
	case len(text) > MaxBytes:
		return reason.New("cell_too_large", "bytes", len(text), "max_kib", MaxBytes>>10)
	}
	return nil
}

func controls(v cell.Value) error {
	if v.Classes.Has(cell.Control) || v.Classes.Has(cell.Latin1) && strings.ContainsFunc(v.Text, cell.IsC1) {
		return reason.New("control_character")
	}
	return nil
}

func checkEmail(v cell.Value) error {
	if last := len(v.Text) - 1; (v.Text[0] == '\'' || v.Text[last] == '\'') && strings.IndexByte(v.Text, '@') >= 0 {
		return reason.New("in_quotes")
	}
	if cell.IsPlainAddress(v.Text) {
		return nil
	}
	if loss := v.LossAnywhere(); loss != nil {
		return loss
	}
	if v.Classes.Has(cell.Unusual|cell.Latin1) && strings.ContainsFunc(v.Text, cell.IsInvisible) {
		return reason.New("invisible_character")
	}
	address, err := mail.ParseAddress(v.Text)
	if err != nil || address.Address != v.Text || !isWrittenByPeople(v.Text) {
		return reason.New("email_invalid")
	}
	return nil
}

// isWrittenByPeople reports whether an address has none of what net/mail accepts, as the standard does, but no mailbox
// or domain has: what was typed or copied next to the address.
func isWrittenByPeople(address string) bool {
	domain := address[strings.LastIndexByte(address, '@')+1:]
	return !strings.ContainsFunc(address, crm.IsBlank) && !strings.ContainsAny(domain, "!#$%&'*+/=?^`{|}~") &&
		!strings.ContainsAny(address[:1], "#*/={|}")
}

// checkLabel refuses what is never the name of anything.
func checkLabel(v cell.Value) error {
	if len(v.Text) >= crm.MinUUID && crm.IsUUID(crm.CanonicalID(v.Text)) {
		return reason.New("id_for_text")
	}
	return v.ZeroForNothing()
}

func checkName(v cell.Value) error { return cmp.Or(checkLabel(v), v.LossInName()) }

func checkOwner(v cell.Value) error { return cmp.Or(v.ZeroForNothing(), v.NumberDamage()) }

// linkForm matches what a web page links a phone or a chat to. A person who writes such a word puts a blank after it.
var linkForm = lazyregexp.New(`(?i)^(tel|callto|sms|whatsapp|https?):\S`)

func checkPhone(v cell.Value) error {
	if strings.IndexByte(v.Text, ':') > 0 && linkForm.MatchString(v.Text) {
		return reason.New("phone_is_link")
	}
	if cell.IsPlainAddress(v.Text) {
		return reason.New("phone_is_address")
	}
	return v.PhoneDamage()
}

// Doubt returns what is odd about a text that can still be sent, or nil.
func Doubt(field, text string) error {
	switch {
	case crm.IsBoolean(text) && field != crm.Status: // which is no text, but looked up
		return reason.New("looks_like_boolean")
	case field == crm.Phone && !strings.ContainsFunc(text, unicode.IsDigit):
		return reason.New("phone_without_digits")
	}
	return nil
}

func checkCurrency(v cell.Value) error {
	if text := v.Text; len(text) == 3 && isLetter(text[0]) && isLetter(text[1]) && isLetter(text[2]) {
		return nil
	}
	return reason.New("currency_code_invalid")
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }
