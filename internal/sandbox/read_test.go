package sandbox

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const listNames = "id name email phone company position status deal_value deal_currency source campaign_id created_at updated_at"

func TestShapes(t *testing.T) {
	for _, c := range []struct{ method, path, want string }{
		{"PUT", "/" + first, "id name email company status deal_value deal_currency notes updated_at"},
		{"GET", "/" + first, listNames + " notes responsible_user"},
		{"GET", "", listNames + " responsible_user_id"},
	} {
		data := jsonOf(t, send(t, New(Options{}), c.method, "/opportunities"+c.path, `{"notes":"n"}`))["data"]
		if object, ok := data.(map[string]any); ok && object["opportunities"] != nil {
			data = object["opportunities"].([]any)[0]
		}
		if diff := cmp.Diff(namesOf(c.want), keysOf(data)); diff != "" {
			t.Errorf("%s %s: %s", c.method, c.path, diff)
		}
	}
}

func TestListPages(t *testing.T) {
	s := New(Options{})
	for _, c := range []struct {
		query             string
		items, page, size int
	}{
		{"", 20, 1, 20}, {"?page=3", 10, 3, 20}, {"?limit=100", 50, 1, 100}, {"?page=4", 0, 4, 20}, {"?limit=50&page=1", 50, 1, 50},
	} {
		data := jsonOf(t, send(t, s, "GET", "/opportunities"+c.query, ""))["data"].(map[string]any)
		p := data["pagination"].(map[string]any)
		got := []string{strconv.Itoa(len(data["opportunities"].([]any))), asText(p["page"]), asText(p["limit"]), asText(p["total"])}
		want := []string{strconv.Itoa(c.items), strconv.Itoa(c.page), strconv.Itoa(c.size), "50"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", c.query, diff)
		}
	}
}

func TestListOrder(t *testing.T) {
	s := New(Options{Opportunities: []Opportunity{
		{ID: "a", Name: "2", DealValue: "9"}, {ID: "b", Name: "1", DealValue: "100"}, {ID: "c", Name: "2"},
	}})
	for query, want := range map[string]string{
		"sort_by=name&sort_order=asc": "b a c", "sort_by=name&sort_order=desc": "c a b",
		"sort_by=deal_value&sort_order=asc": "c a b", "": "c b a",
	} {
		data := jsonOf(t, send(t, s, "GET", "/opportunities?"+query, ""))["data"].(map[string]any)
		var ids []string
		for _, item := range data["opportunities"].([]any) {
			ids = append(ids, item.(map[string]any)["id"].(string))
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%s: got %s, want %s", query, got, want)
		}
	}
}

func TestListFilters(t *testing.T) {
	s := New(Options{Opportunities: []Opportunity{
		{ID: "a", Name: "Padaria São João", Status: "won", ResponsibleUserID: "u1", Source: "web", CampaignID: "c1"},
		{ID: "b", Name: "B", Company: "SÃO Bento", Status: "won", ResponsibleUserID: "u2", Source: "web"},
		{ID: "c", Name: "C", Email: "joao@padaria.example", Status: "new", ResponsibleUserID: "u1", CampaignID: "c1"},
	}})
	for query, want := range map[string]string{
		"":                     "a b c",
		"status=won":           "a b",
		"status=lost":          "",
		"status=":              "a b c",
		"responsible_user_id=": "a b c", "responsible_user_id=u1": "a c", "responsible_user_id=u": "",
		"source=web": "a b", "campaign_id=c1": "a c", "campaign_id=c1&source=web": "a",
		"search=s%C3%A3o": "a b", "search=PADARIA": "a c", "search=u1": "",
		"status=won&search=bento&responsible_user_id=u2": "b", "status=new&search=bento": "",
	} {
		body := jsonOf(t, send(t, s, "GET", "/opportunities?sort_order=asc&"+query, ""))["data"].(map[string]any)
		var ids []string
		for _, item := range body["opportunities"].([]any) {
			ids = append(ids, item.(map[string]any)["id"].(string))
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%s: got %q, want %q", query, got, want)
		}
		if total := asText(body["pagination"].(map[string]any)["total"]); total != strconv.Itoa(len(ids)) {
			t.Errorf("%s: total %s", query, total)
		}
	}
}

func TestBadListParameters(t *testing.T) {
	s := New(Options{})
	for _, query := range []string{
		"page=0", "page=x", "page=", "limit=0", "limit=101", "limit=1.5", "sort_by=notes", "sort_order=up", "page=99999999999",
		"status=lots", "status=Won",
	} {
		r := send(t, s, "GET", "/opportunities?"+query, "")
		if code := codeOf(t, r); r.StatusCode != 400 || code != "INVALID_PARAMETER" {
			t.Errorf("%s: got %d %s", query, r.StatusCode, code)
		}
	}
}
