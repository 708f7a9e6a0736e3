// Package late remembers abandoned requests: no answer came, and the service may still carry them out. Anything sent to
// the same opportunity or contact before that would be overwritten.
package late

import (
	"maps"
	"sync"
	"time"
)

// Requests are the abandoned requests of one run. They are safe for concurrent use.
type Requests struct {
	timeout time.Duration
	began   time.Time

	mu    sync.Mutex
	until map[string]time.Time // by key: when its last request is assumed to be over
}

// sweepAt is the number of keys at which those whose requests are over are forgotten, so that memory doesn't grow with
// the rows.
const sweepAt = 1024

// New returns an empty record, which remembers each request for the timeout of a request after it was given up.
func New(timeout time.Duration) *Requests {
	return &Requests{timeout: timeout, began: time.Now(), until: map[string]time.Time{}}
}

// Left records that a request was given up now, by the keys of what it would change.
func (r *Requests) Left(keys []string) { r.leave(keys, time.Now()) }

// LeftBefore records that a request may have been given up when this run began.
func (r *Requests) LeftBefore(keys []string) { r.leave(keys, r.began) }

func (r *Requests) leave(keys []string, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now, until := time.Now(), at.Add(r.timeout)
	if len(r.until) >= sweepAt {
		maps.DeleteFunc(r.until, func(_ string, until time.Time) bool { return !now.Before(until) })
	}
	for _, key := range keys {
		if until.After(now) && until.After(r.until[key]) {
			r.until[key] = until
		}
	}
}

// None reports whether no request was given up so far.
func (r *Requests) None() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.until) == 0
}

// Wait returns how long the next row with one of the keys must wait; 0 if it need not.
func (r *Requests) Wait(keys []string) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	wait := time.Duration(0)
	for _, key := range keys {
		wait = max(wait, time.Until(r.until[key]))
	}
	return wait
}
