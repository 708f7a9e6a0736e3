package getraze

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"razebulk/internal/crm"
	"razebulk/internal/sandbox"
)

func without(names ...string) []string {
	return slices.DeleteFunc(slices.Clone(crm.Fields), func(name string) bool { return slices.Contains(names, name) })
}

func TestGet(t *testing.T) {
	for _, seen := range []bool{false, true} {
		client, server := sandboxClient(t, sandbox.Options{Seen: seen, Record: true})
		answer, err := client.Get(t.Context(), testID)
		if err != nil || answer.HTTPStatus != 200 || answer.Opportunity.ID() != testID || answer.Quota.Limit == 0 || answer.Date.IsZero() {
			t.Errorf("got %+v, %v", answer, err)
		}
		if r := server.Requests(); len(r) != 1 || r[0].Method != "GET" || r[0].Body != "" {
			t.Errorf("sent %+v", r)
		}
		_, err = client.Get(t.Context(), "0d4b6f52-8c1e-4a37-9b20-5e7f31c6a9d8")
		var refused *APIError
		if !errors.As(err, &refused) || refused.Code != "NOT_FOUND" {
			t.Errorf("got %v", err)
		}
	}
}

func TestGetOfSomethingElseIsUnusable(t *testing.T) {
	for _, data := range []string{`{"id":"43"}`, `[{"id":"42"}]`, `null`, `"42"`, `{"id":null}`} {
		client := newClient(t, Options{Transport: canned{status: 200, body: `{"success":true,"data":` + data + `}`}})
		answer, err := client.Get(t.Context(), "42")
		var unusable *AnswerError
		if !errors.As(err, &unusable) || answer.HTTPStatus != 200 {
			t.Errorf("%s: got %+v, %v", data, answer, err)
		}
	}
}

// crowd returns n opportunities, created one second after the other, whose ids are in another order.
func crowd(n int) []sandbox.Opportunity {
	all := []sandbox.Opportunity{} // nil would mean the seeds
	for i := range n {
		id := fmt.Sprintf("%08x-3bc8-4820-b65f-89a69d7babe4", uint32(i)*2654435761)
		all = append(all, sandbox.Opportunity{ID: id, Name: fmt.Sprint(i), CreatedAt: time.Unix(int64(i), 0)})
	}
	return all
}

func TestAllPagesTogetherAreTheWholeListInOrder(t *testing.T) {
	for _, seen := range []bool{false, true} {
		for _, n := range []int{0, 1, 99, 100, 101, 200, 250} {
			client, _ := sandboxClient(t, sandbox.Options{Seen: seen, Opportunities: crowd(n)})
			var names []string
			pages := 0
			for next := true; next; {
				pages++
				page, err := client.List(t.Context(), ListQuery{Page: pages}, Dialect{})
				if err != nil || page.Total != n || page.TotalPages != (n+99)/100 || page.Answer.Quota.Limit == 0 || page.Answer.Date.IsZero() {
					t.Fatalf("seen %t, %d: got %+v, %v", seen, n, page.Answer, err)
				}
				for _, o := range page.Opportunities {
					name, _ := o.Value("name")
					names = append(names, name.Text)
				}
				next = page.HasNext
			}
			var want []string
			for i := range n {
				want = append(want, fmt.Sprint(i))
			}
			if diff := cmp.Diff(want, names); diff != "" || pages != max(1, (n+99)/100) {
				t.Errorf("seen %t: %d pages of %d: %s", seen, pages, n, diff)
			}
		}
	}
}

