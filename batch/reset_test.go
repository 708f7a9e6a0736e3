package batch_test

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"razebulk/batch/pace"
	"razebulk/internal/reason"
)

// TestTheQuotasResetInOtherUnits runs against services that report when the window ends in another unit than the
// documented one. What is no time in any unit is ignored, and no message shows a wait that nobody could mean.
func TestTheQuotasResetInOtherUnits(t *testing.T) {
	hour := plan{limit: 20, window: time.Hour, rows: 50}
	unix := func(h http.Header) time.Time {
		n, _ := strconv.ParseInt(h.Get("X-RateLimit-Reset"), 10, 64)
		return time.Unix(n, 0)
	}
	for _, c := range []struct {
		name  string
		reset func(h http.Header, now time.Time) string
		says  bool
	}{
		{"milliseconds", func(h http.Header, _ time.Time) string { return strconv.FormatInt(unix(h).UnixMilli(), 10) }, false},
		{"seconds left", func(h http.Header, now time.Time) string {
			return strconv.FormatInt(int64(unix(h).Sub(now).Seconds()), 10)
		}, false},
		{"nanoseconds", func(h http.Header, _ time.Time) string { return strconv.FormatInt(unix(h).UnixNano(), 10) }, true},
		{"the largest number", func(http.Header, time.Time) string { return "9223372036854775807" }, true},
		{"last year", func(h http.Header, _ time.Time) string {
			return strconv.FormatInt(unix(h).AddDate(-1, 0, 0).Unix(), 10)
		}, true},
		{"the hour before", func(h http.Header, _ time.Time) string {
			return strconv.FormatInt(unix(h).Add(-time.Hour).Unix(), 10)
		}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(20 * time.Minute)
				n := nightOf(hour, 4)
				var said []string
				n.pacer = func() *pace.Pacer {
					return pace.NewPacer(pace.Limits{Warn: func(r reason.Reason) { said = append(said, inWords(r)) }})
				}
				n.transport = func(next http.RoundTripper) http.RoundTripper {
					return tripper(func(r *http.Request) (*http.Response, error) {
						response, err := next.RoundTrip(r)
						if err == nil {
							response.Header.Set("X-RateLimit-Reset", c.reset(response.Header, time.Now()))
						}
						return response, err
					})
				}
				began := time.Now()
				o := n.run()
				if err := errors.Join(o.err, everyRowSucceeded(n.rows, o.results)); err != nil {
					t.Fatal(err)
				}
				if took := time.Since(began); took < 100*time.Minute || took > 101*time.Minute {
					t.Errorf("took %s", took)
				}
				if refused := refusals(o.server); refused > 2 {
					t.Errorf("%d refusals", refused)
				}
				if text := strings.Join(said, "\n"); (text != "") != c.says || strings.Contains(text, "h0m") || c.says && !strings.Contains(text, "X-RateLimit-Reset makes no sense") {
					t.Errorf("said %q", text)
				}
			})
		})
	}
}
