package getraze

import (
	"net/http"
	"strconv"
	"sync/atomic"
	"time"
)

// Quota is what an answer's X-RateLimit headers report of the key's quota (docs/api.md). The zero value: nothing.
type Quota struct {
	// Limit is how many requests a window has; 0 if it is not reported.
	Limit     int
	Remaining int
	// Reset is when the window ends, in the service's clock; only its distance from [Answer.Date] has a meaning here.
	Reset time.Time
}

// quotaOf needs Remaining and Reset; without one of them the other says nothing.
func quotaOf(h http.Header) Quota {
	remaining, err := strconv.Atoi(h.Get("X-Ratelimit-Remaining")) // as net/http spells it: other spellings take memory
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

// dateOf is the service's clock when it answered; the zero time if it is not reported.
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

// dated is a Date, and the instant that it means.
type dated struct {
	text string
	date time.Time
}

// latestDate is kept since all answers of one second have the same.
var latestDate atomic.Pointer[dated]
