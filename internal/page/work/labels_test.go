package work

import (
	"slices"
	"testing"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/event"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

func TestLabelsSayWhatPeopleKnow(t *testing.T) {
	l := &labels{owners: map[string]int{}}
	l.handle(event.Warning{})
	plan := func(row int, owner string, why ...reason.Reason) {
		p := batch.Plan{Row: csvmap.Row{Number: row}, Reasons: why}
		if owner != "" {
			p.Decisions = []batch.Decision{{Field: getraze.Field{Name: crm.Owner, Text: owner}}}
		}
		l.handle(event.RowPlanned{Plan: p, Cells: []csvmap.Cell{{Field: crm.Name, Text: "Ana"}, {Field: crm.Owner, Text: "an id"}}})
	}
	plan(4, "Bruno") // backward, like the rows of an undo file
	plan(3, "Bruno", reason.New("service_refused"))
	plan(2, "", reason.New("email_invalid"), reason.New("id_missing"))
	l.sort()
	for row, want := range map[int]label{
		1: {}, 2: {2, "Ana", "an id", "email_invalid"}, 3: {3, "Ana", "Bruno", ""}, 4: {4, "Ana", "Bruno", ""}, 5: {},
	} {
		if got := l.of(row); got != want {
			t.Errorf("row %d is %v, want %v", row, got, want)
		}
	}
	if got := l.frequentOwners(); !slices.Equal(got, []string{"Bruno", "an id"}) {
		t.Errorf("the owners are %q", got)
	}
}
