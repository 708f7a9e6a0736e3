package cli

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"unicode"

	"github.com/spf13/cobra"

	"razebulk/csvmap"
	"razebulk/internal/files"
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
		Args: cobra.ExactArgs(1),
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
	input, err := files.OpenInput(context.Background(), file, cmd.InOrStdin())
	if err != nil {
		return err
	}
	defer input.Close()
	preview, err := csvmap.NewPreview(input, input.Size(), options)
	if err != nil {
		return &update.SheetError{Name: input.Name(), Cause: err}
	}
	if err := writePreview(cmd.OutOrStdout(), w, preview); err != nil {
		return err
	}
	if preview.Unusable != nil {
		return &update.SheetError{Name: input.Name(), Cause: preview.Unusable}
	}
	return nil
}

func writePreview(out io.Writer, w *words.Words, p csvmap.Preview) error {
	fmt.Fprintf(out, "reading as %s\n", p.Reading)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "COLUMN\tHEADER\tFIELD\tVALUE\tSENT AS")
	for _, c := range p.Columns {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", c.Letter, shown(c.Header), c.Field, valueAt(c.Values, 0), sentAt(c, 0))
		for i := 1; i < len(c.Values); i++ {
			fmt.Fprintf(table, "\t\t\t%s\t%s\n", valueAt(c.Values, i), sentAt(c, i))
		}
	}
	return table.Flush()
}

func valueAt(values []string, i int) string {
	if i < len(values) {
		return shown(values[i])
	}
	return ""
}

func sentAt(c csvmap.ColumnPreview, i int) string {
	if i < len(c.Sent) {
		return shownUpTo(c.Sent[i], widestSent)
	}
	return ""
}

const (
	widestShown = 40
	widestSent  = 160
)

func shown(text string) string { return shownUpTo(text, widestShown) }

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
