// Package naming knows the names of columns: the headers that the CRM's screens and exports use for each column, in
// English, Portuguese and Spanish, and the currency that a header may contain.
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

// namesFile lists the headers that the CRM's screens and exports use for each column, in English, Portuguese and
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

// columnsByKey maps the keys of names to fields. It is built when the first sheet is read.
var columnsByKey = sync.OnceValue(func() map[string]string { return keyed(All()) })

// All returns the names in the file. It panics if the file can't be read, because it is part of the program.
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

// Of returns the column that a header stands for; "" if it is unknown.
func Of(header string) (field string) { return columnsByKey()[Key(header)] }

// First returns the first header that stands for a column, or "".
func First(field string, headers []string) string {
	for _, header := range headers {
		if Of(header) == field {
			return header
		}
	}
	return ""
}

// Superfluous returns which of several headers of one field to leave out: all but the first. For ids it is not clear,
// as other programs have ids of their own, unless one header alone names the CRM.
func Superfluous(field string, headers []string) (others []string, isClear bool) {
	kept := headers[0]
	if different := slices.Compact(slices.Sorted(slices.Values(headers))); field == crm.ID && len(different) > 1 {
		ours := slices.DeleteFunc(different, func(header string) bool { return !strings.Contains(Key(header), "raze") })
		if len(ours) != 1 {
			return nil, false
		}
		kept = ours[0]
	}
	return slices.DeleteFunc(slices.Clone(headers), func(header string) bool { return header == kept }), true
}

// IsID distinguishes "Owner ID" and "ID do responsável" from "Owner" and "Responsável".
func IsID(header string) bool {
	key := Key(header)
	return strings.HasPrefix(key, "id") || strings.HasSuffix(key, "id")
}

// titleWords are the parts of a key by which a header of the name says that it is the opportunity's, not a person's.
var titleWords = []string{"opportunity", "deal", "oportunidad", "negoci"}

// IsTitle reports whether a header stands for the name and says that this is the opportunity's title: "Deal name", but
// not "Name" or "Contact name".
func IsTitle(header string) bool {
	key := Key(header)
	return Of(header) == crm.Name && slices.ContainsFunc(titleWords, func(word string) bool { return strings.Contains(key, word) })
}

// Key returns what different spellings of a header have in common: it ignores case, accents, white space and the
// characters below.
func Key(header string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("_-.:*", r) {
			return -1
		}
		return r
	}, crm.Fold(header))
}

// Nearest returns the known column with the name that takes the fewest edits to reach, or "" if that takes many:
// another word is not a misspelling, and the id of a company is not its name.
func Nearest(header string) string {
	const maxKey = 64 // comparing takes longer for longer headers
	key := Key(header)
	if len(key) > maxKey {
		return ""
	}
	nearest := slices.MinFunc(slices.Sorted(maps.Keys(columnsByKey())), func(a, b string) int {
		return levenshtein.ComputeDistance(key, a) - levenshtein.ComputeDistance(key, b)
	})
	if edits := levenshtein.ComputeDistance(key, nearest); edits > max(2, len(key)/5) || 2*edits >= len(key) || IsID(header) != IsID(nearest) {
		return ""
	}
	return columnsByKey()[nearest]
}

// Means reports whether the user's word for a column means this one. A word that is exactly a name in the sheet means
// only that column, which distinguishes "Name" from "name". A column without a name is never meant.
func Means(word, name string, names []string) bool {
	key := Key(name)
	return name != "" && word == name || !slices.Contains(names, word) && key != "" && Key(word) == key
}
