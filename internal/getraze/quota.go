package getraze

import (
	"net/http"
	"strconv"
	"sync/atomic"
	"time"
)

// Quota is what an answer's X-RateLimit headers report about the key's quota (docs/api.md). It is zero if they report
// nothing.
type Quota struct {
	// Limit is the number of requests in a window; 0 if it is not reported.
	Limit     int
	Remaining int
	// Reset is when the window ends, by the service's clock; only its distance from [Answer.Date] is meaningful here.
	Reset time.Time
}

// quotaOf needs both Remaining and Reset; either one alone says nothing.
func quotaOf(h http.Header) Quota {
	remaining, err := strconv.Atoi(h.Get("X-Ratelimit-Remaining")) // net/http's own spelling: other spellings allocate
	if err != nil || remaining < 0 {
		return Quota{}
	}
	reset := resetOf(h)
	if reset.IsZero() {
		return Quota{}
	}
	limit, err := strconv.Atoi(h.Get("X-Ratelimit-Limit"))
	if err != nil {
		limit = 0
	}
	return Quota{Limit: max(0, limit), Remaining: remaining, Reset: reset}
}

// MaxWait is the longest wait that a service can plausibly ask for: its windows are hours.
const MaxWait = 24 * time.Hour

const (
	// maxSecondsLeft is up to where a number counts the seconds that are left of a window, and not those since 1970.
	maxSecondsLeft = int64(MaxWait / time.Second)
	// minSince1970 is from where a number counts the seconds since 1970, and not those to wait; minMilliseconds is from
	// where it counts milliseconds.
	minSince1970, minMilliseconds = 1e8, 1e11
)

// resetOf returns when the window ends: Unix seconds, as documented, or as other services report it, in milliseconds or
// by the seconds that are left. It returns the zero time if the header has nothing of the kind.
func resetOf(h http.Header) time.Time {
	n, err := strconv.ParseInt(h.Get("X-Ratelimit-Reset"), 10, 64)
	if err != nil || n <= 0 {
		return time.Time{}
	}
	if n > maxSecondsLeft {
		return instantOf(n)
	}
	date := dateOf(h)
	if date.IsZero() {
		return date
	}
	return date.Add(time.Duration(n+1) * time.Second) // both are rounded down
}

// instantOf returns the instant for a number of seconds or milliseconds since 1970.
func instantOf(n int64) time.Time {
	if n >= minMilliseconds {
		return time.UnixMilli(n)
	}
	return time.Unix(n, 0)
}

// dateOf returns the service's time when it answered, or the zero time if it is not reported.
func dateOf(h http.Header) time.Time {
	text := h.Get("Date")
	if latest := latestDate.Load(); latest != nil && latest.text == text {
		return latest.date
	}
	date, err := http.ParseTime(text)
	if err != nil {
		return time.Time{}
	}
	latestDate.Store(&dated{text, date})
	return date
}

// dated is a Date header and the time that it stands for.
type dated struct {
	text string
	date time.Time
}

// latestDate is cached because all answers within a second have the same Date.
var latestDate atomic.Pointer[dated]
