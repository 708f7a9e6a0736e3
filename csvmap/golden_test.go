package csvmap

import (
	"bytes"
	"encoding/json"
	"flag"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"razebulk/csvmap/internal/sheettest"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

type goldenFailure struct {
	Error string `json:"error"`
}

type goldenSheet struct {
	Reading    string      `json:"reading"`
	HiddenRows int         `json:"hidden_rows,omitempty"`
	ReadOnly   []string    `json:"read_only,omitempty"`
	Rows       []goldenRow `json:"rows"`
}

type goldenRow struct {
	Row      int            `json:"row"`
	Line     int            `json:"line"`
	ID       string         `json:"id"`
	Body     map[string]any `json:"body"`
	Problems []string       `json:"problems,omitempty"`
	Damaged  bool           `json:"damaged,omitempty"`
	Warnings []string       `json:"warnings,omitempty"`
}

func TestExportsReadAsTheirGoldenFiles(t *testing.T) {
	for _, path := range exports(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			var rows []Row
			file := opensFile(t, path)
			r, err := Inspect(file, file.Size(), Options{}, func(all iter.Seq2[Row, error]) error {
				rows = nil
				for row, err := range all {
					if err != nil {
						return err
					}
					row.Cells = slices.Clone(row.Cells)
					rows = append(rows, row)
				}
				return nil
			})
			compareGolden(t, goldenPath(path), indented(t, goldenOf(r, rows, err)))
		})
	}
}

func TestEveryGoldenFileHasItsExport(t *testing.T) {
	var want []string
	for _, path := range exports(t) {
		want = append(want, goldenPath(path))
	}
	slices.Sort(want)
	found, err := filepath.Glob("../testdata/exports/*.golden")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Error(diff)
	}
}

func exports(t testing.TB) []string {
	t.Helper()
	entries, err := os.ReadDir("../testdata/exports")
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, entry := range entries {
		if slices.Contains([]string{".csv", ".tsv", ".xlsx"}, filepath.Ext(entry.Name())) {
			paths = append(paths, filepath.Join("../testdata/exports", entry.Name()))
		}
	}
	if len(paths) < 100 {
		t.Fatalf("only %d exports found", len(paths))
	}
	return paths
}

func goldenPath(export string) string {
	return strings.TrimSuffix(export, filepath.Ext(export)) + ".golden"
}

func opensFile(t testing.TB, path string) sized {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(text)
}

func goldenOf(r *Reading, rows []Row, err error) any {
	if err != nil {
		return goldenFailure{sheettest.Words(err)}
	}
	golden := goldenSheet{Reading: sheettest.Text(r.Format()), HiddenRows: r.Unseen().Rows, ReadOnly: r.ReadOnly()}
	for _, row := range rows {
		golden.Rows = append(golden.Rows, goldenRow{
			row.Number, row.Line, row.ID, bodyOf(row), inWords(row.Problems), row.damaged(), inWords(row.Warnings),
		})
	}
	return golden
}

// bodyOf returns the JSON object that an update of the row would send.
func bodyOf(row Row) map[string]any {
	body := map[string]any{}
	for _, cell := range row.Cells {
		switch {
		case cell.Clear && cell.Number:
			body[cell.Field] = nil
		case cell.Number:
			body[cell.Field] = json.Number(cell.Text)
		default:
			body[cell.Field] = cell.Text
		}
	}
	return body
}

func inWords(problems []Problem) []string {
	words := make([]string, len(problems))
	for i, p := range problems {
		words[i] = sheettest.Text(p.Reason())
	}
	return words
}

func indented(t *testing.T, value any) []byte {
	t.Helper()
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

func compareGolden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got; -update writes it again):\n%s", path, diff)
	}
}
