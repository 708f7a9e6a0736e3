package csvmap

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// model is a well-formed sheet: what is written, and what reading it must give back.
type model struct {
	columns []string
	records [][]string
	rows    []Row
}

func TestWellFormedSheetReadsBackTheSame(t *testing.T) {
	for _, delimiter := range delimiters {
		for _, bom := range []bool{false, true} {
			for _, crlf := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s, BOM %v, CRLF %v", delimiter.name, bom, crlf), rapid.MakeCheck(func(t *rapid.T) {
					m := drawModel(t)
					checkRoundTrip(t, m, write(t, m, delimiter.sign, bom, crlf), delimiter.sign, bom)
				}))
			}
		}
	}
}

func checkRoundTrip(t *rapid.T, m model, text string, delimiter rune, bom bool) {
	sheet, err := Open(strings.NewReader(text), Options{})
	if err != nil {
		t.Fatalf("%v in %q", err, text)
	}
	if sheet.Delimiter != delimiter || sheet.BOM != bom {
		t.Fatalf("found delimiter %q and BOM %v", sheet.Delimiter, sheet.BOM)
	}
	var rows []Row
	for row, err := range sheet.Rows() {
		if err != nil {
			t.Fatalf("%v in %q", err, text)
		}
		rows = append(rows, row)
	}
	if diff := cmp.Diff(m.rows, rows, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%q (-want +got):\n%s", text, diff)
	}
}

func drawModel(t *rapid.T) model {
	others := rapid.SliceOfNDistinct(rapid.SampledFrom(slices.Concat(Fields, readOnlyColumns)), 1, -1, rapid.ID[string]).Draw(t, "columns")
	m := model{columns: rapid.Permutation(append(others, IDField)).Draw(t, "order")}
	line := 2
	for number := 2; number <= 2+rapid.IntRange(0, 8).Draw(t, "records"); number++ {
		cells := drawRecord(t, m.columns)
		m.records = append(m.records, inOrder(m.columns, cells))
		if row := wantedRow(cells); len(cells) > 0 {
			row.Number, row.Line = number, line
			m.rows = append(m.rows, row)
		}
		line += 1 + strings.Count(strings.Join(inOrder(m.columns, cells), ""), "\n")
	}
	return m
}

// drawRecord gives each column its cell, or none to any: a spreadsheet's empty row.
func drawRecord(t *rapid.T, columns []string) map[string]string {
	cells := map[string]string{}
	if rapid.IntRange(0, 4).Draw(t, "blank") == 0 {
		return cells
	}
	for _, column := range columns {
		cells[column] = drawCell(column).Draw(t, column)
	}
	return cells
}

func drawCell(column string) *rapid.Generator[string] {
	var filled *rapid.Generator[string]
	switch column {
	case IDField:
		return rapid.StringMatching(`[a-f0-9]{8}-[A-Za-z0-9?#%&]{1,100}`)
	case "deal_value":
		filled = rapid.StringMatching(`-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,6})?`)
	case "deal_currency":
		filled = rapid.SampledFrom([]string{"BRL", "usd", "EUR", "ZWG"})
	case "email":
		filled = rapid.StringMatching(`[a-z0-9]{1,10}(\.[a-z]{1,5})?@[a-z]{1,10}\.com`)
	default:
		filled = rapid.StringOf(rapid.OneOf(rapid.SampledFrom([]rune("\"\n,;|\t =-+@áç–😀")), rapid.Rune().Filter(func(r rune) bool { return r != '\r' })))
	}
	return rapid.OneOf(rapid.Just(""), rapid.Just("  "), filled)
}

func inOrder(columns []string, cells map[string]string) []string {
	record := make([]string, len(columns))
	for i, column := range columns {
		record[i] = cells[column]
	}
	return record
}

func wantedRow(cells map[string]string) Row {
	row := Row{ID: cells[IDField]}
	for _, field := range Fields {
		if text := strings.TrimSpace(cells[field]); text != "" {
			row.Cells = append(row.Cells, Cell{Field: field, Text: text, Number: field == "deal_value"})
		}
	}
	return row
}

func write(t *rapid.T, m model, delimiter rune, bom, crlf bool) string {
	var text bytes.Buffer
	if bom {
		text.Write(utf8BOM)
	}
	w := csv.NewWriter(&text)
	w.Comma, w.UseCRLF = delimiter, crlf
	if err := w.WriteAll(append([][]string{m.columns}, m.records...)); err != nil {
		t.Fatal(err)
	}
	return text.String()
}
