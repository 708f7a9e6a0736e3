package csvmap

import (
	"fmt"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/currency"
)

const (
	maxIDBytes   = 128
	maxCellBytes = 64 << 10
)

// plainNumber is a JSON number without an exponent (RFC 8259, section 6), so that the sheet's digits can be sent as they are.
var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)

var currencyForm = regexp.MustCompile(`^[A-Za-z]{3}$`)

// newerCurrencies are in ISO 4217 and not yet in x/text/currency.
var newerCurrencies = []string{"VED", "XCG", "ZWG"}

// checkID returns why an opportunity can't have this id, or "". It ends up as a segment of a URL's path.
func checkID(id string) string {
	switch {
	case id == "":
		return "missing; every row needs the id of its opportunity"
	case len(id) > maxIDBytes:
		return fmt.Sprintf("longer than %d bytes; no opportunity has such an id", maxIDBytes)
	case id == "." || id == "..":
		return "not an id"
	case strings.Contains(id, "/"):
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

// checkCell returns why the cell's text can't be sent as this field, or "".
func checkCell(field, text string) string {
	if len(text) > maxCellBytes {
		return fmt.Sprintf("%d bytes; a cell may hold %d KiB at most", len(text), maxCellBytes>>10)
	}
	switch field {
	case "email":
		return checkEmail(text)
	case "deal_value":
		return checkNumber(text)
	case "deal_currency":
		if !currencyForm.MatchString(text) {
			return "not a currency code; write three letters, such as BRL"
		}
	}
	return ""
}

func checkEmail(text string) string {
	address, err := mail.ParseAddress(text)
	if err != nil || address.Address != text {
		return "not a bare e-mail address such as ana@example.com"
	}
	return ""
}

func checkNumber(text string) string {
	switch {
	case plainNumber.MatchString(text):
		return ""
	case strings.Contains(text, ","):
		return "not plainly a number; write it with a decimal point and without thousands separators, such as 1234.50"
	}
	return "not plainly a number such as 1234.50"
}

// doubt returns what is odd about a cell that can be sent all the same, or "".
func doubt(field, text string) string {
	if field != "deal_currency" || slices.Contains(newerCurrencies, strings.ToUpper(text)) {
		return ""
	}
	if _, err := currency.ParseISO(text); err != nil {
		return "not a currency code that is known here; sent as it is"
	}
	return ""
}
