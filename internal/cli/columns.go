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
		Long: `columns shows, for each column of FILE ("-" is standard input), the field that it holds, its first values, and what update
would send for them. Nothing is sent, and no key is needed. The exit code is 2 if update would refuse the sheet.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			options, err := sheet.options()
			if err != nil {
				return usageError(err)
			}
			options.Stage = stage
			input, err := files.OpenInput(context.Background(), args[0], cmd.InOrStdin())
			if err != nil {
				return usageError(err)
			}
			defer input.Close()
			preview, err := csvmap.NewPreview(input, input.Size(), options)
			if err != nil {
				return usageError(fmt.Errorf("%s: %w", input.Name(), worded(err)))
			}
			if err := writePreview(cmd.OutOrStdout(), preview); err != nil {
				return err
			}
			if preview.Unusable != nil {
				return usageError(fmt.Errorf("%s: %w", input.Name(), worded(preview.Unusable)))
			}
			return nil
		},
	}
	cmd.Flags().SortFlags = false
	sheet.define(cmd.Flags())
	cmd.Flags().BoolVar(&stage, "stage", false, "as update reads it with --stage")
	return cmd
}

func writePreview(out io.Writer, p csvmap.Preview) error {
	fmt.Fprintf(out, "reading as %s\n", inWords(p.Format))
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "COLUMN\tHEADER\tFIELD\tVALUE\tSENT AS")
	for _, c := range p.Columns {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", c.Letter, shown(c.Header), c.Field, valueAt(c, 0), sentAt(c, 0))
		for i := 1; i < len(c.Values); i++ {
			fmt.Fprintf(table, "\t\t\t%s\t%s\n", valueAt(c, i), sentAt(c, i))
		}
	}
	return table.Flush()
}

func valueAt(c csvmap.ColumnPreview, i int) string {
	if i < len(c.Values) {
		return shown(c.Values[i].Text)
	}
	return ""
}

func sentAt(c csvmap.ColumnPreview, i int) string {
	if i < len(c.Values) {
		return shownUpTo(shownAs(c, c.Values[i]), widestSent)
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
