// Package naming knows what the columns of a sheet are called: the headers by which the CRM's screens and exports call
// each column, in English, Portuguese and Spanish, and the currency that a header may name.
package naming

import (
	"bytes"
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/agnivade/levenshtein"
	"github.com/gocarina/gocsv"

	"razebulk/internal/crm"
)

// namesFile lists the headers by which the CRM's screens and exports call each column, in English, Portuguese and
// Spanish.
//
//go:embed names.csv
var namesFile []byte

// Name is one name of a column.
type Name struct {
	Field    string `csv:"field"`
	Language string `csv:"language"`
	Name     string `csv:"name"`
}

// columnsByKey are the fields by the keys of their names. They are read when a sheet is.
var columnsByKey = sync.OnceValue(func() map[string]string { return keyed(All()) })

// All are the names of the file. It panics when that can't be read: it is part of the program.
func All() []Name {
	var names []Name
	if err := gocsv.Unmarshal(bytes.NewReader(namesFile), &names); err != nil {
		panic("names.csv: " + err.Error())
	}
	return names
}

func keyed(names []Name) map[string]string {
	m := make(map[string]string, len(names))
	for _, n := range names {
		m[Key(n.Name)] = n.Field
	}
	for _, own := range crm.OwnColumns {
		m[Key(own)] = own
	}
	return m
}

// Of is the column that a header stands for; "" if it is none that is known.
func Of(header string) (field string) { return columnsByKey()[Key(header)] }

// Key is what two spellings of one header have in common: case, accents, white space and these characters don't
// count.
func Key(header string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("_-.:*", r) {
			return -1
		}
		return r
	}, crm.Fold(header))
}

// Nearest is the known column one of whose names takes the fewest edits to reach, or "" if that takes many:
// another word is not a misspelling.
func Nearest(header string) string {
	const maxKey = 64 // comparing takes as long as the header is
	key := Key(header)
	if len(key) > maxKey {
		return ""
	}
	nearest := slices.MinFunc(slices.Sorted(maps.Keys(columnsByKey())), func(a, b string) int {
		return levenshtein.ComputeDistance(key, a) - levenshtein.ComputeDistance(key, b)
	})
	if edits := levenshtein.ComputeDistance(key, nearest); edits > max(2, len(key)/5) || 2*edits >= len(key) {
		return ""
	}
	return columnsByKey()[nearest]
}

// Means tells whether the user's word for a column means this one. A name that stands in the sheet exactly so means
// just that column, so that one of "Name" and "name" can be meant. A column without a name is never meant.
func Means(word, name string, names []string) bool {
	key := Key(name)
	return name != "" && word == name || !slices.Contains(names, word) && key != "" && Key(word) == key
}
