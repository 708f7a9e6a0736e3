package coverage

import (
	"slices"

	"razebulk/internal/crm"
	"razebulk/internal/getraze"
)

// ReadWholeList decides between the two ways to read these opportunities, by the first page of the list of all: all
// other pages, or one by one what that page leaves out, whichever takes fewer requests. Lacks reports whether
// something is still to be read of an opportunity that the list has in this form; nil is for one that it has not.
// Gets is how many have to be read one by one behind the list, if the others look like those of the first page, or in
// its place.
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

// OnlyUUIDs reports whether a page has opportunities, and all of their ids are UUIDs.
func OnlyUUIDs(page getraze.Page) bool {
	other := func(o getraze.Opportunity) bool { return !crm.IsUUID(o.ID()) }
	return len(page.Opportunities) > 0 && !slices.ContainsFunc(page.Opportunities, other)
}