func TestListFilters(t *testing.T) {
	all := crowd(8)
	all[0].Status, all[1].ResponsibleUserID, all[2].Source, all[3].CampaignID, all[4].Company = "won", "u 1&x=y", "web", "c1", "Padaria"
	for name, query := range map[string]ListQuery{
		"0": {Status: "won"}, "1": {ResponsibleUserID: "u 1&x=y"}, "2": {Source: "web"}, "3": {CampaignID: "c1"}, "4": {Search: "padaria"},
	} {
		client, _ := sandboxClient(t, sandbox.Options{Opportunities: all})
		query.Page = 1
		page, err := client.List(t.Context(), query, Dialect{})
		if err != nil || len(page.Opportunities) != 1 {
			t.Fatalf("%+v: got %d, %v", query, len(page.Opportunities), err)
		}
		if got, _ := page.Opportunities[0].Value("name"); got.Text != name {
			t.Errorf("%+v: got %s", query, got.Text)
		}
	}
}

// asked returns the query of a list request, as it arrived over the wire.
func asked(t *testing.T, query ListQuery, d Dialect) map[string]string {
	t.Helper()
	values, err := url.ParseQuery(query.encode(d))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for name := range values {
		got[name] = values.Get(name)
	}
	return got
}

func TestAListIsAskedForInTheDialectsNames(t *testing.T) {
	all := ListQuery{
		Page: 3, Limit: 1, SortBy: "title", Descending: true, Status: "won", ResponsibleUserID: "u", Source: "web", CampaignID: "c",
		StageID: "s", PipelineID: "p", Company: "co", Search: "50%",
	}
	want := map[string]string{
		"page": "3", "limit": "1", "sort_by": "title", "sort_order": "desc", "status": "won", "source": "web", "campaign_id": "c",
		"stage_id": "s", "pipeline_id": "p", "company": "co", "search": "50%", "responsible_user_id": "u",
	}
	if diff := cmp.Diff(want, asked(t, all, learned(t, documentedItem))); diff != "" {
		t.Error(diff)
	}
	delete(want, "responsible_user_id")
	want["owner_user_id"] = "u"
	if diff := cmp.Diff(want, asked(t, all, learned(t, observedItem))); diff != "" {
		t.Error(diff)
	}
	want = map[string]string{"page": "1", "limit": "100", "sort_by": "created_at", "sort_order": "asc"}
	if diff := cmp.Diff(want, asked(t, ListQuery{Page: 1}, Dialect{})); diff != "" {
		t.Error(diff)
	}
}

func TestFiltersThatADialectIgnores(t *testing.T) {
	all := ListQuery{
		Status: "won", ResponsibleUserID: "u", Source: "web", CampaignID: "c", StageID: "s", PipelineID: "p", Company: "co", Search: "x",
	}
	for _, c := range []struct {
		query ListQuery
		d     Dialect
		want  []string
	}{
		{all, Dialect{}, nil},
		{all, learned(t, documentedItem), []string{"company", "pipeline_id", "stage_id"}},
		{all, learned(t, observedItem), []string{"source", "status"}},
		{ListQuery{Search: "x"}, learned(t, observedItem), nil},
	} {
		if diff := cmp.Diff(c.want, c.query.Ignored(c.d)); diff != "" {
			t.Errorf("%s: %s", c.d, diff)
		}
	}
}

func TestRefusedListsReportWhatThePacerNeeds(t *testing.T) {
	client, _ := sandboxClient(t, sandbox.Options{Limit: 1})
	if _, err := client.List(t.Context(), ListQuery{Page: 1}, Dialect{}); err != nil {
		t.Fatal(err)
	}
	page, err := client.List(t.Context(), ListQuery{Page: 1}, Dialect{})
	var refused *APIError
	if !errors.As(err, &refused) || page.Answer.HTTPStatus != 429 || page.Answer.RetryAfter == 0 || page.Answer.Quota.Limit != 1 {
		t.Errorf("got %+v, %v", page.Answer, err)
	}
}

// listed returns what the client makes of a body that answers the request for this page.
func listed(t *testing.T, page int, body string) (Page, error) {
	t.Helper()
	return newClient(t, Options{Transport: canned{status: http.StatusOK, body: body}}).List(t.Context(), ListQuery{Page: page}, Dialect{})
}

