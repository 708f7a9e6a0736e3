package report

import (
	"errors"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"razebulk/batch"
)

func TestResultsAreOnTheDiskWithinASecond(t *testing.T) {
	path := resultsPath(t)
	synctest.Test(t, func(t *testing.T) {
		j, err := CreateJournal(path, Dialect{}, inWords)
		if err != nil {
			t.Fatal(err)
		}
		for row := range 3 {
			if err := j.Record(result(row+2, "a", batch.Success, 1)); err != nil {
				t.Fatal(err)
			}
			if !j.unsynced() {
				t.Error("nothing to bring to the disk")
			}
			time.Sleep(time.Second)
			synctest.Wait()
			if j.unsynced() {
				t.Errorf("row %d is not on the disk after a second", row+2)
			}
		}
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	})
}

func (j *Journal) unsynced() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.dirty
}

// TestNothingIsRecordedAfterADiskHasFailed records into a pipe, which accepts writes but can't be synced.
func TestNothingIsRecordedAfterADiskHasFailed(t *testing.T) {
	from, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	synctest.Test(t, func(t *testing.T) {
		j := newJournal(to, Dialect{}, inWords)
		if err := j.Record(full); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		for range 2 {
			if err := j.Record(full); !errors.Is(err, ErrNotRecorded) {
				t.Errorf("got %v", err)
			}
		}
		if err := j.Close(); err == nil {
			t.Error("closed as if all were on the disk")
		}
	})
}

// TestUndoLinesAreOnTheDiskBeforeTheRequestGoesOut also records into a pipe: a line that can't be synced is not
// recorded.
func TestUndoLinesAreOnTheDiskBeforeTheRequestGoesOut(t *testing.T) {
	from, to, err := os.Pipe()
	must(t, err)
	defer from.Close()
	u, err := newUndo("deals.undo.csv", Dialect{}, began, undoFields, undoFields)
	must(t, err)
	u.open(to)
	if err := u.Record("a", []batch.Change{{Field: "name", Before: "b", After: "c"}}); !errors.Is(err, ErrNotRecorded) {
		t.Errorf("got %v", err)
	}
	if err := u.Close(); err == nil {
		t.Error("closed as if all were on the disk")
	}
}
