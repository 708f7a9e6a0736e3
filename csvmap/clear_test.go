package csvmap

import (
	"strconv"
	"testing"

	"razebulk/csvmap/internal/sheettest"

	"github.com/google/go-cmp/cmp"
)

func TestClearMarkerEmptiesFields(t *testing.T) {
	text := "id;name;notes;deal_value;Moeda;Score\n" +
		"1;a;<clear>;<clear>;<clear>;<clear>\n" +
		"2;a;\" <clear>\u00a0\";1,5;BRL;2\n" +
		"3;<clear>;<Clear>;<clear>;;\n" +
		"4;a;<clear> x;;;\n"
	_, rows := readSheet(t, text, Options{ClearMarker: "<clear>", Mappings: mapped(t, "Score=score:number")})
	wantRows(t, rows,
		Row{Number: 2, Line: 2, ID: "1", Cells: []Cell{
			{Field: "name", Text: "a"}, {Field: "deal_value", Number: true, Clear: true}, {Field: "deal_currency", Clear: true},
			{Field: "notes", Clear: true}, {Field: "score", Number: true, Clear: true},
		}},
		Row{Number: 3, Line: 3, ID: "2", Cells: []Cell{
			{Field: "name", Text: "a"}, {Field: "deal_value", Text: "1.5", Number: true}, {Field: "deal_currency", Text: "BRL"},
			{Field: "notes", Clear: true}, {Field: "score", Text: "2", Number: true},
		}},
		Row{Number: 4, Line: 4, ID: "3", Cells: []Cell{{Field: "deal_value", Number: true, Clear: true}, {Field: "notes", Text: "<Clear>"}},
			Problems: []Problem{{Field: "name", Column: "name", Value: "<clear>", Code: "an opportunity can't be without its name"}}},
		Row{Number: 5, Line: 5, ID: "4", Cells: []Cell{{Field: "name", Text: "a"}, {Field: "notes", Text: "<clear> x"}}})
	if diff := cmp.Diff(map[string]any{"name": "a", "deal_value": nil, "deal_currency": "", "notes": "", "score": nil}, bodyOf(rows[0])); diff != "" {
		t.Error(diff)
	}
}

func TestClearMarkerIsNoID(t *testing.T) {
	_, rows := readSheet(t, "id,name\n<clear>,a\n", Options{ClearMarker: "<clear>"})
	diffProblems(t, []Problem{{Field: "id", Column: "id", Value: "<clear>", Code: "can't be without its id"}}, rows[0].Problems)
}

func TestMarkersOfAnyText(t *testing.T) {
	for _, marker := range []string{"-", "null", "(vazio)", "ação", "日本", "0", "TRUE", "a?b", "12.03.2025"} {
		_, rows := readSheet(t, "id,notes,deal_value\n1,"+marker+","+marker+"\n", Options{ClearMarker: marker})
		wantRows(t, rows, Row{Number: 2, Line: 2, ID: "1", Cells: []Cell{{Field: "deal_value", Number: true, Clear: true}, {Field: "notes", Clear: true}}})
	}
}

func TestEscapedMarkerIsText(t *testing.T) {
	_, rows := readSheet(t, "id;name;notes\n1;a;'-\n2;b;-\n", Options{ClearMarker: "-"})
	wantRows(t, rows,
		Row{Number: 2, Line: 2, ID: "1", Cells: []Cell{{Field: "name", Text: "a"}, {Field: "notes", Text: "-"}}},
		Row{Number: 3, Line: 3, ID: "2", Cells: []Cell{{Field: "name", Text: "b"}, {Field: "notes", Clear: true}}})
}

func TestWithoutAMarkerNothingIsCleared(t *testing.T) {
	_, rows := readSheet(t, "id,name,notes\n1,a,\"\"\n", Options{})
	wantRows(t, rows, named(2, 2, "1", "a"))
}

func TestMarkersThatCannotBe(t *testing.T) {
	for marker, want := range map[string]string{
		"#N/A": "where a formula fails", "#ref!": "where a formula fails", "####": "where a formula fails",
		" x": "begins or ends with a blank", "x\u200b": "begins or ends with a blank", " ": "begins or ends with a blank", "e\u0301": "accents in an unusual form",
	} {
		sheettest.WantError(t, readError("id,name\n1,a\n", Options{ClearMarker: marker}), "--clear-marker "+strconv.Quote(marker), want)
	}
}
func TestMarkerIsNoOtherCurrency(t *testing.T) {
	_, rows := readSheet(t, "id;Valor;Moeda\na;R$ 10,00;<clear>\n", Options{ClearMarker: "<clear>"})
	wantRows(t, rows, Row{Number: 2, Line: 2, ID: "a", Cells: []Cell{{Field: "deal_value", Text: "10.00", Number: true}, {Field: "deal_currency", Clear: true}}})
}
