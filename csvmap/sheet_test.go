package csvmap

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func readSheet(t *testing.T, text string, options Options) (*Sheet, []Row) {
	t.Helper()
	sheet, err := Open(strings.NewReader(text), options)
	if err != nil {
		t.Fatal(err)
	}
	var rows []Row
	for row, err := range sheet.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return sheet, rows
}

func wantRows(t *testing.T, got []Row, want ...Row) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Error("rows (-want +got):\n" + diff)
	}
}

func named(number, line int, id, name string) Row {
	return Row{Number: number, Line: line, ID: id, Cells: []Cell{{Field: "name", Text: name}}}
}

func TestRowsAreNumberedAsInASpreadsheet(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []Row
	}{
		{"from the header on", "id,name\n1,a\n2,b\n", []Row{named(2, 2, "1", "a"), named(3, 3, "2", "b")}},
		{"without a last line end", "id,name\n1,a\n2,b", []Row{named(2, 2, "1", "a"), named(3, 3, "2", "b")}},
		{"CRLF", "id,name\r\n1,a\r\n\r\n2,b\r\n", []Row{named(2, 2, "1", "a"), named(4, 4, "2", "b")}},
		{"CRLF without a last line end", "id,name\r\n1,a\r\n2,b", []Row{named(2, 2, "1", "a"), named(3, 3, "2", "b")}},
		{"blank lines before the header", "\n\r\nid,name\n1,a\n", []Row{named(4, 4, "1", "a")}},
		{"blank lines between rows", "id,name\n\n1,a\n\n\n2,b\n", []Row{named(3, 3, "1", "a"), named(6, 6, "2", "b")}},
		{"blank lines at the end", "id,name\n1,a\n\n\r\n\n", []Row{named(2, 2, "1", "a")}},
		{"rows of delimiters and spaces", "id,name\n,\n1,a\n , \t\n,,,\n2,b\n", []Row{named(3, 3, "1", "a"), named(6, 6, "2", "b")}},
		{"line breaks in a cell", "id,name\n1,\"a\nb\r\nc\"\n2,d\n", []Row{named(2, 2, "1", "a\nb\nc"), named(3, 5, "2", "d")}},
		{"line breaks in an ignored column", "id,status,name\n1,\"x\n\n\ny\",a\n2,,b\n", []Row{named(2, 2, "1", "a"), named(3, 6, "2", "b")}},
		{"line breaks at the end of an ignored column", "id,name,status\n1,a,\"x\n\"\n2,b,\n", []Row{named(2, 2, "1", "a"), named(3, 4, "2", "b")}},
		{"line breaks in a surplus cell", "id,name\n,,\"\n\n\"\n2,b\n", []Row{named(3, 5, "2", "b")}},
		{"line breaks in a blank cell", "id,name\n,\"\n\"\n2,b\n", []Row{named(3, 4, "2", "b")}},
		{"line breaks in the header", "\"id\",\"na\nme\"\n1,a\n", []Row{named(2, 3, "1", "a")}},
		{"blank lines everywhere", "\n\nid,\"na\nme\"\n\n1,\"a\n\nb\"\n\n\n2,c", []Row{named(5, 6, "1", "a\n\nb"), named(8, 11, "2", "c")}},
		{"the header alone", "id,name\n", nil},
		{"the header alone, without a line end", "id,name", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, rows := readSheet(t, c.text, Options{})
			wantRows(t, rows, c.want...)
		})
	}
}

func TestNumbersHoldBeyondOneBuffer(t *testing.T) {
	cell := strings.Repeat("n\n", bufferSize)
	_, rows := readSheet(t, "id,name,status\n\n1,a,\""+cell+"\"\n"+strings.Repeat("\r\n", bufferSize)+"2,b,\n3,c,\n", Options{})
	wantRows(t, rows,
		named(3, 3, "1", "a"), named(4+bufferSize, 4+2*bufferSize, "2", "b"), named(5+bufferSize, 5+2*bufferSize, "3", "c"))
}

