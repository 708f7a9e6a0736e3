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
	for _, c := range []struct{ name, body, code, fields string }{
		{"empty object", `{}`, "VALIDATION_ERROR", ""},
		{"unknown alone", `{"status":"won","score":1}`, "VALIDATION_ERROR", ""},
		{"unknown beside known", `{"status":"won","notes":"n"}`, "stored", ""},
		{"no object", `[1]`, "VALIDATION_ERROR", ""},
		{"not JSON", `{"name":`, "VALIDATION_ERROR", ""},
		{"two values", `{"name":"x"}{}`, "VALIDATION_ERROR", ""},
		{"bad email", `{"email":"maria.souza@","name":"x"}`, "VALIDATION_ERROR", "email"},
		{"email with name", `{"email":"Maria <maria@example.com>"}`, "VALIDATION_ERROR", "email"},
		{"text for a value", `{"deal_value":"37540.02"}`, "VALIDATION_ERROR", "deal_value"},
		{"null for a value", `{"deal_value":null}`, "stored", ""},
		{"bad currency", `{"deal_currency":"R$"}`, "VALIDATION_ERROR", "deal_currency"},
		{"number for a text", `{"phone":55,"notes":true}`, "VALIDATION_ERROR", "notes phone"},
		{"empty name", `{"name":"  "}`, "VALIDATION_ERROR", "name"},
		{"null name", `{"name":null}`, "VALIDATION_ERROR", "name"},
		{"null notes", `{"notes":null}`, "stored", ""},
		{"position and owner", `{"position":"CTO","responsible_user_id":"u"}`, "stored", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if code, fields := outcome(t, Options{}, c.body); code != c.code || fields != c.fields {
				t.Errorf("got %s %s, want %s %s", code, fields, c.code, c.fields)
			}
		})
	}
}

// outcome returns the error code of a PUT and the fields that it complains about.
func outcome(t *testing.T, o Options, body string) (code, fields string) {
	t.Helper()
	r := send(t, New(o), "PUT", "/opportunities/"+first, body)
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
