package pace

import (
	"math"
	"time"
)

// The quota of a key on the usual plan (docs/api.md), for estimating the time of a run before the service has reported
// its quota. What may be sent depends only on the service's own headers.
const (
	usualQuota  = 1000
	usualWindow = time.Hour
)

// Share is a number of things, or a percentage of them.
type Share struct {
	Count   int
	Percent float64
}

// Of returns how many of all things the share is, rounded up.
func (s Share) Of(all int) int {
	if s.Percent > 0 {
		return int(math.Ceil(float64(all) * s.Percent / 100))
	}
	return s.Count
}

// Outlook estimates how long a number of further requests will take, from what is known of the quota and of the
// service's speed; before the first answer, it assumes the usual quota of 1,000 per clock hour.
func (p *Pacer) Outlook(requests int) Outlook {
	p.mu.Lock()
	defer p.mu.Unlock()
	gap := p.pace.gap
	if p.limits.PerSecond > 0 {
		gap = max(gap, time.Duration(float64(time.Second)/p.limits.PerSecond))
	}
	return p.state.window.outlook(requests, time.Now(), gap, p.limits.Reserve)
}

// pace is how fast requests go out when nothing holds them back: workers waiting for slow answers may not reach the
// rate.
type pace struct {
	last time.Time
	gap  time.Duration // a moving average
}

// maxGap is the longest gap between two requests that a slow service explains; a longer one means a wait for quota.
const maxGap = 10 * time.Second

func (p *pace) granted(now time.Time) {
	gap := now.Sub(p.last)
	switch {
	case p.last.IsZero() || gap > maxGap:
	case p.gap == 0:
		p.gap = gap
	default:
		p.gap += (gap - p.gap) / 20
	}
	p.last = now
}

// Outlook says how long a number of requests will take.
type Outlook struct {
	// Windows is how many windows of the quota the requests need.
	Windows int
	// Done is when the last request goes out.
	Done time.Time
	// Limit is the quota per window that the estimate uses; Reported is whether the service has reported it.
	Limit    int
	Reported bool
}

// outlook uses up window after window, with a gap between any two requests.
func (w window) outlook(requests int, now time.Time, gap time.Duration, reserve Share) Outlook {
	o := Outlook{Limit: w.limit, Reported: w.limit > 0}
	if w.length == 0 {
		w.length = usualWindow
	}
	if !w.known {
		w.resets = now.Truncate(w.length).Add(w.length)
		if w.limit == 0 {
			w.limit, o.Limit = usualQuota, usualQuota
		}
		w.remaining = w.limit
	}
	full := max(1, w.limit-reserve.Of(w.limit))
	for left := w.remaining - reserve.Of(w.limit); ; left = full {
		sent := min(requests, left, fits(w.resets.Sub(now), gap))
		if sent > 0 || requests == 0 {
			o.Windows++
			requests -= sent
		}
		if requests <= 0 {
			o.Done = now.Add(time.Duration(sent) * gap)
			return o
		}
		now, w.resets = w.resets, w.resets.Add(w.length)
	}
}

// fits returns how many requests go out in a period.
func fits(d, gap time.Duration) int {
	if gap == 0 {
		return math.MaxInt
	}
	return int((max(0, d) + gap - 1) / gap)
}