func TestListsThatAreUnclearAreUnusable(t *testing.T) {
	const item = `{"id":"x"}`
	const lacks, invalid = "list_member_missing ", "list_member_invalid "
	for name, c := range map[string]struct{ code, body string }{
		"no data":               {lacks + "data", `{"success":true,"pagination":{"total":1,"total_pages":1}}`},
		"data null":             {lacks + "data", `{"success":true,"data":null,"pagination":{"total":1,"total_pages":1}}`},
		"one opportunity":       {lacks + "data.opportunities", `{"success":true,"data":` + item + `}`},
		"no pagination":         {lacks + "pagination", `{"success":true,"data":[` + item + `]}`},
		"no pagination inside":  {lacks + "data.pagination", `{"success":true,"data":{"opportunities":[` + item + `]}}`},
		"pagination null":       {lacks + "pagination", `{"success":true,"data":[` + item + `],"pagination":null}`},
		"pagination a list":     {lacks + "pagination", `{"success":true,"data":[` + item + `],"pagination":[]}`},
		"pagination elsewhere":  {lacks + "data.pagination", `{"success":true,"data":{"opportunities":[` + item + `]},"pagination":{"total":1,"total_pages":1}}`},
		"opportunities null":    {lacks + "data.opportunities", `{"success":true,"data":{"opportunities":null,"pagination":{"total":1,"total_pages":1}}}`},
		"opportunities an item": {lacks + "data.opportunities", `{"success":true,"data":{"opportunities":` + item + `,"pagination":{"total":1,"total_pages":1}}}`},
		"items under a name":    {lacks + "data.opportunities", `{"success":true,"data":{"items":[` + item + `],"pagination":{"total":1,"total_pages":1}}}`},
		"item null":             {lacks + "data[0].id", `{"success":true,"data":[null],"pagination":{"total":1,"total_pages":1}}`},
		"item a text":           {lacks + "data[0].id", `{"success":true,"data":["x"],"pagination":{"total":1,"total_pages":1}}`},
		"item without id":       {lacks + "data[1].id", `{"success":true,"data":[` + item + `,{"name":"Ana"}],"pagination":{"total":1,"total_pages":1}}`},
		"total a text":          {invalid + "pagination.total many", `{"success":true,"data":[` + item + `],"pagination":{"total":"many","total_pages":1}}`},
		"total a list":          {invalid + "pagination.total [1]", `{"success":true,"data":[` + item + `],"pagination":{"total":[1],"total_pages":1}}`},
		"total with a fraction": {invalid + "pagination.total 1.5", `{"success":true,"data":[` + item + `],"pagination":{"total":1.5,"total_pages":1}}`},
		"total empty":           {invalid + "pagination.total ", `{"success":true,"data":[` + item + `],"pagination":{"total":"","total_pages":1}}`},
		"total with the key":    {invalid + "pagination.total [key]", `{"success":true,"data":[` + item + `],"pagination":{"total":"` + testKey + `","total_pages":1}}`},
		"no word of an end":     {lacks + "pagination.total", `{"success":true,"data":[` + item + `],"pagination":{"page":2}}`},
		"only a total":          {lacks + "pagination.total_pages", `{"success":true,"data":[],"pagination":{"page":2,"total":500}}`},
		"only pages":            {lacks + "pagination.total", `{"success":true,"data":[` + item + `],"pagination":{"page":2,"total":null,"total_pages":2}}`},
		"no pages of some":      {invalid + "pagination.total_pages 0", `{"success":true,"data":[],"pagination":{"page":2,"total":1,"total_pages":0}}`},
		"no pages of an item":   {invalid + "pagination.total_pages 0", `{"success":true,"data":[` + item + `],"pagination":{"total":0,"total_pages":0}}`},
		"another page":          {"list_page_differs", `{"success":true,"data":[` + item + `],"pagination":{"page":"1","total":9,"total_pages":9}}`},
		"empty, and continues":  {"list_page_empty", `{"success":true,"data":[],"pagination":{"page":2,"total":9,"total_pages":3}}`},
		"fewer than none":       {invalid + "pagination.total -1", `{"success":true,"data":[],"pagination":{"total":-1,"total_pages":1}}`},
		"fewer pages than none": {invalid + "data.pagination.total_pages -1", `{"success":true,"data":{"opportunities":[],"pagination":{"total":0,"total_pages":-1}}}`},
	} {
		page, err := listed(t, 2, c.body)
		var unusable *AnswerError
		if !errors.As(err, &unusable) || !unusable.Undocumented || page.Answer.HTTPStatus != 200 || page.Opportunities != nil || page.HasNext {
			t.Errorf("%s: got %+v, %v", name, page, err)
			continue
		}
		got := unusable.Reason.Code
		for _, param := range []string{"member", "value"} {
			if value, there := unusable.Reason.Params[param]; there {
				got += " " + value.(string)
			}
		}
		if got != c.code {
			t.Errorf("%s: got %s, want %s", name, got, c.code)
		}
	}
}

