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
	// first is what remained with the window's first answer, and own are the requests of ours that were answered since.
	first, own int
	// others is in how many windows, this one among them, room is left for others on the key.
	others int
}

// roomForOthers is for how many requests each request of ours counts that is under way, once others were seen to spend
// the same quota: they send theirs before ours are answered. At the end of a window requests so go out one at a time,
// and no more than one is refused.
const roomForOthers = 4

// share is how much of what remains each request under way is expected to use up.
func (w window) share() int {
	if w.others > 0 {
		return roomForOthers
	}
	return 1
}

// learn takes in the headers of an answer. Answers come out of order, so of one window the least that remains counts,
// and an answer about an earlier window says nothing. The answer to a scout counts whatever it says. It returns
// whether the window is a new one. If more is spent than was answered or is in flight, others spend it, too, and most
// likely also in the next window.
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

// spend counts a request whose answer says nothing of the quota: it may have been counted.
func (w *window) spend() {
	if w.known && w.remaining > 0 {
		w.remaining--
		w.own++
	}
}

// Window is what a run knew of the quota, for the one that resumes it.
type Window struct {
	Limit     int
	Remaining int
	// Resets is when the window ends, in this machine's clock.
	Resets time.Time
	// Length is how long a window lasts; 0 if that is not known.
	Length time.Duration
}

// Window returns what is known of the quota; the zero value for nothing.
func (p *Pacer) Window() Window {
	p.mu.Lock()
	defer p.mu.Unlock()
	w := p.state.window
	if !w.known {
		return Window{}
	}
	return Window{w.limit, max(0, w.remaining-p.state.inFlight), w.resets.Round(0).UTC(), w.length}
}

// Resume is for before the first request: it lets that follow what an earlier run of the same key knew, if that window
// has not ended. The answer to the first request replaces it.
func (p *Pacer) Resume(w Window) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if left := time.Until(w.Resets); left > 0 && left <= maxWait {
		p.state.window = window{known: true, limit: w.Limit, remaining: w.Remaining, resets: w.Resets, length: w.Length}
	}
}
