package cli

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"
	"unicode"
	"unicode/utf8"

	"razebulk/csvmap"
	"razebulk/internal/cli/internal/message"
	"razebulk/internal/words"
)

// previewText shows how each column of a sheet is read: as a table, or as blocks if the terminal has too few columns
// for it; 0 means no limit.
func previewText(w *words.Words, p csvmap.Preview, columns int) string {
	head := w.Say("preview_format", "format", words.Ready(message.OfReason(w, p.Format))) + "\n"
	for _, notice := range p.Notices {
		head += message.OfReason(w, notice) + "\n"
	}
	wide := previewTable(w, p)
	for line := range strings.Lines(wide) {
		if columns > 0 && utf8.RuneCountInString(strings.TrimRight(line, "\n")) >= columns {
			return head + previewBlocks(w, p, columns-1)
		}
	}
	return head + wide
}

// previewBlocks returns a line for each column, and below it one for each value, none of them longer than the width.
func previewBlocks(w *words.Words, p csvmap.Preview, width int) string {
	var out strings.Builder
	line := func(left, right string) {
		fmt.Fprintln(&out, shownUpTo(left, max(minValue, width/2-len(" > ")))+" → "+shownUpTo(right, max(minValue, width/2)))
	}
	for _, c := range p.Columns {
		line(c.Letter+": "+c.Header, w.Term(c.Field))
		for _, v := range c.Values {
			if sent := sentAs(w, c, v); sent != "" {
				line("    "+v.Text, sent)
			}
		}
	}
	return out.String()
}

func previewTable(w *words.Words, p csvmap.Preview) string {
	var out strings.Builder
	columns := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(columns, w.Say("columns_head"))
	for _, c := range p.Columns {
		start := []string{c.Letter, shown(c.Header), w.Term(c.Field)}
		for _, v := range c.Values {
			fmt.Fprintf(columns, "%s\t%s\t%s\n", strings.Join(start, "\t"), shown(v.Text), shownUpTo(sentAs(w, c, v), maxSent))
			start = []string{"", "", ""}
		}
		if len(c.Values) == 0 {
			fmt.Fprintf(columns, "%s\t\t\n", strings.Join(start, "\t"))
		}
	}
	_ = columns.Flush() // writing to memory can't fail
	return out.String()
}

// sentAs returns what an update would send for a cell, in JSON, or why it would send nothing.
func sentAs(w *words.Words, c csvmap.ColumnPreview, v csvmap.ValuePreview) string {
	switch {
	case v.Problem != nil:
		return w.Say("cell_refused", "why", words.Ready(w.Text(v.Problem.Code, v.Problem.Params)))
	case v.Cell == nil && strings.HasPrefix(c.Field, "("): // left out
		return ""
	case v.Cell == nil:
		return "-"
	case v.Cell.Clear && v.Cell.Number:
		return "null"
	case v.Cell.Number:
		return v.Cell.Text
	}
	return inJSON(v.Cell.Text)
}

func inJSON(text string) string {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // encoding a string can't fail
	return strings.TrimSuffix(out.String(), "\n")
}

const (
	maxShown = 40
	minValue = 8
	maxSent  = 160
)

func shown(text string) string { return shownUpTo(text, maxShown) }

// shownUpTo limits a text to one line and makes it safe for the terminal.
func shownUpTo(text string, most int) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	for i, r := range runes {
		if !unicode.IsPrint(r) {
			runes[i] = '·'
		}
	}
	if len(runes) > most {
		runes = append(runes[:most-1], '…')
	}
	return string(runes)
}
