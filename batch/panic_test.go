package batch_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"razebulk/batch"
	"razebulk/internal/sandbox"
)

// panics is a transport that panics on requests for one id, before or after the service has received them. The others
// in flight then take some more time.
type panics struct {
	next  http.RoundTripper
	id    string
	after bool
}

func (p panics) RoundTrip(r *http.Request) (*http.Response, error) {
	hit := strings.HasSuffix(r.URL.Path, "/"+p.id)
	if hit && !p.after {
		panic("a fault of this program")
	}
	response, err := p.next.RoundTrip(r)
	if hit {
		panic("a fault of this program")
	}
	return response, err
}

// runPanicking also waits for net/http, which tracks the timeout of a request that panicked until it is over.
func (n night) runPanicking() outcome {
	o := n.run()
	time.Sleep(30 * time.Second)
	return o
}

func TestAPanicOverARowIsThatRowsFailureAndEndsTheRun(t *testing.T) {
	inDialects(t, aPanicOverARowIsThatRowsFailureAndEndsTheRun)
}

func aPanicOverARowIsThatRowsFailureAndEndsTheRun(t *testing.T, dialect sandbox.Dialect) {
	for _, after := range []bool{false, true} {
		rows := rowsNamed("a", "b", "c", "d", "bad", "e", "f", "g", "h", "bad", "i", "j")
		n := night{
			rows: rows, workers: 3, retries: 4, pacer: unhurried,
			api:       sandbox.Options{Dialect: dialect, Opportunities: opportunities(rows), Record: true, Faults: sandbox.Faults{Latency: time.Second}},
			transport: func(next http.RoundTripper) http.RoundTripper { return panics{next, uuidOf("bad"), after} },
		}
		var o outcome
		synctest.Test(t, func(*testing.T) { o = n.runPanicking() })
		var fault *batch.PanicError
		if !errors.As(o.err, &fault) || !strings.Contains(inWords(fault.Reason()), "row 6: a fault of this program") || !strings.Contains(string(fault.Stack), "RoundTrip") {
			t.Errorf("got %v", o.err)
		}
		if !batch.Resumable(o.err) {
			t.Error("the run can't be resumed")
		}
		if err := resultsOfAllSent(o.results, o.sent()); err != nil {
			t.Error(err)
		}
		for _, r := range o.results {
			want := batch.Success
			if r.ID == uuidOf("bad") {
				want = batch.NetworkError
			}
			if r.Status != want || r.Attempts != 1 {
				t.Errorf("row %d of %s: %s after %d attempts, %s", r.Row, r.ID, r.Status, r.Attempts, message(r))
			}
		}
		bad := slices.IndexFunc(o.results, func(r batch.Result) bool { return r.Row == 6 })
		if bad < 0 || !strings.Contains(message(o.results[bad]), "may have been stored") {
			t.Errorf("results %+v", o.results)
		}
		if len(o.results) == len(rows) {
			t.Error("the run went on to its end")
		}
	}
}

func TestAPanicAtALaterAttemptCountsTheEarlierOnes(t *testing.T) {
	inDialects(t, aPanicAtALaterAttemptCountsTheEarlierOnes)
}

func aPanicAtALaterAttemptCountsTheEarlierOnes(t *testing.T, dialect sandbox.Dialect) {
	rows := rowsNamed("a")
	n := night{
		rows: rows, workers: 1, retries: 4, pacer: unhurried,
		api: sandbox.Options{Dialect: dialect, Opportunities: opportunities(rows), Faults: sandbox.Faults{HTML502: 1}},
		transport: func(next http.RoundTripper) http.RoundTripper {
			return &panicsAt{next: next, at: 3}
		},
	}
	var o outcome
	synctest.Test(t, func(*testing.T) { o = n.runPanicking() })
	if fault := (*batch.PanicError)(nil); !errors.As(o.err, &fault) || len(o.results) != 1 || o.results[0].Attempts != 3 {
		t.Errorf("got %v, %+v", o.err, o.results)
	}
}

// panicsAt panics on the request with this number.
type panicsAt struct {
	next     http.RoundTripper
	at, seen int
}

func (p *panicsAt) RoundTrip(r *http.Request) (*http.Response, error) {
	if p.seen++; p.seen == p.at {
		panic("a fault of this program")
	}
	return p.next.RoundTrip(r)
}

// panicking is a log that panics on its first line, which is about an answer that was received.
type panicking struct{ slog.Handler }

func (panicking) Enabled(context.Context, slog.Level) bool { return true }

func (panicking) Handle(context.Context, slog.Record) error { panic("a fault of this program") }

func TestAPanicAfterTheAnswerIsOneAttempt(t *testing.T) {
	inDialects(t, aPanicAfterTheAnswerIsOneAttempt)
}

func aPanicAfterTheAnswerIsOneAttempt(t *testing.T, dialect sandbox.Dialect) {
	rows := rowsNamed("a", "b", "c")
	n := night{api: sandbox.Options{Dialect: dialect, Opportunities: opportunities(rows)}}
	var results []batch.Result
	synctest.Test(t, func(t *testing.T) {
		err := batch.Run(t.Context(), t.Context(), batch.Job{
			Rows: each(rows), Client: n.client(), Pacer: unhurried(), Workers: 1, Log: slog.New(panicking{discard.Handler()}),
			Record: func(r batch.Result) error { results = append(results, r); return nil },
		})
		if fault := (*batch.PanicError)(nil); !errors.As(err, &fault) {
			t.Errorf("got %v", err)
		}
	})
	if len(results) != 1 || results[0].Status != batch.NetworkError || results[0].Attempts != 1 {
		t.Errorf("got %+v", results)
	}
}
