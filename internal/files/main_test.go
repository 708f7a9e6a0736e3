package files

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func resultsPath(t testing.TB) string { return filepath.Join(t.TempDir(), "deals.results.csv") }

func write(t testing.TB, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// names returns the files of a directory, including hidden ones.
func names(t testing.TB, directory string) []string {
	t.Helper()
	entries, err := os.ReadDir(directory)
	if err != nil {
		t.Fatal(err)
	}
	found := []string{}
	for _, e := range entries {
		found = append(found, e.Name())
	}
	return found
}

func stamp(t *testing.T, path string) {
	t.Helper()
	at := time.Date(2026, 11, 21, 23, 15, 0, 0, time.FixedZone("BRT", -3*60*60))
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

// waitUntil gives up after a time that is ample on any healthy machine.
func waitUntil(t *testing.T, reached func() bool) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); !reached(); runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatal("waited in vain")
		}
	}
}
