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

// summaryIs FILE PATH VALUE... wants the file to be valid by the published schema, and to hold each value, as JSON, at
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

// jsonIs FILE PATH VALUE... wants the last line of the file to be JSON that holds the values.
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

// metricsAre FILE SAMPLE VALUE... wants Prometheus' own parser to read the file, and the samples to have the values. A
// sample is a name and its labels but sheet, as in razebulk_run_rows{status="SUCCESS"}.
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

// pingService records the messages that it gets.
type pingService struct {
	mu    sync.Mutex
	paths []string
	body  []byte // of the latest
}

type pingKey struct{}

// pings [STATUS] serves a service for pings that answers with the status, and puts its address with a secret into PING.
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

// pinged FILE METHOD-PATH... wants the service to have been told that, and the body of the latest to be the file.
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

// runID FILE NAME puts the id of the last run in the file, which is what runs prints as JSON, into a variable.
func runID(ts *testscript.TestScript, _ bool, args []string) {
	lines := strings.Split(strings.TrimSpace(ts.ReadFile(args[0])), "\n")
	var run struct {
		ID string `json:"id"`
	}
	ts.Check(json.Unmarshal([]byte(lines[len(lines)-1]), &run))
	ts.Setenv(args[1], run.ID)
}

// setAside STEM N wants so many files beside STEM.csv that look like those that were set aside from there.
func setAside(ts *testscript.TestScript, _ bool, args []string) {
	found, err := filepath.Glob(ts.MkAbs(args[0] + ".*.csv"))
	ts.Check(err)
	if fmt.Sprint(len(found)) != args[1] {
		ts.Fatalf("%d files, want %s: %q", len(found), args[1], found)
	}
}
