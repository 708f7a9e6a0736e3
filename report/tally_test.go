package report

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
)

func TestTallyCountsStatusesAndUnverifiedFields(t *testing.T) {
	tally := NewTally()
	for _, r := range []batch.Result{
		{Status: batch.NotFound}, {Status: batch.NotFound}, {Status: batch.Success, Unverified: []string{"phone", "notes"}},
		{Status: batch.Success, Unverified: []string{"phone"}},
	} {
		tally.Count(r)
	}
	if diff := cmp.Diff(map[batch.Status]int{batch.NotFound: 2, batch.Success: 2}, tally.ByStatus()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]int{"phone": 2, "notes": 1}, tally.Unverified()); diff != "" {
		t.Error(diff)
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
		if diff := cmp.Diff(Counts{Done: 10, Failed: 7, Retryable: 3, Sent: 10, Requests: 20, Elapsed: time.Second}, tally.Counts()); diff != "" {
			t.Error(diff)
		}
	})
}
