package coverage

import (
	"slices"

	"razebulk/internal/crm"
	"razebulk/internal/getraze"
)

// ReadWholeList decides how to read these opportunities, given the first page of the list of all: all other pages, or
// only what that page omits, one by one, whichever takes fewer requests. Lacks reports whether something remains to be
// read of an opportunity as the list shows it; nil stands for one that the list doesn't show. Gets is how many have to
// be read one by one: after the list, if the others look like those of the first page, or instead of it.
func ReadWholeList(first getraze.Page, ids []string, lacks func(id string, listed getraze.Opportunity) bool) (whole bool, gets int) {
	listed := make(map[string]getraze.Opportunity, len(first.Opportunities))
	var sample getraze.Opportunity
	for _, o := range first.Opportunities {
		listed[crm.IDKey(o.ID())], sample = o, first.Opportunities[0]
	}
	behind := 0
	for _, id := range ids {
		o, there := listed[crm.IDKey(id)]
		if lacks(id, o) {
			gets++
		}
		if !there {
			o = sample
		}
		if lacks(id, o) {
			behind++
		}
	}
	if rest := first.TotalPages - 1; rest > 0 && rest+behind < gets {
		return true, behind
	}
	return false, gets
}

// OnlyUUIDs reports whether a page has opportunities, all of whose ids are UUIDs.
func OnlyUUIDs(page getraze.Page) bool {
	other := func(o getraze.Opportunity) bool { return !crm.IsUUID(o.ID()) }
	return len(page.Opportunities) > 0 && !slices.ContainsFunc(page.Opportunities, other)
}
