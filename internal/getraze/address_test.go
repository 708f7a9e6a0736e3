package getraze

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"razebulk/internal/reason"
)

// resolver is a transport that can't resolve any name.
type resolver struct{ err net.DNSError }

func (r resolver) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, &net.OpError{Op: "dial", Net: "tcp", Err: &r.err}
}

// TestWhatIsWrongWithAnAddress distinguishes permanent faults from transient ones.
func TestWhatIsWrongWithAnAddress(t *testing.T) {
	for _, c := range []struct {
		err  net.DNSError
		want string
	}{
		{net.DNSError{Err: "no such host", Name: "app.getraze.con", IsNotFound: true}, "host_unknown"},
		{net.DNSError{Err: "no such host", Name: "app.getraze.con", IsNotFound: true, IsTemporary: true}, ""},
		{net.DNSError{Err: "server misbehaving", Name: "app.getraze.con", IsTemporary: true}, ""},
		{net.DNSError{Err: "i/o timeout", Name: "app.getraze.con", IsTimeout: true}, ""},
	} {
		_, err := newClient(t, Options{Transport: resolver{c.err}}).Get(context.Background(), testID)
		var why reason.Reason
		errors.As(err, &why)
		var dial *net.OpError
		if why.Code != c.want || !errors.As(err, &dial) {
			t.Errorf("%+v: got %v", c.err, err)
		}
	}
}

func TestACertificateThatDoesNotFit(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	client := newClient(t, Options{BaseURL: server.URL})
	defer client.CloseIdleConnections()
	_, err := client.Get(context.Background(), testID)
	var why reason.Reason
	if !errors.As(err, &why) || why.Code != "certificate_unfit" {
		t.Errorf("got %v", err)
	}
}
