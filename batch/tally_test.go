package report

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
)

func TestSummary(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tally := NewTally()
		for _, r := range slices.Concat(
			slices.Repeat([]batch.Result{{Status: batch.NotFound, Attempts: 1}}, 3),
			slices.Repeat([]batch.Result{{Status: batch.ServerError, Attempts: 400}}, 3),
			slices.Repeat([]batch.Result{{Status: batch.Empty}}, 4),
			[]batch.Result{{Status: batch.Success, Attempts: 1, Unverified: []string{"phone", "notes"}}},
			[]batch.Result{{Status: batch.Success, Attempts: 2, Unverified: []string{"phone"}}},
		) {
			tally.Count(r)
		}
		time.Sleep(200 * time.Second)
		var out strings.Builder
		if err := tally.WriteSummary(&out); err != nil {
			t.Fatal(err)
		}
		want := `status        rows
SUCCESS       2
EMPTY         4
NOT_FOUND     3
SERVER_ERROR  3
all           12
1,206 requests sent in 3m20s
the service didn't say whether it stored notes: 1 row
the service didn't say whether it stored phone: 2 rows
`
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Error(diff)
		}
	})
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("broken") }

func TestSummaryThatCantBeWrittenIsAnError(t *testing.T) {
	if err := NewTally().WriteSummary(broken{}); err == nil {
		t.Error("no error")
	}
}

func TestCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tally := NewTally()
		var counting sync.WaitGroup
		for _, status := range []batch.Status{
			batch.Success, batch.Unchanged, batch.Empty, batch.NotApplied, batch.NotFound, batch.ValidationError,
			batch.ServerError, batch.NetworkError, batch.NotAttempted, "CONFLICT",
		} {
			counting.Go(func() { tally.Count(batch.Result{Status: status, Attempts: 2}) })
		}
		counting.Wait()
		time.Sleep(time.Second)
		if diff := cmp.Diff(Counts{Done: 10, Failed: 7, Unsettled: 3, Sent: 10, Requests: 20, Elapsed: time.Second}, tally.Counts()); diff != "" {
			t.Error(diff)
		}
	})
}
