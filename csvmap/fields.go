package csvmap

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/agnivade/levenshtein"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// IDField is the column that says which opportunity a row is about.
const IDField = "id"

// Fields are the fields that an update can change, in the order in which cells, plans and results list them.
var Fields = []string{
	"name", "email", "phone", "company", "position", "deal_value", "deal_currency", "notes", "responsible_user_id",
}

// readOnlyColumns stand in exports of the CRM and can't be changed by an update.
var readOnlyColumns = []string{
	"status", "source", "created_at", "updated_at", "campaign_id", "campaign_name", "responsible_user", "responsible_user_name",
}

// StatusColumn and MessageColumn are added to a file of failed rows. A sheet that has them is such a file, come back.
const (
	StatusColumn  = "raze_status"
	MessageColumn = "raze_message"
)

var ownColumns = []string{StatusColumn, MessageColumn}

var columnsByKey = keyed(slices.Concat([]string{IDField}, Fields, readOnlyColumns, ownColumns))

func keyed(names []string) map[string]string {
	m := make(map[string]string, len(names))
	for _, name := range names {
		m[headerKey(name)] = name
	}
	return m
}

// headerKey is what two spellings of one header have in common: case, spaces, "_", "-" and accents don't count.
func headerKey(header string) string {
	fold := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	plain, _, err := transform.String(fold, header)
	if err != nil {
		plain = header
	}
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '_' || r == '-' {
			return -1
		}
		return r
	}, plain))
}

// nearestColumn is the known column whose name takes the fewest edits to reach.
func nearestColumn(header string) string {
	key := headerKey(header)
	nearest := slices.MinFunc(slices.Sorted(maps.Keys(columnsByKey)), func(a, b string) int {
		return levenshtein.ComputeDistance(key, a) - levenshtein.ComputeDistance(key, b)
	})
	return columnsByKey[nearest]
}
