package getraze

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

// PageSize is how many opportunities a page has, the most that the API gives.
const PageSize = 100

// maxListAnswer is how much of a list's body is read: a page of opportunities with long notes.
const maxListAnswer = 16 << 20

// ListQuery says which opportunities to list. An empty filter filters nothing.
type ListQuery struct {
	// Page counts from 1.
	Page              int
	Status            string
	ResponsibleUserID string
	Source            string
	CampaignID        string
	// Search is matched by the service in a way of its own.
	Search string
}

func (q ListQuery) encode() string {
	values := url.Values{
		"page": {strconv.Itoa(q.Page)}, "limit": {strconv.Itoa(PageSize)},
		"sort_by": {"created_at"}, "sort_order": {"asc"}, // what comes new while pages are read comes last
	}
	for name, value := range map[string]string{
		"status": q.Status, "responsible_user_id": q.ResponsibleUserID, "source": q.Source,
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
	// Total and TotalPages are those of the whole list when the page was made; 0 where the service doesn't tell.
	Total, TotalPages int
	// HasNext tells that another page is to be asked for. It is never true of an empty page, so that reading ends.
	HasNext bool
}

// Get reads one opportunity: GET /opportunities/:id. Answer and errors are as those of [Client.Update]; nothing is changed.
func (c *Client) Get(ctx context.Context, id string) (Answer, error) {
	return c.one(ctx, http.MethodGet, id, "", nil)
}

// List reads a page of the opportunities in the order in which they were made: GET /opportunities. Both forms of the answer
// that are known are understood (api.md, parts 1 and 2); one from which it isn't clear what the page is or whether it is the
// last is an [*AnswerError], as a list that silently ends too early looks like a whole one. Other errors are as those of
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
		return page, c.notPromised(r)
	}
	if fault := p.fault(query.Page, len(items)); fault != "" {
		return page, c.unusable(r.response, fault)
	}
	page.Opportunities, page.Total, page.TotalPages = items, p.Total, p.TotalPages
	page.HasNext = len(items) > 0 && p.promisesMore(query.Page)
	return page, nil
}

// pagination is what both forms of a list say of a page; each leaves out some.
type pagination struct {
	Page       *int  `json:"page"`
	Total      int   `json:"total"`
	TotalPages int   `json:"total_pages"`
	HasNext    *bool `json:"has_next"`
}

// list finds the items and the pagination; false if the answer is none of the known forms.
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
func (p pagination) fault(asked, items int) string {
	beyond := p.TotalPages > 0 && asked > p.TotalPages
	switch {
	case p.Page != nil && *p.Page != asked:
		return fmt.Sprintf("page %d of a list, where page %d was asked for", *p.Page, asked)
	case p.HasNext == nil && p.TotalPages == 0 && (p.Total > 0 || items > 0):
		return "a page of a list that doesn't tell whether it is the last"
	case p.TotalPages < 0 || p.Total < 0:
		return "a page of a list of less than no opportunities"
	case items == 0 && !beyond && p.promisesMore(asked):
		return "an empty page of a list that goes on"
	}
	return ""
}

// promisesMore believes whichever of the two says that more is to come: one page too many costs a request, one too few
// leaves opportunities out.
func (p pagination) promisesMore(asked int) bool {
	return asked < p.TotalPages || p.HasNext != nil && *p.HasNext
}
