package batch_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/internal/sandbox"
)

// rewritten changes the body of each answer to a request for this page, and counts those requests.
func rewritten(next http.RoundTripper, page string, requests *atomic.Int64, change func(body string) string) http.RoundTripper {
	return tripper(func(r *http.Request) (*http.Response, error) {
		response, err := next.RoundTrip(r)
		if err != nil || pageOf(r) != page {
			return response, err
		}
		requests.Add(1)
		body, err := io.ReadAll(response.Body)
		response.Body = io.NopCloser(bytes.NewReader([]byte(change(string(body)))))
		response.ContentLength = -1
		return response, err
	})
}

// TestAListThatCannotBeReadIsNoOutage: after a few attempts the reading ends, with the member that is wrong.
func TestAListThatCannotBeReadIsNoOutage(t *testing.T) {
	inDialects(t, aListThatCannotBeReadIsNoOutage)
}

func aListThatCannotBeReadIsNoOutage(t *testing.T, dialect sandbox.Dialect) {
	replace := func(old, other string) func(string) string {
		return func(body string) string {
			if !strings.Contains(body, old) {
				return "the sandbox has no " + old
			}
			return strings.ReplaceAll(body, old, other)
		}
	}
	for _, c := range []struct {
		name, page string
		change     func(string) string
		says       string // "" if the list can be read
	}{
		{"numbers are quoted", "1", replace(`"total":250`, `"total":"250"`), ""},
		{"no pagination", "1", replace(`"pagination":`, `"pages":`), "pagination, so that it can't be read completely"},
		{"a negative total", "1", replace(`"total":250`, `"total":-1`), `pagination.total is "-1"`},
		{"the first page again", "2", replace(`"page":2`, `"page":1`), "page 1 of a list instead of page 2"},
		{"a later page has no total", "3", replace(`"total":`, `"all":`), "has no"},
		{"no ids", "1", replace(`"id":`, `"key":`), "[0].id"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var requests atomic.Int64
				reader := readerOver(rewritten(account(dialect, 250, uuids).Transport(), c.page, &requests, c.change))
				reader.Retries = 4
				began, listed := time.Now(), 0
				err := reader.List(t.Context(), t.Context(), getraze.ListQuery{}, func(p getraze.Page) error {
					listed += len(p.Opportunities)
					return nil
				})
				if c.says == "" {
					if err != nil || listed != 250 {
						t.Errorf("read %d: %v", listed, err)
					}
					return
				}
				var why reason.Reason
				if !errors.As(err, &why) || why.Code != "page_unread" || !strings.Contains(inWords(why), c.says) {
					t.Errorf("got %v", err)
				}
				if took := time.Since(began); took > time.Minute || requests.Load() != 5 {
					t.Errorf("ended after %s and %d requests", took, requests.Load())
				}
			})
		})
	}
}

// TestAListThatCanBeReadAtTheSecondAttemptIsRead.
func TestAListThatCanBeReadAtTheSecondAttemptIsRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var requests atomic.Int64
		reader := readerOver(rewritten(account(sandbox.Observed, 250, uuids).Transport(), "2", &requests, func(body string) string {
			if requests.Load() == 1 {
				return `{"success":true}`
			}
			return body
		}))
		reader.Retries = 4
		listed := 0
		err := reader.List(t.Context(), t.Context(), getraze.ListQuery{}, func(p getraze.Page) error {
			listed += len(p.Opportunities)
			return nil
		})
		if err != nil || listed != 250 {
			t.Errorf("read %d: %v", listed, err)
		}
	})
}
