package getraze

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"razebulk/internal/sandbox"
)

// hostile is a server whose connections and sent bytes a test can observe.
type hostile struct {
	*httptest.Server
	sent     atomic.Int64
	accepted atomic.Int32

	mu   sync.Mutex
	open map[net.Conn]bool
	none chan struct{} // signalled each time no connection is left
}

func newHostile(t *testing.T, handler func(h *hostile, w http.ResponseWriter, r *http.Request)) *hostile {
	t.Helper()
	h := &hostile{open: map[net.Conn]bool{}, none: make(chan struct{}, 1)}
	h.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body) // otherwise the server doesn't notice that the client leaves
		handler(h, w, r)
	}))
	h.Listener = &watched{h.Listener, h}
	h.Start()
	t.Cleanup(h.Close)
	return h
}

// watched is a listener whose connections the server tracks until they are closed, hijacked or not.
type watched struct {
	net.Listener
	h *hostile
}

func (w *watched) Accept() (net.Conn, error) {
	connection, err := w.Listener.Accept()
	if err != nil {
		return nil, err
	}
	w.h.accepted.Add(1)
	c := &watchedConn{Conn: connection, h: w.h}
	w.h.mu.Lock()
	defer w.h.mu.Unlock()
	w.h.open[c] = true
	return c, nil
}

type watchedConn struct {
	net.Conn
	h *hostile
}

// Write counts the bytes that the server could send.
func (c *watchedConn) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.h.sent.Add(int64(n))
	return n, err
}

// Close is called when the server has noticed that the client is gone.
func (c *watchedConn) Close() error {
	c.h.mu.Lock()
	defer c.h.mu.Unlock()
	delete(c.h.open, c)
	if len(c.h.open) == 0 {
		select {
		case c.h.none <- struct{}{}:
		default:
		}
	}
	return c.Conn.Close()
}

// waitUntilLeft waits until the client has closed all connections, and fails if it doesn't.
func (h *hostile) waitUntilLeft(t *testing.T) {
	t.Helper()
	timeout := time.After(10 * time.Second)
	for {
		h.mu.Lock()
		left := len(h.open)
		h.mu.Unlock()
		if left == 0 {
			return
		}
		select {
		case <-h.none:
		case <-timeout:
			t.Errorf("%d connections are still open", left)
			return
		}
	}
}

const (
	hostileTimeout = 100 * time.Millisecond
	twoGiB         = 2 << 30
	// maxSent is what a client may read of an endless answer: up to its own limit, and what the two sockets buffer.
	maxSent = maxAnswer + 48<<20
	// maxMemory is what client and server together may allocate meanwhile, whether or not it is freed again.
	maxMemory = 12 << 20
)

// endless writes the same block until the client is gone or two GiB are written.
func endless(w io.Writer, block []byte) {
	for range twoGiB / len(block) {
		if _, err := w.Write(block); err != nil {
			return
		}
	}
}

