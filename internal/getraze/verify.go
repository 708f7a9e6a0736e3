package getraze

import (
	"encoding/json"
	"strings"

	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"

	"razebulk/internal/crm"
	"razebulk/internal/getraze/internal/reduce"
)

// Verify compares what was sent with what the service reports as stored, under the names in the answer. notApplied
// lists the fields that came back with another value, unverified those that didn't come back. Both are in the order
// in which the fields were sent.
func (a *Answer) Verify(sent []Field) (notApplied, unverified []string) {
	for i := range sent {
		var room [maxValues]json.RawMessage
		found := a.Opportunity.addValues(room[:0], sent[i].Name)
		switch {
		case len(found) == 0:
			unverified = append(unverified, sent[i].Name)
		case !sent[i].storedAs(found):
			notApplied = append(notApplied, sent[i].Name)
		}
	}
	return notApplied, unverified
}

// storedAs reports whether one of the values is the one that was sent.
func (f Field) storedAs(found []json.RawMessage) bool {
	for _, raw := range found {
		if f.isVerbatim(raw) || f.stored(raw) {
			return true
		}
	}
	return false
}

// isVerbatim reports whether raw is the value that was sent, character by character, as most values are.
func (f Field) isVerbatim(raw json.RawMessage) bool {
	switch {
	case f.Clear || len(raw) < 2:
		return false
	case raw[0] == '"':
		return string(raw[1:len(raw)-1]) == f.Text && reduce.IsPlain(raw)
	}
	return f.Number && string(raw) == f.Text
}

// stored reports whether raw is the value that was sent. Numbers are compared as numbers, quoted or not; ids as ids;
// other text without what a sheet can't carry to the service and back.
func (f Field) stored(raw json.RawMessage) bool {
	held := text(raw)
	switch {
	case f.Clear:
		return crm.Trim(held) == ""
	case f.Text == held:
		return true
	case f.Number:
		return sameNumber(f.Text, held)
	case crm.IgnoresCase(f.Name):
		return strings.EqualFold(f.Text, held)
	case strings.HasSuffix(f.Name, "_id"):
		return crm.SameID(crm.Trim(f.Text), held)
	}
	return normalize(f.Text) == normalize(held)
}

// normalize removes leading and trailing blanks and the carriage returns in line breaks, and composes letters with
// their accents (Unicode NFC).
func normalize(text string) string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	return norm.NFC.String(crm.Trim(text))
}

// sameNumber compares strings as they are if one is not a number, or has an exponent that package decimal rejects.
func sameNumber(a, b string) bool {
	x, errX := decimal.NewFromString(a)
	y, errY := decimal.NewFromString(b)
	if errX != nil || errY != nil {
		return a == b
	}
	return x.Equal(y)
}

// sameCents reports whether two numbers are equal except for what a service may have rounded.
func sameCents(a, b string) bool {
	x, errX := decimal.NewFromString(a)
	y, errY := decimal.NewFromString(b)
	return errX == nil && errY == nil && x.Sub(y).Abs().LessThan(decimal.New(1, -2))
}

// text returns a JSON value as people write it: a string's content, a number's digits, nothing for null.
func text(raw json.RawMessage) string {
	switch {
	case reduce.IsPlain(raw):
		return string(raw[1 : len(raw)-1])
	case string(raw) == "null":
		return ""
	case len(raw) == 0 || raw[0] != '"':
		return string(raw)
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return string(raw)
	}
	return s
}
