package pace

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestClockIsNeverEarlyAndGetsBetter draws a service's clock with any offset, and answers that take any time.
func TestClockIsNeverEarlyAndGetsBetter(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		offset := time.Duration(rapid.Int64Range(-int64(3*time.Hour), int64(3*time.Hour)).Draw(rt, "offset"))
		delay := rapid.Custom(func(rt *rapid.T) time.Duration {
			return time.Duration(rapid.IntRange(0, 500).Draw(rt, "ms")) * time.Millisecond
		})
		var c clock
		now := noon
		for range rapid.IntRange(1, 30).Draw(rt, "answers") {
			sent := now.Add(10 * delay.Draw(rt, "pause"))
			answered := sent.Add(delay.Draw(rt, "there"))
			now = answered.Add(delay.Draw(rt, "back"))
			before := c
			c.learn(answered.Add(offset).Truncate(time.Second), sent, now)
			if before.known && c.max-c.min > before.max-before.min {
				rt.Fatalf("the range grew from %s to %s", before.max-before.min, c.max-c.min)
			}
			reset := noon.Add(4 * time.Hour)
			if late := c.ours(reset.Add(offset)).Sub(reset); late < 0 || late > 2*time.Second {
				rt.Fatalf("the reset is placed %s too late", late)
			}
		}
	})
}

// TestTicksHalveTheRange sends a request at each tick, to a service that answers at once.
func TestTicksHalveTheRange(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		offset := time.Duration(rapid.Int64Range(0, int64(time.Hour)).Draw(rt, "offset"))
		var c clock
		now := noon.Add(time.Duration(rapid.Int64Range(0, int64(time.Second)).Draw(rt, "now")))
		for range 8 {
			c.learn(now.Add(offset).Truncate(time.Second), now, now)
			next := c.tick(now)
			if next.Sub(now) > time.Second || !next.After(now) {
				rt.Fatalf("the next tick is %s off", next.Sub(now))
			}
			now = next
		}
		if width := c.max - c.min; width > time.Second/128+time.Microsecond {
			rt.Errorf("after 7 ticks the range is %s", width)
		}
	})
}

func TestAClockThatIsSetIsLearntAgain(t *testing.T) {
	var c clock
	c.learn(noon, noon, noon)
	c.learn(noon.Add(-time.Hour), noon.Add(time.Minute), noon.Add(time.Minute))
	reset := noon.Add(-30 * time.Minute) // in the service's current clock
	if got, want := c.ours(reset), noon.Add(31*time.Minute); !got.Equal(want) {
		t.Errorf("the reset is placed at %s, want %s", got, want)
	}
}
