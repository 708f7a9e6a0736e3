package cli_test

import (
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"razebulk/internal/sandbox"
)

// TestAKilledRunsWindowIsKnown kills a run while it waits for the next quota window, in both dialects. The run must
// have recorded the spent window. Resumed, it must make no request before that window ends.
func TestAKilledRunsWindowIsKnown(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("waits for seconds")
	}
	for _, seen := range []bool{false, true} {
		var held []sandbox.Opportunity
		text := "id,name\n"
		for n := range 6 {
			held = append(held, sandbox.Opportunity{ID: undoID(n), Name: "Old", Status: "new"})
			text += fmt.Sprintf("%s,new\n", undoID(n))
		}
		api := sandbox.New(sandbox.Options{Opportunities: held, Seen: seen, Limit: 3, Window: 24 * time.Hour, Record: true})
		server := httptest.NewServer(api)
		sheet := filepath.Join(t.TempDir(), "deals.csv")
		if err := os.WriteFile(sheet, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := updateCommand(server.URL, sheet)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		spent := recordHas(t, strings.TrimSuffix(sheet, ".csv")+".results.csv.run.json", `"remaining": 0`)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		before := len(api.Requests())
		err := updateCommand(server.URL, sheet, "--max-duration", "1s").Run()
		var exit *exec.ExitError
		if !spent || !errors.As(err, &exit) || exit.ExitCode() != 4 || len(api.Requests()) != before {
			t.Errorf("seen=%v: recorded %v, then %d requests, %v", seen, spent, len(api.Requests())-before, err)
		}
		server.Close()
	}
}

// recordHas reports whether a file contains the text within 20 seconds.
func recordHas(t *testing.T, path, text string) bool {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); <-tick.C {
		if record, _ := os.ReadFile(path); strings.Contains(string(record), text) {
			return true
		}
	}
	return false
}
