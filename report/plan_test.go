package report

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
	"razebulk/csvmap"
)

func TestPlanFileHasALineForEachCellAndEachInvalidRow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.plan.csv")
	write(t, path, "an earlier plan")
	p, err := CreatePlan(path, Dialect{}, inWords, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []csvmap.Row{
		{Number: 2, ID: "a", Cells: []csvmap.Cell{{Field: "name", Text: "=Ana"}, {Field: "deal_value", Text: "-0.10", Number: true}}},
		{Number: 3, ID: "b"},
		{Number: 4, ID: "@c", Cells: []csvmap.Cell{{Field: "deal_currency", Text: "XXQ"}},
			Warnings: []csvmap.Problem{{Field: "deal_currency", Value: "XXQ", Code: "currency_unknown"}}},
		{Number: 5, ID: "d", Problems: []csvmap.Problem{{Field: "email", Value: "x@\n", Code: "email_invalid"}}},
		{Number: 6, Problems: []csvmap.Problem{{Field: "id", Code: "id_missing"}, {Field: "email", Value: "y", Code: "email_invalid"}}},
		{Number: 7, ID: "e", Problems: []csvmap.Problem{{Code: "row_shifted"}}},
	} {
		if err := p.Add(batch.PlanRow(row), batch.PlanRow(row)); err != nil {
			t.Fatal(err)
		}
	}
	if got := read(t, path); got != "an earlier plan" {
		t.Errorf("before it is whole: %q", got)
	}
	if err := p.Commit(context.Background()); err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"row", "id", "status", "field", "current", "new", "message"},
		{"2", "a", "PLANNED", "name", "", "'=Ana", ""},
		{"2", "a", "PLANNED", "deal_value", "", "-0.10", ""},
		{"4", "'@c", "PLANNED", "deal_currency", "", "XXQ", "not a known currency code; sent as it is"},
		{"5", "d", "VALIDATION_ERROR", "email", "", "x@\n", `email "x@\n": not a bare e-mail address such as ana@example.com`},
		{"6", "", "VALIDATION_ERROR", "id email", "", "", `id: missing; every row needs the id of its opportunity; email "y": not a bare e-mail address such as ana@example.com`},
		{"7", "e", "VALIDATION_ERROR", "", "", "", "more cells than headers: the columns have shifted; look for a cell that needs quotes"},
	}
	if diff := cmp.Diff(want, table(t, path)); diff != "" {
		t.Error(diff)
	}
}

func TestPlanFileLeavesNothingWhenItIsNotCommitted(t *testing.T) {
	directory := t.TempDir()
	p, err := CreatePlan(filepath.Join(directory, "deals.plan.csv"), Dialect{}, inWords, nil)
	if err != nil {
		t.Fatal(err)
	}
	p.Discard()
	if _, err := CreatePlan(filepath.Join(directory, "missing", "deals.plan.csv"), Dialect{}, inWords, nil); err == nil {
		t.Error("missing directory: no error")
	}
	if left := names(t, directory); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}
