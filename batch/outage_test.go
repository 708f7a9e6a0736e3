package batch_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"razebulk/batch/pace"

	"razebulk/batch"
	"razebulk/internal/sandbox"
)

// broken is a way in which a service fails as a whole.
type broken func(next http.RoundTripper, r *http.Request) (*http.Response, error)

var breakages = map[string]broken{
	"reset": func(http.RoundTripper, *http.Request) (*http.Response, error) { return nil, syscall.ECONNRESET },
	"hang": func(_ http.RoundTripper, r *http.Request) (*http.Response, error) {
		<-r.Context().Done()
		return nil, r.Context().Err()
	},
	"500": answering(sandbox.Faults{Error500: 1}),
	"502": answering(sandbox.Faults{HTML502: 1}),
}

func answering(faults sandbox.Faults) broken {
	return func(_ http.RoundTripper, r *http.Request) (*http.Response, error) {
		return sandbox.New(sandbox.Options{Faults: faults, Limit: 1 << 20}).Transport().RoundTrip(r)
	}
}

// down breaks the service between two instants of the run, and counts what is sent in the meantime.
func down(how broken, from, to time.Duration, sent *atomic.Int64) func(http.RoundTripper) http.RoundTripper {
	return func(next http.RoundTripper) http.RoundTripper {
		began := time.Now()
		return tripper(func(r *http.Request) (*http.Response, error) {
			time.Sleep(100 * time.Millisecond)
			if passed := time.Since(began); passed < from || passed >= to {
				return next.RoundTrip(r)
			}
			sent.Add(1)
			return how(next, r)
		})
	}
}

func TestOutageOfHalfAnHour(t *testing.T) { inDialects(t, outageOfHalfAnHour) }

func outageOfHalfAnHour(t *testing.T, dialect sandbox.Dialect) {
	for name, how := range breakages {
		for _, retries := range []int{0, 4} {
			if testing.Short() && retries == 0 {
				continue
			}
			t.Run(fmt.Sprintf("%s, %d retries", name, retries), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					var probes atomic.Int64
					n := nightIn(dialect, plan{5000, time.Hour, 400}, 8)
					n.retries = retries
					n.transport = down(how, 10*time.Second, 30*time.Minute, &probes)
					o := n.run()
					if err := errors.Join(o.err, everyRowSucceeded(n.rows, o.results)); err != nil {
						t.Fatal(err)
					}
					t.Logf("%d rows in %s, %d requests while the service was down", len(n.rows), o.elapsed, probes.Load())
					if probes.Load() > 60 {
						t.Errorf("%d requests while the service was down, want 60 at most", probes.Load())
					}
					if late := o.elapsed - 30*time.Minute; late > 3*time.Minute {
						t.Errorf("went on until %s after the outage", late)
					}
				})
			})
		}
	}
}

func TestOutageThatDoesNotEnd(t *testing.T) { inDialects(t, outageThatDoesNotEnd) }

func outageThatDoesNotEnd(t *testing.T, dialect sandbox.Dialect) {
	for name, how := range breakages {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var probes atomic.Int64
				n := nightIn(dialect, plan{5000, time.Hour, 400}, 8)
				n.transport = down(how, 10*time.Second, 2*time.Hour, &probes)
				o := n.run()
				var gaveUp *pace.OutOfTime
				if !errors.As(o.err, &gaveUp) || gaveUp.Why != pace.ForOutage {
					t.Fatalf("error %v, want one of an outage", o.err)
				}
				if err := resultsOfAllSent(o.results, o.sent()); err != nil {
					t.Error(err)
				}
				if len(o.results) == len(n.rows) || !strings.Contains(o.statuses(), "SUCCESS") {
					t.Errorf("statuses %s", o.statuses())
				}
				if o.elapsed > 62*time.Minute || o.elapsed < 50*time.Minute {
					t.Errorf("gave up after %s, want about an hour", o.elapsed)
				}
			})
		})
	}
}

// TestRowsThatAlwaysFailAreNoOutage uses rows that always get a 500, scattered over a file whose other rows are stored.
func TestRowsThatAlwaysFailAreNoOutage(t *testing.T) { inDialects(t, rowsThatAlwaysFailAreNoOutage) }

