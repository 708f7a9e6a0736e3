//go:build unix

package update_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"razebulk/internal/event"
	"razebulk/internal/reason"
	"razebulk/internal/sandbox"
	"razebulk/internal/update"
)

// besideTheSheet lists the files that a run opens next to deals.csv.
var besideTheSheet = []string{
	".deals.csv.lock", ".deals.results.csv.lock", ".deals.undo.csv.lock", "deals.results.csv.partial", "deals.results.csv.run.json",
	"deals.results.csv", "deals.failed.csv", "deals.undo.csv", "deals.plan.csv",
}

// TestWhatOthersPlantBesideTheSheetIsLeftAsItIs puts a link to a user's file, a pipe and a folder in the place of
// each file: a run is refused at once, or replaces the link itself.
func TestWhatOthersPlantBesideTheSheetIsLeftAsItIs(t *testing.T) {
	if testing.Short() {
		t.Skip("it performs many runs")
	}
	inDialects(t, whatOthersPlantBesideTheSheetIsLeftAsItIs)
}

func whatOthersPlantBesideTheSheetIsLeftAsItIs(t *testing.T, dialect sandbox.Dialect) {
	for _, name := range besideTheSheet {
		for what, plant := range map[string]func(path string) error{
			"link":   func(path string) error { return os.Symlink("precious", path) },
			"pipe":   func(path string) error { return syscall.Mkfifo(path, 0o600) },
			"folder": func(path string) error { return os.Mkdir(path, 0o700) },
		} {
			for _, dry := range []bool{false, true} {
				file := sheetOf(t, withIDs("id,notes\na,x\nf,x\n"))
				precious := filepath.Join(filepath.Dir(file), "precious")
				err := errors.Join(os.WriteFile(precious, []byte("precious"), 0o600), plant(filepath.Join(filepath.Dir(file), name)))
				if err != nil {
					t.Fatal(err)
				}
				done := make(chan error, 1)
				go func() { done <- runOnce(t, dialect, file, dry) }()
				select {
				case err = <-done:
				case <-time.After(30 * time.Second):
					t.Fatalf("%s, %s: it hangs", name, what)
				}
				if text, _ := os.ReadFile(precious); string(text) != "precious" {
					t.Errorf("%s, %s: the file of the user is now %q after %v", name, what, text, err)
				}
			}
		}
	}
}

// runOnce performs a run from beginning to end.
func runOnce(t *testing.T, dialect sandbox.Dialect, file string, dry bool) error {
	var r recorder
	paths, err := update.PathsFor(file, "", "")
	if err != nil {
		return err
	}
	s := newService(t, dialect, "a")
	o := optionsOf(t, s, sheetOf(t, "id\n"), &r)
	o.File, o.Paths, o.Compare, o.DryRun = file, paths, true, dry
	prepared, err := update.Prepare(t.Context(), o)
	if err != nil {
		return err
	}
	defer prepared.Close()
	if dry {
		return prepared.WritePlan(t.Context())
	}
	_, err = prepared.Send(t.Context())
	return err
}

func TestTheNextRunRemovesWhatAKilledOneLeft(t *testing.T) {
	inDialects(t, theNextRunRemovesWhatAKilledOneLeft)
}

func theNextRunRemovesWhatAKilledOneLeft(t *testing.T, dialect sandbox.Dialect) {
	file := sheetOf(t, withIDs("id,notes\na,x\n"))
	folder := filepath.Dir(file)
	left := []string{
		".deals.results.csv-1234567", ".deals.failed.csv-1", ".deals.failed.xlsx-22", ".deals.undo.csv-3", ".deals.results.csv.run.json-4",
		".deals.results.csv.partial-5", ".deals.plan.csv-6",
	}
	kept := []string{".other.csv-1", ".deals.results.csv-x1"}
	for _, name := range append(left, kept...) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("customers"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := runOnce(t, dialect, file, false); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	if diff := cmp.Diff([]string{".deals.results.csv-x1", ".other.csv-1"}, names); diff != "" {
		t.Error(diff)
	}
}

func TestASheetWithTooFewRowsIsRefused(t *testing.T) { inDialects(t, aSheetWithTooFewRowsIsRefused) }

func aSheetWithTooFewRowsIsRefused(t *testing.T, dialect sandbox.Dialect) {
	for _, c := range []struct {
		content string
		min     int
		refused bool
		warned  bool
	}{
		{"id,notes\n", 0, false, true}, {"id,notes\n", 1, true, true}, {"id,notes\na,x\n", 1, false, false}, {"id,notes\na,x\n", 2, true, false},
	} {
		var r recorder
		s := newService(t, dialect, "a")
		o := optionsOf(t, s, sheetOf(t, withIDs(c.content)), &r)
		o.MinRows = c.min
		prepared, err := update.Prepare(t.Context(), o)
		if err == nil {
			prepared.Close()
		}
		var why reason.Reason
		if refused := errors.As(err, &why) && why.Code == "too_few_rows"; refused != c.refused || err != nil && !refused {
			t.Errorf("%q, at least %d: got %v", c.content, c.min, err)
		}
		warned := false
		for _, e := range r.events {
			if w, ok := e.(event.Warning); ok && w.Reason.Code == "sheet_without_rows" {
				warned = true
			}
		}
		if warned != c.warned || len(s.Requests()) > 0 {
			t.Errorf("%q, at least %d: warned %t after %d requests", c.content, c.min, warned, len(s.Requests()))
		}
	}
}