// TestAnswersWithoutAnEndAreBounded wants each to fail soon, in little memory, and with no connection left.
func TestAnswersWithoutAnEndAreBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for timeouts")
	}
	t.Parallel()
	block := []byte(strings.Repeat("x", 64<<10))
	bomb := gzipped(t)
	for _, c := range []struct {
		name    string
		timeout time.Duration
		handler func(h *hostile, w http.ResponseWriter, r *http.Request)
		want    string
	}{
		{"body byte by byte", hostileTimeout, drip("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", "{"), "no complete answer within 100ms"},
		{"chunks byte by byte", hostileTimeout, drip("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\n{\r\n"), "no complete answer within 100ms"},
		{"headers byte by byte", hostileTimeout, drip("HTTP/1.1 200 OK\r\n", "X: y\r\n"), "no complete answer within 100ms"},
		{"interim answers one by one", hostileTimeout, drip("", "HTTP/1.1 102 Processing\r\n\r\n"), ""},
		{"hang in the middle of a body", hostileTimeout, func(_ *hostile, w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, `{"success":true,"data":{`)
			http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}, "no complete answer within 100ms"},
		{"hang in the middle of a chunk's length", hostileTimeout, drip("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1", ""), "no complete answer within 100ms"},
		{"2 GiB of known length", time.Minute, func(_ *hostile, w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(twoGiB))
			endless(w, block)
		}, "not with the API's JSON"},
		{"2 GiB in chunks", time.Minute, func(_ *hostile, w http.ResponseWriter, _ *http.Request) { endless(w, block) }, "not with the API's JSON"},
		{"2 GiB of a field that nobody asked for", time.Minute, func(_ *hostile, w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, `{"success":true,"data":{"comments":"`)
			endless(w, block)
		}, "more than 64 MiB"},
		{"2 GiB of lists in lists", time.Minute, func(_ *hostile, w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, `{"success":true,"data":{"comments":`)
			endless(w, []byte(strings.Repeat("[", 64<<10)))
		}, "more than 64 MiB"},
		{"2 GiB with a redirect", time.Minute, func(_ *hostile, w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "http://127.0.0.1:1/")
			w.WriteHeader(http.StatusTemporaryRedirect)
			endless(w, block)
		}, "a redirect to"},
		{"2 GiB with a server's error", time.Minute, func(_ *hostile, w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusBadGateway)
			endless(w, block)
		}, "more than 1 MiB"},
		{"2 GiB of one header", time.Minute, func(_ *hostile, w http.ResponseWriter, _ *http.Request) {
			raw(w, "HTTP/1.1 200 OK\r\nX: ", block)
		}, "headers exceeded"},
		{"2 GiB of no HTTP", time.Minute, func(_ *hostile, w http.ResponseWriter, _ *http.Request) { raw(w, "", block) }, ""},
		{"2 GiB of a chunk's length", time.Minute, func(_ *hostile, w http.ResponseWriter, _ *http.Request) {
			raw(w, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", []byte(strings.Repeat("0", 64<<10)))
		}, "was cut off"},
		{"gzip that expands to terabytes", time.Minute, func(_ *hostile, w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			endless(w, bomb)
		}, "not with the API's JSON"},
		{"gzip whose header has no end", time.Minute, func(_ *hostile, w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			io.WriteString(w, "\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\x00") // a file name follows
			endless(w, block)
		}, "was cut off"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if testing.Short() && c.want == "more than 64 MiB" {
				t.Skip("TestAPageMayBeLong... reads as much")
			}
			h := newHostile(t, c.handler)
			client := newClient(t, Options{BaseURL: h.URL, Timeout: c.timeout})
			defer client.CloseIdleConnections()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			began := time.Now()
			_, err := update(t, client)
			took := time.Since(began)
			runtime.ReadMemStats(&after)
			if err == nil || !strings.Contains(worded(err), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if took > time.Minute { // on a machine that is busy with other tests; without a bound it would never end
				t.Errorf("took %s", took)
			}
			if sent := h.sent.Load(); sent > maxSent {
				t.Errorf("%d MiB were taken", sent>>20)
			}
			if allocated := after.TotalAlloc - before.TotalAlloc; allocated > maxMemory {
				t.Errorf("%d MiB of memory were used", allocated>>20)
			}
			h.waitUntilLeft(t)
		})
	}
}

// drip sends begin and then a piece every five milliseconds, until the client is gone. An empty piece means silence.
func drip(begin, piece string) func(*hostile, http.ResponseWriter, *http.Request) {
	return func(_ *hostile, w http.ResponseWriter, _ *http.Request) {
		connection, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		defer connection.Close()
		if piece == "" {
			io.WriteString(connection, begin)
			io.Copy(io.Discard, connection)
			return
		}
		ticker := time.NewTicker(5 * time.Millisecond)
		defer ticker.Stop()
		for _, err := io.WriteString(connection, begin); err == nil; _, err = io.WriteString(connection, piece) {
			<-ticker.C
		}
	}
}

// raw sends begin and then block without end, without net/http's help.
func raw(w http.ResponseWriter, begin string, block []byte) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer connection.Close()
	io.WriteString(connection, begin)
	endless(connection, block)
}

// gzipped returns a whole gzip file of 8 MiB in 8 KiB; several in a row are still one file.
func gzipped(t *testing.T) []byte {
	t.Helper()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(make([]byte, 8<<20)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func TestAResetAfterTheUpdateWasStoredLeavesOpenWhetherItWas(t *testing.T) {
	api := sandbox.New(sandbox.Options{Faults: sandbox.Faults{Reset: 1}})
	h := newHostile(t, func(_ *hostile, w http.ResponseWriter, r *http.Request) { api.ServeHTTP(w, r) })
	client := newClient(t, Options{BaseURL: h.URL, Key: sandbox.DefaultKey})
	answer, err := client.Update(t.Context(), testID, []Field{{Name: "name", Text: "stored"}}, Dialect{})
	checkUntyped(t, err)
	if answer.HTTPStatus != 0 || answer.Opportunity != nil {
		t.Errorf("got %+v", answer)
	}
	h.waitUntilLeft(t)
}

// TestARedirectIsNotFollowedAnywhere listens where the redirect points, so that not even a connection goes unnoticed.
func TestARedirectIsNotFollowedAnywhere(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		other, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		came := make(chan string, 1)
		go func() {
			connection, err := other.Accept()
			if err != nil {
				came <- ""
				return
			}
			came <- connection.RemoteAddr().String()
			_ = connection.Close()
		}()
		h := newHostile(t, func(_ *hostile, w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "http://"+other.Addr().String()+"/opportunities/"+testID)
			w.WriteHeader(status)
		})
		client := newClient(t, Options{BaseURL: h.URL})
		_, err = update(t, client)
		checkError(t, err, "a redirect to")
		client.CloseIdleConnections()
		h.waitUntilLeft(t)
		_ = other.Close()
		if address := <-came; address != "" {
			t.Errorf("%d: the other host was contacted from %s", status, address)
		}
	}
}
