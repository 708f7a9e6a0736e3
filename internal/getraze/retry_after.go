package getraze

import (
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"strconv"
	"time"
)

// maxRetryAfter limits waits to what a duration can hold, with room for arithmetic.
const maxRetryAfter = 10_000 * time.Hour

// retryAfterHeader reads seconds or a date (RFC 9110, section 10.2.3). A date counts from the answer's own Date.
func retryAfterHeader(h http.Header) time.Duration {
	value := h.Get("Retry-After")
	if value == "" {
		return 0
	}
	if n, err := strconv.ParseInt(value, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		return waitOf(float64(n), dateOf(h))
	}
	until, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	return waitUntil(until, dateOf(h))
}

// waitUntil returns the time from a date to an instant; from now if there is no date.
func waitUntil(until, date time.Time) time.Duration {
	if date.IsZero() {
		date = time.Now()
	}
	return seconds(until.Sub(date).Seconds())
}

// waitOf returns the wait that a number stands for: it counts the seconds to wait, or seconds or milliseconds since
// 1970.
func waitOf(n float64, date time.Time) time.Duration {
	if n < minSince1970 || n > math.MaxInt64/2 {
		return seconds(n)
	}
	return waitUntil(instantOf(int64(n)), date)
}

// retryAfterBody adds a second, since the observed dialect rounds down (docs/api.md). The date is that of the answer.
func retryAfterBody(raw json.RawMessage, date time.Time) time.Duration {
	var number json.Number // quoted or not
	if json.Unmarshal(raw, &number) != nil {
		return 0
	}
	n, err := number.Float64()
	switch {
	case err != nil:
		return 0
	case n < 0:
		return seconds(n)
	}
	return waitOf(n+1, date)
}

// seconds returns a duration, limited to maxRetryAfter either way.
func seconds(n float64) time.Duration {
	limit := maxRetryAfter.Seconds()
	return time.Duration(max(-limit, min(limit, n)) * float64(time.Second))
}

// longer returns the longer of two waits; 0 means that there is none.
func longer(a, b time.Duration) time.Duration {
	switch {
	case a == 0:
		return b
	case b == 0:
		return a
	}
	return max(a, b)
}
