package getraze

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxAnswer is how much of an answer's body is read. An opportunity takes some kilobytes.
const maxAnswer = 1 << 20

// longestRetryAfter bounds waits to what a duration can hold, with room to count with them.
const longestRetryAfter = 10_000 * time.Hour

// Answer is what one request brought back.
type Answer struct {
	// HTTPStatus is 0 when no answer came.
	HTTPStatus int
	// Opportunity is what the service says the opportunity now holds; nil for a list.
	Opportunity Opportunity
	// RetryAfter is how long the service asks all requests of this key to stay away, as it says so: it may be absurd. 0 when
	// it doesn't ask.
	RetryAfter time.Duration
	// Date is the service's clock when it answered, to the second below; the zero time if it doesn't tell.
	Date time.Time
	// Quota is what the answer says of the key's quota.
	Quota Quota
}

// APIError is a refusal in the API's own words.
type APIError struct {
	HTTPStatus int
	// Code is one such as NOT_FOUND; capital letters, digits and underscores, whatever the service sends.
	Code    string
	Message string
	// Fields has the reason for each field that the service refused.
	Fields map[string]string
}

// Error gives the message and the reasons, not the code and status.
func (e *APIError) Error() string {
	reasons := make([]string, 0, len(e.Fields))
	for _, name := range slices.Sorted(maps.Keys(e.Fields)) {
		reasons = append(reasons, name+": "+e.Fields[name])
	}
	switch {
	case len(reasons) == 0:
		return e.Message
	case e.Message == "":
		return strings.Join(reasons, "; ")
	}
	return strings.TrimSuffix(e.Message, ".") + ": " + strings.Join(reasons, "; ")
}

// AnswerError is an answer that is not the API's: a proxy's page, a redirect, a body cut short.
type AnswerError struct {
	HTTPStatus int
	Reason     string
}

func (e *AnswerError) Error() string { return e.Reason }

// envelope is the outer form of every answer (api.md, part 1: success and errors).
type envelope struct {
	Success    *bool           `json:"success"`
	Data       json.RawMessage `json:"data"`
	Pagination json.RawMessage `json:"pagination"` // of a list, where it was seen beside data
	Error      *struct {
		Code       string          `json:"code"`
		Message    string          `json:"message"`
		RetryAfter json.RawMessage `json:"retry_after"`
		Details    json.RawMessage `json:"details"`
	} `json:"error"`
}

var codeForm = regexp.MustCompile(`^[A-Z][A-Z0-9_]{1,63}$`)

// reply is an answer whose data is still to be read.
type reply struct {
	envelope
	answer   Answer
	response *http.Response
	body     []byte
}

// readReply reads no more than most bytes of a body.
func (c *Client) readReply(ctx context.Context, response *http.Response, most int64) (reply, error) {
	answer := Answer{HTTPStatus: response.StatusCode, Date: dateOf(response.Header), Quota: quotaOf(response.Header)}
	body, err := io.ReadAll(io.LimitReader(response.Body, most+1))
	answer.RetryAfter = retryAfterHeader(response.Header)
	r := reply{answer: answer, response: response, body: body}
	if err != nil {
		return r, fmt.Errorf("the answer broke off: %w", c.networkError(ctx, err))
	}
	if location := response.Header.Get("Location"); response.StatusCode/100 == 3 {
		return r, c.unusable(response, fmt.Sprintf("a redirect to %q, which is not followed; check --base-url", location))
	}
	if int64(len(body)) > most {
		return r, c.unusable(response, fmt.Sprintf("more than %d MiB", most>>20))
	}
	if json.Unmarshal(body, &r.envelope) != nil || r.Success == nil {
		return r, c.unusable(response, "not the API's JSON: "+c.firstLine(body))
	}
	if r.Error != nil {
		r.answer.RetryAfter = longer(answer.RetryAfter, retryAfterBody(r.Error.RetryAfter))
	}
	return r, c.judge(r)
}

// judge tells success from refusal from nonsense by status and envelope together: neither alone is proof.
func (c *Client) judge(r reply) error {
	if e := r.Error; !*r.Success && e != nil && codeForm.MatchString(c.redact(e.Code)) {
		return &APIError{r.response.StatusCode, e.Code, c.redact(e.Message), c.fieldReasons(e.Details)}
	}
	if r.response.StatusCode/100 != 2 || !*r.Success {
		return c.notPromised(r)
	}
	return nil
}

func (c *Client) notPromised(r reply) error {
	return c.unusable(r.response, "not what the API promises: "+c.firstLine(r.body))
}

// fieldReasons reads details.fields. What details hold otherwise differs from error to error and is passed over.
func (c *Client) fieldReasons(details json.RawMessage) map[string]string {
	var d struct {
		Fields map[string]json.RawMessage `json:"fields"`
	}
	if json.Unmarshal(details, &d) != nil {
		return nil
	}
	reasons := make(map[string]string, len(d.Fields))
	for field, reason := range d.Fields {
		reasons[c.redact(field)] = c.redact(text(reason))
	}
	return reasons
}

func (c *Client) unusable(response *http.Response, what string) error {
	return &AnswerError{response.StatusCode, c.redact(fmt.Sprintf("answered %s with %s", response.Status, what))}
}

// about makes sure that the answer speaks of the opportunity that was asked for. A UUID is the same in either case.
func (c *Client) about(id string, answer Answer) error {
	raw, there := answer.Opportunity["id"]
	if !there || strings.EqualFold(text(raw), id) {
		return nil
	}
	other := c.redact(text(raw))
	return &AnswerError{answer.HTTPStatus, fmt.Sprintf("answered %d about another opportunity, %q", answer.HTTPStatus, other)}
}

const longestLine = 120

// firstLine redacts before it cuts and quotes, either of which would leave parts of the key that redact can't see.
func (c *Client) firstLine(body []byte) string {
	line, _, _ := strings.Cut(strings.TrimSpace(string(body)), "\n")
	line = c.redact(strings.TrimSpace(line))
	if len(line) > longestLine {
		line = strings.ToValidUTF8(line[:longestLine], "") + "…"
	}
	return strconv.Quote(line)
}

// retryAfterHeader reads seconds or a date (RFC 9110, section 10.2.3); a date counts from the answer's own Date.
func retryAfterHeader(h http.Header) time.Duration {
	value := h.Get("Retry-After")
	if n, err := strconv.ParseInt(value, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		return seconds(float64(n))
	}
	until, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	now := dateOf(h)
	if now.IsZero() {
		now = time.Now()
	}
	return seconds(until.Sub(now).Seconds())
}

// retryAfterBody adds the second by which the service was seen to round down (api.md, part 2).
func retryAfterBody(raw json.RawMessage) time.Duration {
	var number json.Number // also one in quotes
	if json.Unmarshal(raw, &number) != nil {
		return 0
	}
	n, err := number.Float64()
	switch {
	case err != nil:
		return 0
	case n < 0:
		return seconds(n)
	}
	return seconds(n + 1)
}

func seconds(n float64) time.Duration {
	most := longestRetryAfter.Seconds()
	return time.Duration(max(-most, min(most, n)) * float64(time.Second))
}

// longer is the longer of two waits, of which 0 says nothing.
func longer(a, b time.Duration) time.Duration {
	switch {
	case a == 0:
		return b
	case b == 0:
		return a
	}
	return max(a, b)
}
