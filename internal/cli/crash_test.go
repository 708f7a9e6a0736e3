package cli_test

import (
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"razebulk/internal/sandbox"
)

var killCount = flag.Int("kills", 50, "how often TestKilledAtAnyMoment kills the program in each dialect")

const crashWorkers = 8

// crashRows is the number of rows in the sheet.
const crashRows = 2000

// TestKilledAtAnyMoment kills the real program at random moments of a run and resumes it until the run is done. The
// result must be that of an uninterrupted run.
func TestKilledAtAnyMoment(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for the ends of many runs")
	}
	t.Parallel()
	inDialects(t, killedAtAnyMoment)
}

func killedAtAnyMoment(t *testing.T, dialect sandbox.Dialect) {
	dir := t.TempDir()
	sheet := filepath.Join(dir, "deals.csv")
	final := writeSheet(t, sheet)
	api := sandbox.New(sandbox.Options{
		Dialect: dialect, Opportunities: heldFor(final), Limit: 1 << 20, Record: true, Faults: sandbox.Faults{Latency: 15 * time.Millisecond, Seed: 1},
	})
	server := httptest.NewServer(api)
	defer server.Close()
	killed := 0
	for killed < *killCount {
		if ended, code := killAfter(t, updateCommand(server.URL, sheet, "--timeout", "1s"), time.Duration(20+rand.IntN(180))*time.Millisecond); !ended {
			killed++
		} else if code != 0 {
			t.Fatalf("exit code %d", code)
		} else if killed < *killCount { // the run is done: start another, until there are enough kills
			checkResults(t, dir)
			removeResults(t, dir)
		}
	}
	if out, err := updateCommand(server.URL, sheet, "--timeout", "1s").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	checkResults(t, dir)
	for id, notes := range final {
		if held, _ := api.Opportunity(id); held.Notes != notes {
			t.Errorf("%s holds %q, want %q", id, held.Notes, notes)
		}
	}
	runs := 1 + removedResults(t, dir)
	again := len(api.Requests()) - runs*crashRows
	t.Logf("%d kills over %d runs: %d of %d requests were sent again", killed, runs, again, len(api.Requests()))
	if again > killed*crashWorkers {
		t.Errorf("%d requests were sent again, want %d at most", again, killed*crashWorkers)
	}
}

// writeSheet writes rows of which every tenth repeats an id, and returns the expected final value of each
// opportunity.
func writeSheet(t *testing.T, path string) map[string]string {
	t.Helper()
	final := map[string]string{}
	var text strings.Builder
	text.WriteString("id,notes\n")
	for row := range crashRows {
		id := idOf(row - row%10/9*5)
		final[id] = fmt.Sprintf("note of row %d", row+2)
		fmt.Fprintf(&text, "%s,%s\n", id, final[id])
	}
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return final
}

func heldFor(final map[string]string) []sandbox.Opportunity {
	var held []sandbox.Opportunity
	for id := range final {
		held = append(held, sandbox.Opportunity{ID: id, Name: "Deal " + id, Status: "new"})
	}
	return held
}

func updateCommand(url, sheet string, flags ...string) *exec.Cmd {
	args := []string{"update", "--quiet", "--resume", "--rate", "0", "--concurrency", strconv.Itoa(crashWorkers), sheet}
	cmd := exec.Command("razebulk", append(args, flags...)...)
	cmd.Env = append(os.Environ(), "GETRAZE_BASE_URL="+url, "GETRAZE_API_KEY="+sandbox.DefaultKey)
	return cmd
}

// killAfter returns whether the program exited before it was killed, and if so its exit code: 0 or 1.
func killAfter(t *testing.T, cmd *exec.Cmd, d time.Duration) (ended bool, code int) {
	t.Helper()
	var out strings.Builder
	cmd.Stderr = &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(d, func() { _ = cmd.Process.Kill() })
	err := cmd.Wait()
	timer.Stop()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Exited() && exit.ExitCode() > 1 {
		t.Fatalf("%v: %s", err, out.String())
	}
	return cmd.ProcessState.Exited(), cmd.ProcessState.ExitCode()
}

// checkResults fails unless the results have each row once, in order and stored.
func checkResults(t *testing.T, dir string) {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "deals.results.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil || len(records) != crashRows+1 {
		t.Fatalf("%d lines, want %d (%v)", len(records), crashRows+1, err)
	}
	for i, record := range records[1:] {
		if record[0] != strconv.Itoa(i+2) || record[2] != "SUCCESS" {
			t.Fatalf("line %d: %q", i+2, record)
		}
	}
}

func removeResults(t *testing.T, dir string) {
	t.Helper()
	earlier := filepath.Join(dir, fmt.Sprintf("earlier-%d", removedResults(t, dir)))
	if err := os.Rename(filepath.Join(dir, "deals.results.csv"), earlier); err != nil {
		t.Fatal(err)
	}
}

func removedResults(t *testing.T, dir string) int {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "earlier-*"))
	if err != nil {
		t.Fatal(err)
	}
	return len(found)
}
