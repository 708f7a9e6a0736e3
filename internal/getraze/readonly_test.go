package getraze

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

// closing records whether a body was closed, as a RoundTripper must do.
type closing struct {
	io.Reader
	closed bool
}

func (c *closing) Close() error {
	c.closed = true
	return nil
}

func TestReadOnlyLetsNothingButGetThrough(t *testing.T) {
	for _, method := range []string{"PUT", "PATCH", "POST", "DELETE", "HEAD", "OPTIONS"} {
		body := &closing{Reader: strings.NewReader("{}")}
		request, _ := http.NewRequestWithContext(t.Context(), method, "http://localhost", body)
		if _, err := (ReadOnly{forbidden{t}}).RoundTrip(request); !errors.Is(err, ErrReadOnly) || !body.closed {
			t.Errorf("%s: got %v, body closed: %v", method, err, body.closed)
		}
		request.Body = nil
		if _, err := (ReadOnly{forbidden{t}}).RoundTrip(request); !errors.Is(err, ErrReadOnly) {
			t.Errorf("%s without a body: got %v", method, err)
		}
	}
}

func TestUpdateThroughReadOnlySaysThatItIsADryRun(t *testing.T) {
	_, err := update(t, newClient(t, Options{ReadOnly: true, Transport: forbidden{t}}))
	if !errors.Is(err, ErrReadOnly) || worded(err) != "this is a dry run: nothing is sent" {
		t.Errorf("got %v", err)
	}
}

// TestADryRunKeepsItsConnections wants one connection for consecutive requests, and none at the end.
func TestADryRunKeepsItsConnections(t *testing.T) {
	h := newHostile(t, func(_ *hostile, w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, `{"success":true,"data":{"id":"x"}}`)
	})
	c := newClient(t, Options{BaseURL: h.URL, ReadOnly: true})
	for range 5 {
		if _, err := c.Get(t.Context(), "x"); err != nil {
			t.Fatal(err)
		}
	}
	if n := h.accepted.Load(); n != 1 {
		t.Errorf("%d connections for five requests", n)
	}
	c.CloseIdleConnections()
	h.waitUntilLeft(t)
}
