package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"razebulk/csvmap/internal/booktest"
	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/sheettest"

	"github.com/xuri/excelize/v2"
)

func TestWhatAWorkbookMayNotHold(t *testing.T) {
	for _, c := range []struct{ name, rows, want string }{
		{"no number", `<row><c><v>abc</v></c></row>`, `"abc" is not a number`},
		{"infinite", `<row><c><v>Inf</v></c></row>`, `"Inf" is not a number`},
		{"hexadecimal", `<row><c><v>0x1p4</v></c></row>`, `is not a number`},
		{"too large for a number", `<row><c><v>1e999</v></c></row>`, `is not a number`},
		{"larger than Excel has", `<row><c><v>1e308</v></c></row>`, `is not a number`},
		{"no boolean", `<row><c t="b"><v>2</v></c></row>`, `"2" is neither true nor false`},
		{"no date", `<row><c t="d"><v>12/03/2025</v></c></row>`, `"12/03/2025" is not a date`},
		{"unknown type", `<row><c t="z"><v>2</v></c></row>`, `unknown type "z"`},
		{"text that isn't there", `<row><c t="s"><v>0</v></c></row>`, `refers to a text "0" that isn't there`},
		{"no such text", `<row><c t="s"><v>-1</v></c></row>`, `refers to a text "-1" that isn't there`},
		{"row twice", `<row r="2"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>`, "row 2 of the sheet: out of order after row 2"},
		{"row beyond the last", `<row r="1048577"/>`, "out of order after row 0"},
		{"row without a number", `<row r="x"/>`, "invalid syntax"},
		{"cell twice", `<row><c r="B1"><v>1</v></c><c r="B1"><v>1</v></c></row>`, "cells are out of order at column 2"},
		{"cell beyond the last", `<row><c r="XFE1"><v>1</v></c></row>`, "column"},
		{"unknown style", `<row><c s="99"><v>5</v></c></row>`, "the number's style 99, which tells whether it is a date, isn't there"},
		{"style below the first", `<row><c s="-1"><v>5</v></c></row>`, "style -1"},
		{"a cell of another row", `<row r="2"><c r="A7"><v>5</v></c></row>`, "row 2 of the sheet: it holds the cell A7 of another row"},
		{"two values", `<row><c><v>1</v><v>2</v></c></row>`, "a cell with two values"},
		{"a value and a text", `<row><c t="inlineStr"><v>1</v><is><t>a</t></is></c></row>`, "a cell with two values"},
		{"a value of another kind", `<row><c><q:v xmlns:q="urn:x">1</q:v><v>2</v></c></row>`, "an element v that not every program reads"},
		{"a cell of another kind", `<row><q:c xmlns:q="urn:x"><v>2</v></q:c></row>`, "an element c that not every program reads"},
		{"one of several values", `<row><c><mc:AlternateContent xmlns:mc="urn:mc"><v>2</v></mc:AlternateContent></c></row>`, "an element AlternateContent that"},
		{"rows twice", `</sheetData><sheetData>`, "it has its rows twice"},
		{"a boolean of Go's", `<row><c t="b"><v>T</v></c></row>`, `"T" is neither true nor false`},
		{"elements within each other", `<row>` + strings.Repeat("<row>", 200), "more than 100 elements within each other"},
		{"a wrong area", `</sheetData><mergeCells><mergeCell ref="A"/></mergeCells><sheetData>`, "after row 0 of the sheet: "},
		{"style without a number", `<row><c s="x"><v>1</v></c></row>`, "invalid syntax"},
		{"broken XML", `<row><c><v>1</v></row>`, "row 1 of the sheet: XML syntax error"},
		{"a huge text", `<row><c t="str"><v>` + strings.Repeat("a1b2", maxToken) + `</v></c></row>`, "a row, a text or a part of the workbook is larger than 1 MiB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if testing.Short() && strings.Contains(c.name, "huge") {
				t.Skip("takes half a second")
			}
			_, _, err := readWorkbook(booktest.SheetData(c.rows).Book(t), "")
			if err == nil || !strings.Contains(sheettest.Words(err), c.want) || strings.HasPrefix(sheettest.Words(err), "not an Excel workbook that can be read: ") == strings.Contains(c.name, "huge") {
				t.Errorf("got %v", err)
			}
			wantNoEnglish(t, err)
		})
	}
}

