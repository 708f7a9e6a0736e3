package report

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
)

func TestFileTakesItsNameWhenItIsWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.failed.csv")
	f, err := CreateFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("id\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("it has its name before it is whole")
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	if got := read(t, path); got != "id\n" {
		t.Errorf("got %q", got)
	}
}

func TestFileLeavesNothingWhenItIsNotCommitted(t *testing.T) {
	directory := t.TempDir()
	f, err := CreateFile(filepath.Join(directory, "deals.failed.csv"))
	if err != nil {
		t.Fatal(err)
	}
	f.Discard()
	if _, err := CreateFile(filepath.Join(directory, "missing", "f.csv")); err == nil {
		t.Error("missing directory: no error")
	}
	if left := names(t, directory); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

func TestFileThatCantTakeItsNameLeavesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.failed.csv")
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	f, err := CreateFile(path)
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
