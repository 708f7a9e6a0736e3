package getraze

import (
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
	// Code is one such as NOT_FOUND; capital letters, digits and underscores, whatever the service sends.
	Code    string
	Message string
	// Fields has the reason for each field that the service refused.
	Fields map[string]string
	// Permissions are those that the key has, where the service names them in refusing what they don't cover.
	Permissions []string
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

// NothingToUpdate reports whether the service refused an update since it knows none of the fields that were sent.
func (e *APIError) NothingToUpdate() bool {
	return e.HTTPStatus == http.StatusBadRequest && strings.EqualFold(e.Message, "No fields to update")
}

// AnswerError is an answer that is not the API's: a proxy's page, a redirect, a body cut short.
type AnswerError struct {
	HTTPStatus int
	// Reason has the status line as its parameter "status". It quotes the service, but never the key.
	Reason reason.Reason
}

// Error is for developers, as that of the reason is.
func (e *AnswerError) Error() string { return e.Reason.Error() }

// Unwrap returns the reason.
func (e *AnswerError) Unwrap() error { return e.Reason }

// NotSentError is what kept a request from being sent: no name, no connection, no encryption, a proxy that refused. The
// service has seen nothing of it.
type NotSentError struct{ Cause error }

// Error is that of the cause.
func (e *NotSentError) Error() string { return e.Cause.Error() }

// Unwrap returns the cause.
func (e *NotSentError) Unwrap() error { return e.Cause }

// unusable is the error of an answer that was refused for this reason; all texts in it are redacted already.
func (c *Client) unusable(response *http.Response, r reason.Reason) error {
	if r.Params == nil {
		r.Params = reason.Params{}
	}
	r.Params["status"] = statusLine(response.StatusCode)
	return &AnswerError{response.StatusCode, r}
}

// statusLine is without the words of the service, which may hold anything.
func statusLine(status int) string {
	return strings.TrimSpace(strconv.Itoa(status) + " " + http.StatusText(status))
}

// maxLine is how many bytes of an answer's first line an error shows.
const maxLine = 120

// firstLine redacts before it cuts, which would leave parts of the key that redact can't see. The head of a body may
// have such a part at its end.
func (c *Client) firstLine(head []byte) string {
	line := c.redact(strings.TrimSpace(string(head)))
	if len(head) == reduce.MaxHead {
		line = line[:max(0, len(line)-len(strconv.Quote(c.key)))]
	}
	line, _, _ = strings.Cut(line, "\n")
	line = strings.TrimSpace(line)
	if len(line) > maxLine {
		line = strings.ToValidUTF8(line[:maxLine], "") + "…"
	}
	return line
}
