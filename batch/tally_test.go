package batch_test

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch/internal/result"
)

func TestCountsOfATally(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tally := result.NewTally()
		var counting sync.WaitGroup
		statuses := []result.Status{
			result.Success, result.Unchanged, result.Empty, result.NotApplied, result.NotFound, result.ValidationError,
			result.ServerError, result.NetworkError, result.NotAttempted, "CONFLICT",
		}
		for _, status := range statuses {
			counting.Go(func() {
				tally.Count(result.Result{Status: status, Planned: 1, Attempts: 2, Unverified: []string{"notes"}})
			})
		}
		counting.Wait()
		time.Sleep(time.Second)
		want := result.Counts{Done: 10, Failed: 7, Sent: 10, SentFailed: 7, Remaining: 3, Planned: 10, Requests: 20, Elapsed: time.Second,
			ByStatus: map[result.Status]int{}, Unverified: map[string]int{"notes": 10}}
		for _, status := range statuses {
			want.ByStatus[status] = 1
		}
		if diff := cmp.Diff(want, tally.Counts()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRowsOfAnEarlierRunAreApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tally := result.NewTally()
		tally.Count(result.Result{Status: result.Success})
		time.Sleep(time.Minute)
		tally.Start()
		tally.Count(result.Result{Status: result.Success, Planned: 2, Attempts: 2})
		time.Sleep(time.Second)
		if c := tally.Counts(); c.Done != 2 || c.Earlier != 1 || c.Requests != 2 || c.Elapsed != time.Second {
			t.Errorf("got %+v", c)
		}
	})
}

func TestRowsThatWereNotSentAreCountedApart(t *testing.T) {
	tally := result.NewTally()
	for _, status := range []result.Status{result.Success, result.NotFound, result.ValidationError, result.NotAttempted, result.Empty} {
		tally.Count(result.Result{Status: status})
		tally.Count(result.Result{Status: status, Attempts: 1})
		tally.CountEarlier(status, true)
	}
	got := tally.Counts()
	if got.Done != 15 || got.Failed != 9 || got.Sent != 10 || got.SentFailed != 6 || got.Missed != 1 || got.Requests != 5 {
		t.Errorf("got %+v", got)
	}
}
