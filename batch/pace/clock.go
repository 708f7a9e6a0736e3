package pace

import "time"

// clock is what is known of the service's clock from its answers. Their Date is cut to whole seconds, and they take
// their time to come, so that each of them leaves a range; all of them together leave a small one. Instants of ours
// are counted from base by the monotonic clock, so that a correction of this machine's clock in the middle of a night
// changes nothing.
type clock struct {
	base     time.Time
	known    bool
	min, max time.Duration // what has to be added to the time since base to have the service's Unix time
}

// wellKnown is a range of the clock that isn't worth a request's waiting to make smaller.
const wellKnown = time.Second / 8

// learn takes in the Date of an answer to a request that was sent and came back at these instants.
func (c *clock) learn(date, sent, received time.Time) {
	if c.base.IsZero() {
		c.base = received
	}
	at := time.Duration(date.UnixNano())
	from, to := at-received.Sub(c.base), at+time.Second-sent.Sub(c.base)
	if c.known && max(c.min, from) <= min(c.max, to) {
		from, to = max(c.min, from), min(c.max, to)
	} // else this is the first answer, or the service's clock was set: then what was known before is void
	c.known, c.min, c.max = true, from, to
}

// ours is an instant of the service's clock in ours, or up to the width of the range later: never earlier.
func (c clock) ours(server time.Time) time.Time {
	return c.base.Add(time.Duration(server.UnixNano()) - c.min)
}

// tick is the first instant from now on that best halves the range: when a second of the service's begins, if its clock
// is in the middle of it. The Date of an answer then shows on which side of the middle the clock is.
func (c clock) tick(now time.Time) time.Time {
	middle := c.min + (c.max-c.min)/2
	passed := (now.Sub(c.base) + middle) % time.Second
	return now.Add(time.Second - passed)
}
