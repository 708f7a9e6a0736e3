package getraze

import (
	"encoding/json"
	"fmt"
	"strconv"

	"razebulk/internal/getraze/internal/reduce"
	"razebulk/internal/reason"
)

// pagination is what the lists of both dialects report about a page.
type pagination struct {
	page, total, pages int // page is 0 if it is not reported
}

// list returns the items and the pagination of a list, or what is wrong with it as the answer to a request for a page.
func (r reply) list(asked int) ([]Opportunity, pagination, *reason.Reason) {
	listed, around := r.data, r.pagination
	name, inside := "data", ""
	if len(listed) > 0 && listed[0] == '{' {
		listed, around = nil, nil
		name, inside = "data.opportunities", "data."
		for key, raw := range knownKeys.Members(r.data) {
			switch key {
			case "opportunities":
				listed = raw
			case "pagination":
				around = raw
			}
		}
	}
	items, fault := itemsOf(listed, name)
	if fault != nil {
		return nil, pagination{}, fault
	}
	p, fault := paginationOf(around, inside+"pagination")
	if fault == nil {
		fault = p.fault(asked, len(items), inside+"pagination")
	}
	if fault != nil {
		return nil, pagination{}, fault
	}
	return items, p, nil
}

func itemsOf(listed json.RawMessage, name string) ([]Opportunity, *reason.Reason) {
	raws, isList := reduce.Items(listed)
	if !isList {
		return nil, missing(name)
	}
	items := make([]Opportunity, len(raws))
	for i, raw := range raws {
		if items[i] = opportunityOf(raw); items[i].ID() == "" {
			return nil, missing(fmt.Sprintf("%s[%d].id", name, i))
		}
	}
	return items, nil
}

// paginationOf reads the member of a list with this name.
func paginationOf(raw json.RawMessage, name string) (p pagination, fault *reason.Reason) {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil || members == nil {
		return p, missing(name)
	}
	for _, m := range []struct {
		key      string
		to       *int
		optional bool
	}{{"page", &p.page, true}, {"total", &p.total, false}, {"total_pages", &p.pages, false}} {
		raw, there := members[m.key]
		there = there && string(raw) != "null"
		switch n, err := strconv.Atoi(text(raw)); { // a service may quote its numbers
		case !there && m.optional:
		case !there:
			return p, missing(name + "." + m.key)
		case err != nil || n < 0 || !isScalar(raw):
			return p, invalid(name+"."+m.key, text(raw))
		default:
			*m.to = n
		}
	}
	return p, nil
}

// fault returns what is wrong with a page of these items; nil if nothing is.
func (p pagination) fault(asked, items int, name string) *reason.Reason {
	switch {
	case p.page != 0 && p.page != asked:
		return new(reason.New("list_page_differs", "page", p.page, "asked", asked))
	case p.pages == 0 && (p.total > 0 || items > 0):
		return invalid(name+".total_pages", "0")
	case items == 0 && asked < p.pages:
		return new(reason.New("list_page_empty"))
	}
	return nil
}

func missing(member string) *reason.Reason {
	return new(reason.New("list_member_missing", "member", member))
}

func invalid(member, value string) *reason.Reason {
	return new(reason.New("list_member_invalid", "member", member, "value", value))
}
