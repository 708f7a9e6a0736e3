package sandbox

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestObservedRefusals(t *testing.T) {
	long := "/opportunities?search=" + strings.Repeat("x", maxLoggedURL)
	keys := []Key{{Value: DefaultKey, Read: true, Write: true}, {Value: "r", Read: true}, {Value: "none"}, {Value: "old", Expired: true}, {Value: "spent", Read: true, Limit: 1}}
	for _, c := range []struct {
		name, method, path, header, key string
		status                          int
		code                            string
		counted                         bool
	}{
		{"no key", "GET", "/opportunities", "X", "", 401, "MISSING_API_KEY", false},
		{"no key, no route", "GET", "/nothing", "X", "", 401, "MISSING_API_KEY", false},
		{"expired", "GET", "/opportunities", "X-API-Key", "old", 401, "INVALID_API_KEY", false},
		{"key in the query", "GET", "/opportunities?api_key=r", "X", "", 200, "", true},
		{"bearer", "GET", "/opportunities", "Authorization", "Bearer r", 200, "", true},
		{"no permission", "PUT", "/opportunities/" + one, "X-API-Key", "r", 403, "INSUFFICIENT_PERMISSIONS", true},
		{"no permission for the stage", "PATCH", "/opportunities/" + one + "/stage", "X-API-Key", "r", 403, "INSUFFICIENT_PERMISSIONS", true},
		{"no permission at all", "GET", "/opportunities", "X-API-Key", "none", 403, "INSUFFICIENT_PERMISSIONS", true},
		{"base URL", "GET", "/", "X-API-Key", "none", 200, "", true},
		{"base URL with prefix", "GET", "/external/v1", "X-API-Key", "none", 200, "", true},
		{"wrong method", "DELETE", "/opportunities/" + one, "X-API-Key", "r", 404, "", true},
		{"long URL", "GET", long, "X-API-Key", "r", 200, "", true},
		{"spent", "GET", "/opportunities", "X-API-Key", "spent", 429, "RATE_LIMIT_EXCEEDED", true},
		{"spent, no route", "GET", "/nothing", "X-API-Key", "spent", 429, "RATE_LIMIT_EXCEEDED", true},
		{"spent, long URL", "GET", long, "X-API-Key", "spent", 500, "AUTHENTICATION_ERROR", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := observedServer(Options{Keys: keys})
			s.charge(Key{Value: "spent", Limit: 1})
			r, err := http.NewRequestWithContext(t.Context(), c.method, "http://sandbox"+c.path, strings.NewReader(`{"notes":"n"}`))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set(c.header, c.key)
			answer, err := s.Transport().RoundTrip(r)
			if err != nil {
				t.Fatal(err)
			}
			if got := codeOf(t, answer); answer.StatusCode != c.status || got != c.code {
				t.Errorf("got %d %s, want %d %s", answer.StatusCode, got, c.status, c.code)
			}
			if got := answer.Header.Get("X-RateLimit-Limit") != ""; got != c.counted {
				t.Errorf("quota headers: %t, want %t", got, c.counted)
			}
		})
	}
}

func TestObservedPermissions(t *testing.T) {
	s := observedServer(Options{Keys: []Key{{Value: DefaultKey, Write: true}}})
	got := jsonOf(t, send(t, s, "GET", "/opportunities", ""))["error"].(map[string]any)
	delete(got, "message")
	want := map[string]any{
		"code": "INSUFFICIENT_PERMISSIONS", "required_permission": readPermission, "current_permissions": []any{writePermission},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestBaseURL(t *testing.T) {
	s := observedServer(Options{Limit: 77})
	got := jsonOf(t, send(t, s, "GET", "", ""))
	if got["version"] != "1.0.0" || got["message"] == "" || asText(got["rate_limit"].(map[string]any)["limit"]) != "77" {
		t.Errorf("got %v", got)
	}
}