func TestAnAnswerThatIsNoListIsNotTheAPIs(t *testing.T) {
	for body, code := range map[string]string{
		`{"success":false,"data":[],"pagination":{"total":2,"total_pages":2}}`: "answer_unexpected", `<html>`: "answer_not_json",
	} {
		_, err := listed(t, 2, body)
		var unusable *AnswerError
		if !errors.As(err, &unusable) || unusable.Reason.Code != code || unusable.Undocumented {
			t.Errorf("%s: got %v", body, err)
		}
	}
}

func TestAListHasMorePagesUntilItsLast(t *testing.T) {
	const items = `{"success":true,"data":[{"id":"x"}],"pagination":`
	const none = `{"success":true,"data":[],"pagination":`
	for body, want := range map[string]bool{
		items + `{"total":150,"total_pages":2}}`:                  false,
		items + `{"total":250,"total_pages":3}}`:                  true,
		items + `{"page":"2","total":"250","total_pages":"3"}}`:   true,
		items + `{"total":250,"total_pages":3,"has_next":false}}`: true,
		items + `{"total":150,"total_pages":2,"has_next":true}}`:  false,
		items + `{"total":50,"page":2,"total_pages":1}}`:          false,
		none + `{"total":150,"total_pages":2}}`:                   false,
		none + `{"total":50,"total_pages":1,"has_next":true}}`:    false,
		none + `{"total":0,"total_pages":0}}`:                     false,
	} {
		if page, err := listed(t, 2, body); err != nil || page.HasNext != want {
			t.Errorf("%s: got %t, %v", body, page.HasNext, err)
		}
	}
}

func FuzzList(f *testing.F) {
	f.Add(`{"success":true,"data":{"opportunities":[{"id":"x"}],"pagination":{"page":2,"total":250,"total_pages":3}}}`)
	f.Add(`{"success":true,"data":[{"id":1,"title":null}],"pagination":{"total":250,"total_pages":3,"has_next":true,"page":2}}`)
	f.Add(`{"success":true,"data":[],"pagination":{"total":0,"total_pages":0}}`)
	f.Fuzz(func(t *testing.T, body string) {
		page, err := listed(t, 2, body)
		if err != nil && page.Opportunities != nil || page.HasNext && len(page.Opportunities) == 0 || page.Total < 0 || page.TotalPages < 0 {
			t.Errorf("got %+v, %v", page, err)
		}
		for _, o := range page.Opportunities {
			for _, name := range crm.Fields {
				value, reported := o.Value(name)
				if o.ID() == "" || o.Holds(Field{Name: name, Text: value.Text}) != reported {
					t.Errorf("%s: %s %+v", o, name, value)
				}
			}
		}
	})
}
