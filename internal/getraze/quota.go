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
	reset, err := strconv.ParseInt(h.Get("X-Ratelimit-Reset"), 10, 64)
	if err != nil {
		return Quota{}
	}
	limit, err := strconv.Atoi(h.Get("X-Ratelimit-Limit"))
	if err != nil {
		limit = 0
	}
	return Quota{Limit: max(0, limit), Remaining: remaining, Reset: time.Unix(reset, 0)}
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
