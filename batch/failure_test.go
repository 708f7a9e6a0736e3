package batch

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"razebulk/batch/internal/attempt"
	"razebulk/batch/internal/result"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/internal/words"
)

func TestFailureOf(t *testing.T) {
	refused := func(status int, code string) error {
		return &getraze.APIError{HTTPStatus: status, Code: code, Message: "No", Fields: map[string]string{"email": "bad"}}
	}
	page := &getraze.AnswerError{HTTPStatus: 502, Reason: reason.New("answer_not_json", "status", "502 Bad Gateway", "line", "<html>")}
	other := &getraze.AnswerError{HTTPStatus: 200, Reason: reason.New("answer_of_other_opportunity", "status", "200 OK", "id", "43")}
	unsent := &getraze.NotSentError{Cause: errors.New("refused")}
	own := reason.New("service_refused", "message", "in its own words")
	tests := []struct {
		name                 string
		err                  error
		interrupted, changes bool
		status               Status
		text                 string
		outcome              attempt.Outcome
	}{
		{"a refusal", refused(404, "NOT_FOUND"), false, true, NotFound, "No: email: bad", attempt.Concluded},
		{"a refusal while the run ends", refused(400, "INVALID_EMAIL"), true, true, "INVALID_EMAIL", "No: email: bad", attempt.Concluded},
		{"a refusal by a name that only this program can give", refused(409, "UNCHANGED"), false, true, ServerError, "answered 409 UNCHANGED: No: email: bad", attempt.Concluded},
		{"too many requests", refused(429, "RATE_LIMIT_EXCEEDED"), false, true, "RATE_LIMIT_EXCEEDED", "No: email: bad", attempt.RefusedForNow},
		{"a failure in the API's words", refused(500, "INTERNAL_ERROR"), false, true, ServerError, "answered 500 INTERNAL_ERROR: No: email: bad", attempt.FailedInside},
		{"a proxy's page", page, false, true, ServerError, `answered 502 Bad Gateway, but not with the API's JSON: "<html>"`, attempt.FailedTransiently},
		{"a proxy's page for what is read", page, false, false, ServerError, `answered 502 Bad Gateway, but not with the API's JSON: "<html>"`, attempt.FailedTransiently},
		{"another opportunity", other, false, true, NotApplied, `answered 200 OK about another opportunity, "43"; opportunity "43" may have been changed ` +
			`instead; look at both in the CRM, and ask whoever runs it why, before you send the row again`, attempt.Concluded},
		{"another opportunity is read", other, false, false, ServerError, `answered 200 OK about another opportunity, "43"`, attempt.Concluded},
		{"no answer", io.ErrUnexpectedEOF, false, true, NetworkError, "unexpected EOF; the update may have been stored", attempt.FailedTransiently},
		{"no answer for what is read", io.ErrUnexpectedEOF, false, false, NetworkError, "unexpected EOF", attempt.FailedTransiently},
		{"no connection", unsent, false, true, NetworkError, "refused; nothing was sent", attempt.FailedTransiently},
		{"interrupted", context.Canceled, true, true, NetworkError, "interrupted while the request was in flight; the update may have been stored", attempt.FailedTransiently},
		{"interrupted before the connection", unsent, true, true, NetworkError, "interrupted while the request was in flight; nothing was sent", attempt.FailedTransiently},
		{"an error that is a reason", own, false, true, NetworkError, "in its own words; the update may have been stored", attempt.FailedTransiently},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			http := httpStatus(tt.err)
			f := result.FailureOf(tt.err, http, tt.interrupted, tt.changes)
			if text := reason.Reasons(f.Reasons).Worded(words.For(nil).Text); f.Status != tt.status || text != tt.text || f.HTTPStatus != http {
				t.Errorf("got %s %q, want %s %q", f.Status, text, tt.status, tt.text)
			}
			if got := attempt.OutcomeOf(getraze.Answer{HTTPStatus: http}, tt.err); got != tt.outcome {
				t.Errorf("outcome %d, want %d", got, tt.outcome)
			}
		})
	}
}

