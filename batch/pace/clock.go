package pace

import "time"

// clock is what is known about the service's clock from its answers. Their Date is truncated to whole seconds, and they
// take time to arrive, so each of them gives a range; together they give a small one. Our own instants are counted from
// base by the monotonic clock, so that a correction of this machine's clock in the middle of a night changes nothing.
type clock struct {
	base     time.Time
	known    bool
	min, max time.Duration // added to the time since base, gives the service's Unix time
}

// wellKnown is a range of the clock that is too small to make a request wait to reduce it.
const wellKnown = time.Second / 8

// learn learns from the Date of an answer to a request that was sent and came back at these instants.
func (c *clock) learn(date, sent, received time.Time) {
	if c.base.IsZero() {
		c.base = received
	}
	at := time.Duration(date.UnixNano())
	from, to := at-received.Sub(c.base), at+time.Second-sent.Sub(c.base)
	if c.known && max(c.min, from) <= min(c.max, to) {
		from, to = max(c.min, from), min(c.max, to)
	} // otherwise this is the first answer, or the service's clock was set: earlier knowledge is void
	c.known, c.min, c.max = true, from, to
}

// ours returns an instant of the service's clock in our clock, or up to the width of the range later: never earlier.
func (c clock) ours(server time.Time) time.Time {
	return c.base.Add(time.Duration(server.UnixNano()) - c.min)
}

// tick returns the first instant from now on that best halves the range: when a second of the service's clock begins,
// if that clock is in the middle of the range. The Date of an answer then shows on which side of the middle the clock
// is.
func (c clock) tick(now time.Time) time.Time {
	middle := c.min + (c.max-c.min)/2
	passed := (now.Sub(c.base) + middle) % time.Second
	return now.Add(time.Second - passed)
}
