package batch_test

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/internal/sandbox"
)

// TestAHostThatDoesNotExistEndsTheRunAtOnce, unless the host has answered before: in that case the resolver fails, as
// any other part of the path may.
func TestAHostThatDoesNotExistEndsTheRunAtOnce(t *testing.T) {
	inDialects(t, aHostThatDoesNotExistEndsTheRunAtOnce)
}

func aHostThatDoesNotExistEndsTheRunAtOnce(t *testing.T, dialect sandbox.Dialect) {
	for _, answers := range []int64{0, 1} {
		synctest.Test(t, func(t *testing.T) {
			n := night{rows: rowsNamed("a", "b", "c", "d", "e"), workers: 2, retries: 1}
			n.pacer = func() *pace.Pacer { return pace.NewPacer(pace.Limits{Address: "https://crm.exmaple"}) }
			n.api = sandbox.Options{Dialect: dialect, Opportunities: opportunities(n.rows), Record: true}
			var tries atomic.Int64
			n.transport = func(next http.RoundTripper) http.RoundTripper {
				return tripper(func(r *http.Request) (*http.Response, error) {
					if try := tries.Add(1); try <= answers || try > answers+3 && answers > 0 {
						return next.RoundTrip(r)
					}
					httptrace.ContextClientTrace(r.Context()).GetConn(r.Host)
					return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "crm.exmaple", IsNotFound: true}}
				})
			}
			o := n.run()
			if answers > 0 {
				if o.err != nil {
					t.Errorf("error %v, statuses %s", o.err, o.statuses())
				}
				return
			}
			if !errors.Is(o.err, pace.ErrBaseURLWrong) || batch.Resumable(o.err) || len(o.results) != 5 || tries.Load() > 1 || o.elapsed > time.Second {
				t.Errorf("error %v after %d tries and %s", o.err, tries.Load(), o.elapsed)
			}
			// The first request goes alone. Either worker may send it.
			tried := slices.DeleteFunc(o.results, func(r batch.Result) bool { return r.Status == batch.NotAttempted })
			if len(tried) != 1 || tried[0].Status != batch.NetworkError {
				t.Fatalf("tried %+v", tried)
			}
			const want = `there is no host named "crm.exmaple"; nothing was sent; no answer has ever come from https://crm.exmaple: is --base-url right?`
			if got := message(tried[0]); got != want {
				t.Errorf("got %q", got)
			}
		})
	}
}
