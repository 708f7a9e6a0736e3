package naming

import (
	"slices"
	"strings"

	"razebulk/internal/crm"
	"razebulk/internal/lazyregexp"
)

// MaxBeside is how many columns beside a workbook's table can be named by their letters. Farther letters are words.
const MaxBeside = 26

// Letter returns a spreadsheet's name for the column at place i: A, B, … AA.
func Letter(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

// WithBeside returns a workbook's header with empty cells up to the last column beside it that one of the words names
// by its letter. In a CSV file a row that is longer than its header has shifted, so nothing is beside it.
func WithBeside(header, words []string) []string {
	width := len(header)
	for place := width; place < len(header)+MaxBeside; place++ {
		if slices.ContainsFunc(words, func(word string) bool { return strings.EqualFold(word, Letter(place)) && !isAny(word, header) }) {
			width = place + 1
		}
	}
	return slices.Concat(header, make([]string, width-len(header)))
}

// isAny reports whether a word means a column with a name, or is a name in general.
func isAny(word string, header []string) bool {
	return Of(word) != "" || slices.ContainsFunc(header, func(name string) bool { return Means(word, crm.Trim(name), header) })
}

var pandasName = lazyregexp.New(`^Unnamed: [0-9]+$`)

// IsOfPandas reports whether a name is what pandas calls a column without one.
func IsOfPandas(name string) bool { return pandasName.MatchString(name) }

// IsLetterOf reports whether word is the letter of a column without a name. A header of that name takes precedence.
func IsLetterOf(word string, place int, names []string) bool {
	named := slices.ContainsFunc(names, func(name string) bool { return Means(word, name, names) })
	return (names[place] == "" || IsOfPandas(names[place])) && !named && strings.EqualFold(word, Letter(place))
}
