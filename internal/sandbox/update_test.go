package sandbox

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func asText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

func TestPutRefusals(t *testing.T) {
	for _, c := range []struct {
		name, body   string
		code, fields string // as documented
		seen         string // code, or "stored"
	}{
		{"empty object", `{}`, "VALIDATION_ERROR", "", "VALIDATION_ERROR"},
		{"unknown alone", `{"status":"won","score":1}`, "VALIDATION_ERROR", "", "VALIDATION_ERROR"},
		{"unknown beside known", `{"status":"won","notes":"n"}`, "stored", "", "stored"},
		{"no object", `[1]`, "VALIDATION_ERROR", "", "VALIDATION_ERROR"},
		{"not JSON", `{"name":`, "VALIDATION_ERROR", "", "<html>"},
		{"two values", `{"name":"x"}{}`, "VALIDATION_ERROR", "", "<html>"},
		{"bad email", `{"email":"maria.souza@","name":"x"}`, "VALIDATION_ERROR", "email", "stored"},
		{"email with name", `{"email":"Maria <maria@example.com>"}`, "VALIDATION_ERROR", "email", "stored"},
		{"text for a value", `{"deal_value":"37540.02"}`, "VALIDATION_ERROR", "deal_value", "VALIDATION_ERROR"},
		{"null for a value", `{"deal_value":null}`, "stored", "", "VALIDATION_ERROR"},
		{"bad currency", `{"deal_currency":"R$"}`, "VALIDATION_ERROR", "deal_currency", "VALIDATION_ERROR"},
		{"number for a text", `{"phone":55,"notes":true}`, "VALIDATION_ERROR", "notes phone", "VALIDATION_ERROR"},
		{"empty name", `{"name":"  "}`, "VALIDATION_ERROR", "name", "stored"},
		{"null name", `{"name":null}`, "VALIDATION_ERROR", "name", "INTERNAL_ERROR"},
		{"null notes", `{"notes":null}`, "stored", "", "stored"},
		{"unseen alone", `{"position":"CTO","responsible_user_id":"u"}`, "stored", "", "VALIDATION_ERROR"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, fields := outcome(t, Options{}, c.body)
			if code != c.code || fields != c.fields {
				t.Errorf("as documented: got %s %s, want %s %s", code, fields, c.code, c.fields)
			}
			if code, _ := outcome(t, Options{Seen: true}, c.body); code != c.seen {
				t.Errorf("as seen: got %s, want %s", code, c.seen)
			}
		})
	}
}

// outcome is the error code of a PUT and the fields it complains of.
func outcome(t *testing.T, o Options, body string) (code, fields string) {
	t.Helper()
	r := send(t, New(o), "PUT", "/opportunities/"+first, body)
	if strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
		return "<html>", ""
	}
	if r.StatusCode == 200 {
		return "stored", ""
	}
	e := jsonOf(t, r)["error"].(map[string]any)
	if d, ok := e["details"].(map[string]any); ok {
		fields = strings.Join(slices.Sorted(maps.Keys(d["fields"].(map[string]any))), " ")
	}
	return e["code"].(string), fields
}

func TestPutStoresExactDigits(t *testing.T) {
	for _, digits := range []string{"37540.02", "12500", "0.10", "12345678901234567890.123456789", "1E+2"} {
		s := New(Options{})
		data := jsonOf(t, send(t, s, "PUT", "/opportunities/"+first, `{"deal_value":`+digits+`}`))["data"]
		if got := asText(data.(map[string]any)["deal_value"]); got != digits {
			t.Errorf("answered %s, want %s", got, digits)
		}
		if o, _ := s.Opportunity(first); o.DealValue.String() != digits {
			t.Errorf("stored %s, want %s", o.DealValue, digits)
		}
	}
}

func TestPutStoresAllFieldsAndNoOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{})
		want, _ := s.Opportunity(first)
		want.Name, want.Email, want.Phone, want.Company, want.Position = "n", "e@example.com", "p", "c", "o"
		want.DealValue, want.DealCurrency, want.Notes, want.ResponsibleUserID = "1.50", "USD", "l1\nl2 <&>", "u"
		want.UpdatedAt = time.Now()
		r := send(t, s, "PUT", "/opportunities/"+first, `{"name":"n","email":"e@example.com","phone":"p","company":"c",
			"position":"o","deal_value":1.50,"deal_currency":"USD","notes":"l1\nl2 <&>","responsible_user_id":"u","status":"won"}`)
		if got, _ := s.Opportunity(first); r.StatusCode != 200 || cmp.Diff(want, got) != "" {
			t.Errorf("%d %s", r.StatusCode, cmp.Diff(want, got))
		}
	})
}

func TestIgnoredFields(t *testing.T) {
	for _, seen := range []bool{false, true} {
		s := New(Options{Seen: seen, Ignored: []string{"deal_value", "phone"}})
		before, _ := s.Opportunity(first)
		r := send(t, s, "PUT", "/opportunities/"+first, `{"deal_value":1,"phone":"x"}`)
		if after, _ := s.Opportunity(first); r.StatusCode != 200 || after != before {
			t.Errorf("seen %t: %d, %s", seen, r.StatusCode, cmp.Diff(before, after))
		}
	}
}

func TestUpdatedAt(t *testing.T) {
	for _, c := range []struct {
		body              string
		documented, moved bool
	}{
		{`{"email":"a@example.com","phone":"1","company":"c"}`, true, false},
		{`{"email":"a@example.com","notes":"n"}`, true, true},
	} {
		for seen, want := range map[bool]bool{false: c.documented, true: c.moved} {
			s := New(Options{Seen: seen})
			before, _ := s.Opportunity(first)
			send(t, s, "PUT", "/opportunities/"+first, c.body)
			after, _ := s.Opportunity(first)
			if got := after.UpdatedAt != before.UpdatedAt; got != want {
				t.Errorf("seen %t, %s: moved %t, want %t", seen, c.body, got, want)
			}
		}
	}
}

func TestSeenNameAndNull(t *testing.T) {
	s := New(Options{Seen: true})
	send(t, s, "PUT", "/opportunities/"+first, `{"name":"  Padaria \n","notes":null}`)
	if o, _ := s.Opportunity(first); o.Name != "Padaria" || o.Notes != "" {
		t.Errorf("stored %+v", o)
	}
}

func TestSeenOtherIDForm(t *testing.T) {
	s := New(Options{Seen: true, Opportunities: []Opportunity{{ID: "opp-1"}}})
	for range 2 {
		r := send(t, s, "PUT", "/opportunities/opp-1", `{"name":"x"}`)
		if code := codeOf(t, r); r.StatusCode != 500 || code != "INTERNAL_ERROR" {
			t.Errorf("got %d %s", r.StatusCode, code)
		}
	}
	if r := send(t, s, "PUT", "/opportunities/"+absent, `{"name":"x"}`); r.StatusCode != 404 {
		t.Errorf("got %d for a UUID", r.StatusCode)
	}
}

func TestStage(t *testing.T) {
	for body, want := range map[string]string{
		`{"status":"won"}`: "", `{"status":"Won"}`: "INVALID_STATUS", `{"status":1}`: "INVALID_STATUS",
		`{}`: "MISSING_REQUIRED_FIELD", `"won"`: "VALIDATION_ERROR",
	} {
		s := New(Options{})
		got := codeOf(t, send(t, s, "PATCH", "/opportunities/"+first+"/stage", body))
		o, _ := s.Opportunity(first)
		if got != want || (o.Status == "won") != (want == "") {
			t.Errorf("%s: got %q and %s, want %q", body, got, o.Status, want)
		}
	}
}
