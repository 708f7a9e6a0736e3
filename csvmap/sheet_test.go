package csvmap

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRowsAreNumberedAsInASpreadsheet(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []Row
	}{
		{"from the header on", "id,name\n1,a\n2,b\n", []Row{named(2, 2, "1", "a"), named(3, 3, "2", "b")}},
		{"without a last line end", "id,name\n1,a\n2,b", []Row{named(2, 2, "1", "a"), named(3, 3, "2", "b")}},
		{"CRLF", "id,name\r\n1,a\r\n\r\n2,b\r\n", []Row{named(2, 2, "1", "a"), named(4, 4, "2", "b")}},
		{"CRLF without a last line end", "id,name\r\n1,a\r\n2,b", []Row{named(2, 2, "1", "a"), named(3, 3, "2", "b")}},
		{"CR", "id,name\r1,a\r\r2,b\r", []Row{named(2, 2, "1", "a"), named(4, 4, "2", "b")}},
		{"CR without a last line end", "id,name\r1,a\r2,b", []Row{named(2, 2, "1", "a"), named(3, 3, "2", "b")}},
		{"CR and a line break in a cell", "id,name\r1,\"a\rb\"\r2,b\r", []Row{named(2, 2, "1", "a\nb"), named(3, 4, "2", "b")}},
		{"CR and a line feed in a cell", "id,name\r1,\"a\nb\"\r2,b\r", []Row{named(2, 2, "1", "a\nb"), named(3, 4, "2", "b")}},
		{"CR and a line feed in the header", "id,\"na\nme\"\r1,a\r2,b\r", []Row{named(2, 3, "1", "a"), named(3, 4, "2", "b")}},
		{"CR within a cell of a sheet with LF", "id,name\n1,a\rb\n2,b\n", []Row{
			{Number: 2, Line: 2, ID: "1", Problems: []Problem{{Field: "name", Column: "name", Value: "a\rb", Code: "contains a control character; type the cell again"}}}, named(3, 3, "2", "b"),
		}},
		{"blank lines before the header", "\n\r\nid,name\n1,a\n", []Row{named(4, 4, "1", "a")}},
		{"blank lines between rows", "id,name\n\n1,a\n\n\n2,b\n", []Row{named(3, 3, "1", "a"), named(6, 6, "2", "b")}},
		{"blank lines at the end", "id,name\n1,a\n\n\r\n\n", []Row{named(2, 2, "1", "a")}},
		{"rows of delimiters and spaces", "id,name\n,\n1,a\n , \t\n,,,\n2,b\n", []Row{named(3, 3, "1", "a"), named(6, 6, "2", "b")}},
		{"line breaks in a cell", "id,name\n1,\"a\nb\r\nc\"\n2,d\n", []Row{named(2, 2, "1", "a\nb\nc"), named(3, 5, "2", "d")}},
		{"line breaks in a column that is left out", "id,status,name\n1,\"x\n\n\ny\",a\n2,,b\n", []Row{named(2, 2, "1", "a"), named(3, 6, "2", "b")}},
		{"line breaks in a surplus cell", "id,name\n,,\"\n\n\"\n2,b\n", []Row{named(3, 5, "2", "b")}},
		{"line breaks in a blank cell", "id,name\n,\"\n\"\n2,b\n", []Row{named(3, 4, "2", "b")}},
		{"line breaks in the header", "\"id\",\"na\nme\"\n1,a\n", []Row{named(2, 3, "1", "a")}},
		{"blank lines everywhere", "\n\nid,\"na\nme\"\n\n1,\"a\n\nb\"\n\n\n2,c", []Row{named(5, 5+1, "1", "a\n\nb"), named(8, 11, "2", "c")}},
		{"the header alone", "id,name\n", nil},
		{"the header alone, without a line end", "id,name", nil},
		{"a sep line, which is hidden", "sep=;\nid;name\n1;a\n", []Row{named(2, 3, "1", "a")}},
		{"a sep line with CRLF", "sep=,\r\nid,name\r\n1,a\r\n", []Row{named(2, 3, "1", "a")}},
		{"a sep line with CR", "sep=|\rid|name\r1|a\r", []Row{named(2, 3, "1", "a")}},
		{"a sep line, a BOM and a quoted header", "\ufeffsep=;\r\n\"id\";\"name\"\r\n\r\n1;a\r\n", []Row{named(3, 4, "1", "a")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, rows := readSheet(t, c.text, Options{})
			wantRows(t, rows, c.want...)
		})
	}
}

