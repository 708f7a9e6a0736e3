// Package diff shows what a run changes in opportunities that were read: old and new values, within the width of the
// terminal.
package diff

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/words"
)

// The colours of a diff, as terminal sequences (ECMA-48, Select Graphic Rendition).
const (
	red   = "\x1b[31m"
	green = "\x1b[32m"
	plain = "\x1b[0m"
)

// Text shows what the plans change, with a line for each field: its current and its new value. A line is no longer than
// columns, unless that is 0. All text in it is visible.
func Text(w *words.Words, plans []batch.Plan, columns int, coloured bool) string {
	paint := func(text, colour string) string {
		if !coloured {
			return text
		}
		return colour + text + plain
	}
	var out strings.Builder
	write := func(row csvmap.Row, c batch.Change, isTitle bool) {
		place := words.Visible(w.Say("change_at", "row", row.Number, "id", shortID(row.ID), "field", c.Field, "title", isTitle))
		before, after := values(w, c, roomFor(place, columns))
		fmt.Fprintf(&out, "%s%s → %s\n", place, paint(before, red), paint(after, green))
	}
	for _, p := range plans {
		for _, c := range p.Changes() {
			write(p.Row, c, false)
			if c.OverwritesTitle() {
				write(p.Row, batch.Change{Before: *c.Title, Empty: *c.Title == "", After: c.After}, true)
			}
		}
	}
	return out.String()
}

// roomFor returns how many characters each of the two values after the place may have.
func roomFor(place string, columns int) int {
	if columns == 0 {
		return maxValue
	}
	const around = len(`""…`) - 2 // the quotes, and what marks a cut
	room := (columns-1-utf8.RuneCountInString(place)-len(" > "))/2 - around
	return max(minValue, min(maxValue, room))
}

// WriteByField writes how many rows change each field, the most frequent first.
func WriteByField(out io.Writer, w *words.Words, byField map[string]int) error {
	if len(byField) == 0 {
		return nil
	}
	fields := words.MostFirst(byField)
	counts := make([]string, len(fields))
	for i, field := range fields {
		counts[i] = field + " " + w.Thousands(byField[field])
	}
	_, err := fmt.Fprintln(out, w.Say("changes_by_field", "counts", counts))
	return err
}

// values returns both sides of a change. If one of them is too long, both begin shortly before they differ.
func values(w *words.Words, c batch.Change, room int) (before, after string) {
	x, y := []rune(c.Before), []rune(c.After)
	start := 0
	for start < len(x) && start < len(y) && x[start] == y[start] {
		start++
	}
	if from := start - room*3/8; from > 0 && (len(x) > room || len(y) > room) {
		x, y = append([]rune("…"), x[from:]...), append([]rune("…"), y[from:]...)
	}
	before, after = quotedUpTo(string(x), room), quotedUpTo(string(y), room)
	switch {
	case c.Unknown:
		before = w.Say("value_unknown")
	case c.Empty:
		before = w.Say("value_empty")
	}
	if c.Clear {
		after = w.Say("value_empty")
	}
	return before, after
}

// quotedUpTo quotes a value and cuts it so that it fits, including its escapes.
func quotedUpTo(text string, room int) string {
	most := room
	for {
		quoted := strconv.Quote(words.Shorten(text, most))
		over := utf8.RuneCountInString(quoted) - (room + len(`""`) + 1)
		if over <= 0 || most <= 1 {
			return quoted
		}
		most = max(1, min(most, utf8.RuneCountInString(text))-over)
	}
}

// maxValue is how many characters of a value a line shows at most, and minValue how many it always shows.
const (
	maxValue = 40
	minValue = 8
	maxID    = 8
)

func shortID(id string) string { return words.Shorten(id, maxID) }