func TestBlankCellsAreUnset(t *testing.T) {
	_, rows := readSheet(t, "id,name,phone,notes\n1,,a,\n2, ,\t,\u00a0\n\u00a03 ,  b ,\"\",\" c\n\"\n4\n5,d\n", Options{})
	wantRows(t, rows,
		Row{Number: 2, Line: 2, ID: "1", Cells: []Cell{{Field: "phone", Text: "a"}}},
		Row{Number: 3, Line: 3, ID: "2"},
		Row{Number: 4, Line: 4, ID: "3", Cells: []Cell{{Field: "name", Text: "b"}, {Field: "notes", Text: "c"}}},
		Row{Number: 5, Line: 6, ID: "4"},
		Row{Number: 6, Line: 7, ID: "5", Cells: []Cell{{Field: "name", Text: "d"}}})
}

func TestCellsComeInTheOrderOfFieldsWhateverTheSheets(t *testing.T) {
	_, rows := readSheet(t, "notes,deal_value,id,name\nn,27500.00,1,a\n", Options{})
	wantRows(t, rows, Row{Number: 2, Line: 2, ID: "1", Cells: []Cell{
		{Field: "name", Text: "a"}, {Field: "deal_value", Text: "27500.00", Number: true}, {Field: "notes", Text: "n"},
	}})
}

func TestQuotedCells(t *testing.T) {
	_, rows := readSheet(t, "\ufeff\"id\",\"name\"\n\"1\",\"say \"\"hi\"\", twice\"\n", Options{})
	wantRows(t, rows, named(2, 2, "1", `say "hi", twice`))
}

func TestBOMIsToldAndDropped(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       bool
	}{
		{"with", "\ufeffid,name\n1,a\n", true},
		{"with, before a quoted header", "\ufeff\"id\",name\n1,a\n", true},
		{"without", "id,name\n1,a\n", false},
		{"without, before a quoted header", "\"id\",name\n1,a\n", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			sheet, rows := readSheet(t, c.text, Options{})
			wantRows(t, rows, named(2, 2, "1", "a"))
			if sheet.BOM != c.want {
				t.Errorf("BOM is %v, want %v", sheet.BOM, c.want)
			}
			if diff := cmp.Diff([]string{"id", "name"}, sheet.Header); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRowsCanBeTakenUpAgain(t *testing.T) {
	sheet, err := Open(strings.NewReader("id,name\n1,a\n2,b\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var rows []Row
	for row := range sheet.Rows() {
		rows = append(rows, row)
		break
	}
	for row := range sheet.Rows() {
		rows = append(rows, row)
	}
	wantRows(t, rows, named(2, 2, "1", "a"), named(3, 3, "2", "b"))
}

func TestOriginalsAreTheRowsAsTheyStand(t *testing.T) {
	text := "\nraze_status,ID, Name ,status,Raze_Message\nfailed,1,\"a\nb\",won,why\n,,\n\nfailed, 2 ,c,,,extra\n,3\n"
	sheet, err := Open(strings.NewReader(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"ID", " Name ", "status"}, sheet.Header); diff != "" {
		t.Error(diff)
	}
	var got []Original
	for original, err := range sheet.Originals() {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, original)
	}
	want := []Original{
		{3, []string{"1", "a\nb", "won"}}, {4, []string{"", ""}}, {6, []string{" 2 ", "c", "", "extra"}}, {7, []string{"3"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestOriginalsHaveTheNumbersOfRows(t *testing.T) {
	text := "id,name\n\n1,\"a\n\"\n,\n2,b\n"
	_, rows := readSheet(t, text, Options{})
	sheet, err := Open(strings.NewReader(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	numbers := map[int]string{}
	for original := range sheet.Originals() {
		numbers[original.Number] = original.Cells[0]
	}
	for _, row := range rows {
		if numbers[row.Number] != row.ID {
			t.Errorf("row %d is %q, the original %q", row.Number, row.ID, numbers[row.Number])
		}
	}
}
