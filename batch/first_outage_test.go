package batch_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/internal/getraze"
	"razebulk/internal/sandbox"
	"razebulk/internal/sandbox/sandboxtest"
)

// firsts are what a run may request first; each returns why the request failed.
var firsts = map[string]func(transport http.RoundTripper, ids []string) error{
	"one row":              func(transport http.RoundTripper, ids []string) error { return updateOf(transport, ids[:1], 4) },
	"two rows":             func(transport http.RoundTripper, ids []string) error { return updateOf(transport, ids, 4) },
	"two rows, no retries": func(transport http.RoundTripper, ids []string) error { return updateOf(transport, ids, 0) },
	"a list":               func(transport http.RoundTripper, _ []string) error { return listOf(transport, 4) },
	"a list, no retries":   func(transport http.RoundTripper, _ []string) error { return listOf(transport, 0) },
	"one opportunity":      func(transport http.RoundTripper, ids []string) error { return getOf(transport, ids[:1], 4) },
	"two, and no retries":  func(transport http.RoundTripper, ids []string) error { return getOf(transport, ids, 0) },
}

func listOf(transport http.RoundTripper, retries int) error {
	reader := readerOver(transport)
	reader.Retries = retries
	return reader.List(context.Background(), context.Background(), getraze.ListQuery{}, func(getraze.Page) error { return nil })
}

func getOf(transport http.RoundTripper, ids []string, retries int) error {
	reader := readerOver(transport)
	reader.Retries = retries
	return reader.Get(context.Background(), context.Background(), slices.Values(ids), func(found batch.Found) error {
		if found.Failure != nil {
			return fmt.Errorf("not read: %s", found.Failure.Status)
		}
		return nil
	})
}

func updateOf(transport http.RoundTripper, ids []string, retries int) error {
	failed := error(nil)
	err := batch.Run(context.Background(), context.Background(), batch.Job{
		Rows: each(rowsOf(ids...)), Client: clientOver(transport), Pacer: unhurried(), Workers: 4, Retries: retries, Log: discard,
		Record: func(r batch.Result) error {
			if r.Status != batch.Success {
				failed = fmt.Errorf("row %d: %s", r.Row, r.Status)
			}
			return nil
		},
	})
	return errors.Join(err, failed)
}

// TestAnOutageFromTheFirstRequestOn is waited out, or ends the run when it has lasted too long. This holds whatever is
// requested first, in both dialects, with or without retries. A 500 from the API itself for a single row may be the
// row's own fault.
func TestAnOutageFromTheFirstRequestOn(t *testing.T) {
	ids := []string{"0f8fad5b-d9cb-469f-a165-70867728950e", "7c9e6679-7425-40de-944b-e07fc1f90ae7"}
	for first, ask := range firsts {
		for name, how := range breakages {
			for _, dialect := range sandboxtest.Dialects(t) {
				seen := dialect == sandbox.Observed
				if testing.Short() && (name == "502" || name == "hang") {
					continue
				}
				if name == "500" && !strings.HasPrefix(first, "a list") {
					continue
				}
				for _, lasts := range []time.Duration{10 * time.Minute, 24 * time.Hour} {
					synctest.Test(t, func(t *testing.T) {
						server := sandbox.New(sandbox.Options{Opportunities: opportunities(rowsOf(ids...)), Seen: seen})
						began := time.Now()
						err := ask(down(how, 0, lasts, new(atomic.Int64))(server.Transport()), ids)
						var late *pace.OutOfTime
						switch took := time.Since(began); {
						case lasts < time.Hour && err != nil:
							t.Errorf("%s, %s, seen=%v: %v", first, name, seen, err)
						case lasts > time.Hour && (!errors.As(err, &late) || late.Why != pace.ForOutage || took < 50*time.Minute || took > 70*time.Minute):
							t.Errorf("%s, %s, seen=%v: after %s: %v", first, name, seen, took, err)
						}
					})
				}
			}
		}
	}
}

// TestAnOutageAtTheLastRowsWithoutRetries must not fail them one after another, in both dialects. A failure that may be
// the row's own fault does.
func TestAnOutageAtTheLastRowsWithoutRetries(t *testing.T) {
	var ids []string
	for i := range 20 {
		ids = append(ids, fmt.Sprintf("0f8fad5b-d9cb-469f-a165-%012d", i))
	}
	blocked := func(_ http.RoundTripper, r *http.Request) (*http.Response, error) {
		answer := httptest.NewRecorder()
		answer.WriteHeader(http.StatusForbidden)
		_, _ = answer.WriteString("<html>blocked</html>")
		return answer.Result(), nil
	}
	for name, c := range map[string]struct {
		how  broken
		lost bool
	}{
		"reset": {breakages["reset"], false}, "hang": {breakages["hang"], false}, "502": {breakages["502"], false},
		"500": {breakages["500"], true}, "a firewall": {blocked, true},
	} {
		for _, seen := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				server := sandbox.New(sandbox.Options{Opportunities: opportunities(rowsOf(ids...)), Seen: seen})
				var sent atomic.Int64
				err := updateOf(down(c.how, 450*time.Millisecond, 10*time.Minute, &sent)(server.Transport()), ids, 0)
				if (err != nil) != c.lost || sent.Load() < 3 {
					t.Errorf("%s, seen=%v: %v after %d requests in the outage", name, seen, err, sent.Load())
				}
			})
		}
	}
}
