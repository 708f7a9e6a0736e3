package report

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
)

func TestFailedFileIsTheInputAgainWithTwoColumnsMore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.failed.csv")
	f, err := CreateFailed(path, Dialect{Delimiter: ';', BOM: true}, []string{"ID", "Valor; R$", "Obs"}, "status", "message")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		cells   []string
		outcome Outcome
	}{
		{[]string{"1", " =1+1", "a\nb"}, Outcome{Row: 2, Status: batch.NotFound, Message: "not; found"}},
		{[]string{"2"}, Outcome{Row: 3, Status: "CODE", Message: "'=escaped already"}},
		{[]string{"-x", "+y", "@z"}, Outcome{Row: 4, Status: "CODE", Message: "=not yet"}},
	} {
		if err := f.Add(row.cells, row.outcome); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("it has its name before it is whole")
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	want := utf8BOM + "ID;\"Valor; R$\";Obs;status;message\n" +
		"1;\" =1+1\";\"a\nb\";NOT_FOUND;\"not; found\"\n" +
		"2;;;CODE;'=escaped already\n" +
		"-x;+y;@z;CODE;'=not yet\n"
	if diff := cmp.Diff(want, read(t, path)); diff != "" {
		t.Error(diff)
	}
}

func TestFailedFileOfAnInputWithoutBOMHasNone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.failed.csv")
	f, err := CreateFailed(path, Dialect{Delimiter: '\t'}, []string{"id"}, "status", "message")
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	if got := read(t, path); got != "id\tstatus\tmessage\n" {
		t.Errorf("got %q", got)
	}
}

func TestFailedFileLeavesNothingWhenItIsNotCommitted(t *testing.T) {
	directory := t.TempDir()
	path := filepath.Join(directory, "deals.failed.csv")
	f, err := CreateFailed(path, Dialect{Delimiter: ','}, []string{"id"}, "s", "m")
	if err != nil {
		t.Fatal(err)
	}
	f.Discard()
	if _, err := CreateFailed(path, Dialect{Delimiter: '"'}, []string{"id"}, "s", "m"); err == nil {
		t.Error("a delimiter that can't be: no error")
	}
	if _, err := CreateFailed(filepath.Join(directory, "missing", "f.csv"), Dialect{Delimiter: ','}, nil, "s", "m"); err == nil {
		t.Error("missing directory: no error")
	}
	if left := names(t, directory); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

func TestFailedFileThatCantTakeItsNameLeavesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.failed.csv")
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	f, err := CreateFailed(path, Dialect{Delimiter: ','}, []string{"id"}, "s", "m")
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Commit(); err == nil {
		t.Error("no error")
	}
	if diff := cmp.Diff([]string{"deals.failed.csv"}, names(t, filepath.Dir(path))); diff != "" {
		t.Error(diff)
	}
}
