package report

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
)

func TestOutcomesCellsAreNoFormulas(t *testing.T) {
	for _, c := range []struct {
		outcome Outcome
		want    []string
	}{
		{Outcome{Status: batch.NotFound, Message: "not found"}, []string{"NOT_FOUND", "not found"}},
		{Outcome{Status: "CODE", Message: "=1+1"}, []string{"CODE", "'=1+1"}},
		{Outcome{Status: "CODE", Message: "'=like one escaped"}, []string{"CODE", "''=like one escaped"}},
		{Outcome{Status: "CODE", Message: "-1"}, []string{"CODE", "-1"}},
	} {
		if diff := cmp.Diff(c.want, c.outcome.Cells()); diff != "" {
			t.Error(diff)
		}
	}
}
