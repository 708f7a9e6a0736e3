package pace_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"razebulk/batch/pace"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

var stored = pace.Seen{Answer: getraze.Answer{HTTPStatus: http.StatusOK}}

func TestPacerKeepsTheRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := pace.NewPacer(pace.Limits{PerSecond: 10})
		began := time.Now()
		for n := range 25 {
			g, err := p.Wait(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			p.Observe(g, stored)
			if want := time.Duration(n) * 100 * time.Millisecond; time.Since(began).Round(time.Millisecond) != want {
				t.Fatalf("request %d after %s, want %s", n, time.Since(began), want)
			}
		}
	})
}

// TestARefusalHoldsEveryone refuses one of several requests in flight, and expects the longest wait that is named.
func TestARefusalHoldsEveryone(t *testing.T) {
	date := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // where the clock of a bubble begins
	quota := func(reset time.Duration) getraze.Quota { return getraze.Quota{Limit: 100, Reset: date.Add(reset)} }
	tests := []struct {
		name   string
		answer getraze.Answer
		want   time.Duration
		warned bool
	}{
		{"retry after", getraze.Answer{RetryAfter: 90 * time.Second}, 90 * time.Second, false},
		{"reset", getraze.Answer{Quota: quota(10 * time.Minute), Date: date}, 10 * time.Minute, false},
		{"the longer of two: reset", getraze.Answer{RetryAfter: time.Minute, Quota: quota(2 * time.Minute), Date: date}, 2 * time.Minute, false},
		{"the longer of two: retry after", getraze.Answer{RetryAfter: 3 * time.Minute, Quota: quota(2 * time.Minute), Date: date}, 3 * time.Minute, false},
		{"a clock that is two hours ahead", getraze.Answer{Quota: quota(130 * time.Minute), Date: date.Add(2 * time.Hour)}, 10 * time.Minute, false},
		{"nothing is named", getraze.Answer{}, time.Minute, false},
		{"a wait that is over", getraze.Answer{RetryAfter: -5 * time.Second, Date: date.Add(50 * time.Minute)}, 0, false},
		{"a wait that was over last year", getraze.Answer{RetryAfter: -8760 * time.Hour, Date: date}, 0, false},
		{"a wait that is over, and a spent quota", getraze.Answer{RetryAfter: -time.Hour, Quota: quota(10 * time.Minute), Date: date}, 10 * time.Minute, false},
		{"quota is left", getraze.Answer{RetryAfter: 5 * time.Second, Quota: getraze.Quota{Limit: 100, Remaining: 50, Reset: date.Add(time.Hour)}, Date: date}, 5 * time.Second, false},
		{"quota is left, and nothing is named", getraze.Answer{Quota: getraze.Quota{Limit: 100, Remaining: 50, Reset: date.Add(time.Hour)}, Date: date}, time.Minute, false},
		{"more than a day", getraze.Answer{RetryAfter: 25 * time.Hour, Date: date.Add(50 * time.Minute)}, 10 * time.Minute, true},
		{"a reset of last year", getraze.Answer{Quota: quota(-8760 * time.Hour), Date: date.Add(50 * time.Minute)}, 10 * time.Minute, true},
		{"more than a day, and a spent quota", getraze.Answer{RetryAfter: 25 * time.Hour, Quota: quota(10 * time.Minute), Date: date}, 10 * time.Minute, true},
		{"a reset that no clock has", getraze.Answer{Quota: getraze.Quota{Limit: 100, Reset: time.UnixMilli(1 << 62)}, Date: date.Add(50 * time.Minute)}, 10 * time.Minute, true},
		{"a day is believed", getraze.Answer{RetryAfter: 24 * time.Hour}, 24 * time.Hour, false},
		{"a day that was rounded down", getraze.Answer{Quota: quota(24*time.Hour + time.Second), Date: date}, 24*time.Hour + time.Second, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				warnings := 0
				p := pace.NewPacer(pace.Limits{Warn: func(reason.Reason) { warnings++ }})
				scout, _ := p.Wait(context.Background())
				p.Observe(scout, stored)
				first, _ := p.Wait(context.Background())
				_, _ = p.Wait(context.Background())
				tt.answer.HTTPStatus = http.StatusTooManyRequests
				p.Observe(first, pace.Seen{Answer: tt.answer})
				began := time.Now()
				if _, err := p.Wait(context.Background()); err != nil || time.Since(began) != tt.want {
					t.Errorf("the next request went out after %s (%v), want %s", time.Since(began), err, tt.want)
				}
				if (warnings > 0) != tt.warned {
					t.Errorf("%d warnings, want some: %t", warnings, tt.warned)
				}
				ctx, cancel := context.WithTimeout(context.Background(), 24*time.Hour)
				defer cancel()
				if _, err := p.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("a second request went out (%v) before the first was answered", err)
				}
			})
		})
	}
}

func TestAWaitEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := pace.NewPacer(pace.Limits{})
		g, _ := p.Wait(context.Background())
		p.Observe(g, pace.Seen{Answer: getraze.Answer{HTTPStatus: http.StatusTooManyRequests, RetryAfter: time.Hour}})
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		began := time.Now()
		for range 3 { // also those that queue after the first
			go func() { _, _ = p.Wait(ctx) }()
		}
		if _, err := p.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != time.Second {
			t.Errorf("error %v after %s", err, time.Since(began))
		}
		synctest.Wait()
	})
}

func TestPacerReportsWhatItWaitsFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := pace.NewPacer(pace.Limits{})
		if _, _, waiting := p.Waiting(); waiting {
			t.Error("waits before anything was sent")
		}
		g, _ := p.Wait(context.Background())
		date := time.Now().Truncate(time.Second)
		p.Observe(g, pace.Seen{Answer: getraze.Answer{HTTPStatus: 200, Date: date, Quota: getraze.Quota{Limit: 100, Remaining: 0, Reset: date.Add(41 * time.Minute)}}})
		why, until, waiting := p.Waiting()
		if !waiting || why != pace.ForQuota || time.Until(until).Round(time.Second) != 41*time.Minute {
			t.Errorf("waiting %t for %d until %s", waiting, why, until)
		}
		if got := p.Outlook(150); got.Windows != 2 || got.Limit != 100 {
			t.Errorf("outlook %+v", got)
		}
	})
}

// TestARequestThatGivesUpLeavesItsTurnOfTheRate to the next request.
func TestARequestThatGivesUpLeavesItsTurnOfTheRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := pace.NewPacer(pace.Limits{PerSecond: 0.1})
		g, _ := p.Wait(context.Background())
		p.Observe(g, stored)
		began := time.Now()
		for range 3 {
			ctx, cancel := context.WithTimeout(context.Background(), time.Second)
			if _, err := p.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("error %v", err)
			}
			cancel()
		}
		if _, err := p.Wait(context.Background()); err != nil || time.Since(began).Round(time.Millisecond) != 10*time.Second {
			t.Errorf("the next request after %s (%v), want 10s", time.Since(began), err)
		}
	})
}

func TestARateBeyondAllMeasureIsNoLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := pace.NewPacer(pace.Limits{PerSecond: 1e21})
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		for range 100 {
			g, err := p.Wait(ctx)
			if err != nil {
				t.Fatal(err)
			}
			p.Observe(g, stored)
		}
	})
}
