package sandbox

import (
	"net/http"
	"strconv"
	"time"
)

// window is what a key has used of its current window.
type window struct {
	start time.Time
	used  int
}

// quota is what one request found left of its key's window, itself counted.
type quota struct {
	limit, remaining int
	reset            time.Time     // in the server's clock
	left             time.Duration // until reset
	over             bool
}

// charge counts one request against key, in the window that the server's clock is in.
func (s *Server) charge(key string) quota {
	s.mu.Lock()
	defer s.mu.Unlock()
	now, limit := s.now(), s.options.Limit
	w := s.windows[key]
	if start := now.Truncate(s.options.Window); !start.Equal(w.start) {
		w = window{start: start}
	}
	w.used++
	s.windows[key] = w
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
	// Up to the next second, so that a window of no whole seconds is over by then too.
	h.Set("X-RateLimit-Reset", strconv.FormatInt(q.reset.Add(time.Second-1).Unix(), 10))
}

// overQuota rounds the body's retry_after down, as the service was seen to: a client that
// wakes exactly then can be up to a second early.
func (s *Server) overQuota(q quota) answer {
	e := apiError{Code: "RATE_LIMIT_EXCEEDED", Message: "Rate limit exceeded"}
	seconds := int(q.left / time.Second)
	e.RetryAfter = &seconds
	a := e.answer(http.StatusTooManyRequests)
	if !s.options.Seen {
		up := (q.left + time.Second - 1) / time.Second
		a.header.Set("Retry-After", strconv.FormatInt(int64(up), 10))
	}
	return a
}
