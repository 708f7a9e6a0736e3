package batch_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"razebulk/batch"
	"razebulk/batch/dialect"
	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
)

// TestASurveyHoldsWhereAllIsStored draws rows of different ids. If the service is known to store everything in them,
// surveying them against this knowledge changes nothing, and a pass over the sheet can be skipped.
func TestASurveyHoldsWhereAllIsStored(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		known, given := drawDialect(t), map[string]bool{}
		var rows []csvmap.Row
		for n := range rapid.IntRange(0, 6).Draw(t, "rows") {
			row := drawRow(t, n)
			for _, cell := range row.Cells {
				given[cell.Field] = true
			}
			rows = append(rows, row)
		}
		if !dialect.StoresAll(known, slices.Collect(maps.Keys(given))) {
			t.Skip("a row may have less to send")
		}
		survey, err := batch.SurveyRows(each(rows), "")
		if err != nil {
			t.Fatal(err)
		}
		whole, err := survey.Against(each(rows), &batch.Known{Dialect: dialect.New(known, nil)})
		if err != nil {
			t.Fatal(err)
		}
		figures := func(s batch.Survey) []int {
			return []int{s.Rows, s.Sends, s.Requests, s.Invalid, s.Empty, s.Unread, s.Unchanged, s.NotStored, s.Conflicts, s.Titles, s.Clashes.Rows}
		}
		if diff := cmp.Diff(figures(whole), figures(survey)); diff != "" {
			t.Errorf("%s: %s", known, diff)
		}
	})
}

// drawDialect draws a dialect; answers may have shown that it does not store a field.
func drawDialect(t *rapid.T) getraze.Dialect {
	known, _ := getraze.NewDialect(rapid.SampledFrom([]string{"documented", "documented", "documented", "observed"}).Draw(t, "dialect"), false)
	if rapid.IntRange(0, 3).Draw(t, "refused") == 0 {
		known = known.LearnRefusal(known, []getraze.Field{{Name: crm.Notes, Text: "x"}})
	}
	return known
}

// drawRow draws a row that sets some fields, and may have a problem.
func drawRow(t *rapid.T, n int) csvmap.Row {
	row := csvmap.Row{Number: n + 2, ID: fmt.Sprint("opportunity ", n)}
	for _, field := range []string{crm.Name, crm.Notes, crm.Owner, crm.Status, "score"} {
		if rapid.Bool().Draw(t, field) {
			isCleared := field != crm.Status && rapid.Bool().Draw(t, "clear")
			row.Cells = append(row.Cells, csvmap.Cell{Field: field, Text: rapid.SampledFrom([]string{"won", strings.Repeat("x", 300)}).Draw(t, "text"), Clear: isCleared})
		}
	}
	if rapid.IntRange(0, 4).Draw(t, "problem") == 0 {
		row.Problems = []csvmap.Problem{{Code: "wrong", Absent: rapid.Bool().Draw(t, "absent")}}
	}
	return row
}
