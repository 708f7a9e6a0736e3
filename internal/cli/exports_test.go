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

// golden is the expected reading of an export; csvmap's tests verify it.
type golden struct {
	Error string      `json:"error"`
	Rows  []goldenRow `json:"rows"`
}

type goldenRow struct {
	ID       string          `json:"id"`
	Body     json.RawMessage `json:"body"`
	Problems []string        `json:"problems"`
}

// bodies returns the expected requests, one per line.
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
		json.HTMLEscape(&sent, body.Bytes()) // & is sent as \u0026, which means the same
		want = append(want, row.ID+" "+sent.String())
	}
	slices.Sort(want)
	return want
}

// opportunities returns the opportunities of all rows. Their values differ from those of every row.
func (g golden) opportunities() []sandbox.Opportunity {
	all := []sandbox.Opportunity{}
	for _, row := range g.Rows {
		all = append(all, sandbox.Opportunity{
			ID: row.ID, Name: "-", Email: "-", Phone: "-", Company: "-", Position: "-", Notes: "-", ResponsibleUserID: nobody, Status: "new",
		})
	}
	return all
}

const nobody = "99999999-0000-4000-8000-000000000000"

// users returns the owners that the rows name.
func (g golden) users(t *testing.T) []sandbox.User {
	var all []sandbox.User
	for _, row := range g.Rows {
		if id, names := row.fields(t)["responsible_user_id"].(string); names {
			all = append(all, sandbox.User{ID: id, Name: id})
		}
	}
	return all
}

func (row goldenRow) fields(t *testing.T) map[string]any {
	fields := map[string]any{}
	if len(row.Body) > 0 {
		if err := json.Unmarshal(row.Body, &fields); err != nil {
			t.Fatal(err)
		}
	}
	return fields
}

// stored returns the expected final values of the text fields that are stored in both dialects, by id and field.
func (g golden) stored(t *testing.T) map[string]string {
	want := map[string]string{}
	for _, o := range g.opportunities() {
		for field, text := range textsOf(o) {
			want[o.ID+" "+field] = text
		}
	}
	for _, row := range g.Rows {
		for field, value := range row.fields(t) {
			if _, isText := textsOf(sandbox.Opportunity{})[field]; isText && len(row.Problems) == 0 {
				want[row.ID+" "+field], _ = value.(string)
			}
		}
	}
	return want
}

func textsOf(o sandbox.Opportunity) map[string]string {
	return map[string]string{
		"name": o.Name, "email": o.Email, "phone": o.Phone, "company": o.Company, "position": o.Position, "notes": o.Notes,
		"responsible_user_id": o.ResponsibleUserID,
	}
}

// holds returns the values that the service has, as stored does.
func (g golden) holds(api *sandbox.Server) map[string]string {
	got := map[string]string{}
	for _, row := range g.Rows {
		if o, found := api.Opportunity(row.ID); found {
			for field, text := range textsOf(o) {
				got[row.ID+" "+field] = text
			}
		}
	}
	return got
}

// TestExportsAreSentAsTheirGoldenFilesSay sends every export of testdata with the real program. The request bodies
// must match the golden file exactly, and nothing may be sent for a refused sheet. In the observed dialect, where
// fields have other names and amounts are not stored, the test compares the final stored text fields.
func TestExportsAreSentAsTheirGoldenFilesSay(t *testing.T) {
	inDialects(t, exportsAreSentAsTheirGoldenFilesSay)
}

func exportsAreSentAsTheirGoldenFilesSay(t *testing.T, dialect sandbox.Dialect) {
	exports, err := filepath.Glob("../../testdata/exports/*.[ctx][sl]*")
	if err != nil || len(exports) < 100 {
		t.Fatalf("%d exports (%v)", len(exports), err)
	}
	for i, export := range exports {
		if testing.Short() && i%8 != 0 {
			continue
		}
		t.Run(filepath.Base(export), func(t *testing.T) {
			text, err := os.ReadFile(strings.TrimSuffix(export, filepath.Ext(export)) + ".golden")
			if err != nil {
				t.Fatal(err)
			}
			var g golden
			if err := json.Unmarshal(text, &g); err != nil {
				t.Fatal(err)
			}
			api := sandbox.New(sandbox.Options{
				Dialect: dialect, Opportunities: g.opportunities(), Users: g.users(t), Record: true, Limit: 100_000,
			})
			got, code, talk := sendExport(t, api, export)
			damaged := strings.Contains(talk, "rows are damaged")
			if diff := cmp.Diff(g.bodies(t), got); diff != "" && !damaged && dialect == sandbox.Documented {
				t.Errorf("(-want +got)\n%s\n%s", diff, talk)
			}
			if diff := cmp.Diff(g.stored(t), g.holds(api)); diff != "" && !damaged {
				t.Errorf("stored (-want +got)\n%s\n%s", diff, talk)
			}
			if len(got) > 0 && damaged {
				t.Errorf("a damaged sheet was sent:\n%s", talk)
			}
			if refused := g.Error != ""; refused && code != 2 {
				t.Errorf("exit code %d, want 2:\n%s", code, talk)
			}
		})
	}
}

func sendExport(t *testing.T, api *sandbox.Server, export string) (bodies []string, code int, talk string) {
	t.Helper()
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
	sheet := filepath.Join(t.TempDir(), filepath.Base(export)) // the results are written next to it
	if err := os.WriteFile(sheet, text, 0o600); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	code = cli.Run([]string{"update", "--base-url", server.URL, "--api-key-file", key, "--rate", "0", "--max-failures", "100", sheet}, strings.NewReader(""), io.Discard, &stderr)
	for _, r := range api.Requests() {
		if r.Method == http.MethodGet { // detects the service's dialect
			continue
		}
		bodies = append(bodies, fmt.Sprintf("%s %s", r.ID, r.Body))
	}
	slices.Sort(bodies)
	return bodies, code, stderr.String()
}
