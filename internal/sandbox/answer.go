package sandbox

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// answer is a whole response, made before any of it is written.
type answer struct {
	status int
	header http.Header // to be added to; never nil
	body   []byte
}

// write sets Date itself: the server's clock need not be ours.
func (a answer) write(w http.ResponseWriter, now time.Time) {
	h := w.Header()
	for name, values := range a.header {
		h[name] = values
	}
	h.Set("Date", now.UTC().Format(http.TimeFormat))
	h.Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	w.Write(a.body) // nobody is left to tell of an error
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

// envelope is around every JSON answer.
type envelope struct {
	Success    bool      `json:"success"`
	Data       any       `json:"data,omitempty"`
	Pagination any       `json:"pagination,omitempty"`
	Error      *apiError `json:"error,omitempty"`
}

func success(data any) answer {
	return jsonAnswer(http.StatusOK, envelope{Success: true, Data: data})
}

type apiError struct {
	Code       string   `json:"code"`
	Message    string   `json:"message"`
	Details    *details `json:"details,omitempty"`
	RetryAfter *int     `json:"retry_after,omitempty"` // seconds
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

func invalidFields(reasons map[string]string) answer {
	e := apiError{Code: "VALIDATION_ERROR", Message: "Validation failed", Details: &details{reasons}}
	return e.answer(http.StatusBadRequest)
}

func notFound() answer {
	return failure(http.StatusNotFound, "NOT_FOUND", "Opportunity not found")
}

func internalError() answer {
	return failure(http.StatusInternalServerError, "INTERNAL_ERROR", "An unexpected error occurred")
}

func badGateway() answer {
	return htmlAnswer(http.StatusBadGateway, "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n"+
		"<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n")
}

// badRequestPage is what the real service was seen to answer to a body that is not JSON.
func badRequestPage() answer {
	return htmlAnswer(http.StatusBadRequest, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"+
		"<title>Error</title>\n</head>\n<body>\n<pre>Bad Request</pre>\n</body>\n</html>\n")
}
