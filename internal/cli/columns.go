package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"razebulk/csvmap"
	"razebulk/internal/cli/internal/usage"
	"razebulk/internal/files"
	"razebulk/internal/reason"
	"razebulk/internal/run"
	"razebulk/internal/update"
	"razebulk/internal/words"
)

func newColumns() *cobra.Command {
	var sheet sheetFlags
	var stage bool
	cmd := &cobra.Command{
		Use:   "columns [flags] FILE",
		Short: "Show how each column of a sheet would be read",
		Long: `columns shows, for each column of FILE ("-" is standard input), the field that
it holds, its first values, and what update would send for them. Nothing is
sent, and no key is needed. The exit code is 2 if update would refuse the sheet.`,
		Args: usage.OneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			w := (&command{cmd: cmd}).words()
			options, err := sheet.options()
			if err == nil {
				options.Stage = stage
				err = showColumns(cmd, w, args[0], options)
			}
			if err != nil {
				err = explained{err, message(w, err)}
			}
			return err
		},
	}
	g := &groups{}
	sheet.define(g.of(sheetGroup))
	g.of(sheetGroup).BoolVar(&stage, "stage", false, "as update reads it with --stage")
	g.addTo(cmd)
	return cmd
}

// showColumns shows how the sheet would be read, and fails if it would be refused.
func showColumns(cmd *cobra.Command, w *words.Words, file string, options csvmap.Options) error {
	if run.IsAddress(file) {
		return reason.New("file_is_address", "file", file)
	}
	input, err := files.OpenInput(context.Background(), file, cmd.InOrStdin())
	if err != nil {
		return err
	}
	defer input.Close()
	preview, err := csvmap.NewPreview(input, input.Size(), options)
	if err != nil {
		return &update.SheetError{Name: input.Name(), Cause: err}
	}
	columns := 0
	if width := columnsOf(cmd.OutOrStdout()); width != nil {
		columns = width()
	}
	if _, err := io.WriteString(cmd.OutOrStdout(), words.VisibleLines(previewText(w, preview, columns))); err != nil {
		return err
	}
	if preview.Unusable != nil {
		return &update.SheetError{Name: input.Name(), Cause: preview.Unusable}
	}
	return nil
}

// previewText is a table, or blocks where the terminal has fewer columns than that takes.
func previewText(w *words.Words, p csvmap.Preview, columns int) string {
	head := fmt.Sprintf("reading as %s\n", worded(w, p.Format))
	for _, notice := range p.Notices {
		head += worded(w, notice) + "\n"
	}
	table := previewTable(w, p)
	for line := range strings.Lines(table) {
		if columns > 0 && utf8.RuneCountInString(strings.TrimRight(line, "\n")) >= columns {
			return head + previewBlocks(w, p, columns-1)
		}
	}
	return head + table
}

// minShown is how many characters of a cell are shown at least, however narrow the terminal is.
const minShown = 8

// previewBlocks has a line for each column, and below it one for each value, none of them longer than the width.
func previewBlocks(w *words.Words, p csvmap.Preview, width int) string {
	var out strings.Builder
	line := func(left, right string) {
		fmt.Fprintln(&out, shownUpTo(left, max(minShown, width/2-len(" > ")))+" → "+shownUpTo(right, max(minShown, width/2)))
	}
	for _, c := range p.Columns {
		line(c.Letter+": "+c.Header, c.Field)
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
	table := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "COLUMN\tHEADER\tFIELD\tVALUE\tSENT AS")
	for _, c := range p.Columns {
		start := []string{c.Letter, shown(c.Header), c.Field}
		for _, v := range c.Values {
			fmt.Fprintf(table, "%s\t%s\t%s\n", strings.Join(start, "\t"), shown(v.Text), shownUpTo(sentAs(w, c, v), maxSent))
			start = []string{"", "", ""}
		}
		if len(c.Values) == 0 {
			fmt.Fprintf(table, "%s\t\t\n", strings.Join(start, "\t"))
		}
	}
	_ = table.Flush() // can't fail: it goes to memory
	return out.String()
}

// sentAs is what an update would send for a cell, in JSON, or why it would send nothing.
func sentAs(w *words.Words, c csvmap.ColumnPreview, v csvmap.ValuePreview) string {
	switch {
	case v.Problem != nil:
		return "refused: " + w.Text(v.Problem.Code, v.Problem.Params)
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
	_ = encoder.Encode(text) // a text can't fail to be JSON
	return strings.TrimSuffix(out.String(), "\n")
}

const (
	maxShown = 40
	maxSent  = 160
)

func shown(text string) string { return shownUpTo(text, maxShown) }

// shownUpTo keeps a text to one line, and from being taken for commands by the terminal.
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
