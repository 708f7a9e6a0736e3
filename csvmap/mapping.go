package csvmap

import (
	"errors"
	"slices"

	"razebulk/csvmap/internal/meaning"
	"razebulk/internal/reason"
)

// Mapping is what a user says of one column: that it holds a field.
type Mapping = meaning.Mapping

// ParseMapping reads "Column=field", and "Column=field:string" or "Column=field:number" for a field that the API's
// description doesn't have but a deployment may.
func ParseMapping(text string) (Mapping, error) { return meaning.ParseMapping(text) }

// checkMappings refuses what contradicts itself.
func checkMappings(mappings []Mapping, ignore []string) error {
	var problems []error
	for i, m := range mappings {
		if slices.Contains(ignore, m.Column) {
			problems = append(problems, reason.New("mapped_and_ignored", "header", m.Column))
		}
		for _, other := range mappings[:i] {
			if other.Column == m.Column {
				problems = append(problems, reason.New("mapped_twice", "header", m.Column))
			}
		}
	}
	return errors.Join(problems...)
}
