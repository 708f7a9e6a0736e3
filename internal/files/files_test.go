package files

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSetAsideNamesAFileAfterItsOwnTime(t *testing.T) {
	for name, want := range map[string]string{
		"deals.results.csv":         "deals.results.20261122T021500Z.csv",
		"deals.results.csv.partial": "deals.results.20261122T021500Z.csv.partial",
		"results":                   "results.20261122T021500Z",
		"a.b.TSV":                   "a.b.20261122T021500Z.TSV",
	} {
		path := filepath.Join(t.TempDir(), name)
		write(t, path, "x")
		stamp(t, path)
		got, err := SetAside(path)
		if err != nil || got != filepath.Join(filepath.Dir(path), want) {
			t.Errorf("%s: got %s, %v", name, got, err)
		}
		if diff := cmp.Diff([]string{want}, names(t, filepath.Dir(path))); diff != "" {
			t.Error(diff)
		}
	}
}

func TestSetAsideOverwritesNothing(t *testing.T) {
	path := resultsPath(t)
	for n, want := range []string{"deals.results.20261122T021500Z.csv", "deals.results.20261122T021500Z-2.csv", "deals.results.20261122T021500Z-3.csv"} {
		content := string(rune('a' + n))
		write(t, path, content)
		stamp(t, path)
		got, err := SetAside(path)
		if err != nil || filepath.Base(got) != want || read(t, got) != content {
			t.Errorf("got %s, %v", got, err)
		}
	}
}

func TestSetAsideOfNothingIsNothing(t *testing.T) {
	if got, err := SetAside(resultsPath(t)); got != "" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestSetAsideMovesNoDirectory(t *testing.T) {
	path := t.TempDir()
	if _, err := SetAside(path); err == nil {
		t.Error("no error")
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}
