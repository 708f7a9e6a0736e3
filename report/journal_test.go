package report

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
)

// full is a result with something in every column.
var full = batch.Result{
	Row: 7, Line: 9, ID: `a,"b"` + "\nc", Status: batch.NotApplied, Reasons: said("=not\napplied"),
	Sent: []string{"name", "deal_value"}, NotApplied: []string{"deal_value"}, Unverified: []string{"phone", "notes"},
	HTTPStatus: 200, Attempts: 2, FinishedAt: noon,
}

func TestJournalHasTheColumnsOfTheResults(t *testing.T) {
	path := resultsPath(t)
	record(t, path, full, batch.Result{Row: 2, Line: 2, ID: "-42", Status: "NEW_CODE", FinishedAt: noon})
	want := utf8BOM + header + "\n" +
		`7,"a,""b"" c",NOT_APPLIED,'=not applied,name deal_value,deal_value,phone notes,200,2,9,2026-11-22T15:00:00Z,service_refused` + "\n" +
		"2,-42,NEW_CODE,,,,,,0,2,2026-11-22T15:00:00Z,\n"
	if diff := cmp.Diff(want, read(t, JournalPath(path))); diff != "" {
		t.Error(diff)
	}
}

func TestEveryResultIsInTheJournalAsSoonAsItIsRecorded(t *testing.T) {
	j, err := CreateJournal(resultsPath(t), Dialect{}, inWords)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	for n := range 3 {
		if err := j.Record(batch.Result{Row: n + 2, Status: batch.Success}); err != nil {
			t.Fatal(err)
		}
		content := read(t, j.Path())
		if lines := strings.Count(content, "\n"); lines != n+2 || !strings.HasSuffix(content, "\n") {
			t.Errorf("after %d results: %q", n+1, content)
		}
	}
}

func TestJournalIsReadableByItsOwnerAlone(t *testing.T) {
	path := resultsPath(t)
	record(t, path)
	info, err := os.Stat(JournalPath(path))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got %v, %v", info.Mode(), err)
	}
}

func TestCreateJournalLeavesAnEarlierOneAlone(t *testing.T) {
	path := resultsPath(t)
	write(t, JournalPath(path), "precious")
	if _, err := CreateJournal(path, Dialect{}, inWords); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v", err)
	}
	if got := read(t, JournalPath(path)); got != "precious" {
		t.Errorf("it is now %q", got)
	}
}

func TestCreateJournalFailsWhereResultsCantBeLaidDown(t *testing.T) {
	directory := t.TempDir()
	_, err := CreateJournal(filepath.Join(directory, "missing", "deals.results.csv"), Dialect{}, inWords)
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing directory: got %v", err)
	}
	if _, err := CreateJournal(directory, Dialect{}, inWords); err == nil {
		t.Error("results path is a directory: no error")
	}
	if _, err := os.Stat(JournalPath(directory)); err == nil {
		t.Error("results path is a directory: a journal was left")
	}
}

func TestAResultThatCantBeRecordedNamesItsRow(t *testing.T) {
	j, err := CreateJournal(resultsPath(t), Dialect{}, inWords)
	if err != nil {
		t.Fatal(err)
	}
	j.file.Close()
	defer j.Close()
	err = j.Record(batch.Result{Row: 12})
	if !errors.Is(err, ErrNotRecorded) || !errors.Is(err, fs.ErrClosed) || !strings.HasPrefix(errorText(err), "row 12: a result can't be recorded: ") {
		t.Errorf("got %v", err)
	}
}
