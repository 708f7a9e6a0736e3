package sheet

import (
	"slices"
	"strings"

	"razebulk/csvmap"
	"razebulk/internal/config"
)

// Settings returns the settings with which the next sheet of this kind is read in the same way: what the user said and
// what was detected. A header that is the name of its field needs none.
func Settings(read csvmap.Preview, said csvmap.Options) []config.Entry {
	var mappings []string
	for _, m := range said.Mappings {
		mappings = append(mappings, m.String())
	}
	var by []string
	for _, m := range said.Match {
		by = append(by, m.String())
	}
	format := read.Format.Params
	text := func(name string) string { s, _ := format[name].(string); return s }
	row, _ := format["header_row"].(int)
	return slices.DeleteFunc([]config.Entry{
		{Key: "map", Value: mappings},
		{Key: "ignore-columns", Value: said.Ignore},
		{Key: "sheet", Value: said.Worksheet},
		{Key: "header-row", Value: row},
		{Key: "decimal", Value: text("decimal")},
		{Key: "delimiter", Value: text("delimiter")},
		{Key: "encoding", Value: strings.ToLower(text("encoding"))},
		{Key: "empty-words", Value: said.EmptyWords},
		{Key: "match", Value: strings.Join(by, "+")},
		{Key: "clear-marker", Value: said.ClearMarker},
	}, config.Entry.IsEmpty)
}
