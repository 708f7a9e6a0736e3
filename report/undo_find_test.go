package report

import (
	"path/filepath"
	"testing"
	"time"

	"razebulk/batch"
	"razebulk/internal/files"
)

func TestTheUndoFileOfARunIsFoundWhereverItWasSetAside(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.undo.csv")
	first, second := time.Unix(100, 5).UTC(), time.Unix(200, 0).UTC()
	write := func(began time.Time) {
		t.Helper()
		u, err := CreateUndo(path, Dialect{}, began, undoFields, undoFields)
		if err == nil {
			err = u.Record("1", []batch.Change{{Field: undoFields[1], Before: "a", After: "b"}})
		}
		if err == nil {
			err = u.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	write(first)
	aside, err := files.SetAside(path)
	if err != nil {
		t.Fatal(err)
	}
	write(second)
	for began, want := range map[time.Time]string{first: aside, second: path, time.Unix(300, 0): ""} {
		if got, err := FindUndo(path, began); err != nil || got != want {
			t.Errorf("of %s: %q, %v; want %q", began, got, err, want)
		}
	}
	if _, err := FindUndo(filepath.Join(t.TempDir(), "no", "deals.undo.csv"), first); err == nil {
		t.Error("a folder that is missing is no error")
	}
}
