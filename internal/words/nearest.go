package words

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the name that was probably meant: one that differs in a few letters, the only one that begins like
// it, or the first one that begins with its words; "" for none.
func Nearest(name string, names []string) string {
	near, distance := "", max(1, len(name)/3)+1
	var longer []string
	for _, known := range names {
		if d := levenshtein.ComputeDistance(strings.ToLower(name), strings.ToLower(known)); d < distance {
			near, distance = known, d
		}
		if len(name) > 2 && strings.HasPrefix(known, name) {
			longer = append(longer, known)
		}
	}
	if near == "" && (len(longer) == 1 || len(longer) > 1 && strings.HasPrefix(longer[0], name+"-")) {
		return longer[0]
	}
	return near
}
