package getraze

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// closing tells whether a body was closed, as a RoundTripper must see to.
type closing struct {
	io.Reader
	closed bool
}

func (c *closing) Close() error {
	c.closed = true
	return nil
}

func TestReadOnlyLetsNothingButGetThrough(t *testing.T) {
	var requests atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { requests.Add(1) }))
	defer server.Close()
	for _, method := range []string{"PUT", "PATCH", "POST", "DELETE", "HEAD", "OPTIONS"} {
		body := &closing{Reader: strings.NewReader("{}")}
		request, _ := http.NewRequestWithContext(t.Context(), method, server.URL, body)
		if _, err := (ReadOnly{}).RoundTrip(request); !errors.Is(err, ErrReadOnly) || !body.closed {
			t.Errorf("%s: got %v, body closed: %v", method, err, body.closed)
		}
		request.Body = nil
		if _, err := (ReadOnly{}).RoundTrip(request); !errors.Is(err, ErrReadOnly) {
			t.Errorf("%s without a body: got %v", method, err)
		}
	}
	if n := requests.Load(); n != 0 {
		t.Fatalf("%d requests left the machine", n)
	}
}

func TestReadOnlyLetsGetThrough(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	defer http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	request, _ := http.NewRequestWithContext(t.Context(), "GET", server.URL, nil)
	response, err := ReadOnly{}.RoundTrip(request)
	if err != nil || response.StatusCode != 404 {
		t.Fatalf("got %v, %v", response, err)
	}
	response.Body.Close()
}

func TestUpdateThroughReadOnlySaysThatItIsADryRun(t *testing.T) {
	_, err := update(t, newClient(t, Options{Transport: ReadOnly{}}))
	if !errors.Is(err, ErrReadOnly) {
		t.Errorf("got %v", err)
	}
}
