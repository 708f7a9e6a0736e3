package sandbox

import (
	"net/http"
	"strconv"
	"testing"
	"testing/synctest"
	"time"
)

func TestQuotaIsOfTheClockHour(t *testing.T) {
	for _, seen := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			s := New(Options{Limit: 2, Seen: seen})
			hour := time.Now().Truncate(time.Hour).Add(time.Hour)
			time.Sleep(time.Until(hour.Add(-90*time.Second - time.Millisecond)))
			for _, want := range []string{"1", "0"} {
				r := send(t, s, "GET", "/opportunities/"+first, "")
				checkQuota(t, r, 200, want, hour)
			}
			for range 2 { // refused requests count, and Remaining stays 0
				r := send(t, s, "GET", "/opportunities/"+first, "")
				checkQuota(t, r, 429, "0", hour)
				checkRetryAfter(t, r, "90", map[bool]string{false: "91", true: ""}[seen])
			}
			time.Sleep(90 * time.Second) // retry_after is rounded down
			checkQuota(t, send(t, s, "GET", "/opportunities/"+first, ""), 429, "0", hour)
			time.Sleep(time.Millisecond)
			checkQuota(t, send(t, s, "GET", "/opportunities/"+first, ""), 200, "1", hour.Add(time.Hour))
		})
	}
}

func checkQuota(t *testing.T, r *http.Response, status int, remaining string, reset time.Time) {
	t.Helper()
	h := r.Header
	unix := strconv.FormatInt(reset.Unix(), 10)
	if r.StatusCode != status || h.Get("X-RateLimit-Remaining") != remaining || h.Get("X-RateLimit-Reset") != unix {
		t.Errorf("got %d %v, want %d, remaining %s, reset %s", r.StatusCode, h, status, remaining, unix)
	}
}

func checkRetryAfter(t *testing.T, r *http.Response, body, header string) {
	t.Helper()
	e := jsonOf(t, r)["error"].(map[string]any)
	if got := e["retry_after"]; e["code"] != "RATE_LIMIT_EXCEEDED" || asText(got) != body {
		t.Errorf("got %v, want retry_after %s", e, body)
	}
	if got := r.Header.Get("Retry-After"); got != header {
		t.Errorf("Retry-After is %q, want %q", got, header)
	}
}

func TestQuotaIsOfEachKey(t *testing.T) {
	s := New(Options{Limit: 1})
	s.charge(Key{Value: "a"})
	if q := s.charge(Key{Value: "b"}); q.over || q.remaining != 0 {
		t.Errorf("got %+v", q)
	}
}

func TestServerClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{ClockOffset: 90 * time.Minute, Window: time.Minute})
		theirs := time.Now().Add(90 * time.Minute).UTC()
		r := send(t, s, "PUT", "/opportunities/"+first, `{"name":"x"}`)
		if got := r.Header.Get("Date"); got != theirs.Format(http.TimeFormat) {
			t.Errorf("Date is %s, want %s", got, theirs)
		}
		checkQuota(t, r, 200, "999", theirs.Truncate(time.Minute).Add(time.Minute))
		if o, _ := s.Opportunity(first); !o.UpdatedAt.Equal(theirs) {
			t.Errorf("updated at %s, want %s", o.UpdatedAt, theirs)
		}
	})
}
