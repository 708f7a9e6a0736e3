package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"razebulk/internal/cli"
	"razebulk/internal/sandbox"
)

// golden is what an export was read as; csvmap's tests keep it true.
type golden struct {
	Error string `json:"error"`
	Rows  []struct {
		ID       string          `json:"id"`
		Body     json.RawMessage `json:"body"`
		Problems []string        `json:"problems"`
	} `json:"rows"`
}

// bodies are the requests that the golden file wants, one a line.
func (g golden) bodies(t *testing.T) []string {
	var want []string
	for _, row := range g.Rows {
		if len(row.Problems) > 0 || len(row.Body) == 0 {
			continue
		}
		var body bytes.Buffer
		if err := json.Compact(&body, row.Body); err != nil {
			t.Fatal(err)
		}
		if body.String() == "{}" {
			continue
		}
		var sent bytes.Buffer
		json.HTMLEscape(&sent, body.Bytes()) // & is sent as \u0026, which says the same
		want = append(want, row.ID+" "+sent.String())
	}
	slices.Sort(want)
	return want
}

// TestExportsAreSentAsTheirGoldenFilesSay sends every export of testdata with the real program: the bodies are those of
// the golden file, digit for digit, and a sheet that is refused sends nothing.
func TestExportsAreSentAsTheirGoldenFilesSay(t *testing.T) {
	exports, err := filepath.Glob("../../testdata/exports/*.[ctx][sl]*")
	if err != nil || len(exports) < 100 {
		t.Fatalf("%d exports (%v)", len(exports), err)
	}
	for _, export := range exports {
		t.Run(filepath.Base(export), func(t *testing.T) {
			text, err := os.ReadFile(strings.TrimSuffix(export, filepath.Ext(export)) + ".golden")
			if err != nil {
				t.Fatal(err)
			}
			var g golden
			if err := json.Unmarshal(text, &g); err != nil {
				t.Fatal(err)
			}
			got, code, talk := sendExport(t, export)
			if diff := cmp.Diff(g.bodies(t), got); diff != "" && !strings.Contains(talk, "rows are damaged") {
				t.Errorf("(-want +got)\n%s\n%s", diff, talk)
			}
			if len(got) > 0 && strings.Contains(talk, "rows are damaged") {
				t.Errorf("a damaged sheet was sent:\n%s", talk)
			}
			if refused := g.Error != ""; refused && code != 2 {
				t.Errorf("exit code %d, want 2:\n%s", code, talk)
			}
		})
	}
}

func sendExport(t *testing.T, export string) (bodies []string, code int, talk string) {
	t.Helper()
	api := sandbox.New(sandbox.Options{Record: true, Limit: 100_000})
	server := httptest.NewServer(api)
	defer server.Close()
	key := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(key, []byte(sandbox.DefaultKey), 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(export)
	if err != nil {
		t.Fatal(err)
	}
	sheet := filepath.Join(t.TempDir(), filepath.Base(export)) // its results lie beside it
	if err := os.WriteFile(sheet, text, 0o600); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	code = cli.Run([]string{"update", "--base-url", server.URL, "--api-key-file", key, "--rate", "0", "--max-failures", "100", sheet}, strings.NewReader(""), io.Discard, &stderr)
	for _, r := range api.Requests() {
		if r.Method == http.MethodGet { // a look at the service's dialect
			continue
		}
		bodies = append(bodies, fmt.Sprintf("%s %s", r.ID, r.Body))
	}
	slices.Sort(bodies)
	return bodies, code, stderr.String()
}
