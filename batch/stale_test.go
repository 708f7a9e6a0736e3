package batch_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"razebulk/batch"
	"razebulk/batch/dialect"
	"razebulk/csvmap"
	"razebulk/internal/getraze"
	"razebulk/internal/sandbox"
)

// TestOneStaleAnswerTeachesNoWrongName: the answer to one update shows the opportunity as it was before. Sent again
// under its other name, the value seems to be stored, because it was all along. The rows that follow must not be sent
// under that name.
func TestOneStaleAnswerTeachesNoWrongName(t *testing.T) {
	for _, c := range []struct {
		dialect sandbox.Dialect
		field   string
		name    string // under which the service stores it
	}{
		{sandbox.Documented, "position", "position"},
		{sandbox.Documented, "responsible_user_id", "responsible_user_id"},
		{sandbox.Observed, "position", "title"},
		{sandbox.Observed, "responsible_user_id", "owner_user_id"},
	} {
		for _, stale := range []int64{1, 2, 7} {
			for _, workers := range []int{1, 4} {
				t.Run(fmt.Sprintf("%s %s, answer %d, %d workers", c.dialect, c.field, stale, workers), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) { oneStaleAnswer(t, c.dialect, c.field, c.name, stale, workers) })
				})
			}
		}
	}
}

func oneStaleAnswer(t *testing.T, spoken sandbox.Dialect, field, name string, stale int64, workers int) {
	var rows []csvmap.Row
	for i, id := range idsOf(20, uuids) {
		value := fmt.Sprint("Job ", i)
		if field == "responsible_user_id" {
			value = ownerID
		}
		rows = append(rows, rowWith(i+2, id, field, value))
	}
	server := sandbox.New(sandbox.Options{Dialect: spoken, Record: true, Opportunities: opportunities(rows)})
	known, _ := getraze.NewDialect(string(spoken), false) // as an earlier run has detected it
	results := sendTo(t, staleOnce(server.Transport(), stale), &batch.Known{Dialect: dialect.New(known, nil)}, workers, rows...)
	repeated := 0
	for _, r := range results {
		repeated += r.Attempts - 1
		if r.Status != batch.Success && r.Status != batch.NotApplied {
			t.Errorf("row %d: %s %s", r.Row, r.Status, message(r))
		}
		if r.Status == batch.NotApplied && r.Attempts == 1 {
			t.Errorf("row %d is not applied, and was not sent again", r.Row)
		}
	}
	wrong := 0
	for _, r := range server.Requests() {
		if r.Method == http.MethodPut && !strings.Contains(string(r.Body), `"`+name+`"`) {
			wrong++
		}
	}
	if repeated != 1 || wrong != 1 {
		t.Errorf("%d rows were sent again, and %d requests had the wrong name", repeated, wrong)
	}
}

// staleOnce answers each update with the whole opportunity, and one of them, counted from 1, with what it was before.
func staleOnce(next http.RoundTripper, stale int64) http.RoundTripper {
	var updates atomic.Int64
	return tripper(func(r *http.Request) (*http.Response, error) {
		if r.Method != http.MethodPut {
			return next.RoundTrip(r)
		}
		read := r.Clone(r.Context())
		read.Method, read.Body, read.ContentLength = http.MethodGet, nil, 0
		isStale := updates.Add(1) == stale
		before, err := next.RoundTrip(read)
		if err != nil {
			return nil, err
		}
		stored, err := next.RoundTrip(r)
		time.Sleep(time.Second) // so that workers have requests in flight at once
		switch {
		case err != nil || stored.StatusCode != http.StatusOK:
			return stored, err
		case isStale:
			return before, nil
		}
		return next.RoundTrip(read)
	})
}
