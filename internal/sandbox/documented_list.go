package sandbox

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

const (
	defaultPerPage = 20
	maxPerPage     = 100
)

// listing is what a list call asks for.
type listing struct {
	page, limit int
	order       func(a, b *Opportunity) int
	unwanted    func(*Opportunity) bool
}

// orders has an order for each key of sort_by.
var orders = map[string]func(a, b *Opportunity) int{
	"created_at": func(a, b *Opportunity) int { return a.CreatedAt.Compare(b.CreatedAt) },
	"updated_at": func(a, b *Opportunity) int { return a.UpdatedAt.Compare(b.UpdatedAt) },
	"name":       func(a, b *Opportunity) int { return strings.Compare(a.Name, b.Name) },
	"company":    func(a, b *Opportunity) int { return strings.Compare(a.Company, b.Company) },
	"status":     func(a, b *Opportunity) int { return strings.Compare(a.Status, b.Status) },
	"deal_value": func(a, b *Opportunity) int { return cmp.Compare(amount(a), amount(b)) },
}

// amount is accurate enough to sort by; an opportunity without a value comes before any with one.
func amount(o *Opportunity) float64 {
	f, _ := o.DealValue.Float64()
	return f
}

// list answers GET /opportunities. Besides page, limit, sort_by and sort_order it accepts the filters status,
// responsible_user_id, source and campaign_id, which must match in full, and search, which finds a part of the name,
// e-mail address or company, ignoring case. Empty filters do not count.
func (d *documented) list(c call) answer {
	asked, complaint := readListing(c.query)
	if complaint != "" {
		return failure(http.StatusBadRequest, "INVALID_PARAMETER", complaint)
	}
	d.mu.Lock()
	found := slices.DeleteFunc(slices.Collect(maps.Values(d.opportunities)), asked.unwanted)
	d.mu.Unlock()
	slices.SortFunc(found, asked.order)
	from := min(len(found), (asked.page-1)*asked.limit)
	to := min(len(found), from+asked.limit)
	items := []any{}
	for _, o := range found[from:to] {
		items = append(items, itemOf(*o))
	}
	return pageOf(items, asked, len(found))
}

func readListing(q url.Values) (l listing, complaint string) {
	var ok bool
	if l.page, ok = integer(q, "page", 1); !ok || l.page < 1 || l.page > 1e9 {
		return l, "page must be a positive integer"
	}
	if l.limit, ok = integer(q, "limit", defaultPerPage); !ok || l.limit < 1 || l.limit > maxPerPage {
		return l, "limit must be between 1 and 100"
	}
	order, ok := orders[cmp.Or(q.Get("sort_by"), "created_at")]
	if !ok {
		return l, "sort_by is not a field to sort by"
	}
	sign := 1
	switch cmp.Or(q.Get("sort_order"), "desc") {
	case "asc":
	case "desc":
		sign = -1
	default:
		return l, "sort_order must be asc or desc"
	}
	if l.unwanted, ok = readFilters(q); !ok {
		return l, "status must be one of: " + strings.Join(statuses, ", ")
	}
	// Ties are broken by id, so that pages neither overlap nor leave any out.
	l.order = func(a, b *Opportunity) int { return sign * cmp.Or(order(a, b), strings.Compare(a.ID, b.ID)) }
	return l, ""
}

// readFilters returns false for a status that does not exist.
func readFilters(q url.Values) (unwanted func(*Opportunity) bool, ok bool) {
	status, search := q.Get("status"), strings.ToLower(q.Get("search"))
	if status != "" && !slices.Contains(statuses, status) {
		return nil, false
	}
	differs := func(name, value string) bool { return q.Get(name) != "" && q.Get(name) != value }
	return func(o *Opportunity) bool {
		return differs("status", o.Status) || differs("responsible_user_id", o.ResponsibleUserID) ||
			differs("source", o.Source) || differs("campaign_id", o.CampaignID) ||
			!strings.Contains(strings.ToLower(o.Name+"\n"+o.Email+"\n"+o.Company), search)
	}, true
}

func integer(q url.Values, name string, otherwise int) (int, bool) {
	if !q.Has(name) {
		return otherwise, true
	}
	n, err := strconv.Atoi(q.Get(name))
	return n, err == nil
}

type documentedPagination struct {
	Page       int `json:"page"`
	Limit      int `json:"limit"`
	Total      int `json:"total"`
	TotalPages int `json:"total_pages"`
}

func pageOf(items []any, l listing, total int) answer {
	return success(struct {
		Opportunities []any                `json:"opportunities"`
		Pagination    documentedPagination `json:"pagination"`
	}{items, documentedPagination{l.page, l.limit, total, pagesOf(total, l.limit)}})
}

func pagesOf(total, limit int) int { return (total + limit - 1) / limit }
