package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"github.com/rogpeppe/go-internal/testscript"
)

// summaryIs FILE PATH VALUE... checks that the file conforms to the published schema and has each value, as JSON, at
// the path before it.
func summaryIs(ts *testscript.TestScript, _ bool, args []string) {
	var schema jsonschema.Schema
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(filepath.Join(ts.Getenv("DOCS"), "summary.schema.json"))), &schema))
	checker, err := schema.Resolve(nil)
	ts.Check(err)
	text := ts.ReadFile(args[0])
	var value any
	ts.Check(json.Unmarshal([]byte(text), &value))
	ts.Check(checker.Validate(value))
	wantJSON(ts, text, args[1:])
}

// jsonIs FILE PATH VALUE... checks that the last line of the file is JSON with these values.
func jsonIs(ts *testscript.TestScript, _ bool, args []string) {
	lines := strings.Split(strings.TrimSpace(ts.ReadFile(args[0])), "\n")
	wantJSON(ts, lines[len(lines)-1], args[1:])
}

func wantJSON(ts *testscript.TestScript, text string, pairs []string) {
	for i := 0; i+1 < len(pairs); i += 2 {
		var at any
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		ts.Check(decoder.Decode(&at))
		for name := range strings.SplitSeq(pairs[i], ".") {
			within, ok := at.(map[string]any)
			if !ok {
				ts.Fatalf("nothing is at %s of %s", pairs[i], text)
			}
			at = within[name]
		}
		if got, err := json.Marshal(at); err != nil || string(got) != pairs[i+1] {
			ts.Fatalf("%s is %s, want %s in %s", pairs[i], got, pairs[i+1], text)
		}
	}
}

// metricsAre FILE SAMPLE VALUE... parses the file with Prometheus's own parser and checks the values of the samples.
// A sample is a name with its labels other than sheet, as in razebulk_run_rows{status="SUCCESS"}.
func metricsAre(ts *testscript.TestScript, _ bool, args []string) {
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(bytes.NewReader([]byte(ts.ReadFile(args[0]))))
	ts.Check(err)
	samples := map[string]string{}
	for name, family := range families {
		if !strings.HasPrefix(name, "razebulk_") || family.GetHelp() == "" {
			ts.Fatalf("%s is none of ours, or has no help", name)
		}
		for _, metric := range family.GetMetric() {
			var labels []string
			for _, label := range metric.GetLabel() {
				if label.GetName() != "sheet" {
					labels = append(labels, fmt.Sprintf("%s=%q", label.GetName(), label.GetValue()))
				}
			}
			sample := name
			if len(labels) > 0 {
				sample += "{" + strings.Join(labels, ",") + "}"
			}
			samples[sample] = fmt.Sprint(metric.GetGauge().GetValue())
		}
	}
	for i := 1; i+1 < len(args); i += 2 {
		if got := samples[args[i]]; got != args[i+1] {
			ts.Fatalf("%s is %q, want %s; all: %v", args[i], got, args[i+1], samples)
		}
	}
}

// pingService records the messages that it receives.
type pingService struct {
	mu    sync.Mutex
	paths []string
	body  []byte // of the latest
}

type pingKey struct{}

// pings [STATUS] starts a ping service that answers with the status, and sets PING to its address, which has a
// secret.
func pings(ts *testscript.TestScript, _ bool, args []string) {
	status := http.StatusOK
	if len(args) > 0 {
		_, err := fmt.Sscan(args[0], &status)
		ts.Check(err)
	}
	service := &pingService{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		service.mu.Lock()
		defer service.mu.Unlock()
		service.paths, service.body = append(service.paths, r.Method+" "+r.URL.String()), body
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(status)
	}))
	ts.Defer(server.Close)
	*ts.Value(pingKey{}).(**pingService) = service
	ts.Setenv("PING", server.URL+"/SECRET?create=1")
}

// pinged FILE METHOD-PATH... checks that the ping service received these requests, and that the last body equals the
// file.
func pinged(ts *testscript.TestScript, _ bool, args []string) {
	service := *ts.Value(pingKey{}).(**pingService)
	service.mu.Lock()
	defer service.mu.Unlock()
	var want []string
	for i := 1; i+1 < len(args); i += 2 {
		want = append(want, args[i]+" "+args[i+1])
	}
	if !slices.Equal(service.paths, want) {
		ts.Fatalf("told %q, want %q", service.paths, want)
	}
	if string(service.body) != ts.ReadFile(args[0]) {
		ts.Fatalf("the body is %s", service.body)
	}
}

// runID FILE NAME sets a variable to the id of the last run in the file, which is the JSON output of runs.
func runID(ts *testscript.TestScript, _ bool, args []string) {
	lines := strings.Split(strings.TrimSpace(ts.ReadFile(args[0])), "\n")
	var run struct {
		ID string `json:"id"`
	}
	ts.Check(json.Unmarshal([]byte(lines[len(lines)-1]), &run))
	ts.Setenv(args[1], run.ID)
}

// setAside STEM N checks that N files next to STEM.csv have the names of files that were set aside.
func setAside(ts *testscript.TestScript, _ bool, args []string) {
	found, err := filepath.Glob(ts.MkAbs(args[0] + ".*.csv"))
	ts.Check(err)
	if fmt.Sprint(len(found)) != args[1] {
		ts.Fatalf("%d files, want %s: %q", len(found), args[1], found)
	}
}
