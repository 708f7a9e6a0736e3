package notify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"razebulk/internal/reason"
)

// pingTimeout is how long a ping may take: the run waits for it.
const pingTimeout = 5 * time.Second

// Ping tells a service that monitors scheduled jobs, such as healthchecks.io, that a run has begun and how it ended.
// The address may be a secret: errors contain only its host.
type Ping struct {
	address *url.URL
	client  *http.Client
}

// NewPing checks the address: https, or plain http to this machine. Its error is a [reason.Reason].
func NewPing(address string) (*Ping, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, reason.New("ping_address_invalid")
	}
	if ip := net.ParseIP(u.Hostname()); u.Scheme == "http" && u.Hostname() != "localhost" && !ip.IsLoopback() {
		return nil, reason.New("ping_address_not_encrypted", "host", u.Host)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DisableKeepAlives = true
	keep := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Ping{u, &http.Client{Transport: transport, Timeout: pingTimeout, CheckRedirect: keep}}, nil
}

// Start reports that a run has begun.
func (p *Ping) Start(ctx context.Context) error { return p.post(ctx, p.address.JoinPath("start"), nil) }

// End reports how the run ended, with the summary as the body.
func (p *Ping) End(ctx context.Context, success bool, summary []byte) error {
	if success {
		return p.post(ctx, p.address, summary)
	}
	return p.post(ctx, p.address.JoinPath("fail"), summary)
}

func (p *Ping) post(ctx context.Context, to *url.URL, body []byte) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, to.String(), bytes.NewReader(body))
	if err != nil {
		return reason.New("ping_address_invalid")
	}
	if len(body) > 0 {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := p.client.Do(request)
	if err != nil {
		var wrapped *url.Error // which names the address
		if errors.As(err, &wrapped) {
			err = wrapped.Err
		}
		return fmt.Errorf("%s: %w", p.address.Host, err)
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 1<<16))
	if response.StatusCode/100 != 2 {
		return reason.New("ping_refused", "host", p.address.Host, "http", response.StatusCode)
	}
	return nil
}
