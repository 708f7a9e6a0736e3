package xlsx

import (
	"bytes"
	"errors"
	"io"
	"os"
	"sync"
	"testing"

	"razebulk/csvmap/internal/booktest"
	"razebulk/csvmap/internal/cell"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// bookRow is a row returned by Next.
type bookRow struct {
	Number int
	Cells  []string
	Kinds  []cell.Kind
}

// open opens the content of r as a workbook.
func open(r io.Reader, sheet string) (*Book, error) {
	file, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return Open(bytes.NewReader(file), int64(len(file)), sheet)
}

func readWorkbook(r io.Reader, sheet string) (rows []bookRow, hidden int, err error) {
	b, err := open(r, sheet)
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	in, err := b.Rows()
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	for {
		r, err := in.Next()
		if errors.Is(err, io.EOF) {
			return rows, in.hidden, nil
		}
		if err != nil {
			return rows, in.hidden, err
		}
		rows = append(rows, bookRow{r.Number, append([]string{}, r.Cells...), append([]cell.Kind{}, r.Kinds...)})
	}
}

// wantBookRows reads the workbook and compares its rows.
func wantBookRows(t *testing.T, book io.Reader, want ...bookRow) {
	t.Helper()
	rows, _, err := readWorkbook(book, "")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCellsKeepTheirTypes(t *testing.T) {
	book := booktest.MakeBook(t, func(f *excelize.File) error {
		return errors.Join(
			f.SetSheetRow("Sheet1", "A1", &[]any{"007", 7, 1234.1, true, false, "TRUE", "=1+1", " spaced ", nil, "1,5", "2025-03-12"}),
			f.SetCellRichText("Sheet1", "B3", []excelize.RichTextRun{{Text: "bold ", Font: &excelize.Font{Bold: true}}, {Text: "plain"}}),
			f.SetSheetRow("Sheet1", "A5", &[]any{11987654321, 0.1 + 0.2, 1.2e15, -0.5, 1e-7}),
		)
	})
	wantBookRows(t, book,
		bookRow{1, []string{"007", "7", "1234.1", "TRUE", "FALSE", "TRUE", "=1+1", " spaced ", "", "1,5", "2025-03-12"}, []cell.Kind{
			cell.Text, cell.Number, cell.Number, cell.Boolean, cell.Boolean, cell.Text, cell.Text, cell.Text, cell.Text, cell.Text, cell.Text,
		}},
		bookRow{3, []string{"", "bold plain"}, []cell.Kind{cell.Text, cell.Text}},
		bookRow{5, []string{"11987654321", "0.3", "1.2E+15", "-0.5", "0.0000001"}, []cell.Kind{cell.Number, cell.Number, cell.Number, cell.Number, cell.Number}},
	)
}

func TestStoredFormsOfCells(t *testing.T) {
	shared := `<sst><si><t>one</t></si><si><r><t>ri</t></r><r><rPr><b/></rPr><t xml:space="preserve">ch </t></r><rPh sb="0" eb="1"><t>hint</t></rPh></si>` +
		`<si><t>a_x000D_b_x005F_x000D_c</t></si><si><t/></si></sst>`
	for _, c := range []struct {
		name, cell, text string
		kind             cell.Kind
	}{
		{"shared string", `<c t="s"><v>0</v></c>`, "one", cell.Text},
		{"shared rich string", `<c t="s"><v>1</v></c>`, "rich ", cell.Text},
		{"escaped characters", `<c t="s"><v>2</v></c>`, "a\rb_x000D_c", cell.Text},
		{"escaped pair", `<c t="str"><v>_xD83D__xDE00_</v></c>`, "😀", cell.Text},
		{"inline string", `<c t="inlineStr"><is><t>in</t></is></c>`, "in", cell.Text},
		{"inline rich string", `<c t="inlineStr"><is><r><t>i</t></r><r><t>n</t></r></is></c>`, "in", cell.Text},
		{"CDATA and entities", `<c t="inlineStr"><is><t>a&amp;<![CDATA[<b>]]></t></is></c>`, "a&<b>", cell.Text},
		{"formula's number", `<c><f>1+1</f><v>2</v></c>`, "2", cell.Number},
		{"formula's text", `<c t="str"><f>"0"&amp;"7"</f><v>07</v></c>`, "07", cell.Text},
		{"formula's error", `<c t="e"><f>A0</f><v>#REF!</v></c>`, "#REF!", cell.Error},
		{"an error without a name", `<c t="e"/>`, "#ERROR!", cell.Error},
		{"an error of a later Excel", `<c t="e"><v>#PYTHON!</v></c>`, "#PYTHON!", cell.Error},
		{"formula's boolean", `<c t="b"><f>1=1</f><v>1</v></c>`, "TRUE", cell.Boolean},
		{"formula's date", `<c s="1"><f>TODAY()</f><v>45728</v></c>`, "2025-03-12", cell.Date},
		{"date as text", `<c t="d"><v>2025-03-12T14:30:00.000</v></c>`, "2025-03-12 14:30:00", cell.Date},
		{"day as text", `<c t="d"><v>2025-03-12</v></c>`, "2025-03-12", cell.Date},
		{"time as text", `<c t="d"><v>14:30:00</v></c>`, "14:30:00", cell.Date},
		{"boolean in words", `<c t="b"><v>false</v></c>`, "FALSE", cell.Boolean},
		{"number", `<c t="n"><v> 1234.0999999999999 </v></c>`, "1234.1", cell.Number},
		{"exponent", `<c><v>1.1987654321E10</v></c>`, "11987654321", cell.Number},
		{"largest integer", `<c><v>999999999999999</v></c>`, "999999999999999", cell.Number},
		{"one digit too many", `<c><v>1000000000000000</v></c>`, "1E+15", cell.Number},
		{"id of 17 digits", `<c><v>12345678901234567</v></c>`, "1.23456789012346E+16", cell.Number},
		{"rounded up to it", `<c><v>999999999999999.9</v></c>`, "1E+15", cell.Number},
		{"largest number", `<c><v>9.99999999999999E307</v></c>`, "9.99999999999999E+307", cell.Number},
		{"negative zero", `<c><v>-0</v></c>`, "0", cell.Number},
		{"a duration", `<c t="d"><v>PT36H11M0.000S</v></c>`, "36:11:00", cell.Date},
		{"a date with its zone", `<c t="d"><v>2025-03-12T10:00:00+03:00</v></c>`, "2025-03-12 10:00:00", cell.Date},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := booktest.SheetData(`<row>` + c.cell + `</row>`)
			p["xl/sharedStrings.xml"] = shared
			wantBookRows(t, p.Book(t), bookRow{1, []string{c.text}, []cell.Kind{c.kind}})
		})
	}
}

