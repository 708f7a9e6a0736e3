package files

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFileTakesItsNameWhenItIsWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.failed.csv")
	f, err := Create(path)
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
	f, err := Create(filepath.Join(directory, "deals.failed.csv"))
	if err != nil {
		t.Fatal(err)
	}
	f.Discard()
	if _, err := Create(filepath.Join(directory, "missing", "f.csv")); err == nil {
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
	f, err := Create(path)
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

// TestCommitBringsTheContentToTheDiskBeforeItHasItsName guards against an empty file after a power cut.
func TestCommitBringsTheContentToTheDiskBeforeItHasItsName(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, synced := range []error{nil, broken} {
		path := resultsPath(t)
		write(t, path, "earlier")
		f, err := Create(path)
		if err != nil {
			t.Fatal(err)
		}
		syncs := 0
		f.sync = func() error {
			if syncs++; read(t, path) != "earlier" {
				t.Error("it has its name already")
			}
			return synced
		}
		if err := f.Commit(); !errors.Is(err, synced) || syncs != 1 {
			t.Errorf("got %v after %d syncs", err, syncs)
		}
		if kept := read(t, path) == "earlier"; kept != (synced != nil) {
			t.Errorf("sync gave %v, and the earlier file is there: %t", synced, kept)
		}
		if left := names(t, filepath.Dir(path)); len(left) != 1 {
			t.Errorf("left %v", left)
		}
	}
}
