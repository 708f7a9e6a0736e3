package cli

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"razebulk/batch"
	"razebulk/internal/words"
)

// The colours of a diff, as terminals take them (ECMA-48, Select Graphic Rendition).
const (
	red   = "\x1b[31m"
	green = "\x1b[32m"
	plain = "\x1b[0m"
)

// writeDiff shows what the plans change, a line for each field: what it holds and what it would hold.
func writeDiff(out io.Writer, plans []batch.Plan, coloured bool) error {
	paint := func(text, colour string) string {
		if !coloured {
			return text
		}
		return colour + text + plain
	}
	for _, p := range plans {
		for _, c := range p.Changes() {
			before, after := values(c)
			if _, err := fmt.Fprintf(out, "row %d  %s  %s: %s → %s\n", p.Row.Number, shortID(p.Row.ID), c.Field,
				paint(before, red), paint(after, green)); err != nil {
				return err
			}
			if !c.OverwritesTitle() {
				continue
			}
			before, after = values(batch.Change{Before: *c.Title, Empty: *c.Title == "", After: c.After})
			if _, err := fmt.Fprintf(out, "row %d  %s  title (the opportunity's own): %s → %s\n", p.Row.Number, shortID(p.Row.ID),
				paint(before, red), paint(after, green)); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeByField says how many rows change each field, the most first.
func writeByField(out io.Writer, byField map[string]int) error {
	if len(byField) == 0 {
		return nil
	}
	fields := slices.SortedFunc(maps.Keys(byField), func(a, b string) int {
		return cmp.Or(cmp.Compare(byField[b], byField[a]), strings.Compare(a, b))
	})
	counts := make([]string, len(fields))
	for i, field := range fields {
		counts[i] = field + " " + words.Thousands(byField[field])
	}
	_, err := fmt.Fprintf(out, "changes by field: %s\n", strings.Join(counts, ", "))
	return err
}

// values are both sides of a change, cut to where they differ.
func values(c batch.Change) (before, after string) {
	start := 0
	for x, y := []rune(c.Before), []rune(c.After); start < len(x) && start < len(y) && x[start] == y[start]; start++ {
	}
	switch {
	case c.Unknown:
		before = "(not known)"
	case c.Empty:
		before = "(empty)"
	default:
		before = shortValue(c.Before, start)
	}
	if c.Clear {
		return before, "(empty)"
	}
	return before, shortValue(c.After, start)
}

const (
	maxValue = 40
	// maxLead is how much of a long value stands before where it differs.
	maxLead = 15
	maxID   = 8
)

func shortValue(text string, differs int) string {
	runes := []rune(text)
	cut := ""
	if from := differs - maxLead; len(runes) > maxValue && from > 0 {
		cut, runes = "…", runes[min(from, len(runes)):]
	}
	return strconv.Quote(cut + shortened(string(runes), maxValue))
}

func shortID(id string) string { return shortened(id, maxID) }

func shortened(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most]) + "…"
}
