package batch

import (
	"math"
	"time"

	"razebulk/getraze"
)

// The quota that a key on the usual plan has (api.md, part 1), for telling the time a run needs before the service
// has said what the quota is. What may be sent follows the service's own headers alone.
const (
	usualQuota  = 1000
	usualWindow = time.Hour
)

// longestWait bounds what is believed of a service that asks to wait: its windows are hours.
const longestWait = 24 * time.Hour

// sameReset is how far two answers about one window may lie apart: some services work the reset out anew each time.
const sameReset = time.Second

// window is one window of the quota, as the service's headers tell of it.
type window struct {
	known     bool
	limit     int
	remaining int
	// server is the instant of the reset in the service's clock; it names the window.
	server time.Time
	// resets is the same instant in our clock, or up to a second later.
	resets time.Time
	// last is when the window's last request may go out: until then, its answer would tell less about the service's clock.
	last time.Time
	// length is how long a window lasts; 0 until two resets have been seen.
	length time.Duration
}

// learn takes in the headers of an answer. Answers come out of order, so of one window the least that remains counts, and
// an answer about an earlier window tells nothing. The answer to a request that went alone is news whatever it says.
// It returns whether the window is a new one.
func (w *window) learn(q getraze.Quota, resets time.Time, alone bool) (isNew bool) {
	step := q.Reset.Sub(w.server)
	switch {
	case alone || w.server.IsZero() || step > sameReset:
		if !w.server.IsZero() && step > sameReset && (w.length == 0 || step < w.length) {
			w.length = step
		}
		*w = window{known: true, limit: q.Limit, remaining: q.Remaining, server: q.Reset, resets: resets, length: w.length}
		return true
	case step >= -sameReset && w.known:
		w.remaining = min(w.remaining, q.Remaining)
		w.resets = resets
	}
	return false
}

// spend takes off a request whose answer told nothing: it may have been counted.
func (w *window) spend() {
	if w.known && w.remaining > 0 {
		w.remaining--
	}
}

// Share is a number of things, or a part of them.
type Share struct {
	Count   int
	Percent float64
}

// Of is how many of all things the share is, rounded up.
func (s Share) Of(all int) int {
	if s.Percent > 0 {
		return int(math.Ceil(float64(all) * s.Percent / 100))
	}
	return s.Count
}

// Outlook is how long a number of requests will take.
type Outlook struct {
	// Windows is how many windows of the quota they need.
	Windows int
	// Done is when the last of them goes out.
	Done time.Time
	// Limit is the quota of a window that this was worked out with, and Assumed tells that the service hasn't said it yet.
	Limit   int
	Assumed bool
}

// outlook spends window after window, with a gap between any two requests.
func (w window) outlook(requests int, now time.Time, gap time.Duration, reserve Share) Outlook {
	o := Outlook{Limit: w.limit, Assumed: !w.known && w.limit == 0}
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

// fits is how many requests go out in a time.
func fits(d, gap time.Duration) int {
	if gap == 0 {
		return math.MaxInt
	}
	return int((max(0, d) + gap - 1) / gap)
}
