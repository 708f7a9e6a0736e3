package getraze

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"
)

// answerNames are the names under which a field was seen to come back, the documented one first (api.md, part 2).
var answerNames = map[string][]string{
	"name":                {"name", "contact_name"},
	"email":               {"email", "contact_email"},
	"phone":               {"phone", "contact_phone"},
	"company":             {"company", "contact_company"},
	"position":            {"position", "contact_title", "title"},
	"deal_value":          {"deal_value", "value"},
	"deal_currency":       {"deal_currency", "currency"},
	"notes":               {"notes"},
	"responsible_user_id": {"responsible_user_id", "owner_user_id"},
}

// namesOf are the names under which a field may come back. One that the API doesn't describe has its own name alone.
func namesOf(field string) []string {
	if names, known := answerNames[field]; known {
		return names
	}
	return []string{field}
}

// Verify holds what was sent against what the service says is now stored. Fields that came back with another value
// were not applied; of fields that didn't come back nothing is known. Both are in the order in which they were sent.
func (a *Answer) Verify(sent []Field) (notApplied, unverified []string) {
	for _, field := range sent {
		found := a.Opportunity.values(field.Name)
		switch {
		case len(found) == 0:
			unverified = append(unverified, field.Name)
		case !slices.ContainsFunc(found, field.stored):
			notApplied = append(notApplied, field.Name)
		}
	}
	return notApplied, unverified
}

// stored tells whether raw is the value that was sent: numbers as numbers, be they in quotes or not, currency codes and statuses
// whatever their case, and text but for white space around it, which the service trims.
func (f Field) stored(raw json.RawMessage) bool {
	switch {
	case f.Clear:
		return strings.TrimSpace(text(raw)) == ""
	case f.Number:
		return sameNumber(f.Text, text(raw))
	case f.Name == "deal_currency" || f.Name == "status":
		return strings.EqualFold(f.Text, text(raw))
	}
	return comparable(f.Text) == comparable(text(raw))
}

// comparable is a text without what a sheet can't carry from the service and back: blanks around it, also those that can't be seen,
// carriage returns in line breaks, and letters parted from their accents (Unicode's form NFC puts them together).
func comparable(text string) string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	return norm.NFC.String(strings.TrimFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
	}))
}

// longestExponent bounds what is compared: an exponent of nine digits would be written out in full.
const longestExponent = 1000

func sameNumber(a, b string) bool {
	x, errX := decimal.NewFromString(a)
	y, errY := decimal.NewFromString(b)
	if errX != nil || errY != nil || !bounded(x) || !bounded(y) {
		return a == b
	}
	return x.Equal(y)
}

func bounded(d decimal.Decimal) bool {
	return -longestExponent <= d.Exponent() && d.Exponent() <= longestExponent
}

// text is a JSON value as people write it: a string's content, a number's digits, nothing for null.
func text(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	if string(raw) == "null" {
		return ""
	}
	return string(raw)
}
