package batch_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

// TestNoWindowIsOverspentOrLeftUnspent checks the quota's arithmetic with random plans, workers, latencies and phases.
// If a key has no other users, there is never a refusal, and every window but the last is used up completely if there
// is time.
func TestNoWindowIsOverspentOrLeftUnspent(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		limit := rapid.IntRange(1, 60).Draw(rt, "limit")
		workers := rapid.IntRange(1, 70).Draw(rt, "workers")
		latency := ms(rapid.IntRange(0, 50).Draw(rt, "least"), rapid.IntRange(50, 2000).Draw(rt, "most"))
		enough := max(60, 5+2*(limit/workers+1)) // seconds in which the slowest answers leave time for all requests
		window := time.Duration(rapid.IntRange(enough, 600).Draw(rt, "window")) * time.Second
		phase := time.Duration(rapid.IntRange(0, int(window/time.Millisecond)).Draw(rt, "phase")) * time.Millisecond
		offset := time.Duration(rapid.IntRange(-7200, 7200).Draw(rt, "offset")) * time.Second
		var err error
		synctest.Test(t, func(*testing.T) {
			time.Sleep(phase)
			n := nightOf(plan{limit, window, 4 * limit}, workers)
			n.api.ClockOffset, n.transport = offset, slowed(latency)
			n.pacer = unhurried
			o := n.run()
			err = errors.Join(o.err, everyRowSucceeded(n.rows, o.results), windowsSpent(o, limit, window, offset))
		})
		if err != nil {
			rt.Fatal(err)
		}
	})
}

func windowsSpent(o outcome, limit int, window, offset time.Duration) error {
	if n := refusals(o.server); n > 0 {
		return fmt.Errorf("%d refusals", n)
	}
	perWindow := map[time.Time]int{}
	for _, r := range o.server.Requests() {
		perWindow[r.Time.Add(offset).Truncate(window)]++
	}
	windows := slices.SortedFunc(func(yield func(time.Time) bool) {
		for w := range perWindow {
			if !yield(w) {
				return
			}
		}
	}, time.Time.Compare)
	for _, w := range windows[1 : len(windows)-1] {
		if perWindow[w] != limit {
			return fmt.Errorf("%d requests in the window of %s, want %d: %v", perWindow[w], w, limit, perWindow)
		}
	}
	return nil
}
