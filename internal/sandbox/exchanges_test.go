package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// exchange is a request to the observed service, with its answer. A list is cut to two items.
type exchange struct {
	What    string
	Request struct {
		Method, Path, Key, Raw string
		Body                   json.RawMessage
	}
	Answer struct {
		Status  int
		Headers map[string]string
		Body    map[string]any
		Items   *int // in the list before it was cut
	}
}

func readExchanges(t *testing.T) []exchange {
	t.Helper()
	text, err := os.ReadFile("testdata/exchanges.json")
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.UseNumber()
	var all []exchange
	if err := d.Decode(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

// exchangeKeys are the keys that the exchanges name.
var exchangeKeys = []Key{
	{Value: "all permissions", Read: true, Write: true, Limit: 100_000},
	{Value: "opportunities:read", Read: true, Limit: 100_000},
	{Value: "opportunities:write", Write: true, Limit: 100_000},
	{Value: "revoked", Read: true, Revoked: true},
	{Value: "expired", Read: true, Expired: true},
	{Value: "25 an hour", Read: true, Write: true, Limit: 25},
}

// TestExchanges repeats what was sent to the service, in the same order and on the same data.
func TestExchanges(t *testing.T) {
	s := New(Options{Dialect: Observed, Opportunities: Crowd(480, 200), Keys: exchangeKeys})
	for i, x := range readExchanges(t) {
		if strings.HasPrefix(x.What, "quota: request 26") {
			for range 24 {
				replay(t, s, x)
			}
		}
		t.Run(fmt.Sprintf("%d %s", i, x.What), func(t *testing.T) { checkExchange(t, s, x) })
	}
}

func replay(t *testing.T, s *Server, x exchange) *http.Response {
	t.Helper()
	body := x.Request.Raw
	if body == "" {
		body = string(x.Request.Body)
	}
	r, err := http.NewRequestWithContext(t.Context(), x.Request.Method, "http://sandbox"+prefix+x.Request.Path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if x.Request.Key != "none" {
		r.Header.Set("X-API-Key", x.Request.Key)
	}
	answer, err := s.Transport().RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

func checkExchange(t *testing.T, s *Server, x exchange) {
	answer := replay(t, s, x)
	if answer.StatusCode != x.Answer.Status {
		t.Errorf("status %d, want %d", answer.StatusCode, x.Answer.Status)
	}
	for _, name := range []string{"Content-Type", "X-RateLimit-Limit", "X-RateLimit-Remaining", "Retry-After"} {
		if got := answer.Header.Get(name); got != x.Answer.Headers[name] {
			t.Errorf("%s is %q, want %q", name, got, x.Answer.Headers[name])
		}
	}
	_, counted := x.Answer.Headers["X-RateLimit-Reset"]
	if reset, _ := strconv.Atoi(answer.Header.Get("X-RateLimit-Reset")); counted && (reset == 0 || reset%3600 != 0) {
		t.Errorf("X-RateLimit-Reset is no full hour: %d", reset)
	}
	body := jsonOf(t, answer)
	if list, ok := x.Answer.Body["data"].([]any); ok {
		body["data"] = cutLike(t, body["data"].([]any), list, *x.Answer.Items)
		x.Answer.Body["data"] = sameIDs(list, body["data"].([]any))
	}
	if diff := cmp.Diff(formsOf("", x.Answer.Body), formsOf("", body)); diff != "" {
		t.Errorf("(-recorded +ours)\n%s", diff)
	}
}

// cutLike keeps the items that the recording has. All others must have the same keys.
func cutLike(t *testing.T, ours, recorded []any, items int) []any {
	t.Helper()
	if len(ours) != items {
		t.Errorf("%d items, want %d", len(ours), items)
	}
	kept := []any{}
	for _, item := range ours {
		if diff := cmp.Diff(keysOf(recorded[0]), keysOf(item)); diff != "" {
			t.Fatal(diff)
		}
		if len(sameIDs([]any{item}, recorded)) > 0 {
			kept = append(kept, item)
		}
	}
	return sameIDs(kept, recorded)
}

// sameIDs returns the items whose ids others has, ordered by id: rows created at the same time come in any order.
func sameIDs(items, others []any) []any {
	id := func(item any) string { return item.(map[string]any)["id"].(string) }
	kept := slices.DeleteFunc(slices.Clone(items), func(item any) bool {
		return !slices.ContainsFunc(others, func(other any) bool { return id(other) == id(item) })
	})
	slices.SortFunc(kept, func(a, b any) int { return strings.Compare(id(a), id(b)) })
	return kept
}

// Made-up values differ from the recorded ones: only their form is compared.
var madeUp = namesOf("value probability score updated_at retry_after endpoints")

var (
	timeForm    = regexp.MustCompile(`^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{0,5}[1-9])?[+-]\d\d(:\d\d)?$`)
	decimalForm = regexp.MustCompile(`^\d+\.\d\d$`)
)

// formsOf returns value with forms in place of made-up values.
func formsOf(name string, value any) any {
	if object, ok := value.(map[string]any); ok && name != "endpoints" {
		forms := map[string]any{}
		for key, inner := range object {
			forms[key] = formsOf(key, inner)
		}
		return forms
	}
	if list, ok := value.([]any); ok {
		forms := []any{}
		for _, inner := range list {
			forms = append(forms, formsOf(name, inner))
		}
		return forms
	}
	text, isText := value.(string)
	switch {
	case isText && name == "message" && strings.Contains(text, "JSON") || isText && strings.HasPrefix(text, "invalid character"):
		return "what is wrong with the JSON"
	case !madeUp[name]:
		return value
	case isText && timeForm.MatchString(text):
		return "time"
	case isText && decimalForm.MatchString(text):
		return "decimal"
	}
	return fmt.Sprintf("%T", value)
}
