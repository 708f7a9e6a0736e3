package getraze

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"razebulk/internal/crm"
	"razebulk/internal/getraze/internal/reduce"
	"razebulk/internal/lazyregexp"
	"razebulk/internal/reason"
)

const (
	// maxAnswer is the maximum number of bytes read of an answer's body: a page of opportunities with long notes.
	maxAnswer = 64 << 20
	// maxRefusal is the maximum number of bytes read of an answer that is not a success, or not JSON.
	maxRefusal = 1 << 20
)

// Answer is the result of one request.
type Answer struct {
	// HTTPStatus is 0 when no answer came.
	HTTPStatus int
	// Opportunity is the opportunity's current state as the service reports it; nil for a list.
	Opportunity Opportunity
	// RetryAfter is how long the service asks all requests of this key to wait; 0 if it doesn't ask. It is passed on as
	// received, so it may be absurd or negative.
	RetryAfter time.Duration
	// Date is the service's time when it answered, rounded down to the second; the zero time if it is not reported.
	Date time.Time
	// Quota is what the answer reports about the key's quota.
	Quota Quota
}

// envelope is the outer form of every answer (docs/api.md).
type envelope struct {
	success    *bool
	message    json.RawMessage // next to success: false, if there is no error
	data       json.RawMessage
	object     Opportunity     // the members of data, if that is an object
	pagination json.RawMessage // of a list in the observed dialect
	err        *errorPart
}

// errorPart is the error in an envelope.
type errorPart struct {
	Code       string          `json:"code"`
	Message    string          `json:"message"`
	RetryAfter json.RawMessage `json:"retry_after"`
	Details    json.RawMessage `json:"details"`
	Current    json.RawMessage `json:"current_permissions"` // of the key, in a refusal of the observed dialect
}

// open fills the envelope from what was read. It returns false if that is not an envelope.
func (e *envelope) open(read *reduce.Reader) bool {
	text := read.Text()
	inside := 0 // where the current member's own members begin
	for i, m := range read.Places {
		if m.Depth > 1 {
			continue
		}
		raw := json.RawMessage(text[m.Start:m.End:m.End])
		of := read.Places[inside:i]
		inside = i + 1
		switch m.Key {
		case "success":
			var isFlag bool
			if e.success, isFlag = flag(raw); !isFlag {
				return false
			}
		case "message":
			e.message = raw
		case "data":
			e.data, e.object = raw, nil
			if raw[0] == '{' {
				e.object = newOpportunity(text, of)
			}
		case "pagination":
			e.pagination = raw
		case "error":
			refusal := e.err // a variable of its own, so that a success allocates nothing for it
			if json.Unmarshal(raw, &refusal) != nil {
				return false
			}
			e.err = refusal
		}
	}
	return e.success != nil
}

// flag reads true, false or null, for which it returns nil.
func flag(raw json.RawMessage) (value *bool, ok bool) {
	switch string(raw) {
	case "true", "false":
		return new(len(raw) == len("true")), true
	}
	return nil, string(raw) == "null"
}

var codeForm = lazyregexp.New(`^[A-Z][A-Z0-9_]{1,63}$`)

// reply is an answer whose data has not been read yet. It must be released.
type reply struct {
	envelope
	answer   Answer
	response *http.Response
	read     *reduce.Reader // nil if the body was not read
}

func (r reply) release() {
	if r.read != nil {
		r.read.Release()
	}
}

// readReply reads an answer. Of opportunities it keeps the wanted keys, see envelopeRule.
func (c *Client) readReply(ctx context.Context, response *http.Response, wanted func(key string) bool) (reply, error) {
	r := reply{response: response, answer: Answer{
		HTTPStatus: response.StatusCode, RetryAfter: retryAfterHeader(response.Header),
		Date: dateOf(response.Header), Quota: quotaOf(response.Header),
	}}
	if location := response.Header.Get("Location"); response.StatusCode/100 == 3 {
		return r, c.unusable(response, reason.New("redirect_refused", "location", c.redact(location)))
	}
	limit := int64(maxAnswer)
	if response.StatusCode/100 != 2 {
		limit = maxRefusal
	}
	r.read = reduce.New(response.Body, limit+1, knownKeys, wanted)
	err := r.read.Object(envelopeRule)
	isObject := !errors.Is(err, reduce.ErrSyntax)
	if !isObject {
		_, err = io.CopyN(io.Discard, r.read, maxRefusal) // so that the connection can be reused
	}
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return r, c.incomplete(ctx, err)
	case r.read.Left <= 0:
		return r, c.unusable(response, reason.New("answer_too_long", "max", limit>>20))
	case isObject && r.open(r.read):
	case isInvalid(response.StatusCode) && isJSON(r.read.Head):
		return r, c.invalid(r)
	default:
		return r, c.unusable(response, reason.New("answer_not_json", "line", c.firstLine(r.read.Head)))
	}
	if r.err != nil {
		r.answer.RetryAfter = longer(r.answer.RetryAfter, retryAfterBody(r.err.RetryAfter, r.answer.Date))
	}
	return r, c.judge(r)
}