func TestNumbersHoldBeyondOneBuffer(t *testing.T) {
	for _, end := range []string{"\n", "\r\n", "\r"} {
		cell := strings.Repeat("n"+end, block)
		lines := []string{"id,name,status", "", "1,a,\"" + cell + "\"", strings.Repeat(end, block-1), "2,b,", "3,c,", ""}
		_, rows := readSheet(t, strings.Join(lines, end), Options{})
		wantRows(t, rows,
			named(3, 3, "1", "a"), named(4+block, 4+2*block, "2", "b"), named(5+block, 5+2*block, "3", "c"))
	}
}

func TestBlankCellsAreUnset(t *testing.T) {
	_, rows := readSheet(t, "id,name,phone,notes\n1,,12,\n2, ,\t,\u00a0\n\u00a03 ,  b ,\"\",\" c\n\"\n4\n5,d\n", Options{})
	wantRows(t, rows,
		Row{Number: 2, Line: 2, ID: "1", Cells: []Cell{{Field: "phone", Text: "12"}}},
		Row{Number: 3, Line: 3, ID: "2"},
		Row{Number: 4, Line: 4, ID: "3", Cells: []Cell{{Field: "name", Text: "b"}, {Field: "notes", Text: "c"}}},
		Row{Number: 5, Line: 6, ID: "4"},
		Row{Number: 6, Line: 7, ID: "5", Cells: []Cell{{Field: "name", Text: "d"}}})
}

func TestCellsComeInTheOrderOfFieldsWhateverTheSheets(t *testing.T) {
	score, err := ParseMapping("Score=score:number")
	if err != nil {
		t.Fatal(err)
	}
	_, rows := readSheet(t, "Score,notes,deal_value,id,name\n7,n,27500.00,1,a\n", Options{Mappings: []Mapping{score}})
	wantRows(t, rows, Row{Number: 2, Line: 2, ID: "1", Cells: []Cell{
		{Field: "name", Text: "a"}, {Field: "deal_value", Text: "27500.00", Number: true}, {Field: "notes", Text: "n"}, {Field: "score", Text: "7", Number: true},
	}})
}

func TestRowsCanBeTakenUpAgain(t *testing.T) {
	text := "id,name\n1,a\n2,b\n"
	r, _ := readSheet(t, text, Options{})
	sheet := reopened(t, r, text)
	for row := range sheet.Rows() {
		wantRows(t, []Row{row}, named(2, 2, "1", "a"))
		break
	}
	rest, err := collected(sheet.Rows())
	if err != nil {
		t.Fatal(err)
	}
	wantRows(t, rest, named(3, 3, "2", "b"))
}

type original struct {
	Number int
	Cells  []string
}

func originals(t testing.TB, sheet *Sheet) (all []original) {
	t.Helper()
	for o, err := range sheet.Originals() {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, original{o.Number, o.cells})
	}
	return all
}

func TestOriginalsAreTheRowsAsTheyStand(t *testing.T) {
	for _, c := range []struct {
		name, text string
		titles     []string
		want       []original
	}{
		{"own columns between others", "\nraze_status,ID, Name ,status,Raze_Message\nfailed,1,\"a\nb\",won,why\n,,\n\nfailed, 2 ,c,,,extra\n,3\n",
			[]string{"ID", " Name ", "status"},
			[]original{{3, []string{"1", "\"a\nb\"", "won"}}, {4, []string{"", ""}}, {5, nil}, {6, []string{" 2 ", "c", "", "extra"}}, {7, []string{"3"}}}},
		{"own columns at the end", "id,name,raze_status,raze_message\n1,a,failed,why\n2,\"b\" ,x,failed,\"w,y\"\n3,c\n4\n",
			[]string{"id", "name"},
			[]original{{2, []string{"1", "a"}}, {3, []string{"2", "\"b\" ", "x"}}, {4, []string{"3", "c"}}, {5, []string{"4"}}}},
		{"quotes", "\"id\",name\n\"1\",\"say \"\"hi\"\"\"\n2,5\" disk\n", []string{`"id"`, "name"},
			[]original{{2, []string{`"1"`, `"say ""hi"""`}}, {3, []string{"2", `5" disk`}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, _ := readSheet(t, c.text, Options{})
			sheet := reopened(t, r, c.text)
			if diff := cmp.Diff(c.titles, sheet.titles.cells); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.want, originals(t, sheet)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
