package history_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"razebulk/internal/history"
	"razebulk/internal/notify"
)

func runOf(id string, state notify.State) history.Run {
	return history.Run{Format: history.FormatVersion, ID: id, State: state, Began: time.Unix(1, 0).UTC()}
}

func read(t *testing.T, f *history.File) history.Runs {
	t.Helper()
	runs, damaged, err := f.Read()
	if err != nil || damaged > 0 {
		t.Fatalf("%d damaged lines, %v", damaged, err)
	}
	return runs
}

// TestRunsAtOneTimeAppendWholeLines opens the file again for each line, as separate processes do.
func TestRunsAtOneTimeAppendWholeLines(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new", "folder")
	const writers, lines = 8, 25
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for n := range lines {
				run := runOf(fmt.Sprintf("%d-%d", w, n), notify.Finished)
				run.Sheet.Name = strings.Repeat("x", 5000)
				if err := history.In(folder).Append(run); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if runs := read(t, history.In(folder)); len(runs) != writers*lines {
		t.Errorf("%d runs, want %d", len(runs), writers*lines)
	}
}

func TestALineThatWasNotWrittenToItsEndCostsNoOther(t *testing.T) {
	f := history.In(t.TempDir())
	if err := f.Append(runOf("a", notify.Finished)); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(f.Path())
	if err != nil {
		t.Fatal(err)
	}
	torn := append(text, `{"id":"b","sta`...)
	if err := os.WriteFile(f.Path(), torn, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.Append(runOf("c", notify.Finished)); err != nil {
		t.Fatal(err)
	}
	runs, damaged, err := f.Read()
	if err != nil || damaged != 1 || len(runs) != 2 || runs[0].ID != "a" || runs[1].ID != "c" {
		t.Errorf("got %v, %d damaged, %v", runs, damaged, err)
	}
	after, err := os.ReadFile(f.Path())
	if err != nil || !bytes.HasPrefix(after, torn) {
		t.Errorf("what stood there was changed: %s (%v)", after, err)
	}
}

func TestTheLinesOfARunAreOneRun(t *testing.T) {
	f := history.In(t.TempDir())
	began := runOf("a", notify.Running)
	began.SetAside = []history.SetAside{{File: "/x.csv", Name: "/x.1.csv"}}
	stopped := runOf("a", notify.Stopped)
	stopped.Rows.Done = 2
	resumed := runOf("a", notify.Finished)
	resumed.Began, resumed.Rows.Done = time.Unix(9, 0).UTC(), 5
	resumed.SetAside = []history.SetAside{{File: "/x.csv", Name: "/x.2.csv"}}
	for _, line := range []history.Run{began, runOf("b", notify.Finished), stopped, resumed} {
		if err := f.Append(line); err != nil {
			t.Fatal(err)
		}
	}
	runs := read(t, f)
	if len(runs) != 2 || runs[0].ID != "a" || runs[0].State != notify.Finished || runs[0].Rows.Done != 5 || !runs[0].Began.Equal(began.Began) {
		t.Errorf("got %+v", runs)
	}
	if names := runs.AsideOf("/x.csv"); len(names) != 2 {
		t.Errorf("set aside: %q", names)
	}
	if last, found := runs.Last(); !found || last.ID != "b" {
		t.Errorf("the last one is %+v", last)
	}
	if _, found := runs.Find("c"); found {
		t.Error("found what is not there")
	}
}

func TestAPlanIsAppliedOnceARunOfItHasComeToItsEnd(t *testing.T) {
	of := func(id, plan string, state notify.State) history.Run {
		r := runOf(id, state)
		r.Plan = plan
		return r
	}
	runs := history.Runs{
		of("1", "done", notify.Finished), of("2", "stopped", notify.Stopped), of("3", "killed", notify.Running), of("4", "done", notify.Stopped),
		of("5", "", notify.Finished), of("6", "twice", notify.Finished), of("7", "twice", notify.Finished),
	}
	for plan, want := range map[string]string{"done": "1", "twice": "7", "stopped": "", "killed": "", "": "", "other": ""} {
		if got, found := runs.Applied(plan); got.ID != want || found != (want != "") {
			t.Errorf("%q: run %q, %t", plan, got.ID, found)
		}
	}
}

func TestPruneRemovesOnlyWhatTheHistoryNames(t *testing.T) {
	folder := t.TempDir()
	path := func(name string) string { return filepath.Join(folder, name) }
	var run history.Run
	for _, name := range []string{"d.1.csv", "d.2.csv", "d.3.csv", "d.mine.csv", "d.csv", "e.1.csv"} {
		if err := os.WriteFile(path(name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"d.1.csv", "d.2.csv", "d.gone.csv", "d.3.csv"} {
		run.SetAside = append(run.SetAside, history.SetAside{File: path("d.csv"), Name: path(name)})
	}
	run.SetAside = append(run.SetAside, history.SetAside{File: path("e.csv"), Name: path("e.1.csv")})
	if err := (history.Runs{run}).Prune(2, path("d.csv"), path("f.csv")); err != nil {
		t.Fatal(err)
	}
	var left []string
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		left = append(left, e.Name())
	}
	if want := []string{"d.2.csv", "d.3.csv", "d.csv", "d.mine.csv", "e.1.csv"}; !slices.Equal(left, want) {
		t.Errorf("left %q, want %q", left, want)
	}
}

func TestAFolderThatIsNoneIsAnError(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := history.In(file).Append(runOf("a", notify.Finished)); err == nil {
		t.Error("appended below a file")
	}
	if runs := read(t, history.In(filepath.Join(t.TempDir(), "missing"))); len(runs) != 0 {
		t.Errorf("a missing history has %v", runs)
	}
}

func TestJSONHasALineForEachRun(t *testing.T) {
	var out bytes.Buffer
	if err := (history.Runs{runOf("a", notify.Finished), runOf("b", notify.Running)}).WriteJSON(&out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	for i, id := range []string{"a", "b"} {
		var r history.Run
		if err := json.Unmarshal([]byte(lines[i]), &r); err != nil || r.ID != id {
			t.Errorf("line %d: %s (%v)", i, lines[i], err)
		}
	}
}
