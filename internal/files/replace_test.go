package files

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReplaceKeepsWhatItReplaces(t *testing.T) {
	long := strings.Repeat("x", 200_000)
	for _, c := range []struct {
		name, before, now string
		again, kept       bool
	}{
		{"an earlier run's", "before", "now", false, true},
		{"an earlier run's that is the same", "same", "same", false, true},
		{"its own, written again", "same", "same", true, false},
		{"its own, and long", long, long, true, false},
		{"another one of the same length", long + "a", long + "b", true, true},
		{"another one", "before", "now", true, true},
		{"none", "", "now", true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "deals.results.csv")
			if c.before != "" {
				if err := os.WriteFile(path, []byte(c.before), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			f, err := Create(path)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.WriteString(c.now); err != nil {
				t.Fatal(err)
			}
			aside, err := f.Replace(c.again)
			if err != nil || (aside != "") != c.kept {
				t.Fatalf("set aside as %q, %v", aside, err)
			}
			if text, err := os.ReadFile(path); err != nil || string(text) != c.now {
				t.Errorf("the file has %d bytes, %v", len(text), err)
			}
			if kept, _ := os.ReadFile(aside); c.kept && string(kept) != c.before {
				t.Errorf("the one set aside has %d bytes", len(kept))
			}
		})
	}
}
