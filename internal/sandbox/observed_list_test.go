package sandbox

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// listed returns the ids on a page, and the pagination.
func listed(t *testing.T, s *Server, query string) (ids []string, pagination map[string]any) {
	t.Helper()
	body := jsonOf(t, send(t, s, "GET", "/opportunities?"+query, ""))
	for _, item := range body["data"].([]any) {
		ids = append(ids, item.(map[string]any)["id"].(string))
	}
	return ids, body["pagination"].(map[string]any)
}

// pagesRead returns the ids found by reading page by page, including those that came twice.
func pagesRead(t *testing.T, s *Server, query string) []string {
	t.Helper()
	var all []string
	for page := 1; ; page++ {
		ids, p := listed(t, s, fmt.Sprintf("%s&limit=100&page=%d", query, page))
		all = append(all, ids...)
		if p["has_next"] != true {
			return all
		}
	}
}

func distinct(ids []string) int { return len(slices.Compact(slices.Sorted(slices.Values(ids)))) }

// TestEqualTimesComeInAnyOrder shows what a client must cope with: there is no second sort key.
func TestEqualTimesComeInAnyOrder(t *testing.T) {
	read := func(seed uint64) []string {
		return pagesRead(t, observedServer(Options{Opportunities: Crowd(480, 200), OrderSeed: seed}), "sort_order=asc")
	}
	ids := read(1)
	if len(ids) != 480 || distinct(ids) >= 480 {
		t.Errorf("%d rows, %d different ones", len(ids), distinct(ids))
	}
	if !slices.Equal(ids, read(1)) || slices.Equal(ids, read(2)) {
		t.Error("the seed does not decide")
	}
	s := observedServer(Options{Opportunities: Crowd(480, 200)})
	if a, b := pagesRead(t, s, "sort_order=asc"), pagesRead(t, s, "sort_order=asc"); slices.Equal(a, b) {
		t.Error("two requests gave one order")
	}
	if ids := pagesRead(t, s, "sort_by=title&sort_order=asc"); distinct(ids) < 470 {
		t.Errorf("by title, %d different ones", distinct(ids))
	}
	if ids := pagesRead(t, observedServer(Options{Opportunities: Crowd(480, 0)}), ""); distinct(ids) != 480 {
		t.Errorf("of different times, %d different ones", distinct(ids))
	}
}

func TestObservedPages(t *testing.T) {
	s := observedServer(Options{Opportunities: Crowd(230, 0)})
	for _, c := range []struct {
		query             string
		items             int
		page, size, pages int
		next, prev        bool
	}{
		{"", 50, 1, 50, 5, true, false}, {"limit=100&page=3", 30, 3, 100, 3, false, true}, {"limit=500", 100, 1, 100, 3, true, false},
		{"page=9", 0, 9, 50, 5, false, true}, {"limit=1&page=230", 1, 230, 1, 230, false, true},
		{"search=nobody", 0, 1, 50, 0, false, false},
	} {
		ids, p := listed(t, s, c.query)
		total := 230
		if c.pages == 0 {
			total = 0
		}
		want := fmt.Sprintln(c.items, c.page, c.size, total, c.pages, c.next, c.prev)
		got := fmt.Sprintln(len(ids), p["page"], p["per_page"], p["total"], p["total_pages"], p["has_next"], p["has_prev"])
		if got != want {
			t.Errorf("%s: got %s, want %s", c.query, got, want)
		}
	}
}

func TestObservedListRefusals(t *testing.T) {
	s := observedServer(Options{})
	for _, query := range []string{
		"page=0", "page=-1", "page=x", "limit=abc", "limit=-1", "limit=", "owner_user_id=ana", "stage_id=Ganho", "pipeline_id=1", "campaign_id=c1",
	} {
		r := send(t, s, "GET", "/opportunities?"+query, "")
		if code := codeOf(t, r); r.StatusCode != 500 || code != "INTERNAL_ERROR" {
			t.Errorf("%s: got %d %s", query, r.StatusCode, code)
		}
	}
}

func TestObservedFilters(t *testing.T) {
	s := observedServer(Options{Opportunities: []Opportunity{
		{ID: uuid(1), Title: "Renovação", Name: "Ana 100%", Company: "Padaria São João", Stage: "Ganho", Source: "web", OwnerName: "u1", Campaign: "c"},
		{ID: uuid(2), Name: "B", Company: "SÃO Bento", Stage: "Ganho", Pipeline: "Parcerias", OwnerName: "u1"},
		{ID: uuid(3), Name: "C_d", Email: "joao@padaria.example", Stage: "Novo"},
	}})
	first, _ := s.Stored(uuid(1))
	second, _ := s.Stored(uuid(2))
	for query, want := range map[string]string{
		"": "1 2 3", "stage_id=": "1 2 3", "status=won": "1 2 3", "source=web": "1 2 3", "responsible_user_id=x": "1 2 3", "unknown=1": "1 2 3",
		"stage_id=" + first.StageID: "1", "stage_id=%7B" + strings.ToUpper(second.StageID) + "%7D": "2",
		"pipeline_id=" + first.PipelineID: "1 3", "pipeline_id=" + absent: "", "owner_user_id=" + first.OwnerUserID.String: "1 2",
		"campaign_id=" + first.CampaignID.String: "1", "company=" + url.QueryEscape("são"): "1 2", "company=padaria": "1",
		"search=renova": "1", "search=ana": "1", "search=" + url.QueryEscape("SÃO"): "1 2", "search=padaria.example": "", "search=s%25o+j": "1",
		"search=100%25": "1", "search=_": "1 2 3", "search=b%25o": "2", "search=%5C_": "3", "search=%5C%25": "1", "search=c_d": "3", "search=c.d": "",
		"search=ana&pipeline_id=" + second.PipelineID: "",
	} {
		ids, p := listed(t, s, query)
		slices.Sort(ids)
		for i := range ids {
			ids[i] = ids[i][len(ids[i])-1:]
		}
		if got := strings.Join(ids, " "); got != want || asText(p["total"]) != fmt.Sprint(len(ids)) {
			t.Errorf("%s: got %q of %v, want %q", query, got, p["total"], want)
		}
	}
}

func uuid(n int) string { return fmt.Sprintf("dddddddd-0000-4000-8000-%012d", n) }

func TestObservedOrder(t *testing.T) {
	all := Crowd(3, 0)
	all[0].Title, all[1].Title, all[2].Title = "b", "c", "a"
	all[0].DealValue, all[1].DealValue, all[2].DealValue = "100", "", "9"
	all[0].UpdatedAt, all[2].UpdatedAt = all[2].UpdatedAt, all[0].UpdatedAt
	s := observedServer(Options{Opportunities: all})
	for query, want := range map[string]string{
		"": "3 2 1", "sort_order=asc": "1 2 3", "sort_order=up": "3 2 1", "sort_by=company&sort_order=asc": "1 2 3",
		"sort_by=title&sort_order=asc": "3 1 2", "sort_by=title": "2 1 3", "sort_by=value&sort_order=asc": "3 1 2", "sort_by=value": "2 1 3",
		"sort_by=updated_at&sort_order=asc": "3 2 1",
	} {
		ids, _ := listed(t, s, query)
		for i := range ids {
			ids[i] = ids[i][len(ids[i])-1:]
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%s: got %s, want %s", query, got, want)
		}
	}
}
