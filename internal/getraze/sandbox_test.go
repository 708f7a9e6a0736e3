package getraze

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"razebulk/internal/sandbox"
)

// every lists all fields that PUT accepts.
var every = []Field{
	{Name: "name", Text: " Renovação – Padaria "}, {Name: "email", Text: "ana@example.com"}, {Name: "phone", Text: "+55 51 9"},
	{Name: "company", Text: "Padaria"}, {Name: "position", Text: "CTO"}, {Name: "deal_value", Text: "37541.50", Number: true},
	{Name: "deal_currency", Text: "usd"}, {Name: "notes", Text: "uma\nduas"}, {Name: "responsible_user_id", Text: "u1"},
}

func sandboxClient(t *testing.T, o sandbox.Options) (*Client, *sandbox.Server) {
	t.Helper()
	s := sandbox.New(o)
	return newClient(t, Options{BaseURL: "http://localhost/external/v1", Key: sandbox.DefaultKey, Transport: s.Transport()}), s
}

func TestUpdateOfEveryFieldIsVerifiedAsFarAsTheServiceSays(t *testing.T) {
	for _, c := range []struct {
		name                   string
		options                sandbox.Options
		notApplied, unverified string
	}{
		{"documented", sandbox.Options{}, "", "phone position responsible_user_id"},
		{"documented, fields ignored", sandbox.Options{Ignored: []string{"deal_value", "company"}}, "company deal_value", "phone position responsible_user_id"},
		{"seen", sandbox.Options{Seen: true}, "position deal_value deal_currency responsible_user_id", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			client, _ := sandboxClient(t, c.options)
			answer, err := client.Update(t.Context(), testID, every, Dialect{})
			if err != nil || answer.HTTPStatus != 200 || answer.RetryAfter != 0 {
				t.Fatalf("got %+v, %v", answer, err)
			}
			notApplied, unverified := answer.Verify(every)
			if diff := cmp.Diff([]string{c.notApplied, c.unverified}, []string{strings.Join(notApplied, " "), strings.Join(unverified, " ")}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestUpdateStoresWhatWasSent(t *testing.T) {
	client, server := sandboxClient(t, sandbox.Options{})
	if _, err := client.Update(t.Context(), testID, every, Dialect{}); err != nil {
		t.Fatal(err)
	}
	got, _ := server.Opportunity(testID)
	want := got
	want.Name, want.Email, want.Phone, want.Company, want.Position = every[0].Text, "ana@example.com", "+55 51 9", "Padaria", "CTO"
	want.DealValue, want.DealCurrency, want.Notes, want.ResponsibleUserID = "37541.50", "usd", "uma\nduas", "u1"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestUpdateFindsIDsThatNeedEscaping(t *testing.T) {
	for _, id := range []string{"a?b#c%", "a/b", "商談 1", "%2F", "a+b&c=d;e", `"`} {
		client, server := sandboxClient(t, sandbox.Options{Opportunities: []sandbox.Opportunity{{ID: id, Name: "before"}}})
		_, err := client.Update(t.Context(), id, []Field{{Name: "name", Text: "after"}}, Dialect{})
		if o, _ := server.Opportunity(id); err != nil || o.Name != "after" {
			t.Errorf("%s: got %q, %v", id, o.Name, err)
		}
	}
}

func TestRefusalsOfTheSandbox(t *testing.T) {
	const absent = "0d4b6f52-8c1e-4a37-9b20-5e7f31c6a9d8"
	notes := []Field{{Name: "notes", Text: "n"}}
	for _, c := range []struct {
		name, id string
		options  sandbox.Options
		fields   []Field
		status   int
		code     string
		reasons  string // the field that they name
	}{
		{"absent", absent, sandbox.Options{}, notes, 404, "NOT_FOUND", ""},
		{"absent, seen", absent, sandbox.Options{Seen: true}, notes, 404, "NOT_FOUND", ""},
		{"id of another form, seen", "42", sandbox.Options{Seen: true}, notes, 500, "INTERNAL_ERROR", ""},
		{"bad email", testID, sandbox.Options{}, []Field{{Name: "email", Text: "x"}}, 400, "VALIDATION_ERROR", "email"},
		{"nothing that the service takes", testID, sandbox.Options{Seen: true}, []Field{{Name: "position", Text: "x"}}, 400, "VALIDATION_ERROR", ""},
		{"wrong key", testID, sandbox.Options{Keys: []sandbox.Key{{Value: "gr_live_other", Write: true}}}, notes, 401, "INVALID_API_KEY", ""},
		{"key that only reads", testID, sandbox.Options{Keys: []sandbox.Key{{Value: sandbox.DefaultKey, Read: true}}}, notes, 403, "INSUFFICIENT_PERMISSIONS", ""},
		{"server fault", testID, sandbox.Options{Faults: sandbox.Faults{Error500: 1}}, notes, 500, "INTERNAL_ERROR", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			client, _ := sandboxClient(t, c.options)
			answer, err := client.Update(t.Context(), c.id, c.fields, Dialect{})
			var refused *APIError
			if !errors.As(err, &refused) || refused.HTTPStatus != c.status || answer.HTTPStatus != c.status || refused.Code != c.code {
				t.Fatalf("got %+v, %#v", answer, err)
			}
			if _, named := refused.Fields[c.reasons]; c.reasons != "" && !named {
				t.Errorf("%v doesn't name %s", refused.Fields, c.reasons)
			}
		})
	}
}

func TestAProxysPageIsUnusable(t *testing.T) {
	client, _ := sandboxClient(t, sandbox.Options{Faults: sandbox.Faults{HTML502: 1}})
	_, err := update(t, client)
	var unusable *AnswerError
	if !errors.As(err, &unusable) || unusable.HTTPStatus != 502 {
		t.Fatalf("got %v", err)
	}
	checkError(t, err, "502 Bad Gateway")
}

func TestRetryAfterLeadsPastTheEndOfTheWindow(t *testing.T) {
	for _, seen := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			time.Sleep(17*time.Minute + 300*time.Millisecond)
			client, _ := sandboxClient(t, sandbox.Options{Seen: seen, Limit: 1})
			if _, err := update(t, client); err != nil {
				t.Fatal(err)
			}
			answer, err := update(t, client)
			var refused *APIError
			if !errors.As(err, &refused) || refused.Code != "RATE_LIMIT_EXCEEDED" || answer.HTTPStatus != 429 {
				t.Fatalf("got %+v, %v", answer, err)
			}
			time.Sleep(answer.RetryAfter)
			if _, err := update(t, client); err != nil {
				t.Errorf("seen %v: still refused after %s: %v", seen, answer.RetryAfter, err)
			}
		})
	}
}
