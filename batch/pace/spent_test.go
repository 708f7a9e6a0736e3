package pace_test

import (
	"context"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"razebulk/batch/pace"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

func TestWaitsAreCountedByWhatHeldRequestsBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		date := time.Now()
		p := pace.NewPacer(pace.Limits{})
		ask := func(seen pace.Seen) {
			t.Helper()
			g, err := p.Wait(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			p.Observe(g, seen)
		}
		spentQuota := getraze.Answer{HTTPStatus: http.StatusOK, Date: date, Quota: getraze.Quota{Limit: 1, Reset: date.Add(10 * time.Minute)}}
		ask(pace.Seen{Answer: spentQuota})
		time.Sleep(time.Minute) // nobody waits during this time
		refused := getraze.Answer{HTTPStatus: http.StatusTooManyRequests, RetryAfter: 90 * time.Second}
		ask(pace.Seen{Answer: refused})
		ask(stored)
		if got := p.Spent(); got.Quota < 9*time.Minute || got.Quota > 9*time.Minute+time.Second || got.Service != 90*time.Second || got.Outage != 0 {
			t.Errorf("got %+v, want 9 minutes for the quota and 90 seconds for the service", got)
		}
	})
}

func TestAnOutageIsCountedWhileItLastsAndAfterIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := pace.NewPacer(pace.Limits{Warn: func(reason.Reason) {}})
		row := 0
		ask := func(seen pace.Seen) {
			t.Helper()
			g, err := p.Wait(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			row++
			seen.Row = row
			p.Observe(g, seen)
		}
		failed := pace.Seen{Failed: true, Failure: reason.Reasons{reason.New("down")}, Answer: getraze.Answer{HTTPStatus: http.StatusBadGateway}}
		for p.Outages() == 0 {
			ask(failed)
		}
		ask(failed) // the first probe, after a second
		if got := p.Spent(); got.Outages != time.Second || got.Outage != time.Second {
			t.Errorf("in the outage: %+v", got)
		}
		ask(stored) // two seconds later
		time.Sleep(time.Hour)
		if got := p.Spent(); got.Outages != 3*time.Second || got.Outage != 3*time.Second {
			t.Errorf("after the outage: %+v", got)
		}
	})
}
