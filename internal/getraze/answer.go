package getraze

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"regexp"
	"time"

	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// maxAnswer is how many bytes of an answer's body are read. An opportunity takes some kilobytes.
const maxAnswer = 1 << 20

// Answer is what one request brought back.
type Answer struct {
	// HTTPStatus is 0 when no answer came.
	HTTPStatus int
	// Opportunity is what the opportunity now holds, as the service reports it; nil for a list.
	Opportunity Opportunity
	// RetryAfter is how long the service asks all requests of this key to wait. It is passed on as it came: it may be
	// absurd, or negative. 0 when the service doesn't ask.
	RetryAfter time.Duration
	// Date is the service's clock when it answered, rounded down to the second; the zero time if it is not reported.
	Date time.Time
	// Quota is what the answer reports of the key's quota.
	Quota Quota
}

// envelope is the outer form of every answer (docs/api.md).
type envelope struct {
	Success    *bool           `json:"success"`
	Data       json.RawMessage `json:"data"`
	Pagination json.RawMessage `json:"pagination"` // of a list in the observed dialect
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

// readReply reads no more than limit bytes of a body.
func (c *Client) readReply(ctx context.Context, response *http.Response, limit int64) (reply, error) {
	answer := Answer{
		HTTPStatus: response.StatusCode, RetryAfter: retryAfterHeader(response.Header),
		Date: dateOf(response.Header), Quota: quotaOf(response.Header),
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, limit+1))
	r := reply{answer: answer, response: response, body: body}
	if err != nil {
		return r, c.incomplete(ctx, err)
	}
	if location := response.Header.Get("Location"); response.StatusCode/100 == 3 {
		return r, c.unusable(response, reason.New("redirect_refused", "location", c.redact(location)))
	}
	if int64(len(body)) > limit {
		return r, c.unusable(response, reason.New("answer_too_long", "max", limit>>20))
	}
	if json.Unmarshal(body, &r.envelope) != nil || r.Success == nil {
		return r, c.unusable(response, reason.New("answer_not_json", "line", c.firstLine(body)))
	}
	if r.Error != nil {
		r.answer.RetryAfter = longer(answer.RetryAfter, retryAfterBody(r.Error.RetryAfter))
	}
	return r, c.judge(r)
}

// incomplete is the error of an answer of which only the beginning came.
func (c *Client) incomplete(ctx context.Context, err error) error {
	err = c.networkError(ctx, err)
	if errors.As(err, new(reason.Reason)) {
		return err // it says so already
	}
	return reason.New("answer_incomplete", "error", err.Error()).Because(err)
}

// judge decides by status and envelope together whether an answer is a success, a refusal or neither.
func (c *Client) judge(r reply) error {
	if e := r.Error; !*r.Success && e != nil && codeForm.MatchString(c.redact(e.Code)) {
		return &APIError{r.response.StatusCode, e.Code, c.redact(e.Message), c.fieldReasons(e.Details)}
	}
	if r.response.StatusCode/100 != 2 || !*r.Success {
		return c.unexpected(r)
	}
	return nil
}

// unexpected is the error of an answer whose JSON has another form than the API's.
func (c *Client) unexpected(r reply) error {
	return c.unusable(r.response, reason.New("answer_unexpected", "line", c.firstLine(r.body)))
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
	for field, why := range d.Fields {
		reasons[c.redact(field)] = c.redact(text(why))
	}
	return reasons
}

// about makes sure that the answer is about the opportunity that was asked for.
func (c *Client) about(id string, r reply) error {
	raw, there := r.answer.Opportunity[crm.ID]
	if !there || crm.SameID(text(raw), id) {
		return nil
	}
	return c.unusable(r.response, reason.New("answer_of_other_opportunity", "id", c.redact(text(raw))))
}
