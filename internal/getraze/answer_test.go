package getraze

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestRefusalsAreAPIErrors(t *testing.T) {
	for _, c := range []struct {
		name   string
		status int
		body   string
		want   APIError
		text   string
	}{
		{"documented", 404, `{"success":false,"error":{"code":"NOT_FOUND","message":"Opportunity not found"}}`,
			APIError{404, "NOT_FOUND", "Opportunity not found", nil, nil}, "Opportunity not found"},
		{"fields", 400, `{"success":false,"error":{"code":"VALIDATION_ERROR","message":"Invalid.","details":{"fields":{"phone":"b","email":"a"}}}}`,
			APIError{400, "VALIDATION_ERROR", "Invalid.", map[string]string{"email": "a", "phone": "b"}, nil}, "Invalid: email: a; phone: b"},
		{"reasons of other kinds", 400, `{"success":false,"error":{"code":"VALIDATION_ERROR","message":"m","details":{"fields":{"a":["x","y"],"b":7,"c":null,"d":{"k":1}}}}}`,
			APIError{400, "VALIDATION_ERROR", "m", map[string]string{"a": `["x","y"]`, "b": "7", "c": "", "d": `{"k":1}`}, nil},
			`m: a: ["x","y"]; b: 7; c: ; d: {"k":1}`},
		{"reasons without a message", 400, `{"success":false,"error":{"code":"VALIDATION_ERROR","details":{"fields":{"a":"x"}}}}`,
			APIError{400, "VALIDATION_ERROR", "", map[string]string{"a": "x"}, nil}, "a: x"},
		{"permissions", 403, `{"success":false,"error":{"code":"C1","message":"m","current_permissions":["a:b","c:d"]}}`, APIError{403, "C1", "m", nil, []string{"a:b", "c:d"}}, "m"},
		{"permissions of another form", 403, `{"success":false,"error":{"code":"C1","message":"m","current_permissions":"a:b"}}`, APIError{403, "C1", "m", nil, nil}, "m"},
		{"details null", 400, `{"success":false,"error":{"code":"C1","message":"m","details":null}}`, APIError{400, "C1", "m", nil, nil}, "m"},
		{"details a string", 400, `{"success":false,"error":{"code":"C1","message":"m","details":"d"}}`, APIError{400, "C1", "m", nil, nil}, "m"},
		{"details a list", 400, `{"success":false,"error":{"code":"C1","message":"m","details":[{"fields":1}]}}`, APIError{400, "C1", "m", nil, nil}, "m"},
		{"fields a list", 400, `{"success":false,"error":{"code":"C1","message":"m","details":{"fields":["a"]}}}`, APIError{400, "C1", "m", nil, nil}, "m"},
		{"unknown code", 418, `{"success":false,"error":{"code":"TEAPOT_2","message":"m"}}`, APIError{418, "TEAPOT_2", "m", nil, nil}, "m"},
		{"unknown fields", 409, `{"success":false,"trace":[1],"error":{"code":"CONFLICT","message":"m","stack":{}}}`, APIError{409, "CONFLICT", "m", nil, nil}, "m"},
		{"with status 200", 200, `{"success":false,"error":{"code":"CONFLICT","message":"m"}}`, APIError{200, "CONFLICT", "m", nil, nil}, "m"},
		{"retry_after of no use", 429, `{"success":false,"error":{"code":"RATE_LIMIT_EXCEEDED","message":"m","retry_after":"soon"}}`,
			APIError{429, "RATE_LIMIT_EXCEEDED", "m", nil, nil}, "m"},
		{"retry_after a list", 429, `{"success":false,"error":{"code":"RATE_LIMIT_EXCEEDED","message":"m","retry_after":[1]}}`,
			APIError{429, "RATE_LIMIT_EXCEEDED", "m", nil, nil}, "m"},
	} {
		t.Run(c.name, func(t *testing.T) {
			answer, err := fromBody(t, c.status, c.body)
			var refused *APIError
			if !errors.As(err, &refused) {
				t.Fatalf("got %T %v", err, err)
			}
			if len(refused.Fields) == 0 {
				refused.Fields = nil
			}
			if diff := cmp.Diff(c.want, *refused); diff != "" {
				t.Error(diff)
			}
			if err.Error() != c.text {
				t.Errorf("got %q, want %q", err, c.text)
			}
			if answer.HTTPStatus != c.status || answer.Opportunity != nil {
				t.Errorf("got %+v", answer)
			}
		})
	}
}

