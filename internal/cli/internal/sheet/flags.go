// Package sheet provides the flags that say how a sheet is read, and the corresponding settings.
package sheet

import (
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"razebulk/csvmap"
)

// Flags are the flags that say how a sheet is read, for every command that reads one.
type Flags struct {
	encoding      string
	delimiter     string
	decimal       string
	worksheet     string
	mappings      []string
	ignoreColumns []string
	clearMarker   string
	headerRow     uint
	emptyWords    []string
	match         string
}

// Define adds the flags to a command's flags.
func (f *Flags) Define(flags *pflag.FlagSet) {
	flags.StringArrayVar(&f.mappings, "map", nil, "what a column holds, as \"`COLUMN=FIELD`\"; COLUMN=FIELD:string or :number for a field that the API doesn't describe; repeatable")
	flags.StringSliceVar(&f.ignoreColumns, "ignore-columns", nil, "leave out the columns `A,B`, by their headers; columns without a header by their letters")
	flags.StringVar(&f.worksheet, "sheet", "", "the `NAME` of the sheet of a workbook (default: the only one)")
	flags.UintVar(&f.headerRow, "header-row", 0, "the number `N` of the row with the headers (default: detected)")
	flags.StringVar(&f.decimal, "decimal", "", "the decimal separator: comma or point (default: detected)")
	flags.StringVar(&f.delimiter, "delimiter", "", "comma, semicolon, tab or pipe (default: detected)")
	flags.StringVar(&f.encoding, "encoding", "", "utf-8, windows-1252, utf-16le or another one (default: detected)")
	flags.StringSliceVar(&f.emptyWords, "empty-words", nil, "cells that contain only one of the words `A,B`, such as NULL, count as empty")
	flags.StringVar(&f.match, "match", "", "find rows without an id by the `FIELD`: email, phone, name+company, contact_id or COLUMN=FIELD")
	flags.StringVar(&f.clearMarker, "clear-marker", "", "a cell that contains only this `TEXT`, such as <clear>, empties its field")
}

// Options returns what the flags say. The error names the flags with invalid values.
func (f *Flags) Options() (csvmap.Options, error) {
	o := csvmap.Options{Encoding: f.encoding, Worksheet: f.worksheet, Ignore: f.ignoreColumns, ClearMarker: f.clearMarker, HeaderRow: int(f.headerRow),
		EmptyWords: f.emptyWords}
	var failed []error
	var err error
	if f.delimiter != "" {
		if o.Delimiter, err = csvmap.ParseDelimiter(f.delimiter); err != nil {
			failed = append(failed, fmt.Errorf("--delimiter: %w", err))
		}
	}
	if f.decimal != "" {
		if o.Decimal, err = csvmap.ParseDecimal(f.decimal); err != nil {
			failed = append(failed, fmt.Errorf("--decimal: %w", err))
		}
	}
	if f.match != "" {
		if o.Match, err = csvmap.ParseMatch(f.match); err != nil {
			failed = append(failed, err)
		}
	}
	for _, text := range f.mappings {
		mapping, err := csvmap.ParseMapping(text)
		if err != nil {
			failed = append(failed, fmt.Errorf("--map %w", err))
		}
		o.Mappings = append(o.Mappings, mapping)
	}
	return o, errors.Join(failed...)
}
