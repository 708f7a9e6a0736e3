package pace

import (
	"time"

	"razebulk/internal/getraze"
)

// sameReset is how much the resets in two answers about one window may differ: some services recompute the reset each
// time.
const sameReset = time.Second

// window is one window of the quota, as the service's headers report it.
type window struct {
	known     bool
	limit     int
	remaining int
	// server is the instant of the reset in the service's clock; it identifies the window.
	server time.Time
	// resets is that instant in our clock, or up to a second later.
	resets time.Time
	// last is when the window's last request may go out: until then, its answer would say less about the service's
	// clock.
	last time.Time
	// length is how long a window lasts; 0 until two resets have been seen.
	length time.Duration
	// first is what remained after the window's first answer, and own is the number of our requests that were answered
	// since.
	first, own int
	// others is the number of windows, including this one, in which room is left for other users of the key.
	others int
}

// roomForOthers is how many requests each of our requests in flight counts as, once others were seen to use the same
// quota: they send theirs before ours are answered. As a result, requests go out one at a time at the end of a window,
// and at most one is refused.
const roomForOthers = 4

// share returns how much of the remainder each request in flight is expected to use up.
func (w window) share() int {
	if w.others > 0 {
		return roomForOthers
	}
	return 1
}

// learn learns from the headers of an answer. Answers come out of order, so for one window the smallest remainder
// counts, and an answer about an earlier window is ignored. The answer to a scout always counts. learn reports whether
// the window is a new one. If more was used than was answered or is in flight, others use the quota, too, most likely
// also in the next window.
func (w *window) learn(q getraze.Quota, resets time.Time, scout bool, inFlight int) (isNew bool) {
	step := q.Reset.Sub(w.server)
	switch {
	case scout || w.server.IsZero() || step > sameReset:
		if !w.server.IsZero() && step > sameReset && (w.length == 0 || step < w.length) {
			w.length = step
		}
		*w = window{
			known: true, limit: q.Limit, remaining: q.Remaining, server: q.Reset, resets: resets, length: w.length,
			first: q.Remaining, others: max(0, w.others-1),
		}
		return true
	case step >= -sameReset && w.known:
		w.remaining = min(w.remaining, q.Remaining)
		w.resets = resets
		if w.own++; w.first-w.remaining > w.own+inFlight {
			w.others = 2
		}
	}
	return false
}

// spend counts a request whose answer doesn't report the quota: it may have been counted.
func (w *window) spend() {
	if w.known && w.remaining > 0 {
		w.remaining--
		w.own++
	}
}

// Window is what a run knew about the quota, for the run that resumes it.
type Window struct {
	Limit     int
	Remaining int
	// Resets is when the window ends, in this machine's clock.
	Resets time.Time
	// Length is how long a window lasts; 0 if unknown.
	Length time.Duration
}

// Window returns what is known about the quota; the zero value if nothing.
func (p *Pacer) Window() Window {
	p.mu.Lock()
	defer p.mu.Unlock()
	w := p.state.window
	if !w.known {
		return Window{}
	}
	return Window{w.limit, max(0, w.remaining-p.state.inFlight), w.resets.Round(0).UTC(), w.length}
}

// Resume must be called before the first request. That request then follows what an earlier run with the same key knew,
// if that window has not ended. Its answer replaces this knowledge.
func (p *Pacer) Resume(w Window) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if left := time.Until(w.Resets); left > 0 && left <= getraze.MaxWait {
		p.state.window = window{known: true, limit: w.Limit, remaining: w.Remaining, resets: w.Resets, length: w.Length}
	}
}
