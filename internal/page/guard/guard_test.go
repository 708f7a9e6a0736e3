package guard

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

const host = "127.0.0.1:4711"

// visited returns a guard, and the cookie that it gives to whoever has the token.
func visited(t *testing.T) (http.Handler, *Guard, *http.Cookie) {
	t.Helper()
	g := New(host, func(w http.ResponseWriter, status int) { w.WriteHeader(status) })
	handler := g.Wrap(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }))
	answer := ask(handler, http.MethodGet, g.Address(), nil)
	if answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != g.path || len(answer.Cookies()) != 1 {
		t.Fatalf("the token answers %d to %q with %v", answer.StatusCode, answer.Header.Get("Location"), answer.Cookies())
	}
	return handler, g, answer.Cookies()[0]
}

func ask(handler http.Handler, method, address string, change func(*http.Request)) *http.Response {
	r := httptest.NewRequest(method, address, http.NoBody)
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w.Result()
}

func TestTheCookieIsForThisPageAlone(t *testing.T) {
	_, g, cookie := visited(t)
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteStrictMode || cookie.Path != g.path || cookie.Domain != "" {
		t.Errorf("the cookie is %v", cookie)
	}
	if strings.Contains(g.Address(), cookie.Value) {
		t.Error("the cookie has the token")
	}
	if len(cookie.Value) < 20 || len(g.token) < 20 || len(g.path) < 20 {
		t.Error("the token or the path can be guessed")
	}
	if other := New(host, nil); other.token == g.token || other.session == g.session || other.path == g.path {
		t.Error("two programs have the same token or path")
	}
}

func TestOnlyTheOwnBrowserGetsIn(t *testing.T) {
	handler, g, cookie := visited(t)
	other := New(host, nil)
	own := func(r *http.Request) { r.AddCookie(cookie) }
	from := func(origin ...string) func(*http.Request) {
		return func(r *http.Request) {
			own(r)
			r.Header["Origin"] = origin
		}
	}
	root := "http://" + host
	home := root + strings.TrimSuffix(g.path, "/")
	for name, tt := range map[string]struct {
		method, address string
		change          func(*http.Request)
		status          int
	}{
		"the page":                           {"GET", home + "/", own, http.StatusTeapot},
		"a form of the page":                 {"POST", home + "/send", from(root), http.StatusTeapot},
		"nothing":                            {"GET", home + "/", nil, http.StatusForbidden},
		"a form without the cookie":          {"POST", home + "/send", func(r *http.Request) { r.Header.Set("Origin", root) }, http.StatusForbidden},
		"a script without the cookie":        {"GET", home + "/progress", nil, http.StatusForbidden},
		"a wrong token":                      {"GET", home + "/?token=x", own, http.StatusForbidden},
		"no token":                           {"GET", home + "/?token=", nil, http.StatusForbidden},
		"another program's token":            {"GET", other.Address(), nil, http.StatusForbidden},
		"the token on another path":          {"GET", home + "/send?token=" + g.token, nil, http.StatusForbidden},
		"the token in a form":                {"POST", home + "/?token=" + g.token, func(r *http.Request) { r.Header.Set("Origin", root) }, http.StatusForbidden},
		"a wrong cookie":                     {"GET", home + "/", func(r *http.Request) { r.AddCookie(&http.Cookie{Name: cookie.Name, Value: "x"}) }, http.StatusForbidden},
		"the token as a cookie":              {"GET", home + "/", func(r *http.Request) { r.AddCookie(&http.Cookie{Name: cookie.Name, Value: g.token}) }, http.StatusForbidden},
		"without the path":                   {"GET", root + "/", own, http.StatusForbidden},
		"a form without the path":            {"POST", root + "/send", from(root), http.StatusForbidden},
		"the token without the path":         {"GET", root + "/?token=" + g.token, nil, http.StatusForbidden},
		"another program's path":             {"GET", root + other.path, own, http.StatusForbidden},
		"another name for this machine":      {"GET", "http://evil.example:4711/", own, http.StatusMisdirectedRequest},
		"localhost":                          {"GET", "http://localhost:4711/", own, http.StatusMisdirectedRequest},
		"another port":                       {"GET", "http://127.0.0.1:4712/", own, http.StatusMisdirectedRequest},
		"another name with the token":        {"GET", "http://evil.example:4711/?token=" + g.token, nil, http.StatusMisdirectedRequest},
		"a form of another page":             {"POST", home + "/send", from("https://evil.example"), http.StatusForbidden},
		"a form of another port":             {"POST", home + "/send", from("http://127.0.0.1:80"), http.StatusForbidden},
		"a form of a file":                   {"POST", home + "/send", from("null"), http.StatusForbidden},
		"a form of two pages":                {"POST", home + "/send", from(root, "https://evil.example"), http.StatusForbidden},
		"a form that hides where it is from": {"POST", home + "/send", own, http.StatusForbidden},
		"a script of another page":           {"GET", home + "/progress", from("https://evil.example"), http.StatusForbidden},
		"another method":                     {"DELETE", home + "/", own, http.StatusForbidden},
	} {
		answer := ask(handler, tt.method, tt.address, tt.change)
		if answer.StatusCode != tt.status {
			t.Errorf("%s: got %d, want %d", name, answer.StatusCode, tt.status)
		}
		if got := answer.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: Cache-Control is %q", name, got)
		}
		policy := answer.Header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
			t.Errorf("%s: the policy is %q", name, policy)
		}
		if tt.status != http.StatusTeapot && len(answer.Cookies()) > 0 {
			t.Errorf("%s: gets the cookie", name)
		}
	}
}

func TestATokenThatCountsOnceCountsOnce(t *testing.T) {
	handler, g, _ := visited(t)
	address := g.AddressOnce()
	if _, err := url.Parse(address); err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{http.StatusSeeOther, http.StatusForbidden} {
		if got := ask(handler, http.MethodGet, address, nil).StatusCode; got != want {
			t.Errorf("visit %d: got %d, want %d", i+1, got, want)
		}
	}
}
