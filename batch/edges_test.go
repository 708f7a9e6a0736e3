package batch_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"razebulk/batch/pace"

	"razebulk/batch"
	"razebulk/internal/getraze"
	"razebulk/internal/sandbox"
)

// open returns a pacer whose first request was answered: remaining requests are left in the window that ends after
// rest.
func open(t *testing.T, limits pace.Limits, remaining int, rest time.Duration) *pace.Pacer {
	t.Helper()
	p := pace.NewPacer(limits)
	p.Observe(wait(t, p), answered(remaining, rest))
	return p
}

func wait(t *testing.T, p *pace.Pacer) pace.Grant {
	t.Helper()
	g, err := p.Wait(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func answered(remaining int, rest time.Duration) pace.Seen {
	now := time.Now()
	quota := getraze.Quota{Limit: 1000, Remaining: remaining, Reset: now.Add(rest)}
	return pace.Seen{Answer: getraze.Answer{HTTPStatus: http.StatusOK, Date: now, Quota: quota}}
}

// soon checks that the next request goes out within this time.
func soon(t *testing.T, p *pace.Pacer, within time.Duration) pace.Grant {
	t.Helper()
	began := time.Now()
	g := wait(t, p)
	if waited := time.Since(began); waited > within {
		t.Errorf("waited %s, want %s at most", waited, within)
	}
	return g
}

func TestARefusalFromTheWindowBeforeHoldsNoOneUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := open(t, pace.Limits{}, 5, 2*time.Second)
		late := wait(t, p)
		reset := time.Now().Add(2 * time.Second)
		time.Sleep(3 * time.Second)
		p.Observe(wait(t, p), answered(999, time.Hour))
		refusal := getraze.Answer{HTTPStatus: http.StatusTooManyRequests, Date: reset, RetryAfter: time.Second, Quota: getraze.Quota{Limit: 1000, Reset: reset}}
		p.Observe(late, pace.Seen{Answer: refusal})
		soon(t, p, time.Second)
	})
}

func TestARefusalThatIsNotOfTheQuotaIsWaitedOutAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := open(t, pace.Limits{}, 999, time.Hour)
		g := wait(t, p)
		p.Observe(g, pace.Seen{Answer: getraze.Answer{HTTPStatus: http.StatusTooManyRequests, RetryAfter: time.Second}})
		soon(t, p, time.Second)
	})
}

// TestAnAnswerFromBeforeAnOutageDoesNotEndIt has a request in flight while the service goes down; its answer comes
// late.
func TestAnAnswerFromBeforeAnOutageDoesNotEndIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := open(t, pace.Limits{}, 999, time.Hour)
		late := wait(t, p)
		for row := range 10 {
			p.Observe(wait(t, p), pace.Seen{Row: row, Failed: true})
		}
		if verdict := p.Observe(late, answered(990, time.Hour)); !verdict.Outage || verdict.Recovered {
			t.Errorf("verdict %+v, want the outage to go on", verdict)
		}
		probe := soon(t, p, time.Second)
		if verdict := p.Observe(probe, answered(989, time.Hour)); verdict.Outage || !verdict.Recovered || verdict.Outages != 1 {
			t.Errorf("verdict %+v, want the outage to end", verdict)
		}
	})
}

// TestTheLastOfAWindowGoOutThoughTheNextLiesBeyondTheTime has answers arrive out of order at the end of the only window
// for which there is time.
func TestTheLastOfAWindowGoOutThoughTheNextLiesBeyondTheTime(t *testing.T) {
	inDialects(t, theLastOfAWindowGoOutThoughTheNextLiesBeyondTheTime)
}

func theLastOfAWindowGoOutThoughTheNextLiesBeyondTheTime(t *testing.T, dialect sandbox.Dialect) {
	for _, workers := range []int{1, 8, 64} {
		t.Run(fmt.Sprintf("%d workers", workers), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := nightIn(dialect, plan{100, time.Hour, 150}, workers)
				n.transport = slowed(ms(1, 500))
				n.pacer = func() *pace.Pacer { return pace.NewPacer(pace.Limits{Deadline: time.Now().Add(30 * time.Minute)}) }
				o := n.run()
				var up *pace.OutOfTime
				if !errors.As(o.err, &up) || up.Why != pace.ForQuota || up.Next.IsZero() {
					t.Errorf("error %#v, want one of the quota", o.err)
				}
				if sent := len(o.server.Requests()); sent != 100 {
					t.Errorf("%d requests went out, want all 100 of the window", sent)
				}
			})
		})
	}
}

func TestNoRequestWaitsForTheRateBeyondTheTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := pace.NewPacer(pace.Limits{PerSecond: 0.2, Deadline: time.Now().Add(3 * time.Second)})
		p.Observe(wait(t, p), answered(999, time.Hour))
		began := time.Now()
		var up *pace.OutOfTime
		if _, err := p.Wait(context.Background()); !errors.As(err, &up) || time.Since(began) > 0 {
			t.Errorf("error %v after %s, want to stop at once", err, time.Since(began))
		}
		if err := p.Pause(context.Background(), 4*time.Second); !errors.As(err, &up) || time.Since(began) > 0 {
			t.Errorf("a rest beyond the time: error %v after %s, want to stop at once", err, time.Since(began))
		}
	})
}

// tries returns how often to try something that depends on chance: less often in a short run.
func tries(n int) int {
	if testing.Short() {
		return max(1, n/10)
	}
	return n
}

func TestNoRequestFollowsARejectedKey(t *testing.T) { inDialects(t, noRequestFollowsARejectedKey) }

func noRequestFollowsARejectedKey(t *testing.T, dialect sandbox.Dialect) {
	for range tries(50) {
		synctest.Test(t, func(t *testing.T) {
			n := nightIn(dialect, pro, 64)
			n.rows = n.rows[:200]
			n.pacer = unhurried
			n.api.Keys = []sandbox.Key{{Value: sandbox.DefaultKey}}
			o := n.run()
			if sent := len(o.server.Requests()); sent != 1 || !errors.Is(o.err, batch.ErrKeyRejected) {
				t.Errorf("%d requests, error %v", sent, o.err)
			}
		})
	}
}

// TestARowThatRestsBeyondTheTimeStopsNoOther lets one row fail shortly before the time is up: the others continue until
// then, and the run can be resumed.
func TestARowThatRestsBeyondTheTimeStopsNoOther(t *testing.T) {
	inDialects(t, aRowThatRestsBeyondTheTimeStopsNoOther)
}

func aRowThatRestsBeyondTheTimeStopsNoOther(t *testing.T, dialect sandbox.Dialect) {
	synctest.Test(t, func(t *testing.T) {
		n := nightIn(dialect, pro, 2)
		n.rows = n.rows[:60]
		n.pacer = func() *pace.Pacer {
			return pace.NewPacer(pace.Limits{PerSecond: perSecond, Deadline: time.Now().Add(time.Minute)})
		}
		n.transport = func(next http.RoundTripper) http.RoundTripper {
			return tripper(func(r *http.Request) (*http.Response, error) {
				if strings.HasPrefix(r.URL.Path, "/opportunities/00000000-") {
					time.Sleep(29 * time.Second)
					return breakages["502"](next, r)
				}
				return next.RoundTrip(r)
			})
		}
		o := n.run()
		var late *pace.OutOfTime
		if err := oneResultEach(n.rows, o.results); err != nil || !errors.As(o.err, &late) {
			t.Errorf("error %v, %v", o.err, err)
		}
		if stored := strings.Count(o.statuses(), "SUCCESS"); stored != 59 {
			t.Errorf("%d rows stored, want 59", stored)
		}
	})
}
