package sandbox

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRefusals(t *testing.T) {
	s := New(Options{Keys: []Key{
		{Value: DefaultKey, Read: true, Write: true}, {Value: "r", Read: true}, {Value: "w", Write: true},
		{Value: "old", Read: true, Expired: true}, {Value: "gone", Read: true, Revoked: true},
	}})
	one := "/opportunities/" + first
	for _, c := range []struct {
		name, method, path, header, key, body string
		status                                int
		code                                  string
	}{
		{"no key", "GET", one, "", "", "", 401, "MISSING_API_KEY"},
		{"wrong key", "GET", one, "X-API-Key", "nope", "", 401, "INVALID_API_KEY"},
		{"expired key", "GET", one, "X-API-Key", "old", "", 401, "EXPIRED_API_KEY"},
		{"revoked key", "GET", one, "X-API-Key", "gone", "", 401, "INVALID_API_KEY"},
		{"base URL", "GET", "", "X-API-Key", "r", "", 404, "ROUTE_NOT_FOUND"},
		{"basic auth", "GET", one, "Authorization", "Basic r", "", 401, "MISSING_API_KEY"},
		{"bearer", "GET", one, "Authorization", "bearer r", "", 200, ""},
		{"prefix", "GET", "/external/v1" + one, "X-API-Key", "r", "", 200, ""},
		{"read only", "PUT", one, "X-API-Key", "r", `{"name":"x"}`, 403, "INSUFFICIENT_PERMISSIONS"},
		{"read only stage", "PATCH", one + "/stage", "X-API-Key", "r", `{"status":"won"}`, 403, "INSUFFICIENT_PERMISSIONS"},
		{"write only", "GET", one, "X-API-Key", "w", "", 403, "INSUFFICIENT_PERMISSIONS"},
		{"absent", "GET", "/opportunities/" + absent, "X-API-Key", "r", "", 404, "NOT_FOUND"},
		{"no route", "GET", "/contacts", "X-API-Key", "r", "", 404, "ROUTE_NOT_FOUND"},
		{"no route, no key", "GET", "/contacts", "", "", "", 404, "ROUTE_NOT_FOUND"},
		{"prefix look-alike", "GET", "/external/v1x" + one, "X-API-Key", "r", "", 404, "ROUTE_NOT_FOUND"},
		{"wrong method", "DELETE", one, "X-API-Key", "w", "", 404, "ROUTE_NOT_FOUND"},
		{"too large", "PUT", one, "X-API-Key", "w", `{"notes":"` + strings.Repeat("x", maxBody) + `"}`, 413, "PAYLOAD_TOO_LARGE"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := http.NewRequestWithContext(t.Context(), c.method, "http://sandbox"+c.path, strings.NewReader(c.body))
			if err != nil {
				t.Fatal(err)
			}
			if c.header != "" {
				r.Header.Set(c.header, c.key)
			}
			response, err := s.Transport().RoundTrip(r)
			if err != nil {
				t.Fatal(err)
			}
			if got := codeOf(t, response); response.StatusCode != c.status || got != c.code {
				t.Errorf("got %d %s, want %d %s", response.StatusCode, got, c.status, c.code)
			}
			if response.Header.Get("Date") == "" {
				t.Error("no Date")
			}
			known := c.status != 401 && c.key != ""
			if got := response.Header.Get("X-RateLimit-Limit") != ""; got != known {
				t.Errorf("quota headers: %t, want %t", got, known)
			}
		})
	}
}

func TestEscapedIDs(t *testing.T) {
	ids := []string{"a/b", "..", "ação 1?", "100%"}
	paths := []string{"a%2Fb", "..", "a%C3%A7%C3%A3o%201%3F", "100%25"}
	o := Options{Record: true}
	for _, id := range ids {
		o.Opportunities = append(o.Opportunities, Opportunity{ID: id})
	}
	s := New(o)
	for i, path := range paths {
		r := send(t, s, "PUT", "/external/v1/opportunities/"+path, `{"name":"renamed"}`)
		if o, _ := s.Opportunity(ids[i]); r.StatusCode != 200 || o.Name != "renamed" {
			t.Errorf("%s: %d, stored %+v", path, r.StatusCode, o)
		}
		want := Request{
			Method: "PUT", Path: "/external/v1/opportunities/" + path, ID: ids[i], Status: 200, Body: `{"name":"renamed"}`,
		}
		got := s.Requests()[i]
		got.Time, got.Answered = want.Time, want.Answered
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestNothingIsRecordedUnasked(t *testing.T) {
	s := New(Options{})
	send(t, s, "GET", "/opportunities", "")
	if got := s.Requests(); got != nil {
		t.Errorf("got %v", got)
	}
}
