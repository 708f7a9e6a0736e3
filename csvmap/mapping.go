package csvmap

import (
	"errors"
	"slices"

	"razebulk/csvmap/internal/meaning"
	"razebulk/internal/reason"
)

// Mapping is the user's statement that a column holds a field.
type Mapping = meaning.Mapping

// ParseMapping parses "Column=field", or "Column=field:string" or "Column=field:number" for a field that is not in
// the API's description but may exist in a deployment.
func ParseMapping(text string) (Mapping, error) { return meaning.ParseMapping(text) }

// checkMappings refuses mappings that contradict each other or the ignored columns.
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
