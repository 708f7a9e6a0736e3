package match

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
)

// Search is a search that shows all opportunities that have some values, and possibly others.
type Search struct {
	Text string
	of   *wanted
}

// searched are the fields that the search of the observed dialect covers (docs/api.md). The search of the other dialect
// is not documented.
var searched = []string{crm.Title, crm.Name, "company"}

// maxSearch is the maximum length of a search text. Some systems refuse a long URL.
const maxSearch = 60

// Searches returns the searches that find what remains to be found; false if not all of it can be searched for. The
// service has its own rules for comparing letters of other scripts, so only ASCII is searched for; and a backslash has
// a special meaning to it.
func (f *Finder) Searches(d getraze.Dialect) ([]Search, bool) {
	if d.Name() != "observed" {
		return nil, false
	}
	var all []Search
	for _, key := range slices.Sorted(maps.Keys(f.wanted)) {
		w := f.wanted[key]
		if !w.remains {
			continue
		}
		text := searchText(w.values)
		if text == "" {
			return nil, false
		}
		all = append(all, Search{text, w})
	}
	return all, true
}

// searchText returns the longest text that can be searched for, since the fewest opportunities will have it.
func searchText(values []csvmap.Cell) string {
	values = slices.DeleteFunc(slices.Clone(values), func(v csvmap.Cell) bool { return !slices.Contains(searched, v.Field) || !mayBeSearched(v.Text) })
	if len(values) == 0 {
		return ""
	}
	return slices.MaxFunc(values, func(a, b csvmap.Cell) int { return cmp.Compare(len(a.Text), len(b.Text)) }).Text
}

func mayBeSearched(text string) bool {
	other := func(r rune) bool { return r > unicode.MaxASCII || r < ' ' || r == '\\' }
	return len(text) <= maxSearch && !strings.ContainsFunc(text, other)
}

// Searched adds the page that a search has returned. It returns false if the page doesn't show all results.
func (f *Finder) Searched(s Search, page getraze.Page) bool {
	ids := map[string]bool{}
	for _, o := range page.Opportunities {
		ids[crm.IDKey(o.ID())] = true
	}
	f.See(page.Opportunities...)
	s.of.seenAll = page.TotalPages <= 1 && len(ids) == page.Total
	return s.of.seenAll
}
