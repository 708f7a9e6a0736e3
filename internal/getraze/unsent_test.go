package getraze

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"
)

// TestWhatTheServiceHasNotSeen ends requests before there is a connection that could carry them, and after.
func TestWhatTheServiceHasNotSeen(t *testing.T) {
	t.Parallel()
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	defer secure.Close()
	silent := listen(t, func(c net.Conn) { _, _ = io.Copy(io.Discard, c) })
	closing := listen(t, func(c net.Conn) { _, _ = bufio.NewReader(c).ReadByte() })
	proxy := listen(t, func(c net.Conn) {
		_, _ = http.ReadRequest(bufio.NewReader(c))
		_, _ = io.WriteString(c, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
	})
	for _, tt := range []struct {
		name, base, proxy string
		unsent            bool
	}{
		{"a certificate that nobody trusts", secure.URL, "", true},
		{"no TLS at all", "https://" + closing, "", true},
		{"no answer to the TLS handshake", "https://" + silent, "", true},
		{"a name that does not exist", "https://no-such-host.invalid", "", true},
		{"nothing listens", "http://127.0.0.1:1", "", true},
		{"a proxy that refuses", "https://crm.example", proxy, true},
		{"a connection that is closed", "http://" + closing, "", false},
		{"no answer", "http://" + silent, "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			transport := newTransport(1)
			defer transport.CloseIdleConnections()
			if tt.proxy != "" {
				transport.Proxy = http.ProxyURL(&url.URL{Scheme: "http", Host: tt.proxy})
			}
			c := newClient(t, Options{BaseURL: tt.base, Transport: transport, Timeout: 300 * time.Millisecond})
			_, err := c.Update(context.Background(), testID, nil, Dialect{})
			if err == nil || errors.As(err, new(*NotSentError)) != tt.unsent {
				t.Errorf("not sent: %v, want %v: %v", !tt.unsent, tt.unsent, err)
			}
		})
	}
}

// listen handles each connection until the test ends.
func listen(t *testing.T, handle func(net.Conn)) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() { handle(c); c.Close() }()
		}
	}()
	return l.Addr().String()
}

// TestWhatTheServiceHasSeenOverHTTP2 sends a request that arrives but gets no answer.
func TestWhatTheServiceHasSeenOverHTTP2(t *testing.T) {
	t.Parallel()
	seen := make(chan string, 1)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		seen <- r.Proto
		<-r.Context().Done()
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	transport := newTransport(1)
	defer transport.CloseIdleConnections()
	transport.TLSClientConfig = server.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
	c := newClient(t, Options{BaseURL: server.URL, Transport: transport, Timeout: 300 * time.Millisecond})
	_, err := c.Update(context.Background(), testID, nil, Dialect{})
	if proto := <-seen; err == nil || errors.As(err, new(*NotSentError)) || proto != "HTTP/2.0" {
		t.Errorf("over %s: %v", proto, err)
	}
}
