package getraze

import (
	"net/http"
	"strconv"
	"time"
)

// Quota is what an answer's X-RateLimit headers say of the key's quota (api.md, part 1). The zero value: nothing.
type Quota struct {
	Limit     int
	Remaining int
	// Reset is when the window ends, in the service's clock; only its distance from [Answer.Date] has a meaning here.
	Reset time.Time
}

// quotaOf needs Remaining and Reset; without one of them the other says nothing.
func quotaOf(h http.Header) Quota {
	remaining, err := strconv.Atoi(h.Get("X-RateLimit-Remaining"))
	if err != nil || remaining < 0 {
		return Quota{}
	}
	reset, err := strconv.ParseInt(h.Get("X-RateLimit-Reset"), 10, 64)
	if err != nil {
		return Quota{}
	}
	limit, err := strconv.Atoi(h.Get("X-RateLimit-Limit"))
	if err != nil {
		limit = remaining
	}
	return Quota{Limit: limit, Remaining: remaining, Reset: time.Unix(reset, 0)}
}

// dateOf is the service's clock when it answered, to the second below; the zero time if it doesn't tell.
func dateOf(h http.Header) time.Time {
	date, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return time.Time{}
	}
	return date
}
