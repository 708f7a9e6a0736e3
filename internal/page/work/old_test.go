package work

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"razebulk/internal/sandbox"
)

func TestFoldersOfSheetsAreRemovedWhenTheyAreOld(t *testing.T) {
	folder, now := t.TempDir(), time.Now()
	put := func(days int, name string, files ...string) {
		t.Helper()
		at := now.Add(-time.Duration(days) * 24 * time.Hour)
		path := filepath.Join(folder, name)
		if len(files) > 0 {
			if err := os.MkdirAll(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}
		paths := []string{path}
		for _, file := range files {
			paths = append([]string{filepath.Join(path, file)}, paths...)
		}
		for _, one := range paths {
			if one != path || len(files) == 0 {
				if err := os.WriteFile(one, []byte("x"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Chtimes(one, at, at); err != nil {
				t.Fatal(err)
			}
		}
	}
	put(KeptDays+1, "old-0123abcd", "old.csv", "old.undo.csv")
	put(KeptDays+1, "used-0123abcd", "used.csv")
	// A new file in an old folder: it is in use.
	if err := os.WriteFile(filepath.Join(folder, "used-0123abcd", "used.results.csv"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	put(KeptDays-1, "recent-0123abcd", "recent.csv")
	put(KeptDays+1, "of-the-user", "notes.txt")
	put(KeptDays+1, "notes.txt")
	put(KeptDays+1, ".upload-123")
	put(1, ".upload-456")
	RemoveOld(folder, now)
	RemoveOld(filepath.Join(folder, "missing"), now)
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, entry := range entries {
		left = append(left, entry.Name())
	}
	if want := []string{".upload-456", "notes.txt", "of-the-user", "recent-0123abcd", "used-0123abcd"}; !slices.Equal(left, want) {
		t.Errorf("left are %q, want %q", left, want)
	}
}

func TestASheetThatIsDroppedAgainIsInUseAgain(t *testing.T) {
	w, _ := begin(t, sandbox.Options{})
	drop := func() string {
		t.Helper()
		if err := w.Drop("deals.csv", strings.NewReader("id,notes\n"+one+",x\n")); err != nil {
			t.Fatal(err)
		}
		return w.Now().Job.File
	}
	file := drop()
	old := time.Now().Add(-2 * KeptDays * 24 * time.Hour)
	for _, path := range []string{file, filepath.Dir(file)} {
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if again := drop(); again != file {
		t.Fatalf("it lies at %s, not at %s", again, file)
	}
	RemoveOld(w.o.Folder, time.Now())
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
}

// TestACopyThatSomebodyChangedIsNotTheSheet, even if it is as long.
func TestACopyThatSomebodyChangedIsNotTheSheet(t *testing.T) {
	w, _ := begin(t, sandbox.Options{})
	sheet := "id,notes\n" + one + ",x\n"
	for range 2 {
		if err := w.Drop("deals.csv", strings.NewReader(sheet)); err != nil {
			t.Fatal(err)
		}
		if held, err := os.ReadFile(w.Now().Job.File); string(held) != sheet {
			t.Errorf("the copy is %q (%v)", held, err)
		}
		if err := os.WriteFile(w.Now().Job.File, []byte(strings.Replace(sheet, ",x", ",y", 1)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
