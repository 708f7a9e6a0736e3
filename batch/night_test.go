package batch_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"razebulk/batch/pace"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/reason"
	"razebulk/internal/sandbox"
)

const perSecond = 10

// plan is an account's quota and a run that takes several windows.
type plan struct {
	limit  int
	window time.Duration
	rows   int
}

var (
	free     = plan{100, time.Hour, 450}
	pro      = plan{1000, time.Hour, 10_000}
	business = plan{5000, time.Hour, 12_000}
	odd      = plan{300, 20 * time.Minute, 1_500}
)

func TestNightsSpendEveryWindow(t *testing.T) {
	tests := []struct {
		plan
		workers int
		phase   time.Duration // how much of the window has passed when the run begins
		latency [2]time.Duration
		offset  time.Duration // of the service's clock
	}{
		{pro, 8, 0, ms(50, 50), 0},
		{pro, 64, 0, ms(50, 2000), 0},
		{pro, 8, 17*time.Minute + 300*time.Millisecond, ms(50, 500), 2 * time.Hour},
		{pro, 64, 41 * time.Minute, ms(200, 2000), -2 * time.Hour},
		{pro, 8, 59*time.Minute + 30*time.Second, ms(50, 2000), 37 * time.Second},
		{free, 8, 30 * time.Minute, ms(50, 2000), -time.Minute},
		{free, 64, 59 * time.Minute, ms(2000, 2000), 2 * time.Hour},
		{business, 8, 10 * time.Minute, ms(50, 400), 0},
		{business, 64, 50 * time.Minute, ms(500, 2000), -2 * time.Hour},
		{odd, 8, 11 * time.Minute, ms(50, 1000), 90 * time.Minute},
		{odd, 64, 0, ms(50, 1000), 0},
	}
	for _, tt := range tests {
		name := fmt.Sprintf("%d rows at %d per %s, %d workers, from %s, clock %s", tt.rows, tt.limit, tt.window, tt.workers, tt.phase, tt.offset)
		if testing.Short() && (tt.rows > odd.rows || tt.workers < 64) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(tt.phase)
				n := nightOf(tt.plan, tt.workers)
				n.api.ClockOffset = tt.offset
				n.transport = slowed(tt.latency)
				best := optimum(tt.plan, time.Now().Add(tt.offset))
				o := n.run()
				ratio := float64(o.elapsed) / float64(best)
				t.Logf("makespan %s, optimum %s, ratio %.5f, %d requests, %d refused", o.elapsed, best, ratio, len(o.server.Requests()), refusals(o.server))
				if err := errors.Join(o.err, everyRowSucceeded(n.rows, o.results)); err != nil {
					t.Fatal(err)
				}
				if ratio > 1.005 {
					t.Errorf("makespan %s is %.5f of the optimum %s", o.elapsed, ratio, best)
				}
				if seen := len(o.server.Requests()); seen != tt.rows {
					t.Errorf("%d requests for %d rows: %d refused", seen, tt.rows, refusals(o.server))
				}
			})
		})
	}
}

// long skips a test in a short run.
func long(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
}

// nightOf uses the observed dialect if there are many workers, and otherwise the documented one.
func nightOf(p plan, workers int) night {
	if workers > 8 {
		return nightIn(sandbox.Observed, p, workers)
	}
	return nightIn(sandbox.Documented, p, workers)
}

func nightIn(dialect sandbox.Dialect, p plan, workers int) night {
	rows := make([]csvmap.Row, p.rows)
	for i := range rows {
		rows[i] = sendable(i+2, fmt.Sprintf("%08d-0000-4000-8000-000000000000", i))
	}
	return night{
		rows: rows, workers: workers, retries: 4,
		pacer: func() *pace.Pacer { return pace.NewPacer(pace.Limits{PerSecond: perSecond}) },
		api:   sandbox.Options{Dialect: dialect, Limit: p.limit, Window: p.window, Record: true, Opportunities: opportunities(rows)},
	}
}

func ms(from, to int) [2]time.Duration {
	return [2]time.Duration{time.Duration(from) * time.Millisecond, time.Duration(to) * time.Millisecond}
}

