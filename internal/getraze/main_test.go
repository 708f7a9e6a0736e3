package getraze

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"razebulk/internal/reason"
	"razebulk/internal/words"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	testKey = "gr_live_0123456789abcdef"
	testID  = "265e24ec-3bc8-4820-b65f-89a69d7babe4" // the first of the sandbox's seeds
)

// serve starts a server on a loopback address and returns a client for it; both end with the test.
func serve(t *testing.T, handler http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	c := newClient(t, Options{BaseURL: server.URL})
	t.Cleanup(c.CloseIdleConnections)
	return c
}

// newClient fills in what a test leaves open.
func newClient(t *testing.T, o Options) *Client {
	t.Helper()
	if o.BaseURL == "" {
		o.BaseURL = "http://localhost"
	}
	if o.Key == "" {
		o.Key = testKey
	}
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	o.Connections = 2
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// canned answers each request with the same status, header and body.
type canned struct {
	status int
	header http.Header
	body   string
}

func (a canned) RoundTrip(r *http.Request) (*http.Response, error) {
	header := a.header.Clone()
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{
		StatusCode: a.status, Status: statusLine(a.status), Header: header,
		Body: io.NopCloser(strings.NewReader(a.body)), Request: r,
	}, nil
}

// worded returns an error as users read it.
func worded(err error) string {
	var r reason.Reason
	if errors.As(err, &r) {
		return words.For(nil).Text(r.Code, r.Params)
	}
	return fmt.Sprint(err)
}

// update sends one field, which is all that most tests need.
func update(t *testing.T, c *Client) (Answer, error) {
	t.Helper()
	return c.Update(t.Context(), testID, []Field{{Name: "notes", Text: "n"}}, Dialect{})
}

// fromBody returns what the client makes of an answer with this status and body.
func fromBody(t *testing.T, status int, body string) (Answer, error) {
	t.Helper()
	return update(t, newClient(t, Options{Transport: canned{status: status, body: body}}))
}
