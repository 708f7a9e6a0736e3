// Package rules defines the rules for fields whose cells do not simply replace what the CRM holds.
package rules

import (
	"html"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/lazyregexp"
)

// Rules are the rules of all fields. They need opportunities that were read.
type Rules struct {
	// OnlyBlank are the fields that are sent only if the CRM has no value.
	OnlyBlank []string
	// Append are the fields to which the cell's text is added, on a separate line that begins with Date. Text that is
	// already there, with any date, is not added again.
	Append []string
	Date   string
}

// Apply returns what to send for a field that holds before, and whether the field is left as it is. If reported is
// false, its value is not known.
func (r Rules) Apply(f getraze.Field, before getraze.Value, reported bool) (_ getraze.Field, kept bool) {
	isBlank := reported && (before.Empty || before.Text == "")
	switch {
	case slices.Contains(r.OnlyBlank, f.Name) && !isBlank:
		return f, true
	case !slices.Contains(r.Append, f.Name) || f.Clear:
		return f, false
	case !reported:
		return f, true
	}
	f.Text = r.appended(before.Text, f.Text)
	return f, false
}

func (r Rules) appended(held, text string) string {
	lines, wanted := undatedLines(held), undatedLines(text)
	for i := range lines {
		if i+len(wanted) <= len(lines) && slices.Equal(lines[i:i+len(wanted)], wanted) {
			return held
		}
	}
	added := r.Date + ": " + text
	if crm.Trim(held) == "" {
		return added
	}
	return strings.TrimRight(held, "\r\n") + "\n" + added
}

// datesBefore matches the dates before the text of a line.
var datesBefore = lazyregexp.New(`^(?:\s*[0-9]{4}-[0-9]{2}-[0-9]{2}:)+`)

// breaks matches the line breaks of HTML.
var breaks = lazyregexp.New(`(?i)<br ?/?>`)

// undatedLines returns the lines of text without the dates before them, in a form that is the same for what a service
// may have changed: composed letters (Unicode NFC), one blank for all white space, and no HTML.
func undatedLines(text string) []string {
	text = norm.NFC.String(html.UnescapeString(breaks.ReplaceAllString(text, "\n")))
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	for i := range lines {
		lines[i] = strings.Join(strings.Fields(datesBefore.ReplaceAllString(lines[i], "")), " ")
	}
	return lines
}