func TestFormulaWithoutItsResult(t *testing.T) {
	for cell, load := range map[string]string{
		`<c r="C2"><f>A1</f></c>`:                       "",
		`<c r="C2"><f>1+2</f><v /></c>`:                 "",
		`<c r="C2" t="n"><f>1+2</f><v></v></c>`:         "",
		`<c r="C2"><f>1+2</f><v>0</v></c>`:              `<calcPr calcId="124519" fullCalcOnLoad="1"/>`,
		`<c r="C2" t="str"><f>"x"</f><v>x</v></c>`:      `<calcPr fullCalcOnLoad="true"/>`,
		`<c r="C2" t="str"><f t="array">B1</f><v/></c>`: `<calcPr fullCalcOnLoad="1"/>`,
		`<c r="C2" t="n"><f>1+2</f><v>4</v></c>`:        `<calcPr calcCompleted="0"/>`,
		`<c r="C2" t="n"><f>1+2</f><v>5</v></c>`:        `<calcPr forceFullCalc="1"/>`,
	} {
		p := booktest.SheetData(`<row r="2">` + cell + `</row>`)
		p["xl/workbook.xml"] = strings.Replace(p.Whole()["xl/workbook.xml"], "</sheets>", "</sheets>"+load, 1)
		if got := unsolved(t, p.Book(t)); !slices.Equal(got, []int{2}) {
			t.Errorf("%s: got %v", cell, got)
		}
	}
	p := booktest.SheetData(`<row><c t="str"><f>""</f><v></v></c><c><f>1+2</f><v>3</v></c></row>`)
	p["xl/workbook.xml"] = strings.Replace(p.Whole()["xl/workbook.xml"], "</sheets>", `</sheets><calcPr fullCalcOnLoad="0"/>`, 1)
	wantBookRows(t, p.Book(t), bookRow{1, []string{"", "3"}, []cell.Kind{cell.Text, cell.Number}})
}

// unsolved returns the places of the formulas without a result in the first row.
func unsolved(t *testing.T, book *bytes.Buffer) []int {
	t.Helper()
	b, err := Open(bytes.NewReader(book.Bytes()), int64(book.Len()), "")
	if err != nil {
		t.Fatal(sheettest.Words(err))
	}
	defer b.Close()
	rows, err := b.Rows()
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	row, err := rows.Next()
	if err != nil {
		t.Fatal(sheettest.Words(err))
	}
	return row.Unsolved
}

func TestMoreSheetsThanAnyoneMakes(t *testing.T) {
	sheets := strings.Repeat(`<sheet name="x" r:id="r1"/>`, maxSheets+1)
	p := booktest.BookParts{"xl/workbook.xml": `<workbook xmlns:r="x"><sheets>` + sheets + `</sheets></workbook>`}
	if _, _, err := readWorkbook(p.Book(t), ""); err == nil || !strings.Contains(sheettest.Words(err), "more than 1000 sheets") {
		t.Errorf("got %v", err)
	}
}

func TestUnreadableFiles(t *testing.T) {
	const link = `<Relationships><Relationship Id="r1" Type="x/`
	cut := booktest.SheetData(`<row><c><v>1</v></c></row>`).Book(t).Bytes()
	for _, c := range []struct {
		name string
		file io.Reader
		want string
	}{
		{"nothing", strings.NewReader(""), "not a valid zip file"},
		{"text", strings.NewReader("id,stage\n"), "not an Excel workbook that can be read: zip: not a valid zip file; save it as .xlsx again"},
		{"half", bytes.NewReader(cut[:len(cut)/2]), "not a valid zip file"},
		{"password", passwordBook(t), "protected by a password"},
		{"no book", booktest.BookParts{"_rels/.rels": "<Relationships/>"}.Book(t), "it names no workbook"},
		{"binary", booktest.BookParts{"_rels/.rels": link + `officeDocument" Target="xl/workbook.bin"/></Relationships>`}.Book(t), "binary workbook (.xlsb)"},
		{"a part is missing", booktest.BookParts{"xl/_rels/workbook.xml.rels": link + `worksheet" Target="gone.xml"/></Relationships>`}.Book(t),
			"it has no part xl/gone.xml"},
		{"an empty part", booktest.BookParts{"xl/workbook.xml": ""}.Book(t), "part xl/workbook.xml: EOF"},
		{"no sheets", booktest.BookParts{"xl/workbook.xml": `<workbook/>`}.Book(t), "empty: no visible sheet"},
		{"broken styles", booktest.BookParts{"xl/styles.xml": `<styleSheet>`}.Book(t), "part xl/styles.xml: XML syntax error"},
		{"broken texts", booktest.BookParts{"xl/sharedStrings.xml": `<sst><si>`}.Book(t), "its texts: XML syntax error"},
		{"a huge shared text", booktest.BookParts{"xl/sharedStrings.xml": `<sst><si><t>` + strings.Repeat("a", 3*maxToken)}.Book(t),
			"a row, a text or a part of the workbook is larger than 1 MiB"},
		{"huge styles", booktest.BookParts{"xl/styles.xml": `<styleSheet>` + strings.Repeat("<!--"+strings.Repeat("ab", maxToken/3)+"-->", 30)}.Book(t), "a row, a text or a part of the workbook is larger than 16 MiB"},
		{"texts made of entities", booktest.BookParts{"xl/sharedStrings.xml": `<!DOCTYPE s [<!ENTITY a "aaaa">]><sst><si><t>&a;</t></si></sst>`}.Book(t),
			"invalid character entity"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if testing.Short() && strings.Contains(c.name, "huge") {
				t.Skip("takes half a second")
			}
			t.Setenv("TMPDIR", t.TempDir())
			_, _, err := readWorkbook(c.file, "")
			if err == nil || errors.Is(err, io.EOF) || !strings.Contains(sheettest.Words(err), c.want) {
				t.Errorf("got %v", err)
			}
			wantNoEnglish(t, err)
			if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
				t.Errorf("%v is left, %v", left, err)
			}
		})
	}
}