// slowed adds a random latency before and after the service, so that answers come out of order.
func slowed(latency [2]time.Duration) func(http.RoundTripper) http.RoundTripper {
	return func(next http.RoundTripper) http.RoundTripper {
		return tripper(func(r *http.Request) (*http.Response, error) {
			half := (latency[0] + rand.N(latency[1]-latency[0]+1)) / 2
			time.Sleep(half)
			response, err := next.RoundTrip(r)
			time.Sleep(half)
			return response, err
		})
	}
}

type tripper func(*http.Request) (*http.Response, error)

func (f tripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// optimum returns the minimum time for the rows, from an instant in the service's clock: window after window, each used
// up at the rate.
func optimum(p plan, now time.Time) time.Duration {
	began := now
	for left := p.rows; ; {
		reset := now.Truncate(p.window).Add(p.window)
		fits := min(p.limit, int(reset.Sub(now).Seconds()*perSecond)+1)
		if left <= fits {
			return now.Add(time.Duration(left-1) * time.Second / perSecond).Sub(began)
		}
		left -= fits
		now = reset
	}
}

func everyRowSucceeded(rows []csvmap.Row, results []batch.Result) error {
	for _, r := range results {
		if r.Status != batch.Success {
			return fmt.Errorf("row %d: %s %s", r.Row, r.Status, message(r))
		}
	}
	return oneResultEach(rows, results)
}

// refusals counts our own requests that were refused.
func refusals(server *sandbox.Server) int {
	n := 0
	for _, r := range server.Requests() {
		if r.Method == http.MethodPut && r.Status == http.StatusTooManyRequests {
			n++
		}
	}
	return n
}

// TestAnotherClientOnTheKey has a colleague's program use a third of the quota all night: evenly, as fast as ours from
// the beginning of each window, or in sudden bursts.
func TestAnotherClientOnTheKey(t *testing.T) {
	long(t)
	tests := []struct {
		name  string
		pause func() time.Duration
		burst int
	}{
		{"evenly", func() time.Duration { return time.Hour / 333 }, 1},
		{"at the beginning of each window", untilNextHour, 333},
		{"in bursts", func() time.Duration { return rand.N(12 * time.Minute) }, 55},
	}
	for _, tt := range tests {
		for _, workers := range []int{8, 64} {
			t.Run(fmt.Sprintf("%s, %d workers", tt.name, workers), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					p := plan{1000, time.Hour, 5_000}
					n := nightOf(p, workers)
					done := make(chan struct{})
					n.transport = func(next http.RoundTripper) http.RoundTripper {
						go readNowAndThen(next, tt.pause, tt.burst, done)
						return slowed(ms(50, 500))(next)
					}
					o := n.run()
					close(done)
					if err := errors.Join(o.err, everyRowSucceeded(n.rows, o.results), refusedInBursts(o.server, p.window, workers)); err != nil {
						t.Fatal(err)
					}
					t.Logf("%d rows in %s, %d refused", p.rows, o.elapsed, refusals(o.server))
				})
			})
		}
	}
}

func untilNextHour() time.Duration { return time.Until(time.Now().Truncate(time.Hour).Add(time.Hour)) }

// readNowAndThen makes a burst of requests, five a second, after each pause.
func readNowAndThen(transport http.RoundTripper, pause func() time.Duration, burst int, done <-chan struct{}) {
	for next := pause(); ; next = pause() {
		for range burst {
			select {
			case <-time.After(next):
			case <-done:
				return
			}
			read(transport)
			next = time.Second / 5
		}
	}
}

func read(transport http.RoundTripper) {
	request, err := http.NewRequest(http.MethodGet, "http://127.0.0.1/opportunities/id-0", nil)
	if err != nil {
		panic(err)
	}
	request.Header.Set("X-API-Key", sandbox.DefaultKey)
	if response, err := transport.RoundTrip(request); err == nil {
		_ = response.Body.Close()
	}
}

