package getraze

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"razebulk/internal/crm"
)

// exchange is a recorded request to the vendor's server with its answer (docs/api.md).
type exchange struct {
	What    string
	Request struct {
		Method, Path, Raw string
		Body              map[string]any
	}
	Answer struct {
		Status  int
		Headers map[string]string
		Body    json.RawMessage
	}
}

func exchanges(t *testing.T) []exchange {
	t.Helper()
	content, err := os.ReadFile("testdata/exchanges.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []exchange
	if err := json.Unmarshal(content, &all); err != nil || len(all) != 50 {
		t.Fatalf("%d exchanges, %v", len(all), err)
	}
	return all
}

// recorded answers as the server did, and keeps the request.
type recorded struct {
	exchange
	path *string
	sent *map[string]any
}

func (r recorded) RoundTrip(request *http.Request) (*http.Response, error) {
	*r.path = strings.TrimPrefix(request.URL.RequestURI(), "/")
	_ = json.NewDecoder(request.Body).Decode(r.sent)
	header := http.Header{}
	for name, value := range r.Answer.Headers {
		header.Set(name, value)
	}
	return &http.Response{
		StatusCode: r.Answer.Status, Header: header, Body: io.NopCloser(strings.NewReader(string(r.Answer.Body))), Request: request,
	}, nil
}

// unlike lists the requests that this program never makes: an owner without a value under the documented name, a name
// that is null, and a body that is not JSON.
var unlike = []string{"update: owner under the documented name", "update: name null", "update: no JSON"}

// replay makes the call of an exchange, in the dialect whose names it has, and returns the result.
func replay(t *testing.T, e exchange) (opportunities []Opportunity, answer Answer, err error) {
	t.Helper()
	d, _ := NewDialect("observed", false)
	if e.Request.Body[crm.Position] != nil || strings.Contains(e.What, "under the documented name") {
		d, _ = NewDialect("documented", false)
	}
	var path string
	var sent map[string]any
	client := newClient(t, Options{Transport: recorded{e, &path, &sent}})
	rest, query, _ := strings.Cut(strings.TrimPrefix(e.Request.Path, "/opportunities"), "?")
	id, _ := url.PathUnescape(strings.TrimSuffix(strings.TrimPrefix(rest, "/"), "/stage"))
	switch {
	case e.Request.Method == "PATCH":
		for name, value := range e.Request.Body {
			answer, err = client.SetStage(t.Context(), id, Field{Name: name, Text: value.(string)})
		}
	case e.Request.Method == "PUT":
		answer, err = client.Update(t.Context(), id, fieldsOf(e.Request.Body), d)
	case id == "":
		values, _ := url.ParseQuery(query)
		page, _ := strconv.Atoi(values.Get("page"))
		var p Page
		p, err = client.List(t.Context(), ListQuery{Page: max(page, 1)}, d)
		return p.Opportunities, p.Answer, err
	default:
		answer, err = client.Get(t.Context(), id)
	}
	if want := "opportunities" + rest; path != want || !slices.Contains(unlike, e.What) && cmp.Diff(e.Request.Body, sent) != "" {
		t.Errorf("%s: sent %s %v, want %s %v", e.What, path, sent, want, e.Request.Body)
	}
	if answer.Opportunity != nil {
		opportunities = []Opportunity{answer.Opportunity}
	}
	return opportunities, answer, err
}

// fieldsOf returns the fields that make this body in the dialect whose names it has.
func fieldsOf(body map[string]any) []Field {
	documented := map[string]string{"title": crm.Position, "owner_user_id": crm.Owner}
	var fields []Field
	for name, value := range body {
		if field, ok := documented[name]; ok {
			name = field
		}
		switch value := value.(type) {
		case nil:
			fields = append(fields, Field{Name: name, Clear: true, Null: true})
		case float64:
			fields = append(fields, Field{Name: name, Text: fmt.Sprint(value), Number: true})
		case string:
			fields = append(fields, Field{Name: name, Text: value})
		}
	}
	return fields
}

func TestRecordedAnswersAreUnderstood(t *testing.T) {
	failed := map[int]string{
		6: "500 INTERNAL_ERROR", 7: "500 INTERNAL_ERROR", 11: "500 INTERNAL_ERROR", 13: "404 NOT_FOUND", 14: "500 INTERNAL_ERROR",
		20: "400 VALIDATION_ERROR nothing", 21: "400 VALIDATION_ERROR nothing", 25: "500 INTERNAL_ERROR", 27: "500 INTERNAL_ERROR",
		28: "500 INTERNAL_ERROR", 30: "500 INTERNAL_ERROR", 32: "400 VALIDATION_ERROR nothing", 33: "400 VALIDATION_ERROR",
		34: "404 NOT_FOUND", 35: "500 INTERNAL_ERROR", 37: "400 VALIDATION_ERROR", 40: "404 NOT_FOUND", 41: "404 unknown_route",
		42: "401 MISSING_API_KEY", 43: "401 INVALID_API_KEY", 44: "401 INVALID_API_KEY", 45: "401 INVALID_API_KEY",
		46: "403 INSUFFICIENT_PERMISSIONS", 47: "403 INSUFFICIENT_PERMISSIONS", 49: "429 RATE_LIMIT_EXCEEDED",
	}
	for i, e := range exchanges(t)[1:] { // the first is not about opportunities
		opportunities, answer, err := replay(t, e)
		if got := outcome(err); got != failed[i+1] || answer.HTTPStatus != e.Answer.Status {
			t.Errorf("%d %s: got %q %v, want %q", i+1, e.What, got, err, failed[i+1])
		}
		if hasQuota := e.Answer.Headers["X-RateLimit-Limit"] != ""; hasQuota != (answer.Quota.Limit > 0) {
			t.Errorf("%s: got %+v", e.What, answer.Quota)
		}
		for _, o := range opportunities {
			checkObserved(t, e.What, o)
		}
	}
}

// outcome returns the kind of an error in short.
func outcome(err error) string {
	var refused *APIError
	var unusable *AnswerError
	switch {
	case errors.As(err, &refused) && refused.NothingToUpdate():
		return fmt.Sprint(refused.HTTPStatus, " ", refused.Code, " nothing")
	case errors.As(err, &refused):
		return fmt.Sprint(refused.HTTPStatus, " ", refused.Code)
	case errors.As(err, &unusable):
		return fmt.Sprint(unusable.HTTPStatus, " ", unusable.Reason.Code)
	case err != nil:
		return err.Error()
	}
	return ""
}

// checkObserved wants every part of an opportunity to be readable in the observed dialect.
func checkObserved(t *testing.T, what string, o Opportunity) {
	t.Helper()
	if d := (Dialect{}).Learn(o); d.Name() != "observed" || d.StageField() != "stage_id" || d.SentName(crm.Position) != "title" || d.SentName(crm.Owner) != "owner_user_id" {
		t.Errorf("%s: learned %+v", what, d)
	}
	if at, err := o.UpdatedAt(); err != nil || at.Year() != 2026 {
		t.Errorf("%s: updated at %s, %v", what, at, err)
	}
	for _, field := range crm.Fields {
		if _, reported := o.Value(field); !reported && field != crm.Notes {
			t.Errorf("%s: %s is not reported", what, field)
		}
	}
	if _, ok := o.Title(); !ok || !crm.IsUUID(o.ContactID()) || !crm.IsUUID(o.Stage().ID) {
		t.Errorf("%s: got %s", what, o)
	}
}

func TestARecordedListNamesStagesUsersAndTitles(t *testing.T) {
	opportunities, answer, err := replay(t, exchanges(t)[1])
	if err != nil || len(opportunities) != 2 {
		t.Fatal(opportunities, err)
	}
	first, second := opportunities[0], opportunities[1]
	want := Stage{"44444444-0000-4000-8000-000000000001", "Novo", "33333333-0000-4000-8000-000000000001", "Vendas"}
	if got := first.Stage(); got != want {
		t.Errorf("got %+v", got)
	}
	if got := first.Owner(); got != (User{"11111111-0000-4000-8000-000000000001", "Ana Conceição", "ana@example.com.br"}) {
		t.Errorf("got %+v", got)
	}
	if got := second.Owner(); got != (User{}) {
		t.Errorf("got %+v", got)
	}
	if title, _ := first.Title(); title != "Renovação 480" {
		t.Errorf("got %q", title)
	}
	values := map[string]string{}
	for _, field := range crm.Fields {
		value, _ := first.Value(field)
		values[field] = value.Text
	}
	if diff := cmp.Diff(map[string]string{
		"name": "João Araújo 20", "email": "contato20@empresa20.example", "phone": "+55 11 970002740", "company": "Padaria São João",
		"position": "Sócio", "deal_value": "46611.66", "deal_currency": "BRL", "responsible_user_id": "11111111-0000-4000-8000-000000000001",
		"notes": "Prefere contato à tarde.\nOrçamento: R$ 480.000,00",
	}, values); diff != "" {
		t.Error(diff)
	}
	if at, _ := first.UpdatedAt(); !at.Equal(time.Date(2026, 10, 5, 8, 8, 0, 500_000_000, time.UTC)) || answer.Quota.Reset.Unix() != 1795698000 {
		t.Errorf("got %s, %+v", at, answer.Quota)
	}
}

// TestRecordedUpdatesAreVerified compares what each update sent with what its answer shows.
func TestRecordedUpdatesAreVerified(t *testing.T) {
	notApplied := map[int]string{19: "position", 22: "deal_value", 23: "responsible_user_id"}
	for i, e := range exchanges(t) {
		if e.Request.Method != "PUT" || e.Answer.Status != 200 {
			continue
		}
		sent := fieldsOf(e.Request.Body)
		_, answer, _ := replay(t, e)
		got, unverified := answer.Verify(sent)
		if strings.Join(got, " ") != notApplied[i] || unverified != nil {
			t.Errorf("%d %s: not applied %v, unverified %v", i, e.What, got, unverified)
		}
	}
}

func TestTheRecordedRefusalForTheQuotaSaysHowLongToWait(t *testing.T) {
	_, answer, _ := replay(t, exchanges(t)[49])
	if answer.RetryAfter != 1996*time.Second || answer.Quota.Limit != 25 || answer.Quota.Remaining != 0 {
		t.Errorf("got %+v", answer)
	}
}

func TestARecordedUnknownRouteAsksForTheBaseURL(t *testing.T) {
	_, _, err := replay(t, exchanges(t)[41])
	checkError(t, err, `answered 404 Not Found: the service has no such address, it says "Route not found: GET /external/v1/nothing"; check --base-url`)
}