func passwordBook(t *testing.T) io.Reader {
	f := excelize.NewFile()
	var book bytes.Buffer
	if _, err := f.WriteTo(&book, excelize.Options{Password: "secret"}); err != nil {
		t.Fatal(err)
	}
	return &book
}

// A sheet that ends early, or that has changed, must not be taken for a shorter or a different one.
func TestDamagedSheetIsNotTakenForAnother(t *testing.T) {
	rows := func(n int) string {
		var text strings.Builder
		for i := range n {
			fmt.Fprintf(&text, `<row><c><v>%d</v></c></row>`, 100000+i)
		}
		return text.String()
	}
	short := booktest.BookParts{booktest.FirstSheetPart: `<worksheet><sheetData>` + rows(5)}.Book(t)
	got, _, err := readWorkbook(short, "")
	if len(got) != 5 || err == nil || !strings.Contains(sheettest.Words(err), "after row 5 of the sheet: XML syntax error") {
		t.Errorf("%d rows, %v", len(got), err)
	}
	changed := booktest.Zipped(t, booktest.SheetData(rows(5)).Whole(), zip.Store).Bytes()
	at := bytes.Index(changed, []byte("100003"))
	changed[at] = '2'
	got, _, err = readWorkbook(bytes.NewReader(changed), "")
	if len(got) != 5 || err == nil || !strings.Contains(sheettest.Words(err), "after row 5 of the sheet: zip: checksum error") {
		t.Errorf("%d rows, %v", len(got), err)
	}
}

func TestLimits(t *testing.T) {
	directory := []byte("PK\x01\x02")
	for name, sizes := range map[string][]string{"one part": {"\xff\xff\xff\xf0"}, "together": {"\xff\xff\xff\x40", "\xff\xff\xff\x40"}} {
		book := booktest.SheetData("").Book(t).Bytes()
		at := 0
		for _, size := range sizes {
			at += bytes.Index(book[at:], directory) + 24 // where the entry has its unpacked size
			copy(book[at:], size)
		}
		if _, _, err := readWorkbook(bytes.NewReader(book), ""); err == nil || !strings.Contains(sheettest.Words(err), "unpacks to more than 2 GiB") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	sheettest.WantError(t, checkStart(strings.NewReader("PK\x03\x04"), maxWorkbook+1), "larger than 2 GiB")
}

// brokenFile fails to read one of its parts.
type brokenFile struct {
	io.ReaderAt
	from, to int64
}

func (b brokenFile) ReadAt(p []byte, at int64) (int, error) {
	if at < b.to && at+int64(len(p)) > b.from {
		return 0, sheettest.ErrBroken
	}
	return b.ReaderAt.ReadAt(p, at)
}

func TestErrorOfTheFileIsNotTakenForADamagedWorkbook(t *testing.T) {
	text := booktest.MakeBook(t, func(f *excelize.File) error { return f.SetCellValue("Sheet1", "A1", "a") }).Bytes()
	size := int64(len(text))
	for from := int64(0); from < size; from += 16 {
		b, err := Open(brokenFile{bytes.NewReader(text), from, from + 16}, size, "")
		if err == nil {
			if err := b.Close(); err != nil {
				t.Error(err)
			}
			continue // a part that is never read
		}
		if !errors.Is(err, sheettest.ErrBroken) {
			t.Errorf("broken at %d of %d: got %v", from, size, err)
		}
	}
}

func FuzzSheetRows(f *testing.F) {
	for _, rows := range []string{
		`<row r="3" hidden="1"><c r="B3" t="inlineStr"><is><t>b</t></is></c><c s="1"><v>45728.5</v></c></row>`,
		`<row><c t="s"><v>0</v></c><c t="b"><v>1</v></c><c t="d"><v>2025-03-12</v></c><c t="e"><v>#REF!</v></c><c><f>A1</f><v>1E15</v></c></row>`,
	} {
		f.Add(rows)
	}
	f.Fuzz(func(t *testing.T, rows string) {
		got, _, err := readWorkbook(booktest.SheetData(rows).Book(t), "deals")
		if err == nil {
			checkBookRows(t, got)
		}
	})
}

var storedNumberForm = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$|^-?[0-9](\.[0-9]+)?E\+[0-9]+$`)

func checkBookRows(t *testing.T, rows []bookRow) {
	last := 0
	for _, row := range rows {
		if row.Number <= last || len(row.Cells) == 0 || len(row.Cells) != len(row.Kinds) || row.Cells[len(row.Cells)-1] == "" {
			t.Errorf("after row %d: %+v", last, row)
		}
		last = row.Number
		for i, text := range row.Cells {
			if row.Kinds[i] == cell.Number && !storedNumberForm.MatchString(text) || row.Kinds[i] == cell.Boolean && text != "TRUE" && text != "FALSE" {
				t.Errorf("%q of kind %d", text, row.Kinds[i])
			}
		}
	}
}
