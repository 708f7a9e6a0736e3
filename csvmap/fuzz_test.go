package csvmap

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

func FuzzRows(f *testing.F) {
	for _, path := range exports(f) {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	for _, text := range []string{
		"", "\n", "id", "id\r", "\ufeff\"id\"\n1", "id,deal_value\n1,\" 1.50\n\"\n", "\n\nid\n\n\"1\n\n\"\n,x\n",
		"id;status\n.;\"\n\"\n..\na/b\n", "id,name\n1,\"\n", "id,\n1,2,3\n,,,4\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		sheet, err := Open(bytes.NewReader(text), Options{})
		if err != nil {
			return
		}
		last := Row{Number: 1, Line: 1}
		for row, err := range sheet.Rows() {
			if err != nil {
				return
			}
			checkOrder(t, last, row)
			checkRow(t, row, string(text))
			last = row
		}
		checkOriginals(t, text)
	})
}

func checkOrder(t *testing.T, last, row Row) {
	t.Helper()
	if row.Number <= last.Number || row.Line <= last.Line || row.Number > row.Line {
		t.Errorf("row %d on line %d follows row %d on line %d", row.Number, row.Line, last.Number, last.Line)
	}
}

func checkRow(t *testing.T, row Row, source string) {
	t.Helper()
	if len(row.Problems) == 0 {
		if back, err := url.PathUnescape(url.PathEscape(row.ID)); err != nil || back != row.ID || row.ID == "" {
			t.Errorf("id %q comes out of a path as %q: %v", row.ID, back, err)
		}
	}
	for _, cell := range row.Cells {
		if cell.Text == "" || cell.Text != strings.TrimSpace(cell.Text) {
			t.Errorf("cell %+v has white space around it or nothing in it", cell)
		}
		if cell.Number != (cell.Field == "deal_value") {
			t.Errorf("cell %+v", cell)
		}
		if cell.Number && (!json.Valid([]byte(cell.Text)) || !strings.Contains(source, cell.Text)) {
			t.Errorf("number %q is not JSON or not in the source", cell.Text)
		}
	}
}

func checkOriginals(t *testing.T, text []byte) {
	t.Helper()
	sheet, err := Open(bytes.NewReader(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	originals, rows := map[int]bool{}, 0
	for original, err := range sheet.Originals() {
		if err != nil {
			t.Fatal(err)
		}
		originals[original.Number] = true
	}
	if sheet, err = Open(bytes.NewReader(text), Options{}); err != nil {
		t.Fatal(err)
	}
	for row := range sheet.Rows() {
		if rows++; !originals[row.Number] {
			t.Errorf("row %d has no original", row.Number)
		}
	}
	if rows > len(originals) {
		t.Errorf("%d rows of %d originals", rows, len(originals))
	}
}

func FuzzNumber(f *testing.F) {
	for _, text := range []string{"0", "-0", "37540.02", "1e3", "01", "1.", ".5", "+1", "NaN", "1,5", "1\n", "٣", "0x10", "1_0"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if checkNumber(text) != "" {
			return
		}
		if !json.Valid([]byte(text)) || strings.ContainsAny(text, "eE \t\r\n") {
			t.Fatalf("%q is accepted", text)
		}
		if _, err := decimal.NewFromString(text); err != nil {
			t.Fatalf("%q is accepted: %v", text, err)
		}
	})
}
