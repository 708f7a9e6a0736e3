package cli_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
	"razebulk/internal/cli/internal/statuses"
	"razebulk/internal/words"
)

func TestSummaryOfStatuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tally := batch.NewTally()
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
		if err := statuses.Write(&out, words.For(nil), tally.Counts()); err != nil {
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
	if err := statuses.Write(broken{}, words.For(nil), batch.NewTally().Counts()); err == nil {
		t.Error("no error")
	}
}