func rowsThatAlwaysFailAreNoOutage(t *testing.T, dialect sandbox.Dialect) {
	synctest.Test(t, func(t *testing.T) {
		n := nightIn(dialect, plan{5000, time.Hour, 300}, 8)
		bad := func(row int) bool { return row%3 == 0 }
		n.transport = func(next http.RoundTripper) http.RoundTripper {
			return tripper(func(r *http.Request) (*http.Response, error) {
				var row int
				if _, err := fmt.Sscanf(r.URL.Path, "/opportunities/%08d-", &row); err == nil && bad(row) {
					return breakages["500"](next, r)
				}
				return next.RoundTrip(r)
			})
		}
		o := n.run()
		if o.err != nil {
			t.Fatal(o.err)
		}
		for _, r := range o.results {
			want, attempts := batch.Success, 1
			if bad(r.Row - 2) {
				want, attempts = batch.ServerError, 2
			}
			if r.Status != want || r.Attempts != attempts {
				t.Fatalf("row %d: %s after %d attempts, want %s after %d", r.Row, r.Status, r.Attempts, want, attempts)
			}
		}
		if o.elapsed > 45*time.Second {
			t.Errorf("took %s: it was taken for an outage", o.elapsed)
		}
	})
}

// TestAClusterOfBadRowsEndsWithTheRun uses thirty consecutive rows that always get a 500: they look like an outage
// until another row shows that there is none.
func TestAClusterOfBadRowsEndsWithTheRun(t *testing.T) {
	inDialects(t, aClusterOfBadRowsEndsWithTheRun)
}

func aClusterOfBadRowsEndsWithTheRun(t *testing.T, dialect sandbox.Dialect) {
	synctest.Test(t, func(t *testing.T) {
		n := nightIn(dialect, plan{5000, time.Hour, 300}, 8)
		n.transport = func(next http.RoundTripper) http.RoundTripper {
			return tripper(func(r *http.Request) (*http.Response, error) {
				var row int
				if _, err := fmt.Sscanf(r.URL.Path, "/opportunities/%08d-", &row); err == nil && row >= 50 && row < 80 {
					return breakages["500"](next, r)
				}
				return next.RoundTrip(r)
			})
		}
		o := n.run()
		if o.err != nil || strings.Count(o.statuses(), "SERVER_ERROR") != 30 || strings.Count(o.statuses(), "SUCCESS") != 270 {
			t.Errorf("error %v, statuses %s", o.err, o.statuses())
		}
		for _, r := range o.results {
			if r.Attempts > 3 { // one during the outage, which doesn't count, and two after it
				t.Errorf("row %d took %d attempts", r.Row, r.Attempts)
			}
		}
		t.Logf("took %s", o.elapsed)
	})
}

// TestARowOfOneIDAfterA500IsNotOvertaken puts a row off to the end, and a later row with the same id follows.
func TestARowOfOneIDAfterA500IsNotOvertaken(t *testing.T) {
	inDialects(t, aRowOfOneIDAfterA500IsNotOvertaken)
}

func aRowOfOneIDAfterA500IsNotOvertaken(t *testing.T, dialect sandbox.Dialect) {
	synctest.Test(t, func(t *testing.T) {
		n := night{rows: rowsNamed("a", "b", "c", "a", "d"), workers: 1, retries: 4, pacer: unhurried}
		n.api = sandbox.Options{Dialect: dialect, Opportunities: opportunities(n.rows), Record: true}
		first := true
		n.transport = func(next http.RoundTripper) http.RoundTripper {
			return tripper(func(r *http.Request) (*http.Response, error) {
				if first {
					first = false
					return breakages["500"](next, r)
				}
				return next.RoundTrip(r)
			})
		}
		o := n.run()
		var ids []string
		for _, r := range o.server.Requests() {
			ids = append(ids, r.ID+" "+r.Body)
		}
		want := []string{
			`b {"notes":"from row 3"}`, `c {"notes":"from row 4"}`, `a {"notes":"from row 2"}`, `a {"notes":"from row 5"}`, `d {"notes":"from row 6"}`,
		}
		for i, request := range want {
			name, body, _ := strings.Cut(request, " ")
			want[i] = uuidOf(name) + " " + body
		}
		if !slices.Equal(ids, want) || o.err != nil {
			t.Errorf("sent %q (%v), want %q", ids, o.err, want)
		}
	})
}

func TestTheTimeIsUp(t *testing.T) { inDialects(t, theTimeIsUp) }

