package pace

import (
	"time"

	"razebulk/internal/getraze"
)

// maxWait bounds what is believed of a service that asks to wait: its windows are hours.
const maxWait = 24 * time.Hour

// sameReset is how far two answers about one window may lie apart: some services compute the reset anew each time.
const sameReset = time.Second

// window is one window of the quota, as the service's headers report it.
type window struct {
	known     bool
	limit     int
	remaining int
	// server is the instant of the reset in the service's clock; it names the window.
	server time.Time
	// resets is the same instant in our clock, or up to a second later.
	resets time.Time
	// last is when the window's last request may go out: until then, its answer would say less about the service's
	// clock.
	last time.Time
	// length is how long a window lasts; 0 until two resets have been seen.
	length time.Duration
}

// learn takes in the headers of an answer. Answers come out of order, so of one window the least that remains counts,
// and an answer about an earlier window says nothing. The answer to a scout counts whatever it says. It returns
// whether the window is a new one.
func (w *window) learn(q getraze.Quota, resets time.Time, scout bool) (isNew bool) {
	step := q.Reset.Sub(w.server)
	switch {
	case scout || w.server.IsZero() || step > sameReset:
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

// spend counts a request whose answer says nothing of the quota: it may have been counted.
func (w *window) spend() {
	if w.known && w.remaining > 0 {
		w.remaining--
	}
}