// refusedInBursts checks that there is at most one burst of refusals per window, no larger than the number of workers,
// and none of our requests between it and the reset. A burst is what was in flight within a request's time of the first
// refusal.
func refusedInBursts(server *sandbox.Server, window time.Duration, workers int) error {
	const underWay = time.Second
	var refused time.Time
	burst := 0
	for _, r := range server.Requests() {
		if r.Method != http.MethodPut {
			continue
		}
		if !r.Time.Truncate(window).Equal(refused.Truncate(window)) {
			burst = 0
		}
		switch late := burst > 0 && r.Time.Sub(refused) > underWay; {
		case late:
			return fmt.Errorf("a request at %s, while the wait since %s lasted", r.Time, refused)
		case r.Status == http.StatusTooManyRequests:
			if burst == 0 {
				refused = r.Time
			}
			burst++
		}
		if burst > workers {
			return fmt.Errorf("%d refusals in a window with %d workers", burst, workers)
		}
	}
	return nil
}

// TestHeadersThatVanish makes the quota headers disappear in the middle of a night: only the rate remains.
func TestHeadersThatVanish(t *testing.T) { inDialects(t, headersThatVanish) }

func headersThatVanish(t *testing.T, dialect sandbox.Dialect) {
	synctest.Test(t, func(t *testing.T) {
		n := nightIn(dialect, plan{1_000_000, time.Hour, 3_000}, 8)
		var answers atomic.Int64
		n.transport = func(next http.RoundTripper) http.RoundTripper {
			return tripper(func(r *http.Request) (*http.Response, error) {
				response, err := next.RoundTrip(r)
				if n := answers.Add(1); err == nil && n > 500 {
					for name := range response.Header {
						if strings.HasPrefix(name, "X-Ratelimit") {
							response.Header.Del(name)
						}
					}
				}
				return response, err
			})
		}
		o := n.run()
		if err := errors.Join(o.err, everyRowSucceeded(n.rows, o.results)); err != nil {
			t.Fatal(err)
		}
		if want := 3_000 * time.Second / perSecond; o.elapsed > want {
			t.Errorf("took %s, want %s: as fast as the rate allows", o.elapsed, want)
		}
	})
}

func TestReserveStaysUnspent(t *testing.T) { inDialects(t, reserveStaysUnspent) }

func reserveStaysUnspent(t *testing.T, dialect sandbox.Dialect) {
	tests := []struct {
		reserve pace.Share
		want    int
	}{
		{pace.Share{Count: 30}, 70},
		{pace.Share{Percent: 12.5}, 87},
		{pace.Share{Count: 99}, 1},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.reserve), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := nightIn(dialect, plan{100, time.Hour, 3 * tt.want}, 8)
				n.pacer = func() *pace.Pacer { return pace.NewPacer(pace.Limits{PerSecond: perSecond, Reserve: tt.reserve}) }
				o := n.run()
				if err := errors.Join(o.err, everyRowSucceeded(n.rows, o.results)); err != nil {
					t.Fatal(err)
				}
				perWindow := map[time.Time]int{}
				for _, r := range o.server.Requests() {
					perWindow[r.Time.Truncate(time.Hour)]++
				}
				for window, spent := range perWindow {
					if spent != tt.want {
						t.Errorf("%d requests in the window of %s, want %d", spent, window, tt.want)
					}
				}
			})
		})
	}
}

func TestReserveOfAllIsAnError(t *testing.T) { inDialects(t, reserveOfAllIsAnError) }

func reserveOfAllIsAnError(t *testing.T, dialect sandbox.Dialect) {
	synctest.Test(t, func(t *testing.T) {
		n := nightIn(dialect, plan{100, time.Hour, 20}, 8)
		n.pacer = func() *pace.Pacer { return pace.NewPacer(pace.Limits{Reserve: pace.Share{Percent: 100}}) }
		o := n.run()
		var why reason.Reason
		if !errors.As(o.err, &why) || inWords(why) != "--quota-reserve leaves nothing of a quota of 100 requests" {
			t.Errorf("error %v", o.err)
		}
		if err := resultsOfAllSent(o.results, o.sent()); err != nil || len(o.server.Requests()) != 1 {
			t.Errorf("%d requests, %v", len(o.server.Requests()), err)
		}
	})
}
