package getraze

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"razebulk/internal/getraze/internal/reduce"
	"razebulk/internal/reason"
)

// APIError is a refusal in the API's own words.
type APIError struct {
	HTTPStatus int
	// Code is, for example, NOT_FOUND; it has only capital letters, digits and underscores, whatever the service sends.
	Code    string
	Message string
	// Fields holds the reason for each field that the service refused.
	Fields map[string]string
	// Permissions are the key's permissions, if the service lists them when it refuses what they don't cover.
	Permissions []string
}

// Error returns the message and the reasons, without the code and the status.
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

// NothingToUpdate reports whether the service refused an update because it knows none of the fields that were sent.
func (e *APIError) NothingToUpdate() bool {
	return e.HTTPStatus == http.StatusBadRequest && strings.EqualFold(e.Message, "No fields to update")
}

// AnswerError is the error for an answer that is not the API's: a proxy's page, a redirect, a body cut short.
type AnswerError struct {
	HTTPStatus int
	// Reason has the status line as its parameter "status". It quotes the service, but never the key.
	Reason reason.Reason
	// Undocumented reports that it is an answer of the API itself, a success that lacks what is needed to read it. The
	// service does not fail, so that waiting hardly helps.
	Undocumented bool
}

// Error returns the reason's text, which is for developers.
func (e *AnswerError) Error() string { return e.Reason.Error() }

// Unwrap returns the reason.
func (e *AnswerError) Unwrap() error { return e.Reason }

// AboutOther reports whether the error is that the service answered with success about another opportunity than the
// requested one, and returns that one's id. If the request was an update, the other opportunity may have been changed.
func AboutOther(err error) (id string, is bool) {
	var unusable *AnswerError
	if !errors.As(err, &unusable) || unusable.Reason.Code != "answer_of_other_opportunity" {
		return "", false
	}
	id, is = unusable.Reason.Params["id"].(string)
	return id, is
}

// NotSentError is the error of a request that was not sent: the host name was not resolved, there was no connection
// or no encryption, or a proxy refused. The service has seen nothing of it.
type NotSentError struct{ Cause error }

// Error returns the text of the cause.
func (e *NotSentError) Error() string { return e.Cause.Error() }

// Unwrap returns the cause.
func (e *NotSentError) Unwrap() error { return e.Cause }

// unusable returns the error for an answer that is rejected for this reason. All text in the reason is already
// redacted.
func (c *Client) unusable(response *http.Response, r reason.Reason) *AnswerError {
	if r.Params == nil {
		r.Params = reason.Params{}
	}
	r.Params["status"] = statusLine(response.StatusCode)
	return &AnswerError{HTTPStatus: response.StatusCode, Reason: r}
}

// undocumented returns the error for a success of the API that is rejected for this reason. Its parameter "value" is
// not redacted yet.
func (c *Client) undocumented(response *http.Response, r reason.Reason) error {
	if value, quotes := r.Params["value"].(string); quotes {
		r.Params["value"] = c.firstLine([]byte(value))
	}
	err := c.unusable(response, r)
	err.Undocumented = true
	return err
}

// statusLine leaves out the service's own status text, which may contain anything.
func statusLine(status int) string {
	return strings.TrimSpace(strconv.Itoa(status) + " " + http.StatusText(status))
}

// maxLine is the maximum number of bytes of an answer's first line that an error shows.
const maxLine = 120

// firstLine redacts before it cuts: cutting first could leave parts of the key that redact can't see.
func (c *Client) firstLine(head []byte) string {
	line, _, _ := strings.Cut(strings.TrimSpace(string(c.whole(head))), "\n")
	return cut(strings.TrimSpace(line), maxLine)
}

// whole returns the head of a body without the key, and without a part of the key at its end.
func (c *Client) whole(head []byte) []byte {
	redacted := []byte(c.redact(string(head)))
	if len(head) == reduce.MaxHead {
		redacted = redacted[:max(0, len(redacted)-len(strconv.Quote(c.key)))]
	}
	return redacted
}

// maxQuoted is the maximum number of bytes of a text that a refusal quotes.
const maxQuoted = 300

// quote returns a text of the service as one line. The text may show the key only now that it was read.
func (c *Client) quote(text string) string {
	return cut(c.redact(strings.Join(strings.Fields(text), " ")), maxQuoted)
}

func cut(text string, length int) string {
	if len(text) > length {
		text = strings.ToValidUTF8(text[:length], "") + "…"
	}
	return text
}