func TestSparseRowsAndCells(t *testing.T) {
	text := func(text string) string { return `<is><t>` + text + `</t></is></c>` }
	book := booktest.SheetData(`<row r="3"><c r="B3" t="inlineStr">` + text("b") + `<c t="inlineStr">` + text("c") + `<c r="E3"><v>5</v></c><c r="F3" s="1"/>` +
		`<c t="s"/><c t="s"><v/></c><c t="str"><f>""</f><v></v></c></row><row r="4" hidden="1"/><row><c r="A5" s="1"/></row><row r="7"><c t="inlineStr">` +
		text("") + `</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`).Book(t)
	last := bookRow{1048576, make([]string, 16384), make([]cell.Kind, 16384)}
	last.Cells[16383], last.Kinds[16383] = "1", cell.Number
	wantBookRows(t, book, bookRow{3, []string{"", "b", "c", "", "5"}, []cell.Kind{cell.Text, cell.Text, cell.Text, cell.Text, cell.Number}}, last)
}

func TestHiddenRows(t *testing.T) {
	book := booktest.MakeBook(t, func(f *excelize.File) error {
		return errors.Join(
			f.SetSheetCol("Sheet1", "A1", &[]any{"id", "a", "b", "c", "d"}),
			f.SetRowVisible("Sheet1", 2, false), // as a filter also does
			f.SetRowVisible("Sheet1", 4, false),
			f.SetRowVisible("Sheet1", 9, false), // an empty row
			f.AutoFilter("Sheet1", "A1:A5", []excelize.AutoFilterOptions{{Column: "A", Expression: "x != a"}}),
		)
	})
	rows, hidden, err := readWorkbook(book, "")
	if err != nil || len(rows) != 5 || hidden != 2 {
		t.Errorf("%d rows, %d hidden, %v", len(rows), hidden, err)
	}
}

func TestRowsAreCountedAsTheyAreReturned(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	book := booktest.SheetData(`<row hidden="true"><c><v>1</v></c></row><row hidden="1"><c><v>2</v></c></row>`).Book(t)
	b, err := open(book, "deals")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := b.Rows()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := rows.Next(); err != nil || rows.hidden != 1 || b.Sheet() != "Deals" {
		t.Errorf("%d hidden in %q, %v", rows.hidden, b.Sheet(), err)
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("%v are there while the workbook is open, %v", left, err)
	}
	if err := errors.Join(rows.Close(), b.Close()); err != nil {
		t.Error(err)
	}
}

func TestSheetsThatAreOpenAtOnceDoNotShareTheirTexts(t *testing.T) {
	p := booktest.SheetData(`<row><c t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c></row>`)
	p["xl/sharedStrings.xml"] = `<sst><si><t>one</t></si><si><t>two</t></si></sst>`
	b, err := open(p.Book(t), "")
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			rows, err := b.Rows()
			if err != nil {
				t.Error(err)
				return
			}
			first, err := rows.Next()
			if err != nil || first.Cells[0] != "one" {
				t.Errorf("got %+v, %v", first, err)
			}
			if err := rows.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if err := b.Close(); err != nil {
		t.Error(err)
	}
}
