package csvmap

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

type goldenFailure struct {
	Error string `json:"error"`
}

type goldenSheet struct {
	Delimiter string      `json:"delimiter"`
	BOM       bool        `json:"bom"`
	ReadOnly  []string    `json:"read_only"`
	Rows      []goldenRow `json:"rows"`
}

type goldenRow struct {
	Row      int            `json:"row"`
	Line     int            `json:"line"`
	ID       string         `json:"id"`
	Cells    map[string]any `json:"cells"`
	Problems []string       `json:"problems"`
	Warnings []string       `json:"warnings"`
}

func TestExportsReadAsTheirGoldenFiles(t *testing.T) {
	paths := exports(t)
	if len(paths) < 15 {
		t.Fatalf("only %d exports found", len(paths))
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			file, err := os.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			compareGolden(t, goldenPath(path), indented(t, readGolden(file)))
		})
	}
}

func TestEveryGoldenFileHasItsExport(t *testing.T) {
	wanted := map[string]bool{}
	for _, path := range exports(t) {
		wanted[goldenPath(path)] = true
	}
	found, err := filepath.Glob("../testdata/exports/*.golden")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range found {
		if !wanted[path] {
			t.Errorf("%s belongs to no export", path)
		}
	}
}

func exports(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob("../testdata/exports/*.[ct]sv")
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

func goldenPath(export string) string {
	return strings.TrimSuffix(export, filepath.Ext(export)) + ".golden"
}

func readGolden(file io.Reader) any {
	sheet, err := Open(file, Options{})
	if err != nil {
		return goldenFailure{err.Error()}
	}
	golden := goldenSheet{Delimiter: string(sheet.Delimiter), BOM: sheet.BOM, ReadOnly: append([]string{}, sheet.ReadOnly...)}
	for row, err := range sheet.Rows() {
		if err != nil {
			return goldenFailure{err.Error()}
		}
		golden.Rows = append(golden.Rows, goldenRow{
			row.Number, row.Line, row.ID, goldenCells(row.Cells), inWords(row.Problems), inWords(row.Warnings),
		})
	}
	return golden
}

func goldenCells(cells []Cell) map[string]any {
	m := map[string]any{}
	for _, cell := range cells {
		m[cell.Field] = cell.Text
		if cell.Number {
			m[cell.Field] = json.Number(cell.Text)
		}
	}
	return m
}

func inWords(problems []Problem) []string {
	words := make([]string, len(problems))
	for i, p := range problems {
		words[i] = p.String()
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
		t.Errorf("%s (-want +got; -update writes it anew):\n%s", path, diff)
	}
}