func httpStatus(err error) int {
	var refused *getraze.APIError
	var unusable *getraze.AnswerError
	switch {
	case errors.As(err, &refused):
		return refused.HTTPStatus
	case errors.As(err, &unusable):
		return unusable.HTTPStatus
	}
	return 0
}

func TestOutcomeOf(t *testing.T) {
	for status, want := range map[int]attempt.Outcome{
		408: attempt.FailedTransiently, 425: attempt.FailedTransiently, 301: attempt.Concluded, 404: attempt.Concluded,
		200: attempt.FailedTransiently, // a body that does not come from the API
		// a proxy's or a firewall's page
		401: attempt.FailedTransiently, 403: attempt.FailedTransiently, 407: attempt.FailedTransiently,
		500: attempt.FailedInside, 501: attempt.Concluded, 502: attempt.FailedTransiently, 503: attempt.FailedTransiently, 504: attempt.FailedTransiently, 507: attempt.FailedTransiently,
		520: attempt.FailedTransiently, 522: attempt.FailedTransiently, 524: attempt.FailedTransiently, 530: attempt.FailedTransiently, 599: attempt.FailedTransiently,
	} {
		answer := getraze.Answer{HTTPStatus: status}
		if got := attempt.OutcomeOf(answer, &getraze.AnswerError{HTTPStatus: status}); got != want {
			t.Errorf("a page with %d: %d, want %d", status, got, want)
		}
		if got := attempt.OutcomeOf(answer, errors.New("it broke off")); got < attempt.FailedInside {
			t.Errorf("%d, and then the connection broke: %d", status, got)
		}
		if status/100 == 4 && status > 400 && status < 408 || status == 200 {
			want = attempt.Concluded
		}
		if got := attempt.OutcomeOf(answer, &getraze.APIError{HTTPStatus: status}); got != want {
			t.Errorf("%d in the API's words: %d, want %d", status, got, want)
		}
	}
	if got := attempt.OutcomeOf(getraze.Answer{HTTPStatus: 200}, nil); got != attempt.Concluded {
		t.Errorf("success: %d", got)
	}
}

// TestEndsAreWorded detects parameters that a text names but a reason lacks: in that case, package words would show the
// bare code.
func TestEndsAreWorded(t *testing.T) {
	last := Result{Row: 7, Status: NotFound, Reasons: []reason.Reason{reason.New("service_refused", "message", "No such thing")}}
	for want, r := range map[string]reason.Reason{
		"razebulk itself failed on row 6: nil map":                                                        (&PanicError{Row: 6, Value: "nil map"}).Reason(),
		"too many failures: 3 of 5 rows that were sent have failed, row 7 with NOT_FOUND No such thing":   (&TooManyFailures{Failed: 3, Sent: 5, Last: last}).Reason(),
		"changed since, and not overwritten: name, company (--force sends it anyway)":                     changedBySomebody([]Change{{Field: "name"}, {Field: "company"}}),
		"the service rejects the API key: EXPIRED_API_KEY No such thing":                                  reason.New("key_rejected", "status", "EXPIRED_API_KEY", "why", reason.Reasons(last.Reasons)),
		"page 3 of the list of opportunities could not be read: SERVER_ERROR No such thing; nothing more": reason.New("page_unread", "page", 3, "status", "SERVER_ERROR", "why", reason.Reasons{last.Reasons[0], reason.New("service_refused", "message", "nothing more")}),
	} {
		if got := words.For(nil).Text(r.Code, r.Params); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	noFlags := words.For(func(string) bool { return false })
	if got := noFlags.Text("changed_since", reason.Params{"fields": []string{"name"}}); strings.Contains(got, "--") {
		t.Errorf("without the flag: %s", got)
	}
}
