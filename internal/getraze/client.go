// Package getraze speaks to the GetRaze External API: each call makes one request and returns one typed answer or
// error. It never sleeps, never retries and never follows a redirect; the caller decides what happens next.
package getraze

import (
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"razebulk/internal/reason"
)

// DefaultBaseURL is the vendor's own service.
const DefaultBaseURL = "https://app.getraze.com/external/v1"

// Options specify where the API is and how to access it.
type Options struct {
	// BaseURL is the root of the API; https, or plain http to a loopback address.
	BaseURL string
	// Key goes into every request's X-API-Key header, and never into a message.
	Key string
	// Timeout limits one request, including the reading of its answer.
	Timeout time.Duration
	// Transport carries the requests; if nil, the client has its own transport with at most this many Connections.
	Transport   http.RoundTripper
	Connections int
	// ReadOnly refuses every request that could change something, see [ReadOnly].
	ReadOnly bool
	// UserAgent names this program to the service.
	UserAgent string
}

// Client makes single attempts against one account. It is safe for concurrent use.
type Client struct {
	url       *url.URL // the root of the API
	key       string
	header    http.Header // of every request
	transport http.RoundTripper
	timeout   time.Duration
	secret    *strings.Replacer

	reads, writes atomic.Int64
}

// New checks the options: the key must fit into a header and must not cross a network unencrypted. An error is a
// [reason.Reason].
func New(o Options) (*Client, error) {
	base, err := parseBaseURL(o.BaseURL)
	if err != nil {
		return nil, err
	}
	if err := CheckKey(o.Key); err != nil {
		return nil, err
	}
	return &Client{
		url: base, key: o.Key, secret: newSecret(o.Key),
		header: http.Header{
			"X-Api-Key": {o.Key}, "Content-Type": {"application/json"}, "Accept": {"application/json"}, "User-Agent": {o.UserAgent},
		},
		transport: o.transport(), timeout: o.Timeout,
	}, nil
}

func (o Options) transport() http.RoundTripper {
	transport := o.Transport
	if transport == nil {
		transport = newTransport(o.Connections)
	}
	if o.ReadOnly {
		return ReadOnly{transport}
	}
	return transport
}

func newTransport(connections int) *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConns = connections
	t.MaxIdleConnsPerHost = connections // with the default of 2, connections would be closed and reopened all the time
	t.MaxConnsPerHost = connections
	t.MaxResponseHeaderBytes = 1 << 20
	return t
}

func parseBaseURL(raw string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimRight(raw, "/"))
	if err != nil || u.Hostname() == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return nil, reason.New("base_url_invalid", "url", raw, "example", DefaultBaseURL)
	}
	if u.User != nil || strings.ContainsAny(raw, "?#") {
		return nil, reason.New("base_url_not_plain", "host", u.Host)
	}
	if u.Scheme == "http" && !isLoopback(u.Hostname()) {
		return nil, reason.New("base_url_not_encrypted", "url", raw)
	}
	u.Host = strings.TrimSuffix(u.Host, ":")
	return u, nil
}

func isLoopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}

// CheckKey returns an error, a [reason.Reason], if the key is empty or a header can't carry it.
func CheckKey(key string) error {
	if key == "" {
		return reason.New("key_empty")
	}
	for _, c := range key {
		if c <= ' ' || c > '~' {
			return reason.New("key_malformed")
		}
	}
	return nil
}

// CloseIdleConnections closes the connections that no request is using.
func (c *Client) CloseIdleConnections() {
	if t, ok := c.transport.(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
}

// Requests returns how many requests were made so far, including those that reached nobody. Reads change nothing,
// writes may.
func (c *Client) Requests() (reads, writes int) { return int(c.reads.Load()), int(c.writes.Load()) }

// count counts a request that is about to be made.
func (c *Client) count(method string) {
	if method == http.MethodGet {
		c.reads.Add(1)
	} else {
		c.writes.Add(1)
	}
}

// Timeout returns the time limit for one request.
func (c *Client) Timeout() time.Duration { return c.timeout }

// Host returns the name of the service's host, for people who want to know where their data goes.
func (c *Client) Host() string { return c.url.Host }
