package getraze

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"razebulk/internal/crm"
)

// PageSize is how many opportunities a page has: the most that the API gives.
const PageSize = 100

// ListQuery specifies which opportunities to list, and in which order. An empty filter filters nothing. The service
// silently ignores a filter that the dialect doesn't have, see [ListQuery.Ignored].
type ListQuery struct {
	// Page counts from 1.
	Page int
	// Limit is how many opportunities a page has, at most [PageSize]; 0 means PageSize.
	Limit int
	// SortBy is created_at, updated_at, title or value; "" means created_at, so that an opportunity created meanwhile
	// comes last. The order of two with equal values may differ from page to page.
	SortBy     string
	Descending bool

	Status            string
	ResponsibleUserID string
	Source            string
	CampaignID        string
	StageID           string
	PipelineID        string
	Company           string
	// Search is matched by the service's own rules.
	Search string

	// Fields are the fields that the opportunities should show, besides ids, stage and owner; none means every key.
	Fields []string
}

// filters returns the query's filters by their documented names.
func (q ListQuery) filters() map[string]string {
	return map[string]string{
		crm.Status: q.Status, crm.Owner: q.ResponsibleUserID, "source": q.Source, "campaign_id": q.CampaignID,
		StageID: q.StageID, PipelineID: q.PipelineID, crm.Company: q.Company, "search": q.Search,
	}
}

// filtersOf lists the filters that each dialect has.
var filtersOf = [...][]string{
	documented: {crm.Status, crm.Owner, "source", "campaign_id", "search"},
	observed:   {crm.Owner, "campaign_id", StageID, PipelineID, crm.Company, "search"},
}

// Ignored returns the query's filters that the dialect ignores, by their documented names, sorted; none while the
// dialect is not known.
func (q ListQuery) Ignored(d Dialect) []string {
	var ignored []string
	for name, value := range q.filters() {
		if value != "" && d.Known() && !slices.Contains(filtersOf[d.form], name) {
			ignored = append(ignored, name)
		}
	}
	slices.Sort(ignored)
	return ignored
}

func (q ListQuery) encode(d Dialect) string {
	values := url.Values{
		"page": {strconv.Itoa(q.Page)}, "limit": {strconv.Itoa(cmp.Or(q.Limit, PageSize))},
		"sort_by": {cmp.Or(q.SortBy, "created_at")}, "sort_order": {"asc"},
	}
	if q.Descending {
		values.Set("sort_order", "desc")
	}
	for name, value := range q.filters() {
		if value != "" {
			values.Set(d.SentName(name), value)
		}
	}
	return values.Encode()
}

// Page is one page of a list.
type Page struct {
	// Answer has no Opportunity.
	Answer Answer
	// Opportunities all have an id.
	Opportunities []Opportunity
	// Total and TotalPages describe the whole list at the time when the page was made.
	Total, TotalPages int
	// HasNext reports whether to request another page. It is never true for an empty page, so that reading ends.
	HasNext bool
}

// Get reads one opportunity: GET /opportunities/:id. The answer shows these fields, as well as ids, stage and owner;
// if no fields are given, it has every key. Answer and errors are as for [Client.Update]; nothing is changed.
func (c *Client) Get(ctx context.Context, id string, fields ...string) (Answer, error) {
	return c.one(ctx, http.MethodGet, id, "", nil, wantedKeys(fields))
}

// List reads a page of the opportunities: GET /opportunities. A filter by owner is sent under the dialect's name; the
// lists of both dialects are understood (docs/api.md). A list that is another page than requested or doesn't report
// its length is an [*AnswerError], Undocumented, as a list that silently ends too early looks complete. Other errors
// are as for [Client.Update]. The Answer in the page is filled as far as one came.
//
// If an opportunity is deleted while pages are read, all later ones move up, and opportunities with equal sort keys
// come in any order, so one may be missed or occur twice. A list is complete when as many different ids were seen as
// Total says.
func (c *Client) List(ctx context.Context, query ListQuery, d Dialect) (Page, error) {
	const path = "/opportunities"
	r, err := c.do(ctx, http.MethodGet, address{path, path, query.encode(d)}, nil, wantedKeys(query.Fields))
	defer r.release()
	page := Page{Answer: r.answer}
	if err != nil {
		return page, err
	}
	items, p, fault := r.list(query.Page)
	if fault != nil {
		return page, c.undocumented(r.response, *fault)
	}
	page.Opportunities, page.Total, page.TotalPages = items, p.total, p.pages
	page.HasNext = len(items) > 0 && query.Page < page.TotalPages
	return page, nil
}

// Root requests the base URL itself: GET /. Services of the observed dialect answer it for any valid key, others
// return an error. Nothing is changed.
func (c *Client) Root(ctx context.Context) (Answer, error) {
	r, err := c.do(ctx, http.MethodGet, address{}, nil, nil)
	r.release()
	return r.answer, err
}
