package sandbox

import (
	"cmp"
	"net/http"
	"strconv"
	"time"
)

// window is what a key has used of its current window.
type window struct {
	start time.Time
	used  int
}

// quota is what remains of a key's window after one request, which is counted.
type quota struct {
	limit, remaining int
	reset            time.Time     // by the server's clock
	left             time.Duration // until reset
	over             bool
}

// charge counts one request against key, in the current window by the server's clock.
func (s *Server) charge(key Key) quota {
	s.mu.Lock()
	defer s.mu.Unlock()
	now, limit := s.now(), cmp.Or(key.Limit, s.options.Limit)
	w := s.windows[key.Value]
	if start := now.Truncate(s.options.Window); !start.Equal(w.start) {
		w = window{start: start}
	}
	w.used++
	s.windows[key.Value] = w
	reset := w.start.Add(s.options.Window)
	return quota{
		limit:     limit,
		remaining: max(0, limit-w.used),
		reset:     reset,
		left:      reset.Sub(now),
		over:      w.used > limit,
	}
}

func (q quota) describe(h http.Header) {
	h.Set("X-RateLimit-Limit", strconv.Itoa(q.limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(q.remaining))
	// Rounded up to the next second, so that a window that is not a whole number of seconds is over by then, too.
	h.Set("X-RateLimit-Reset", strconv.FormatInt(q.reset.Add(time.Second-1).Unix(), 10))
}

// refusal returns the 429. Its retry_after is rounded down in both dialects: a client that wakes at exactly that time
// can be up to a second early.
func (q quota) refusal(message string) answer {
	seconds := int(q.left / time.Second)
	e := apiError{Code: "RATE_LIMIT_EXCEEDED", Message: message, RetryAfter: &seconds}
	return e.answer(http.StatusTooManyRequests)
}
