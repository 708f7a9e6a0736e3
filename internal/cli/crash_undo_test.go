package cli_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"razebulk/internal/sandbox"
)

const undoRows, undoIDs = 500, 300 // in the sheet

// TestUndoneAfterKills kills runs with --compare, in both dialects. Many ids of the sheet have several rows; the
// service refuses some of them, and some answers get lost. When a run has been resumed to its end, each opportunity
// has the value of its last row. Then the undo is killed and resumed in the same way, and every opportunity must have
// its original value.
func TestUndoneAfterKills(t *testing.T) {
	if testing.Short() {
		t.Skip("kills the program for seconds")
	}
	for _, seen := range []bool{false, true} {
		t.Run(fmt.Sprintf("seen=%v", seen), func(t *testing.T) {
			t.Parallel()
			var held []sandbox.Opportunity
			for n := range undoIDs {
				held = append(held, sandbox.Opportunity{ID: undoID(n), Name: fmt.Sprintf("Old %d", n), Status: "new"})
			}
			api := sandbox.New(sandbox.Options{
				Opportunities: held, Seen: seen, Limit: 1 << 20, Faults: sandbox.Faults{Latency: 5 * time.Millisecond, Reset: 0.02, Seed: 1},
			})
			server := httptest.NewServer(refusing(api))
			defer server.Close()
			killed, rounds := 0, 0
			for ; killed < *killCount/2; rounds++ {
				c := &crash{t: t, dir: t.TempDir(), url: server.URL, api: api}
				c.round()
				killed += c.killed
			}
			t.Logf("%d kills over %d rounds of update and undo", killed, rounds)
		})
	}
}

func undoID(n int) string { return fmt.Sprintf("%08d-0000-4000-8000-000000000000", n) }

// refusing rejects requests that contain REFUSED.
func refusing(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if bytes.Contains(body, []byte("REFUSED")) {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"success":false,"error":{"code":"VALIDATION_ERROR","message":"No"}}`)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
	})
}

// crash is an update and its undo, both of which are killed repeatedly.
type crash struct {
	t      *testing.T
	dir    string
	url    string
	api    *sandbox.Server
	killed int
}

func (c *crash) round() {
	sheet := filepath.Join(c.dir, "deals.csv")
	stored := c.writeSheet(sheet)
	c.untilDone(sheet)
	c.checkNames("the update", func(n int) string { return stored[n] })
	for _, undo := range c.undoFiles() {
		c.untilDone(undo)
		c.checkNoConflict(undo)
	}
	c.checkNames("the undo", func(n int) string { return fmt.Sprintf("Old %d", n) })
}

// writeSheet writes the sheet and returns the expected final name of each opportunity.
func (c *crash) writeSheet(path string) map[int]string {
	stored := map[int]string{}
	for n := range undoIDs {
		stored[n] = fmt.Sprintf("Old %d", n)
	}
	text := "id,name\n"
	for row := range undoRows {
		n, name := rand.IntN(undoIDs), fmt.Sprintf("row %d", row+2)
		if rand.IntN(5) == 0 {
			name = "REFUSED " + name
		} else {
			stored[n] = name
		}
		text += undoID(n) + "," + name + "\n"
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		c.t.Fatal(err)
	}
	return stored
}

// untilDone resumes a run until it is done. It lets the run take longer before each kill, so that it can finish.
func (c *crash) untilDone(sheet string) {
	results := strings.TrimSuffix(sheet, ".csv") + ".results.csv"
	for longest := 400; ; longest += 100 {
		cmd := updateCommand(c.url, sheet, "--compare", "--timeout", "300ms")
		if ended, _ := killAfter(c.t, cmd, time.Duration(20+rand.IntN(longest))*time.Millisecond); ended {
			break
		}
		c.killed++
		_, missing := os.Stat(results)
		if _, running := os.Stat(results + ".partial"); missing == nil && running != nil {
			break // killed when everything was done
		}
	}
	c.checkRows(results)
}

// checkRows fails unless the results have each row once, in order, and only refused rows failed.
func (c *crash) checkRows(results string) {
	for i, record := range c.records(results) {
		if record[0] != strconv.Itoa(i+2) || !slices.Contains([]string{"SUCCESS", "UNCHANGED", "VALIDATION_ERROR"}, record[2]) {
			c.t.Fatalf("%s, line %d: %q", results, i+2, record)
		}
	}
}

func (c *crash) checkNoConflict(undo string) {
	for _, record := range c.records(strings.TrimSuffix(undo, ".csv") + ".results.csv") {
		if record[2] != "SUCCESS" && record[2] != "UNCHANGED" {
			c.t.Fatalf("%s: %q", undo, record)
		}
	}
}

func (c *crash) records(path string) [][]string {
	text, err := os.ReadFile(path)
	if err != nil {
		c.t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		c.t.Fatal(err)
	}
	return records[1:]
}

// undoFiles returns the undo files: the current one, then those that were set aside, newest first. An empty one
// belongs to a run that was killed before it sent anything.
func (c *crash) undoFiles() []string {
	aside, err := filepath.Glob(filepath.Join(c.dir, "deals.undo.*Z*.csv"))
	if err != nil {
		c.t.Fatal(err)
	}
	slices.Sort(aside)
	slices.Reverse(aside)
	return slices.DeleteFunc(append([]string{filepath.Join(c.dir, "deals.undo.csv")}, aside...), func(path string) bool {
		text, err := os.ReadFile(path)
		return err != nil || bytes.Count(text, []byte("\n")) < 2
	})
}

func (c *crash) checkNames(after string, want func(n int) string) {
	wrong := 0
	for n := range undoIDs {
		if o, _ := c.api.Opportunity(undoID(n)); o.Name != want(n) {
			c.t.Errorf("after %s, %s is %q, want %q", after, o.ID, o.Name, want(n))
			wrong++
		}
	}
	if wrong > 0 {
		c.t.Fatalf("%d are wrong", wrong)
	}
}
