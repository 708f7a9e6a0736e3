package sandbox

import (
	"cmp"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"razebulk/internal/sandbox/internal/postgres"
)

const observedPerPage = 50

// observedOrders has an order for each key of sort_by. Null comes after all values, as in PostgreSQL.
var observedOrders = map[string]func(a, b *Stored) int{
	"created_at": func(a, b *Stored) int { return a.CreatedAt.Compare(b.CreatedAt) },
	"updated_at": func(a, b *Stored) int { return a.UpdatedAt.Compare(b.UpdatedAt) },
	"title":      func(a, b *Stored) int { return strings.Compare(a.Title, b.Title) },
	"value":      func(a, b *Stored) int { return cmp.Compare(asFloat(a.Value), asFloat(b.Value)) },
}

// asFloat is accurate enough to sort by.
func asFloat(t Text) float64 {
	if !t.Valid {
		return math.Inf(1)
	}
	f, _ := strconv.ParseFloat(t.String, 64)
	return f
}

type observedPagination struct {
	Page       int  `json:"page"`
	PerPage    int  `json:"per_page"`
	Total      int  `json:"total"`
	TotalPages int  `json:"total_pages"`
	HasNext    bool `json:"has_next"`
	HasPrev    bool `json:"has_prev"`
}

// list answers GET /opportunities. It ignores what it does not know, and answers 500 to what the database would
// refuse.
func (d *observed) list(c call) answer {
	page, pageOK := positive(c.query, "page", 1)
	limit, limitOK := positive(c.query, "limit", observedPerPage)
	wanted, filtersOK := d.filters(c.query)
	if !pageOK || !limitOK || !filtersOK {
		return internalError(listFailed)
	}
	limit = min(limit, maxPerPage)
	found := d.sorted(c.query, wanted)
	from := min(len(found), (page-1)*limit)
	items := []listColumns{}
	for _, o := range found[from:min(len(found), from+limit)] {
		items = append(items, d.itemOf(o))
	}
	pages := pagesOf(len(found), limit)
	p := observedPagination{page, limit, len(found), pages, page < pages, page > 1}
	return jsonAnswer(200, envelope{Success: true, Data: items, Pagination: p})
}

func positive(q url.Values, name string, otherwise int) (int, bool) {
	n, ok := integer(q, name, otherwise)
	return n, ok && n >= 1 && n <= 1e9
}

// sorted orders by one key only: rows with equal keys come in a different order at each request.
func (d *observed) sorted(q url.Values, wanted func(*Stored) bool) []*Stored {
	var found []*Stored
	for _, id := range d.order {
		if o := d.opportunities[id]; wanted(o) {
			found = append(found, o)
		}
	}
	d.draws.Shuffle(len(found), func(i, j int) { found[i], found[j] = found[j], found[i] })
	order, ok := observedOrders[q.Get("sort_by")]
	if !ok {
		order = observedOrders["created_at"]
	}
	sign := -1
	if strings.EqualFold(q.Get("sort_order"), "asc") {
		sign = 1
	}
	slices.SortStableFunc(found, func(a, b *Stored) int { return sign * order(a, b) })
	return found
}

// filters reads the filters that exist. An empty one does not count; false means that one needs a UUID and has none.
func (d *observed) filters(q url.Values) (wanted func(*Stored) bool, ok bool) {
	ids := map[string]string{}
	for _, name := range []string{"stage_id", "pipeline_id", "campaign_id", "owner_user_id"} {
		if q.Get(name) == "" {
			continue
		}
		if ids[name], ok = postgres.UUID(q.Get(name)); !ok {
			return nil, false
		}
	}
	search, company := postgres.Contains(q.Get("search")), postgres.Contains(q.Get("company"))
	differs := func(name, value string) bool { return ids[name] != "" && ids[name] != value }
	return func(o *Stored) bool {
		contact := d.contacts[o.ContactID]
		if differs("stage_id", o.StageID) || differs("pipeline_id", o.PipelineID) ||
			differs("campaign_id", o.CampaignID.String) || differs("owner_user_id", o.OwnerUserID.String) {
			return false
		}
		return company(contact.Company) && (search(postgres.TextOf(o.Title)) || search(contact.Name) || search(contact.Company))
	}, true
}
