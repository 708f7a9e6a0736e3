package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"
)

// answer is a whole response, built before any of it is written.
type answer struct {
	status int
	header http.Header // may be added to; never nil
	body   []byte
}

// write sets Date itself: the server's clock may differ from ours.
func (a answer) write(w http.ResponseWriter, now time.Time) {
	h := w.Header()
	for name, values := range a.header {
		h[name] = values
	}
	h.Set("Date", now.UTC().Format(http.TimeFormat))
	h.Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	w.Write(a.body) // there is nobody to report an error to
}

func jsonAnswer(status int, v any) answer {
	var body bytes.Buffer
	e := json.NewEncoder(&body)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // only types of this package get here
	}
	header := http.Header{"Content-Type": {"application/json; charset=utf-8"}}
	return answer{status, header, body.Bytes()}
}

func htmlAnswer(status int, page string) answer {
	header := http.Header{"Content-Type": {"text/html; charset=utf-8"}}
	return answer{status, header, []byte(page)}
}

// envelope surrounds every JSON answer except the base URL's.
type envelope struct {
	Success     bool      `json:"success"`
	Data        any       `json:"data,omitempty"`
	Pagination  any       `json:"pagination,omitempty"`
	StageChange any       `json:"stage_change,omitempty"`
	Error       *apiError `json:"error,omitempty"`
	Message     string    `json:"message,omitempty"`
}

func success(data any) answer {
	return jsonAnswer(http.StatusOK, envelope{Success: true, Data: data})
}

type apiError struct {
	Code       string   `json:"code"`
	Message    string   `json:"message"`
	Details    *details `json:"details,omitempty"`
	RetryAfter *int     `json:"retry_after,omitempty"` // seconds
	// Only in the observed dialect's 403.
	RequiredPermission string   `json:"required_permission,omitempty"`
	CurrentPermissions []string `json:"current_permissions,omitempty"`
}

type details struct {
	Fields map[string]string `json:"fields"` // field to reason
}

func (e apiError) answer(status int) answer {
	return jsonAnswer(status, envelope{Error: &e})
}

func failure(status int, code, message string) answer {
	return apiError{Code: code, Message: message}.answer(status)
}

func invalid(message string) answer {
	return failure(http.StatusBadRequest, "VALIDATION_ERROR", message)
}

func notFound() answer {
	return failure(http.StatusNotFound, "NOT_FOUND", "Opportunity not found")
}

func internalError(message string) answer {
	return failure(http.StatusInternalServerError, "INTERNAL_ERROR", message)
}

func badGateway() answer {
	return htmlAnswer(http.StatusBadGateway, "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n"+
		"<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n")
}

// decode reads one JSON value and keeps numbers as the text that was sent.
func decode(body []byte) (value any, err error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := d.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("more than one JSON value")
	}
	return value, nil
}

func orNull[T ~string](text T) *T {
	if text == "" {
		return nil
	}
	return &text
}
