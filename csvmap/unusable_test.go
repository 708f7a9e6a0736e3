package csvmap

import (
	"testing"

	"razebulk/csvmap/internal/booktest"
	"razebulk/csvmap/internal/sheettest"
)

func TestUnusableFiles(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"empty", "", []string{"empty"}},
		{"a BOM alone", "\ufeff", []string{"empty"}},
		{"a BOM of UTF-16 alone", "\xff\xfe", []string{"empty"}},
		{"blank lines alone", "\n\r\n\n", []string{"empty"}},
		{"blank cells alone", ",,\n,,\n", []string{"empty"}},
		{"a sep line alone", "sep=;\n", []string{"empty"}},
		{"a broken workbook", "PK\x03\x04\x14\x00", []string{"not an Excel workbook that can be read", "save it as .xlsx again"}},
		{"an old workbook", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", []string{".xls", "save it as .xlsx"}},
		{"no id", "name,notes\na,b\n", []string{"no column for the opportunity's id", `"name", "notes"`}},
		{"a title above a header without an id", "Opportunities,,\n,,\ncode,name,notes\n", []string{"no column for the opportunity's id, and no other column that is known", "row 3 looks more like the header"}},

		{"unclosed quote behind a cell of several lines", "id,name\n1,\"a\n\nb\"\n2,\"b\n\n\n", []string{"line 5: "}},
		{"unclosed quote in the last cell of several", "id,name,notes\n1,\"a\nb\",\"c\n\n", []string{"line 3: the quote that opens the cell \"\\\"c\""}},
		{"unclosed quote in the header", "id,\"name\n1,a\n", []string{"line 1: ", "never closed"}},
		{"text behind a quoted cell of several lines", "id,name\n1,\"a\nb\" c\n", []string{`line 2: the cell "\"a" is closed by a quote in line 3 that "c" follows`}},
	} {
		t.Run(c.name, func(t *testing.T) { sheettest.WantError(t, readError(c.text, Options{}), c.want...) })
	}
}

// TestStrayQuoteRefusesItsRowAlone has one such row in each text.
func TestStrayQuoteRefusesItsRowAlone(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"unclosed quote", "id,name\n1,a\n2,\"b\n3,c\n", []string{`line 3: the quote that opens the cell "\"b" is never closed: close it, or double it`}},
		{"unclosed quote behind blank lines", "\nid,name\n\n\n2,\"b\n", []string{"line 5: the quote that opens"}},
		{"unclosed quote at the very end", "id,name\n1,\"", []string{"line 2: ", "never closed"}},
		{"unclosed quote behind a doubled one", "id,name\n1,\"a\"\"\n", []string{"line 2: ", "never closed"}},
		{"unclosed quote with CRLF", "id,name\r\n1,\"b\r\n", []string{`line 2: the quote that opens the cell "\"b" is`}},
		{"unclosed quote with CR", "id,name\r\r1,\"b\r", []string{"line 3: ", "never closed"}},
		{"unclosed quote behind a sep line", "sep=,\nid,name\n1,\"b\n", []string{"line 3: "}},
		{"text behind a quoted cell", "id,name\n1,\"a\"b\n", []string{`line 2: the cell "\"a\"b" is closed by a quote in line 2 that "b" follows`, "not doubled"}},
		{"a quote that closes a later one", "id,name\n1,\"b\n2,\"c\"\n", []string{`line 2: the cell "\"b" is closed by a quote in line 3`}},
		{"a no-break space behind a quoted cell", "id,name\n1,\"a\"\u00a0\n", []string{"line 2: "}},
		{"unclosed quote among rows of two columns", "id,name\n1,a\n2,\"b\n3,c\n4,\"d\"\n", []string{"line 3: ", "follows"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, rows := readSheet(t, c.text, Options{})
			var refused []error
			for _, row := range rows {
				for _, p := range row.Problems {
					refused = append(refused, p.Reason())
				}
			}
			if len(refused) != 1 {
				t.Fatalf("got %v", refused)
			}
			sheettest.WantError(t, refused[0], c.want...)
		})
	}
}

func TestOptionsThatDoNotFit(t *testing.T) {
	book := booktest.SheetData(`<row><c t="str"><v>id</v></c></row>`).Book(t).String()
	for _, c := range []struct {
		name, text string
		o          Options
		want       string
	}{
		{"a worksheet of a CSV file", "id\n", Options{Worksheet: "Deals"}, "--sheet is for Excel workbooks; this is not one"},
		{"an encoding of a workbook", book, Options{Encoding: "utf-8"}, "--encoding and --delimiter are for CSV files"},
		{"a delimiter of a workbook", book, Options{Delimiter: ','}, "--encoding and --delimiter are for CSV files"},
		{"another worksheet", book, Options{Worksheet: "Notes"}, `the workbook has no sheet "Notes"; it has "Deals"`},
	} {
		t.Run(c.name, func(t *testing.T) { sheettest.WantError(t, readError(c.text, c.o), c.want) })
	}
}

func TestRowsBeforeAnErrorAreRead(t *testing.T) {
	text := "id,name\n1,a\n2,\"b\nc\n"
	_, rows, err := inspected(opens(text), Options{})
	wantRows(t, rows, named(2, 2, "1", "a"))
	sheettest.WantError(t, err, "line 3: ")
	good, _ := readSheet(t, "id,name\n", Options{})
	sheet := reopened(t, good, text)
	var seen []error
	for _, err := range sheet.Originals() {
		seen = append(seen, err)
	}
	if len(seen) != 2 || seen[0] != nil {
		t.Fatalf("got %v", seen)
	}
	sheettest.WantError(t, seen[1], "line 3: ")
}
