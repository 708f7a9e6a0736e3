package getraze

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"

	"razebulk/internal/reason"
)

// one makes a call whose answer is the opportunity itself; rest is what follows the id in the path.
func (c *Client) one(ctx context.Context, method, id, rest string, body []byte, wanted func(key string) bool) (Answer, error) {
	r, err := c.do(ctx, method, address{"/opportunities/" + id + rest, "/opportunities/" + url.PathEscape(id) + rest, ""}, body, wanted)
	defer r.release()
	if err != nil {
		return r.answer, err
	}
	if r.object == nil {
		return r.answer, c.unexpected(r)
	}
	if err := c.about(id, r); err != nil {
		return r.answer, err
	}
	r.answer.Opportunity = r.object
	return r.answer, nil
}

// address is where a request goes, relative to the base URL: its path, the path as it is sent, and the query.
type address struct{ path, escaped, query string }

// at returns the whole URL. It is assembled from parts, as parsing takes longer.
func (c *Client) at(a address) *url.URL {
	u := *c.url
	u.Path, u.RawPath, u.RawQuery = u.Path+a.path, u.EscapedPath()+a.escaped, a.query
	return &u
}

// do makes a request without [http.Client.Do]: there are no redirects to follow and no cookies to keep. A redirect is
// returned as the answer: net/http would send the key along to wherever it points. The reply must be released.
func (c *Client) do(ctx context.Context, method string, to address, body []byte, wanted func(key string) bool) (reply, error) {
	reached, traced := watchConnection(ctx)
	if c.timeout > 0 {
		var cancel context.CancelFunc
		traced, cancel = context.WithTimeout(traced, c.timeout)
		defer cancel()
	}
	request, err := http.NewRequestWithContext(traced, method, "", bytes.NewReader(body))
	if err != nil {
		return reply{}, err
	}
	request.URL, request.Host = c.at(to), c.url.Host
	request.Header = c.header // a transport doesn't modify requests
	c.count(method)
	response, err := c.transport.RoundTrip(request)
	if err = c.networkError(ctx, err); err != nil && !reached() {
		err = &NotSentError{err}
	}
	if err != nil {
		return reply{}, err
	}
	defer response.Body.Close()
	return c.readReply(ctx, response, wanted)
}

// watchConnection returns a function that reports, after a request with the context, whether the request had a
// connection to the service, encrypted and through the proxy if required. A transport that doesn't report connections
// is assumed to have had one.
func watchConnection(ctx context.Context) (reached func() bool, traced context.Context) {
	connection := &struct{ wanted, had atomic.Bool }{}
	traced = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { connection.wanted.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { connection.had.Store(true) },
	})
	return func() bool { return connection.had.Load() || !connection.wanted.Load() }, traced
}

// networkError removes net/http's "Put <address>:", which repeats what the row says. A deadline is the client's own
// unless the caller's context has ended.
func (c *Client) networkError(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		return reason.New("answer_late", "timeout", c.timeout)
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	if r, wrong := addressFault(err); wrong {
		return r
	}
	return c.redactError(err)
}

// addressFault returns what an error says about the address itself: the resolver knows no such name, or the
// certificate is not for it. Transient faults, such as a failing resolver, don't count.
func addressFault(err error) (reason.Reason, bool) {
	var lookup *net.DNSError
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &lookup) && lookup.IsNotFound && !lookup.IsTemporary && !lookup.IsTimeout:
		return reason.New("host_unknown", "host", lookup.Name).Because(err), true
	case errors.As(err, &certificate):
		return reason.New("certificate_unfit", "error", certificate.Err.Error()).Because(err), true
	}
	return reason.Reason{}, false
}