func theTimeIsUp(t *testing.T, dialect sandbox.Dialect) {
	tests := []struct {
		name    string
		allowed time.Duration
		faults  sandbox.Faults
		elapsed [2]time.Duration
		done    int
		why     pace.Reason
		next    time.Duration // since the beginning; 0: not checked
	}{
		{
			name: "in the middle of a window", allowed: 5 * time.Second,
			elapsed: [2]time.Duration{5 * time.Second, 5200 * time.Millisecond}, done: 50, why: pace.ForAnswer,
		},
		{
			name: "the next window lies beyond it: at once", allowed: 50 * time.Minute,
			elapsed: [2]time.Duration{9900 * time.Millisecond, 11 * time.Second}, done: 100, why: pace.ForQuota, next: time.Hour,
		},
		{
			name: "in the second window", allowed: time.Hour + 3*time.Second,
			elapsed: [2]time.Duration{time.Hour + 3*time.Second, time.Hour + 4*time.Second}, done: 129, why: pace.ForAnswer,
		},
		{
			name: "in an outage", allowed: 10 * time.Minute, faults: sandbox.Faults{HTML502: 1},
			elapsed: [2]time.Duration{8 * time.Minute, 10 * time.Minute}, done: 0, why: pace.ForOutage,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				n := nightIn(dialect, plan{100, time.Hour, 400}, 4)
				n.api.Faults = tt.faults
				n.pacer = func() *pace.Pacer {
					return pace.NewPacer(pace.Limits{PerSecond: perSecond, Deadline: time.Now().Add(tt.allowed)})
				}
				o := n.run()
				var up *pace.OutOfTime
				if !errors.As(o.err, &up) || up.Why != tt.why {
					t.Fatalf("error %#v, want one with reason %d", o.err, tt.why)
				}
				if o.elapsed < tt.elapsed[0] || o.elapsed > tt.elapsed[1] {
					t.Errorf("stopped after %s, want %s", o.elapsed, tt.elapsed)
				}
				if done := strings.Count(o.statuses(), "SUCCESS"); done < tt.done || done > tt.done+2 {
					t.Errorf("%d rows done, want %d", done, tt.done)
				}
				if tt.next > 0 && up.Next.Sub(began).Round(time.Minute) != tt.next {
					t.Errorf("may go on at %s, want %s after the beginning", up.Next, tt.next)
				}
				if err := resultsOfAllSent(o.results, o.sent()); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func isTooMany(err error) bool {
	var tooMany *batch.TooManyFailures
	return errors.As(err, &tooMany)
}

func TestTooManyFailuresEndTheRun(t *testing.T) { inDialects(t, tooManyFailuresEndTheRun) }

func tooManyFailuresEndTheRun(t *testing.T, dialect sandbox.Dialect) {
	half := pace.Share{Percent: 50}
	tests := []struct {
		name    string
		most    *pace.Share
		unknown int // how many of 200 rows, the first ones, are not found
		stops   bool
		sent    int // at least
	}{
		{"no limit", nil, 200, false, 200},
		{"all unknown, half allowed: once 50 are done", &half, 200, true, 50},
		{"25 of the first 50, half allowed", &half, 25, false, 200},
		{"26 of the first 50, half allowed", &half, 26, true, 50},
		{"five allowed, five fail", &pace.Share{Count: 5}, 5, false, 200},
		{"five allowed, six fail", &pace.Share{Count: 5}, 6, true, 6},
		{"none allowed", &pace.Share{Count: 0}, 1, true, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := nightIn(dialect, plan{5000, time.Hour, 200}, 1)
				n.maxFailures = tt.most
				n.api.Opportunities = opportunities(n.rows[tt.unknown:])
				o := n.run()
				if isTooMany(o.err) != tt.stops {
					t.Errorf("error %v, want to stop: %t", o.err, tt.stops)
				}
				if sent := len(o.server.Requests()); sent < tt.sent || sent > tt.sent+2 {
					t.Errorf("%d requests, want %d", sent, tt.sent)
				}
				if err := oneResultEach(n.rows, o.results); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// TestAnInterruptEndsAQuotaWait stops the run when it has to wait an hour.
func TestAnInterruptEndsAQuotaWait(t *testing.T) { inDialects(t, anInterruptEndsAQuotaWait) }

func anInterruptEndsAQuotaWait(t *testing.T, dialect sandbox.Dialect) {
	synctest.Test(t, func(t *testing.T) {
		n := nightIn(dialect, plan{100, time.Hour, 400}, 8)
		n.ctx = func() (context.Context, context.CancelFunc) {
			return context.WithTimeout(context.Background(), 20*time.Minute)
		}
		o := n.run()
		if !errors.Is(o.err, context.DeadlineExceeded) || o.elapsed != 20*time.Minute {
			t.Errorf("error %v after %s, want to end after 20m", o.err, o.elapsed)
		}
		if err := resultsOfAllSent(o.results, o.sent()); err != nil {
			t.Error(err)
		}
	})
}
