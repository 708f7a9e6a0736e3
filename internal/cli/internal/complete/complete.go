// Package complete provides shell completions: sheets, and the values of flags.
package complete

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/files"
)

// values are the values of flags with these names, whichever command has them.
var values = map[string][]string{
	"decimal":       {"comma", "point"},
	"delimiter":     {"comma", "semicolon", "tab", "pipe"},
	"dialect":       {"documented", "observed"},
	"encoding":      {"utf-8", "utf-16le", "utf-16be", "windows-1250", "windows-1251", "windows-1252", "iso-8859-1", "iso-8859-2", "iso-8859-15", "macintosh"},
	"for":           {"excel-br", "excel-us", "sheets"},
	"ignore-fields": crm.Fields,
	"lang":          {"pt-BR", "en"},
	"status":        crm.Statuses,
}

// fileEndings are the extensions of files that flags with these names take.
var fileEndings = map[string][]string{
	"ids-from":      sheets,
	"opportunities": {"csv"},
	"results":       {"csv", "xlsx"},
	"undo-file":     {"csv"},
	"out":           {"csv"},
}

var sheets = []string{"csv", "xlsx", "xlsm"}

// arguments are the extensions of the file that is a command's argument, by the last word of its usage.
var arguments = map[string][]string{"FILE": sheets, "PLAN": {"csv", "xlsx", "json"}}

// maxSheet is the size in bytes up to which a sheet is read for its column names: completion must be fast.
const maxSheet = 20 << 20

// Define adds completions for a command's arguments and flags. The command must have its flags already.
func Define(cmd *cobra.Command) {
	cmd.ValidArgsFunction = cobra.NoFileCompletions
	if endings := arguments[cmd.Use[strings.LastIndex(cmd.Use, " ")+1:]]; endings != nil {
		cmd.ValidArgsFunction = oneFile(endings)
	}
	for name, proposed := range values {
		define(cmd, name, cobra.FixedCompletions(proposed, cobra.ShellCompDirectiveNoFileComp))
	}
	for name, endings := range fileEndings {
		define(cmd, name, cobra.FixedCompletions(endings, cobra.ShellCompDirectiveFilterFileExt))
	}
	define(cmd, "map", mappings)
	define(cmd, "ignore-columns", columns)
	define(cmd, "stage-map", stages)
}

func define(cmd *cobra.Command, flag string, by cobra.CompletionFunc) {
	if cmd.Flags().Lookup(flag) != nil {
		_ = cmd.RegisterFlagCompletionFunc(flag, by) // fails if the flag does not exist or has one
	}
}

// oneFile completes one file with one of these extensions.
func oneFile(endings []string) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return endings, cobra.ShellCompDirectiveFilterFileExt
	}
}

// columns completes the headers of the sheet that is named before the flag.
func columns(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	return headers(args), cobra.ShellCompDirectiveNoFileComp
}

// mappings completes the headers of the sheet, and after one is typed, the fields that it can hold.
func mappings(_ *cobra.Command, args []string, typed string) (proposed []string, _ cobra.ShellCompDirective) {
	column, _, isTyped := strings.Cut(typed, "=")
	if !isTyped {
		for _, header := range headers(args) {
			proposed = append(proposed, header+"=")
		}
		return proposed, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
	for _, field := range append([]string{crm.ID, crm.Status}, crm.Fields...) {
		proposed = append(proposed, column+"="+field)
	}
	return proposed, cobra.ShellCompDirectiveNoFileComp
}

// stages completes what the typed name can mean.
func stages(_ *cobra.Command, _ []string, typed string) (proposed []string, _ cobra.ShellCompDirective) {
	if name, _, isTyped := strings.Cut(typed, "="); isTyped {
		for _, status := range crm.Statuses {
			proposed = append(proposed, name+"="+status)
		}
	}
	return proposed, cobra.ShellCompDirectiveNoFileComp
}

// headers returns the headers of the sheet; none if it can't be read.
func headers(args []string) (found []string) {
	if len(args) == 0 || args[0] == "-" {
		return nil
	}
	input, err := files.OpenInput(context.Background(), args[0], strings.NewReader(""))
	if err != nil {
		return nil
	}
	defer input.Close()
	if input.Size() > maxSheet {
		return nil
	}
	preview, err := csvmap.NewPreview(input, input.Size(), csvmap.Options{})
	if err != nil {
		return nil
	}
	for _, column := range preview.Columns {
		if column.Header != "" {
			found = append(found, column.Header)
		}
	}
	return found
}
