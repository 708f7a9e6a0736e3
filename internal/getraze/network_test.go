package getraze

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"razebulk/internal/sandbox"
)

const late = "no complete answer within 30s"

func TestTimeoutBeforeTheHeaders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := sandbox.New(sandbox.Options{Faults: sandbox.Faults{Hang: 1}})
		c := newClient(t, Options{Key: sandbox.DefaultKey, Transport: server.Transport()})
		begun := time.Now()
		answer, err := update(t, c)
		if err == nil || worded(err) != late || answer.HTTPStatus != 0 {
			t.Errorf("got %+v, %v", answer, err)
		}
		if took := time.Since(begun); took != 30*time.Second {
			t.Errorf("took %s", took)
		}
	})
}

// stalled answers with the beginning of a body, and then with nothing more.
type stalled struct{}

func (stalled) RoundTrip(r *http.Request) (*http.Response, error) {
	body := io.MultiReader(strings.NewReader(`{"success":true,`), untilDone{r.Context()})
	return &http.Response{StatusCode: 200, Header: http.Header{"Retry-After": {"3"}}, Body: io.NopCloser(body), Request: r}, nil
}

type untilDone struct{ ctx context.Context }

func (u untilDone) Read([]byte) (int, error) {
	<-u.ctx.Done()
	return 0, u.ctx.Err()
}

func TestTimeoutWithinTheBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		answer, err := update(t, newClient(t, Options{Transport: stalled{}}))
		checkError(t, err, late)
		if answer.HTTPStatus != 200 || answer.RetryAfter != 3*time.Second {
			t.Errorf("got %+v: what came before is lost", answer)
		}
		checkUntyped(t, err)
	})
}

// checkUntyped wants an error that leaves open whether the update was stored.
func checkUntyped(t *testing.T, err error) {
	t.Helper()
	var refused *APIError
	var unusable *AnswerError
	if err == nil || errors.As(err, &refused) || errors.As(err, &unusable) {
		t.Errorf("got %T %v", err, err)
	}
}

func TestTimeoutOverASocket(t *testing.T) {
	for _, begin := range []bool{false, true} {
		c := serve(t, func(w http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body) // otherwise the server doesn't notice that the client leaves
			if begin {
				io.WriteString(w, "{")
				http.NewResponseController(w).Flush()
			}
			<-r.Context().Done()
		})
		c.timeout = 50 * time.Millisecond
		_, err := update(t, c)
		checkError(t, err, "no complete answer within 50ms")
	}
}

func TestCancelIsNotCalledATimeout(t *testing.T) {
	for name, transport := range map[string]http.RoundTripper{
		"before the headers": sandbox.New(sandbox.Options{Faults: sandbox.Faults{Hang: 1}}).Transport(),
		"within the body":    stalled{},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(time.Second, cancel)
			_, err := newClient(t, Options{Key: sandbox.DefaultKey, Transport: transport}).Update(ctx, testID, nil, Dialect{})
			if !errors.Is(err, context.Canceled) || strings.Contains(worded(err), "within") {
				t.Errorf("%s: got %v", name, err)
			}
		})
	}
}

func TestADeadlineOfTheCallersIsNotCalledTheClientsOwn(t *testing.T) {
	for _, transport := range []http.RoundTripper{
		sandbox.New(sandbox.Options{Faults: sandbox.Faults{Hang: 1}}).Transport(), stalled{},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			_, err := newClient(t, Options{Key: sandbox.DefaultKey, Transport: transport}).Update(ctx, testID, nil, Dialect{})
			if !errors.Is(err, context.DeadlineExceeded) || strings.Contains(worded(err), late) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestACancelledContextSendsNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var requests atomic.Int32
	c := serve(t, func(http.ResponseWriter, *http.Request) { requests.Add(1) })
	_, err := c.Update(ctx, testID, nil, Dialect{})
	if !errors.Is(err, context.Canceled) || requests.Load() != 0 {
		t.Errorf("got %v after %d requests", err, requests.Load())
	}
}

func TestConnectionReset(t *testing.T) {
	for _, begin := range []string{"", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"success\":true"} {
		c := serve(t, func(w http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body)
			connection := hijack(t, w)
			io.WriteString(connection, begin)
			if begin == "" {
				connection.(*net.TCPConn).SetLinger(0) // a reset, not a normal close
			}
			connection.Close()
		})
		_, err := update(t, c)
		if !errors.Is(err, syscall.ECONNRESET) && !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("got %v", err)
		}
		checkUntyped(t, err)
		if strings.Contains(worded(err), "Put ") {
			t.Errorf("%v repeats the address", err)
		}
	}
}

func TestARefusalMayBeAMebibyteAndNoMore(t *testing.T) {
	const frame = `{"success":false,"error":{"code":"CONFLICT","message":"m"},"trace":""}`
	for _, c := range []struct {
		size int
		want string
	}{{maxRefusal, "m"}, {maxRefusal + 1, "more than 1 MiB"}} {
		body := strings.Replace(frame, `""`, `"`+strings.Repeat("x", c.size-len(frame))+`"`, 1)
		_, err := fromBody(t, 409, body)
		checkError(t, err, c.want)
	}
}

// counter counts the bytes written to a connection through it.
type counter struct {
	w io.Writer
	n *atomic.Int64
}

func (c counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n.Add(int64(n))
	return n, err
}

func TestAGzipBombIsReadNoFurtherThanAnyAnswer(t *testing.T) {
	const bomb = 1 << 30
	var unpacked atomic.Int64
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		packed := gzip.NewWriter(w)
		defer packed.Close()
		block := make([]byte, 1<<20)
		for range bomb / len(block) {
			if _, err := (counter{packed, &unpacked}).Write(block); err != nil {
				return
			}
		}
	})
	answer, err := update(t, c)
	var unusable *AnswerError
	if !errors.As(err, &unusable) || answer.HTTPStatus != 200 {
		t.Errorf("got %v", err)
	}
	checkError(t, err, "not with the API's JSON")
	if unpacked.Load() >= bomb {
		t.Error("the server could send all of it")
	}
}

func TestABrokenGzipBodyIsAnAnswerThatBrokeOff(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		io.WriteString(w, "not gzip at all")
	})
	answer, err := update(t, c)
	checkError(t, err, "was cut off")
	if answer.HTTPStatus != 200 {
		t.Errorf("got %+v", answer)
	}
}
