package getraze

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"

	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// PageSize is how many opportunities a page has: as many as the API gives.
const PageSize = 100

// maxListAnswer is how many bytes of a list's body are read: a page of opportunities with long notes.
const maxListAnswer = 16 << 20

// ListQuery says which opportunities to list. An empty filter filters nothing.
type ListQuery struct {
	// Page counts from 1.
	Page              int
	Status            string
	ResponsibleUserID string
	Source            string
	CampaignID        string
	// Search is matched by the service's own rules.
	Search string
}

func (q ListQuery) encode() string {
	values := url.Values{
		"page": {strconv.Itoa(q.Page)}, "limit": {strconv.Itoa(PageSize)},
		"sort_by": {"created_at"}, "sort_order": {"asc"}, // an opportunity that is made meanwhile comes last
	}
	for name, value := range map[string]string{
		crm.Status: q.Status, crm.Owner: q.ResponsibleUserID, "source": q.Source,
		"campaign_id": q.CampaignID, "search": q.Search,
	} {
		if value != "" {
			values.Set(name, value)
		}
	}
	return values.Encode()
}

// Page is a part of a list.
type Page struct {
	// Answer is without an Opportunity.
	Answer Answer
	// Opportunities each have an id.
	Opportunities []Opportunity
	// Total and TotalPages are those of the whole list when the page was made.
	Total, TotalPages int
	// HasNext reports whether another page is to be asked for. It is never true of an empty page, so that reading ends.
	HasNext bool
}

// Get reads one opportunity: GET /opportunities/:id. Answer and errors are as those of [Client.Update]; nothing is
// changed.
func (c *Client) Get(ctx context.Context, id string) (Answer, error) {
	return c.one(ctx, http.MethodGet, id, "", nil)
}

// List reads a page of the opportunities in the order in which they were made: GET /opportunities. The lists of both
// dialects are understood (docs/api.md). A list that doesn't report what the page is or how long the list is is an
// [*AnswerError], as a list that silently ends too early looks like a whole one. Other errors are as those of
// [Client.Update]. The Answer in the page is filled as far as one came.
//
// An opportunity that is deleted while pages are read moves all later ones up, so that one of them may be missed.
func (c *Client) List(ctx context.Context, query ListQuery) (Page, error) {
	r, err := c.do(ctx, http.MethodGet, "/opportunities?"+query.encode(), nil, maxListAnswer)
	page := Page{Answer: r.answer}
	if err != nil {
		return page, err
	}
	items, p, ok := r.list()
	if !ok {
		return page, c.unexpected(r)
	}
	if fault, bad := p.fault(query.Page, len(items)); bad {
		return page, c.unusable(r.response, fault)
	}
	page.Opportunities, page.Total, page.TotalPages = items, *p.Total, *p.TotalPages
	page.HasNext = len(items) > 0 && query.Page < page.TotalPages
	return page, nil
}

// pagination is what the lists of both dialects report of a page.
type pagination struct {
	Page       *int `json:"page"`
	Total      *int `json:"total"`
	TotalPages *int `json:"total_pages"`
}

// list returns the items and the pagination; false if the answer has neither dialect's form.
func (r reply) list() ([]Opportunity, pagination, bool) {
	var documented struct {
		Opportunities []Opportunity   `json:"opportunities"`
		Pagination    json.RawMessage `json:"pagination"`
	}
	items, around := &documented.Opportunities, &documented.Pagination
	var err error
	if len(r.Data) > 0 && r.Data[0] == '[' {
		around = &r.Pagination
		err = json.Unmarshal(r.Data, items)
	} else {
		err = json.Unmarshal(r.Data, &documented)
	}
	var p *pagination
	if err != nil || *items == nil || json.Unmarshal(*around, &p) != nil || p == nil {
		return nil, pagination{}, false
	}
	for _, item := range *items {
		if item.ID() == "" {
			return nil, pagination{}, false
		}
	}
	return *items, *p, true
}

// fault says what is wrong with a page, if anything is.
func (p pagination) fault(asked, items int) (reason.Reason, bool) {
	switch {
	case p.Page != nil && *p.Page != asked:
		return reason.New("list_page_differs", "page", *p.Page, "asked", asked), true
	case p.Total == nil || p.TotalPages == nil || *p.TotalPages == 0 && (*p.Total > 0 || items > 0):
		return reason.New("list_length_missing"), true
	case *p.TotalPages < 0 || *p.Total < 0:
		return reason.New("list_length_negative"), true
	case items == 0 && asked < *p.TotalPages:
		return reason.New("list_page_empty"), true
	}
	return reason.Reason{}, false
}
