package report

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/crm"
)

func TestResultsCanBeAWorkbook(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.results.XLSX")
	record(t, path, full, batch.Result{Row: 3, ID: "=1+1", Status: batch.Success, Attempts: 1}, batch.Result{Row: 2, ID: "007", Status: "X", Reasons: said("m; é")})
	if aside, err := finishRun(path); err != nil || aside != "" {
		t.Fatalf("got %q, %v", aside, err)
	}
	if got := names(t, filepath.Dir(path)); len(got) != 1 {
		t.Errorf("left: %v", got)
	}
	rows, kinds := bookRows(t, path)
	if diff := cmp.Diff(columns, rows[0]); diff != "" {
		t.Error(diff)
	}
	if len(rows) != 4 || rows[1][1] != "007" || rows[2][1] != "=1+1" || rows[3][0] != "7" || rows[3][3] != "=not applied" {
		t.Errorf("got %q", rows)
	}
	want := map[string]excelize.CellType{"A2": excelize.CellTypeUnset, "B2": excelize.CellTypeInlineString, "B3": excelize.CellTypeInlineString}
	for cell, kind := range want {
		if kinds(cell) != kind {
			t.Errorf("%s is of type %d", cell, kinds(cell))
		}
	}
	outcomes, closeFile, err := ReadResults(path, Dialect{})
	if err != nil {
		t.Fatal(err)
	}
	var got []Outcome
	for o, err := range outcomes {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, o)
	}
	why := []string{"service_refused"}
	if diff := cmp.Diff([]Outcome{
		{Row: 2, ID: "007", Status: "X", Message: "m; é", Reasons: why}, {Row: 3, ID: "=1+1", Status: batch.Success, Attempts: 1},
		{Row: 7, ID: `a,"b" c`, Status: batch.NotApplied, Message: "=not applied", Reasons: why, Attempts: full.Attempts},
	}, got, cmpopts.IgnoreUnexported(Outcome{}), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	if err := closeFile(); err != nil {
		t.Error(err)
	}
}

func bookRows(t *testing.T, path string) (rows [][]string, kind func(cell string) excelize.CellType) {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	if rows, err = book.GetRows(bookSheet); err != nil {
		t.Fatal(err)
	}
	return rows, func(cell string) excelize.CellType {
		of, err := book.GetCellType(bookSheet, cell)
		if err != nil {
			t.Fatal(err)
		}
		return of
	}
}

func TestAPlanCanBeAWorkbook(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.plan.xlsx")
	for range 2 { // the second one replaces the first
		if yes, err := IsPlan(path); !yes || err != nil {
			t.Fatalf("got %t, %v", yes, err)
		}
		p, err := CreatePlan(path, Dialect{Delimiter: ';'}, inWords, nil)
		if err != nil {
			t.Fatal(err)
		}
		row := csvmap.Row{Number: 2, ID: "a", Cells: []csvmap.Cell{{Field: "name", Text: "=Ana\nb"}}}
		if err := p.Add(batch.PlanRow(row), batch.PlanRow(row)); err != nil {
			t.Fatal(err)
		}
		if err := p.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	rows, _ := bookRows(t, path)
	if diff := cmp.Diff([][]string{crm.PlanColumns, {"2", "a", "PLANNED", "name", "", "=Ana\nb"}}, rows); diff != "" {
		t.Error(diff)
	}
	if got := names(t, filepath.Dir(path)); len(got) != 1 {
		t.Errorf("left: %v", got)
	}
	results := filepath.Join(t.TempDir(), "deals.results.xlsx")
	record(t, results, full)
	if _, err := finishRun(results); err != nil {
		t.Fatal(err)
	}
	text := filepath.Join(t.TempDir(), "text.xlsx")
	write(t, text, "row,id")
	for _, other := range []string{results, text} {
		if yes, err := IsPlan(other); yes || err != nil {
			t.Errorf("%s: got %t, %v", other, yes, err)
		}
	}
}
