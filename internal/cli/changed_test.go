package cli_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"razebulk/internal/sandbox"
)

// TestAnInputThatChangesWhileItIsSent changes the sheet as soon as its first row arrives at the service.
func TestAnInputThatChangesWhileItIsSent(t *testing.T) {
	inDialects(t, anInputThatChangesWhileItIsSent)
}

func anInputThatChangesWhileItIsSent(t *testing.T, dialect sandbox.Dialect) {
	rows, deals := manyRows()
	changes := map[string]func(path string) error{
		"another byte near the end": func(path string) error {
			f, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			_, err = f.WriteAt([]byte("X"), int64(len(rows)-20))
			return errors.Join(err, f.Close())
		},
		"cut off":    func(path string) error { return os.Truncate(path, int64(len(rows)-5)) },
		"lengthened": func(path string) error { return os.WriteFile(path, []byte(rows+idOf(1)+",more\n"), 0o600) },
	}
	for name, change := range changes {
		if testing.Short() && name != "cut off" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sheet := filepath.Join(t.TempDir(), "deals.csv")
			if err := os.WriteFile(sheet, []byte(rows), 0o600); err != nil {
				t.Fatal(err)
			}
			api := sandbox.New(sandbox.Options{Dialect: dialect, Record: true, Opportunities: deals, Limit: 1 << 20})
			var once sync.Once
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				once.Do(func() {
					if err := change(sheet); err != nil {
						t.Error(err)
					}
				})
				api.ServeHTTP(w, r)
			}))
			defer server.Close()
			out, err := updateCommand(server.URL, sheet).CombinedOutput()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != 3 || !strings.Contains(string(out), "the file was changed while it was read") {
				t.Errorf("%v: %s", err, out)
			}
			for _, r := range api.Requests() {
				if strings.Contains(r.Body, "X") || strings.Contains(r.Body, "more") || strings.Contains(r.Body, "last") {
					t.Errorf("sent %s from the part that had changed", r.Body)
				}
			}
		})
	}
}

// manyRows returns a sheet that is much larger than what is read ahead of the first request, and its opportunities.
func manyRows() (string, []sandbox.Opportunity) {
	var text strings.Builder
	var held []sandbox.Opportunity
	text.WriteString("id,notes\n")
	for n := range 1000 {
		fmt.Fprintf(&text, "%s,%s\n", idOf(n), strings.Repeat("n", 2000))
		held = append(held, sandbox.Opportunity{ID: idOf(n), Name: "Deal", Status: "new"})
	}
	text.WriteString(idOf(1) + ",last row of all\n")
	return text.String(), held
}
