// Package inprocess sends HTTP requests to a handler without a socket.
package inprocess

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"syscall"
)

// Transport returns a transport that serves each request in its caller's goroutine, so that a client under
// [testing/synctest] can wait on the handler's time. If a connection breaks off, the error wraps
// [syscall.ECONNRESET], or is the error of the request's context if that has ended. It is safe for concurrent use.
func Transport(handler http.Handler) http.RoundTripper { return transport{handler} }

type transport struct{ handler http.Handler }

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		defer r.Body.Close()
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	in, err := incoming(r)
	if err != nil {
		return nil, err
	}
	w := &responseWriter{header: make(http.Header)}
	if err := t.serve(w, in); err != nil { //nolint:contextcheck // the request has its own
		return nil, err
	}
	return w.response(r), nil
}

func (t transport) serve(w *responseWriter, r *http.Request) (err error) {
	defer func() {
		switch v := recover(); v {
		case nil:
		case http.ErrAbortHandler:
			err = brokenOff(r.Context())
		default:
			panic(v)
		}
	}()
	t.handler.ServeHTTP(w, r)
	return nil
}

func brokenOff(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return &net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", syscall.ECONNRESET)}
}

// incoming returns the request as a server would have read it from the wire.
func incoming(r *http.Request) (*http.Request, error) {
	in := r.Clone(r.Context())
	in.RequestURI = r.URL.RequestURI()
	target, err := url.ParseRequestURI(in.RequestURI)
	if err != nil {
		return nil, err
	}
	in.URL = target
	if in.Host == "" {
		in.Host = r.URL.Host
	}
	if in.Body == nil {
		in.Body = http.NoBody
	}
	in.RemoteAddr = "127.0.0.1:0"
	return in, nil
}

type responseWriter struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (w *responseWriter) Header() http.Header { return w.header }

func (w *responseWriter) WriteHeader(status int) { w.status = status }

func (w *responseWriter) Write(b []byte) (int, error) { return w.body.Write(b) }

func (w *responseWriter) response(r *http.Request) *http.Response {
	return &http.Response{
		Status:        fmt.Sprintf("%d %s", w.status, http.StatusText(w.status)),
		StatusCode:    w.status,
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        w.header,
		Body:          io.NopCloser(&w.body),
		ContentLength: int64(w.body.Len()),
		Request:       r,
	}
}
