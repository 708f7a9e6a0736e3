package cli_test

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// logLines FILE EVENT... checks that each line of the file is a JSON object with a time, a level and the id of the
// same run, and that the events occur in this order.
func logLines(ts *testscript.TestScript, _ bool, args []string) {
	runs := map[string]bool{}
	var events []string
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		var one struct {
			Time  time.Time `json:"time"`
			Level string    `json:"level"`
			Msg   string    `json:"msg"`
			RunID string    `json:"run_id"`
		}
		if err := json.Unmarshal([]byte(line), &one); err != nil || one.Time.IsZero() || one.Level == "" || one.RunID == "" {
			ts.Fatalf("%v, %+v: %s", err, one, line)
		}
		runs[one.RunID] = true
		events = append(events, one.Msg)
	}
	if len(runs) != 1 {
		ts.Fatalf("%d ids of runs in %s", len(runs), ts.ReadFile(args[0]))
	}
	for rest := events; len(args) > 1; args = args[1:] {
		at := slices.Index(rest, args[1])
		if at < 0 {
			ts.Fatalf("there is no %s in its place among %q", args[1], events)
		}
		rest = rest[at+1:]
	}
}
