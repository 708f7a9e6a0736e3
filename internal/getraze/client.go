// Package getraze speaks to the GetRaze External API: one call is one request, and one typed answer or error comes
// back. It never sleeps, never retries and never follows a redirect; who calls it decides what happens next.
package getraze

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// DefaultBaseURL is the vendor's own service.
const DefaultBaseURL = "https://app.getraze.com/external/v1"

// Options say where the API is and how to speak to it.
type Options struct {
	// BaseURL is where the API begins; https, or plain http to a loopback address.
	BaseURL string
	// Key goes into every request's X-API-Key header, and into no message.
	Key string
	// Timeout is what one request may take, the reading of its answer included.
	Timeout time.Duration
	// Transport carries the requests; nil is a transport of the client's own that keeps Connections open at most.
	Transport   http.RoundTripper
	Connections int
	// UserAgent names this program to the service.
	UserAgent string
}

// Client makes single attempts against one account. It is safe for concurrent use.
type Client struct {
	base   string
	key    string
	user   string
	http   *http.Client
	secret *strings.Replacer
}

// New checks the options: the key must be one that fits into a header, and must not travel over a network in the clear.
func New(o Options) (*Client, error) {
	base, err := parseBaseURL(o.BaseURL)
	if err != nil {
		return nil, err
	}
	if err := checkKey(o.Key); err != nil {
		return nil, err
	}
	transport := o.Transport
	if transport == nil {
		transport = newTransport(o.Connections)
	}
	return &Client{
		base: base, key: o.Key, user: o.UserAgent, secret: newSecret(o.Key),
		http: &http.Client{Transport: transport, Timeout: o.Timeout, CheckRedirect: keepRedirect},
	}, nil
}

// keepRedirect hands a redirect back as the answer: net/http would send the key along to wherever it points.
func keepRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func newTransport(connections int) *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConns = connections
	t.MaxIdleConnsPerHost = connections // the default of 2 closes and opens connections all the time
	t.MaxConnsPerHost = connections
	t.MaxResponseHeaderBytes = maxAnswer
	return t
}

func parseBaseURL(raw string) (string, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Hostname() == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return "", fmt.Errorf("base URL %q: not an address such as %s", raw, DefaultBaseURL)
	}
	if u.User != nil || strings.ContainsAny(raw, "?#") {
		return "", fmt.Errorf("base URL of %s: leave out user, query and fragment", u.Host)
	}
	if u.Scheme == "http" && !isLoopback(u.Hostname()) {
		return "", fmt.Errorf("base URL %q: the key would cross the network in the clear; use https", raw)
	}
	return strings.TrimRight(raw, "/"), nil
}

func isLoopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}

func checkKey(key string) error {
	if key == "" {
		return errors.New("the API key is empty")
	}
	for _, c := range key {
		if c <= ' ' || c > '~' {
			return errors.New("the API key holds a space, a line break or a sign that no key has; copy it anew")
		}
	}
	return nil
}

// CloseIdleConnections lets go of connections that no request is using.
func (c *Client) CloseIdleConnections() { c.http.CloseIdleConnections() }

// Host is the name of the service's machine, for people who want to know where their data goes.
func (c *Client) Host() string {
	u, _ := url.Parse(c.base) // parsed once already, by New
	return u.Host
}

// Field is one field of an opportunity, by its name in the API, and the value to store.
type Field struct {
	Name string
	Text string
	// Number sends Text as a JSON number with just these digits; it must be one.
	Number bool
	// Clear empties the field, whatever Text says: a number becomes null, a text "".
	Clear bool
}

// Update stores fields in the opportunity: PUT /opportunities/:id, which leaves all other fields alone. The answer is
// filled as far as one came, also beside an error. The error is an [*APIError] when the service said what is wrong, an
// [*AnswerError] when what came back is not the API's, and otherwise what kept an answer from coming; the update may
// have been stored in either of the last two cases.
func (c *Client) Update(ctx context.Context, id string, fields []Field) (Answer, error) {
	body, err := bodyOf(fields)
	if err != nil {
		return Answer{}, fmt.Errorf("opportunity %q: %w", id, err)
	}
	return c.one(ctx, http.MethodPut, id, "", body)
}

// one makes a call that is answered with the opportunity itself; rest is what follows the id in the path.
func (c *Client) one(ctx context.Context, method, id, rest string, body []byte) (Answer, error) {
	r, err := c.do(ctx, method, "/opportunities/"+url.PathEscape(id)+rest, body, maxAnswer)
	if err != nil {
		return r.answer, err
	}
	if json.Unmarshal(r.Data, &r.answer.Opportunity) != nil || r.answer.Opportunity == nil {
		return r.answer, c.notPromised(r)
	}
	return r.answer, c.about(id, r.answer)
}

func bodyOf(fields []Field) ([]byte, error) {
	body := make(map[string]json.RawMessage, len(fields))
	for _, f := range fields {
		raw, err := f.json()
		if err != nil {
			return nil, err
		}
		body[f.Name] = raw
	}
	return json.Marshal(body)
}

// json is the value as it is sent.
func (f Field) json() (json.RawMessage, error) {
	switch {
	case f.Clear && f.Number:
		return json.RawMessage("null"), nil
	case f.Clear:
		return json.RawMessage(`""`), nil
	case !f.Number:
		return json.Marshal(f.Text)
	case f.Text == "":
		return nil, fmt.Errorf("%s: no number", f.Name) // encoding/json would write 0
	}
	return json.Marshal(json.Number(f.Text))
}

func (c *Client) do(ctx context.Context, method, path string, body []byte, most int64) (reply, error) {
	request, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return reply{}, err
	}
	request.Header.Set("X-API-Key", c.key)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", c.user)
	response, err := c.http.Do(request)
	if err != nil {
		return reply{}, c.networkError(ctx, err)
	}
	defer response.Body.Close()
	return c.readReply(ctx, response, most)
}

// networkError says what went wrong without net/http's "Put <address>:", which tells nothing that the row doesn't. A
// deadline is the client's own unless it is the caller's context that has ended.
func (c *Client) networkError(ctx context.Context, err error) error {
	if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("no whole answer within %s", c.http.Timeout)
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	return c.redactError(err)
}