// incomplete returns the error for an answer that was cut short.
func (c *Client) incomplete(ctx context.Context, err error) error {
	err = c.networkError(ctx, err)
	if errors.As(err, new(reason.Reason)) {
		return err // it already says so
	}
	return reason.New("answer_incomplete", "error", err.Error()).Because(err)
}

// judge decides from the status and the envelope together whether an answer is a success, a refusal or neither.
func (c *Client) judge(r reply) error {
	status := r.response.StatusCode
	switch e := r.err; {
	case !*r.success && e != nil && codeForm.MatchString(c.redact(e.Code)):
		return &APIError{status, e.Code, c.redact(e.Message), c.fieldReasons(e.Details), c.permissions(e.Current)}
	case *r.success && e != nil:
		return c.unusable(r.response, reason.New("answer_contradictory", "line", c.firstLine(r.read.Head)))
	case !*r.success && isInvalid(status):
		return c.invalid(r)
	case !*r.success && e == nil && r.message != nil && status == http.StatusNotFound:
		return c.unusable(r.response, reason.New("unknown_route", "message", c.redact(text(r.message))))
	case !*r.success && e == nil && r.message != nil:
		return c.unusable(r.response, reason.New("refusal_without_code", "message", c.redact(text(r.message))))
	case status/100 != 2 || !*r.success:
		return c.unexpected(r)
	}
	return nil
}

// isInvalid reports whether a status says that the request is invalid. That is about the row, if the service says so
// and not something in front of it.
func isInvalid(status int) bool {
	return status == http.StatusBadRequest || status == http.StatusUnprocessableEntity
}

// isJSON reports whether a body begins as a JSON object, list or text.
func isJSON(body []byte) bool {
	body = bytes.TrimSpace(body)
	return len(body) > 0 && bytes.IndexByte([]byte(`{["`), body[0]) >= 0
}

// validationError is the API's own code for an invalid request.
const validationError = "VALIDATION_ERROR"

// invalid returns the refusal of a request as invalid, for JSON that does not have the API's form. It quotes the
// service's message, or else the whole body.
func (c *Client) invalid(r reply) error {
	message := c.quote(text(r.message))
	if message == "" {
		message = c.quote(string(c.whole(r.read.Head)))
	}
	return &APIError{HTTPStatus: r.response.StatusCode, Code: validationError, Message: message}
}

// unexpected returns the error for an answer whose JSON does not have the API's form.
func (c *Client) unexpected(r reply) error {
	return c.unusable(r.response, reason.New("answer_unexpected", "line", c.firstLine(r.read.Head)))
}

// fieldReasons reads details.fields. Whatever else details holds differs from error to error and is ignored.
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

// permissions returns the permissions that the service says a key has.
func (c *Client) permissions(current json.RawMessage) []string {
	var names []string
	if json.Unmarshal(current, &names) != nil {
		return nil
	}
	for i := range names {
		names[i] = c.redact(names[i])
	}
	return names
}

// about checks that the answer is about the requested opportunity.
func (c *Client) about(id string, r reply) error {
	raw, there := r.object[crm.ID]
	isVerbatim := reduce.IsPlain(raw) && string(raw[1:len(raw)-1]) == id
	switch other := text(raw); {
	case !there || isVerbatim || crm.SameID(other, id):
		return nil
	case other == "" || !isScalar(raw):
		return c.unexpected(r)
	default:
		return c.unusable(r.response, reason.New("answer_of_other_opportunity", "id", c.redact(other)))
	}
}
