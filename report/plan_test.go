package report

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
	"razebulk/csvmap"
)

func TestPlanFileHasALineForEachCellAndEachInvalidRow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.plan.csv")
	write(t, path, "an earlier plan")
	p, err := CreatePlan(path, Dialect{})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []csvmap.Row{
		{Number: 2, ID: "a", Cells: []csvmap.Cell{{Field: "name", Text: "=Ana"}, {Field: "deal_value", Text: "-0.10", Number: true}}},
		{Number: 3, ID: "b"},
		{Number: 4, ID: "@c", Cells: []csvmap.Cell{{Field: "deal_currency", Text: "XXQ"}},
			Warnings: []csvmap.Problem{{Field: "deal_currency", Value: "XXQ", Code: "not a currency that is known"}}},
		{Number: 5, ID: "d", Problems: []csvmap.Problem{{Field: "email", Value: "x@", Code: "no\naddress"}}},
		{Number: 6, Problems: []csvmap.Problem{{Field: "id", Code: "missing"}, {Field: "email", Value: "y", Code: "bad"}}},
		{Number: 7, ID: "e", Problems: []csvmap.Problem{{Code: "too many cells"}}},
	} {
		if err := p.Add(batch.PlanRow(row)); err != nil {
			t.Fatal(err)
		}
	}
	if got := read(t, path); got != "an earlier plan" {
		t.Errorf("before it is whole: %q", got)
	}
	if err := p.Commit(); err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"row", "id", "status", "field", "current", "new", "message"},
		{"2", "a", "PLANNED", "name", "", "'=Ana", ""},
		{"2", "a", "PLANNED", "deal_value", "", "-0.10", ""},
		{"4", "'@c", "PLANNED", "deal_currency", "", "XXQ", "not a currency that is known"},
		{"5", "d", "VALIDATION_ERROR", "email", "", "x@", `email "x@": no address`},
		{"6", "", "VALIDATION_ERROR", "id email", "", "", `id: missing; email "y": bad`},
		{"7", "e", "VALIDATION_ERROR", "", "", "", "too many cells"},
	}
	if diff := cmp.Diff(want, table(t, path)); diff != "" {
		t.Error(diff)
	}
}

func TestPlanFileLeavesNothingWhenItIsNotCommitted(t *testing.T) {
	directory := t.TempDir()
	p, err := CreatePlan(filepath.Join(directory, "deals.plan.csv"), Dialect{})
	if err != nil {
		t.Fatal(err)
	}
	p.Discard()
	if _, err := CreatePlan(filepath.Join(directory, "missing", "deals.plan.csv"), Dialect{}); err == nil {
		t.Error("missing directory: no error")
	}
	if left := names(t, directory); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}