func TestUnusableAnswersQuoteTheirStatusAndFirstLine(t *testing.T) {
	for _, c := range []struct {
		name   string
		status int
		body   string
		quoted string
	}{
		{"proxy page", 502, "<html>\r\n<body>Bad Gateway", `"<html>"`},
		{"page with 200", 200, "\n <!doctype html>\nlogin", `"<!doctype html>"`},
		{"empty", 200, "", `""`},
		{"no content", 204, "", `""`},
		{"null", 200, "null", `"null"`},
		{"list", 200, `[{"success":true}]`, `"[{\"success\":true}]"`},
		{"other JSON", 200, `{"ok":true}`, `"{\"ok\":true}"`},
		{"success null", 200, `{"success":null,"data":{"id":"x"}}`, "success"},
		{"success a text", 200, `{"success":"true","data":{}}`, "success"},
		{"no data", 200, `{"success":true}`, `"{\"success\":true}"`},
		{"data null", 200, `{"success":true,"data":null}`, "null"},
		{"data a list", 200, `{"success":true,"data":[{"id":"x"}]}`, "[{"},
		{"data a text", 200, `{"success":true,"data":"ok"}`, "ok"},
		{"success with an error status", 400, `{"success":true,"data":{"id":"` + testID + `"}}`, "success"},
		{"refusal without error", 409, `{"success":false}`, `"{\"success\":false}"`},
		{"error a text", 409, `{"success":false,"error":"no"}`, "no"},
		{"code of another form", 409, `{"success":false,"error":{"code":"oh, no","message":"m"}}`, "oh, no"},
		{"two values", 200, `{"success":true,"data":{}}{}`, "{}"},
		{"cut short", 200, `{"success":true,"da`, "da"},
		{"bytes that are not text", 500, "\xff\xfe\x00", `"\xff\xfe\x00"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			answer, err := fromBody(t, c.status, c.body)
			var unusable *AnswerError
			if !errors.As(err, &unusable) || unusable.HTTPStatus != c.status || answer.HTTPStatus != c.status {
				t.Fatalf("got %+v, %T %v", answer, err, err)
			}
			checkError(t, err, statusLine(c.status))
			checkError(t, err, c.quoted)
		})
	}
}

// TestAnInvalidRequestIsRefusedInAnyForm: JSON with a 400 or a 422 is about what was sent, whatever its members.
func TestAnInvalidRequestIsRefusedInAnyForm(t *testing.T) {
	long := `["` + strings.Repeat("é", 1000) + `"]`
	for body, want := range map[string]string{
		`{"message":"Bad e-mail"}`:                                      "Bad e-mail",
		`{"success":false,"message":"Bad\n e-mail"}`:                    "Bad e-mail",
		`{"success":false,"error":"Bad e-mail"}`:                        `{"success":false,"error":"Bad e-mail"}`,
		`{"success":false,"error":{"code":"bad_email","message":"No"}}`: `{"success":false,"error":{"code":"bad_email","message":"No"}}`,
		`{"success":false}`:                                             `{"success":false}`,
		`{"message":null,"errors":["Bad"]}`:                             `{"message":null,"errors":["Bad"]}`,
		`{"message":" \n","errors":["Bad"]}`:                            `{"message":" \n","errors":["Bad"]}`,
		"{\n  \"errors\": {\n    \"email\": [\"is bad\"]\n  }\n}":       `{ "errors": { "email": ["is bad"] } }`,
		`["Bad e-mail"]`:                                                `["Bad e-mail"]`,
		`"Bad e-mail for ` + testKey + `"`:                              `"Bad e-mail for [key]"`,
		long:                                                            strings.ToValidUTF8(long[:maxQuoted], "") + "…",
	} {
		for _, status := range []int{400, 422} {
			_, err := fromBody(t, status, body)
			var refused *APIError
			if !errors.As(err, &refused) || refused.HTTPStatus != status || refused.Code != "VALIDATION_ERROR" {
				t.Errorf("%d %s: %T %v", status, body, err, err)
			} else if refused.Error() != want {
				t.Errorf("%d %s: got %q, want %q", status, body, refused, want)
			}
		}
	}
	for _, body := range []string{"", "null", "Bad e-mail", "<html><h1>Bad</h1>\n<hr>nginx</html>"} {
		if _, err := fromBody(t, 400, body); !errors.As(err, new(*AnswerError)) {
			t.Errorf("%q, perhaps not the service's: %v", body, err)
		}
	}
	_, err := fromBody(t, 400, `{"success":false,"error":{"code":"BAD_EMAIL","message":"No"}}`)
	if refused, ok := errors.AsType[*APIError](err); !ok || refused.Code != "BAD_EMAIL" {
		t.Errorf("got %v", err)
	}
}

func TestAnswersThatAreNotTheAPIsHaveACodeOfTheirOwn(t *testing.T) {
	const refusal = `"error":{"code":"CONFLICT","message":"m"}`
	for _, c := range []struct {
		status     int
		body, code string
	}{
		{404, `{"success":false,"message":"Route not found: PUT /v1/x"}`, "unknown_route"},
		{409, `{"success":false,"message":"Expected property name"}`, "refusal_without_code"},
		{401, `{"success":false,"message":"no"}`, "refusal_without_code"},
		{404, `{"success":false,"message":"m","error":null}`, "unknown_route"},
		{404, `{"success":false}`, "answer_unexpected"},
		{404, `{"success":true,"message":"m"}`, "answer_unexpected"},
		{404, "<h1>Not found</h1>", "answer_not_json"},
		{401, "<h1>Sign in</h1>", "answer_not_json"},
		{403, "<h1>Blocked</h1>", "answer_not_json"},
		{200, `{"success":true,"data":{"id":"` + testID + `"},` + refusal + `}`, "answer_contradictory"},
		{409, `{"success":true,` + refusal + `}`, "answer_contradictory"},
		{200, `{"success":true,"error":{}}`, "answer_contradictory"},
		{200, `{"success":true,"data":{"id":"` + testID + `"},"error":null,"message":"done"}`, ""},
		{200, `{"success":true,"data":{"id":"x"}}`, "answer_of_other_opportunity"},
	} {
		_, err := fromBody(t, c.status, c.body)
		var unusable *AnswerError
		if c.code == "" && err != nil || c.code != "" && (!errors.As(err, &unusable) || unusable.Reason.Code != c.code) {
			t.Errorf("%d %s: got %v, want %s", c.status, c.body, err, c.code)
		}
	}
}

func TestOnlyARefusalOfAllFieldsIsNothingToUpdate(t *testing.T) {
	for _, c := range []struct {
		e    APIError
		want bool
	}{
		{APIError{400, "VALIDATION_ERROR", "No fields to update", nil, nil}, true},
		{APIError{400, "MISSING_REQUIRED_FIELD", "no fields to update", nil, nil}, true},
		{APIError{409, "VALIDATION_ERROR", "No fields to update", nil, nil}, false},
		{APIError{400, "VALIDATION_ERROR", "Invalid", nil, nil}, false},
	} {
		if got := c.e.NothingToUpdate(); got != c.want {
			t.Errorf("%+v: got %t", c.e, got)
		}
	}
}

func TestLongFirstLinesAreCut(t *testing.T) {
	_, err := fromBody(t, 502, strings.Repeat("é", 100_000))
	if err == nil || len(worded(err)) > 2*maxLine || !strings.Contains(worded(err), `é…"`) {
		t.Errorf("got %v", err)
	}
}

func TestAnAnswerAboutAnotherOpportunityIsUnusable(t *testing.T) {
	for _, c := range []struct {
		id, data string
		good     bool
	}{
		{"42", `{"id":"42","new_field":{"x":[1]}}`, true},
		{"42", `{"id":42}`, true},
		{"42", `{"name":"without an id"}`, true},
		{"42", `{"id":"43"}`, false},
		{"42", `{"id":null}`, false},
		{"42", `{"id":["42"]}`, false},
		{"42", `{"id":420}`, false},
	} {
		client := newClient(t, Options{Transport: canned{status: 200, body: `{"success":true,"extra":1,"data":` + c.data + `}`}})
		_, err := client.Update(t.Context(), c.id, nil, Dialect{})
		var unusable *AnswerError
		if c.good && err != nil || !c.good && !errors.As(err, &unusable) {
			t.Errorf("%s for %s: got %v", c.data, c.id, err)
		}
	}
}

func TestRetryAfterIsReadFromBodyAndHeader(t *testing.T) {
	const date = "Sun, 22 Nov 2026 02:15:00 GMT"
	for _, c := range []struct {
		name         string
		after, clock string // headers
		body         string // retry_after
		want         time.Duration
	}{
		{"none", "", "", "null", 0},
		{"number", "", "", "1800", 1801 * time.Second},
		{"numeric text", "", "", `"60"`, 61 * time.Second},
		{"fraction", "", "", "0.5", 1500 * time.Millisecond},
		{"zero, rounded down", "", "", "0", time.Second},
		{"negative", "", "", "-5", -5 * time.Second},
		{"text", "", "", `"soon"`, 0},
		{"not a number", "", "", `"NaN"`, 0},
		{"endless", "", "", `"Inf"`, 0},
		{"beyond any clock", "", "", "1e30", maxRetryAfter},
		{"header in seconds", "120", "", "null", 2 * time.Minute},
		{"negative header", "-120", "", "null", -2 * time.Minute},
		{"header beyond any clock", "9223372036854775807", "", "null", maxRetryAfter},
		{"header of a wrapping size", "27670116120", "", "null", maxRetryAfter},
		{"header as an instant", "1795315500", date, "null", 30 * time.Minute},
		{"header as an instant in milliseconds", "1795315500000", date, "null", 30 * time.Minute},
		{"an instant in milliseconds", "", date, "1795315500000", 30*time.Minute + time.Millisecond},
		{"an instant in the past", "1795312800", date, "null", -15 * time.Minute},
		{"header as date, by the server's clock", "Sun, 22 Nov 2026 02:45:00 GMT", date, "null", 30 * time.Minute},
		{"date in the past", "Sun, 22 Nov 2026 02:00:00 GMT", date, "null", -15 * time.Minute},
		{"date in another form", "Sunday, 22-Nov-26 02:16:00 GMT", date, "null", time.Minute},
		{"date beyond any clock", "Fri, 31 Dec 9999 23:59:59 GMT", date, "null", maxRetryAfter},
		{"header of no use", "soon", date, "null", 0},
		{"the longer counts", "10", "", "60", 61 * time.Second},
		{"the longer counts, header", "90", "", "60", 90 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			header := http.Header{}
			header.Set("Retry-After", c.after)
			header.Set("Date", c.clock)
			body := `{"success":false,"error":{"code":"RATE_LIMIT_EXCEEDED","message":"m","retry_after":` + c.body + `}}`
			answer, err := update(t, newClient(t, Options{Transport: canned{429, header, body}}))
			if answer.RetryAfter != c.want || err == nil {
				t.Errorf("got %s, %v, want %s", answer.RetryAfter, err, c.want)
			}
		})
	}
}

func TestRetryAfterOfAPageIsReadToo(t *testing.T) {
	header := http.Header{"Retry-After": {"7"}}
	answer, _ := update(t, newClient(t, Options{Transport: canned{503, header, "<html>"}}))
	if answer.RetryAfter != 7*time.Second {
		t.Errorf("got %s", answer.RetryAfter)
	}
}

func TestRetryAfterDateWithoutServerClockCountsFromOurs(t *testing.T) {
	header := http.Header{"Retry-After": {time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)}}
	answer, _ := update(t, newClient(t, Options{Transport: canned{503, header, ""}}))
	if answer.RetryAfter < 59*time.Minute || answer.RetryAfter > time.Hour {
		t.Errorf("got %s", answer.RetryAfter)
	}
}
