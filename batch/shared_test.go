package batch_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/internal/reason"
	"razebulk/internal/sandbox"
	"razebulk/internal/sandbox/sandboxtest"
)

// tally429 counts refusals, by window.
type tally429 struct {
	next   http.RoundTripper
	window time.Duration
	mu     sync.Mutex
	counts map[time.Time]int
}

func (t *tally429) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := t.next.RoundTrip(r)
	if err == nil && response.StatusCode == http.StatusTooManyRequests {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.counts[time.Now().Truncate(t.window)]++
	}
	return response, err
}

// TestTwoRunsShareAKey makes two runs at once with the same key, over several windows, in both dialects. The first
// window shows that there is another run, and after that each has at most one refusal per window.
func TestTwoRunsShareAKey(t *testing.T) {
	for _, dialect := range sandboxtest.Dialects(t) {
		seen := dialect == sandbox.Observed
		for _, workers := range []int{8, 32} {
			if testing.Short() && workers != 8 {
				continue
			}
			t.Run(fmt.Sprintf("%d workers, seen=%v", workers, seen), func(t *testing.T) {
				for range tries(4) {
					synctest.Test(t, func(t *testing.T) { shareAKey(t, workers, seen) })
				}
			})
		}
	}
}

func shareAKey(t *testing.T, workers int, seen bool) {
	const window = time.Hour
	rows := rowsOf(idsOf(2500, uuids)...)
	api := sandbox.New(sandbox.Options{Opportunities: opportunities(rows), Limit: 1000, Window: window, Seen: seen})
	var runs sync.WaitGroup
	for run := range 2 {
		runs.Go(func() {
			tally := &tally429{next: slowed(ms(50, 500))(api.Transport()), window: window, counts: map[time.Time]int{}}
			results := 0
			err := batch.Run(t.Context(), context.Background(), batch.Job{
				Rows: each(rows), Client: clientOver(tally), Pacer: pace.NewPacer(pace.Limits{PerSecond: perSecond}), Workers: workers,
				Retries: 4, Log: discard, Record: func(batch.Result) error { results++; return nil },
			})
			if err != nil || results != len(rows) {
				t.Errorf("run %d: %d results, %v", run, results, err)
			}
			for at, refused := range tally.counts {
				if refused > 1 {
					t.Errorf("run %d: %d refusals in the window of %s", run, refused, at)
				}
			}
		})
	}
	runs.Wait()
}

// TestRefusalsWithoutEndAreAnOutage covers services that refuse forever, with the refusals of both dialects: the run
// ends after an hour, even with one row.
func TestRefusalsWithoutEndAreAnOutage(t *testing.T) {
	const refusal = `{"success":false,"error":{"code":"RATE_LIMIT_EXCEEDED","message":"Slow down"%s}}`
	for _, c := range []struct {
		name, after string
		header      http.Header
	}{
		{"nothing is named", "", nil},
		{"in the body", `,"retry_after":5`, nil},
		{"in the header", "", http.Header{"Retry-After": {"7"}}},
		{"in the past", "", http.Header{"Retry-After": {"Mon, 02 Jan 1995 15:04:05 GMT"}}},
		{"quota is left", "", http.Header{"X-Ratelimit-Limit": {"1000"}, "X-Ratelimit-Remaining": {"500"}, "X-Ratelimit-Reset": {"946688400"}}},
	} {
		for _, rows := range []int{1, 50} {
			t.Run(fmt.Sprintf("%s, %d rows", c.name, rows), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					n := nightOf(pro, 8)
					n.rows, n.pacer = n.rows[:rows], unhurried
					var sent atomic.Int64
					n.transport = func(http.RoundTripper) http.RoundTripper {
						return tripper(func(r *http.Request) (*http.Response, error) {
							sent.Add(1)
							response := respond(r, http.StatusTooManyRequests, fmt.Sprintf(refusal, c.after))
							for name, values := range c.header {
								response.Header[name] = values
							}
							return response, nil
						})
					}
					o := n.run()
					var late *pace.OutOfTime
					if !errors.As(o.err, &late) || late.Why != pace.ForOutage {
						t.Errorf("error %v", o.err)
					}
					if o.elapsed < 50*time.Minute || o.elapsed > 75*time.Minute || sent.Load() > 120 {
						t.Errorf("%d requests in %s", sent.Load(), o.elapsed)
					}
				})
			})
		}
	}
}

// TestAResumedRunKnowsTheWindow has a run end when the quota is used up: the next one sends nothing before the next
// window.
func TestAResumedRunKnowsTheWindow(t *testing.T) { inDialects(t, aResumedRunKnowsTheWindow) }

func aResumedRunKnowsTheWindow(t *testing.T, dialect sandbox.Dialect) {
	synctest.Test(t, func(t *testing.T) {
		n := nightIn(dialect, plan{100, time.Hour, 150}, 8)
		pacer := pace.NewPacer(pace.Limits{PerSecond: perSecond, Deadline: time.Now().Add(time.Minute)})
		n.pacer = func() *pace.Pacer { return pacer }
		n.run()
		known := pacer.Window()
		if want := (pace.Window{Limit: 100, Resets: time.Now().Truncate(time.Hour).Add(time.Hour).UTC()}); known.Resets.Sub(want.Resets) > time.Second ||
			known.Limit != 100 || known.Remaining != 0 {
			t.Fatalf("got %+v, want %+v", known, want)
		}
		next := pace.NewPacer(pace.Limits{})
		next.Resume(known)
		before := time.Until(known.Resets)
		if g := soon(t, next, time.Hour); time.Until(known.Resets) > 0 {
			t.Errorf("%+v went out %s before the window's end", g, time.Until(known.Resets))
		}
		if before < 50*time.Minute {
			t.Errorf("the window had only %s left", before)
		}
		late := pace.NewPacer(pace.Limits{})
		late.Resume(known)
		soon(t, late, 0)
	})
}

// TestAReserveBeyondTheLimit ends the run with the first answer that shows the limit.
func TestAReserveBeyondTheLimit(t *testing.T) { inDialects(t, aReserveBeyondTheLimit) }

func aReserveBeyondTheLimit(t *testing.T, dialect sandbox.Dialect) {
	for _, reserve := range []pace.Share{{Count: 100}, {Count: 5000}} {
		synctest.Test(t, func(t *testing.T) {
			n := nightIn(dialect, plan{100, time.Hour, 20}, 8)
			n.pacer = func() *pace.Pacer { return pace.NewPacer(pace.Limits{Reserve: reserve}) }
			o := n.run()
			if !errors.Is(o.err, pace.ErrReserve) || len(o.server.Requests()) != 1 {
				t.Errorf("%d requests, error %v", len(o.server.Requests()), o.err)
			}
			var why reason.Reason
			if !errors.As(o.err, &why) || why.Params["limit"] != 100 {
				t.Errorf("error %v", o.err)
			}
		})
	}
}
