package sandbox

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestFaults(t *testing.T) {
	for _, c := range []struct {
		name     string
		faults   Faults
		status   int
		contains string
	}{
		{"500", Faults{Error500: 1}, 500, `"INTERNAL_ERROR"`},
		{"502", Faults{HTML502: 1}, 502, "<center>nginx</center>"},
	} {
		s := New(Options{Faults: c.faults})
		before, _ := s.Opportunity(first)
		r := send(t, s, "PUT", "/opportunities/"+first, `{"name":"x"}`)
		if body := bodyOf(t, r); r.StatusCode != c.status || !strings.Contains(body, c.contains) {
			t.Errorf("%s: got %d %s", c.name, r.StatusCode, body)
		}
		if got := r.Header.Get("X-RateLimit-Remaining"); got != "999" {
			t.Errorf("%s: remaining %s", c.name, got)
		}
		if after, _ := s.Opportunity(first); after != before {
			t.Errorf("%s: stored %+v", c.name, after)
		}
	}
}

func TestFaultsFollowTheSeed(t *testing.T) {
	draw := func(seed uint64) (drawn [5]int, order []fault) {
		s := New(Options{Faults: Faults{Error500: .1, HTML502: .1, Reset: .1, Hang: .1, Seed: seed}})
		for range 1000 {
			f := s.drawFault()
			drawn[f]++
			order = append(order, f)
		}
		return drawn, order
	}
	counts, order := draw(7)
	for kind, n := range counts {
		if fault(kind) != noFault && (n < 60 || n > 140) {
			t.Errorf("fault %d came %d times of 1000", kind, n)
		}
	}
	_, again := draw(7)
	_, other := draw(8)
	if !slices.Equal(order, again) || slices.Equal(order, other) {
		t.Error("the seed does not decide")
	}
}

func TestHangAndLatencyEndWithTheContext(t *testing.T) {
	for _, faults := range []Faults{{Hang: 1}, {Latency: time.Hour}} {
		synctest.Test(t, func(t *testing.T) {
			s := New(Options{Faults: faults, Record: true})
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			start := time.Now()
			_, err := s.Transport().RoundTrip(newPut(t, ctx))
			if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != time.Minute {
				t.Errorf("got %v after %s", err, time.Since(start))
			}
			if got := s.Requests(); len(got) != 1 || got[0].Status != 0 || got[0].Body == "" {
				t.Errorf("recorded %+v", got)
			}
		})
	}
}

func TestLatency(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{Faults: Faults{Latency: 3 * time.Second}})
		start := time.Now()
		r := send(t, s, "GET", "/opportunities", "")
		if r.StatusCode != 200 || time.Since(start) != 3*time.Second {
			t.Errorf("got %d after %s", r.StatusCode, time.Since(start))
		}
	})
}

func newPut(t *testing.T, ctx context.Context) *http.Request {
	t.Helper()
	body := strings.NewReader(`{"name":"x"}`)
	r, err := http.NewRequestWithContext(ctx, "PUT", "http://sandbox/external/v1/opportunities/"+first, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-API-Key", DefaultKey)
	return r
}
