package batch_test

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"razebulk/batch"
	"razebulk/csvmap"
)

func TestSurveyCountsWhatWillHappen(t *testing.T) {
	rows := rowsOf("a", "b", "a", "c", "a", "b")
	rows[3].Cells = nil
	rows[4].Problems = []csvmap.Problem{{Code: "wrong"}}
	for i := range rows {
		rows[i].Warnings = []csvmap.Problem{{Field: "deal_currency", Value: "XXZ", Code: "odd"}}
	}
	got, err := batch.SurveyRows(each(rows), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	want := batch.Survey{
		Rows: 6, LastRow: 7, Damage: csvmap.Damage{Rows: 6}, Sends: 4, Requests: 4, Invalid: 1, Empty: 1, WarningCount: 5,
		Repeats: batch.Repeats{Rows: 3, First: 2, Second: 4},
	}
	for _, row := range []int{2, 3, 4, 5, 7} { // nothing of row 6 is sent
		want.Warnings = append(want.Warnings, batch.RowWarning{Row: row, Reason: rows[0].Warnings[0].Reason()})
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(batch.Repeats{})); diff != "" {
		t.Error(diff)
	}
}

func TestSurveyFailsWithTheFirstErrorOfTheFile(t *testing.T) {
	broken := errors.New("line 7: bytes that are not UTF-8")
	if _, err := batch.SurveyRows(brokenAfter(rowsOf("a"), broken), t.TempDir()); !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
}

// TestSurveyFindsRepeatsInAnyNumberOfRows uses enough rows for ids to be moved to disk, and checks that nothing is left
// there.
func TestSurveyFindsRepeatsInAnyNumberOfRows(t *testing.T) {
	dir := t.TempDir()
	many := 700_000
	if testing.Short() {
		many = 200_000
	}
	rows := func(yield func(csvmap.Row, error) bool) {
		for n := range many {
			if !yield(sendable(n+2, fmt.Sprint(n)), nil) {
				return
			}
		}
		yield(sendable(many+2, "123456"), nil)
		yield(sendable(many+3, "7"), nil)
		yield(sendable(many+4, "7"), nil)
		if entries, err := os.ReadDir(dir); runtime.GOOS != "windows" && (err != nil || len(entries) > 0) {
			t.Errorf("a killed run would leave %v (%v)", entries, err)
		}
	}
	got, err := batch.SurveyRows(rows, dir)
	if err != nil {
		t.Fatal(err)
	}
	if want := (batch.Repeats{Rows: 3, First: 123458, Second: many + 2}); got.Repeats.Rows != want.Rows || got.Repeats.First != want.First || got.Repeats.Second != want.Second {
		t.Errorf("repeats %+v, want %+v", got.Repeats, want)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left in the temporary directory: %v, %v", left, err)
	}
}

func TestSurveyCountsEveryRowWhoseIDCameBefore(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		ids := rapid.SliceOfN(rapid.StringMatching(`[a-e]`), 0, 30).Draw(rt, "ids")
		seen, want := map[string]bool{}, 0
		for _, id := range ids {
			if seen[id] {
				want++
			}
			seen[id] = true
		}
		got, err := batch.SurveyRows(each(rowsOf(ids...)), t.TempDir())
		if err != nil || got.Repeats.Rows != want {
			rt.Errorf("%d repeats (%v), want %d", got.Repeats.Rows, err, want)
		}
	})
}
