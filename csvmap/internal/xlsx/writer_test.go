package xlsx

import (
	"bytes"
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"razebulk/csvmap/internal/cell"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func writeBook(rows []bookRow) (*bytes.Buffer, error) {
	w, err := NewWriter("Failed rows")
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if err := w.Add(row.Cells, row.Kinds, nil); err != nil {
			return nil, err
		}
	}
	var book bytes.Buffer
	n, err := w.WriteTo(&book)
	if err == nil && n != int64(book.Len()) {
		err = errors.New("a wrong length")
	}
	return &book, err
}

func TestWrittenRowsReadBackTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rows, want []bookRow
		for number := 1; number <= rapid.IntRange(1, 6).Draw(t, "rows"); number++ {
			row := bookRow{Number: number}
			for range rapid.IntRange(0, 8).Draw(t, "cells") {
				text, of := drawBookCell(t)
				row.Cells, row.Kinds = append(row.Cells, text), append(row.Kinds, of)
			}
			rows = append(rows, row)
			for len(row.Cells) > 0 && row.Cells[len(row.Cells)-1] == "" {
				row.Cells, row.Kinds = row.Cells[:len(row.Cells)-1], row.Kinds[:len(row.Kinds)-1]
			}
			if len(row.Cells) > 0 {
				want = append(want, row)
			}
		}
		book, err := writeBook(rows)
		if err != nil {
			t.Fatal(err)
		}
		got, _, err := readWorkbook(book, "failed ROWS")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

func drawBookCell(t *rapid.T) (string, cell.Kind) {
	of := rapid.SampledFrom([]cell.Kind{cell.Text, cell.Number, cell.Date, cell.Boolean, cell.Percent}).Draw(t, "kind")
	switch of {
	case cell.Number, cell.Percent:
		return rapid.OneOf(
			rapid.StringMatching(`-?[1-9][0-9]{0,14}|0|-?(0|[1-9][0-9]{0,7})\.[0-9]{0,6}[1-9]|[1-9](\.[0-9]{0,10}[1-9])?E\+(1[5-9]|[2-9][0-9])`),
			rapid.Map(rapid.Float64Range(-1e307, 1e307), excelNumber),
		).Draw(t, "number"), of
	case cell.Date:
		return drawDate(t), of
	case cell.Boolean:
		return rapid.SampledFrom([]string{"TRUE", "FALSE"}).Draw(t, "boolean"), of
	}
	special := rapid.SampledFrom([]string{"", "007", "=1+1", "TRUE", "1E5", " ", "2025-03-12", "_x0041_", "_x005F_x0041_", "#REF!", "'1", "a\r\nb", "<&>\"]]>", "\t"})
	// A workbook's cell is unlikely to have text that XML can't contain; excelize replaces it by a sign.
	printable := rapid.Rune().Filter(func(r rune) bool { return r >= ' ' && r != '\ufffe' && r != '\uffff' })
	return rapid.OneOf(special, rapid.StringOf(printable)).Draw(t, "text"), of
}

func drawDate(t *rapid.T) string {
	first, end := time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC).Unix(), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	seconds := rapid.Int64Range(first, end-1)
	switch rapid.IntRange(0, 2).Draw(t, "form") {
	case 0:
		return time.Unix(seconds.Draw(t, "day"), 0).UTC().Format(time.DateOnly)
	case 1:
		return isoMoment(time.Unix(seconds.Draw(t, "moment"), 0).UTC())
	}
	clock := rapid.StringMatching(`:[0-5][0-9]:[0-5][0-9]`).Draw(t, "clock")
	hours := strconv.Itoa(rapid.IntRange(0, 100000).Draw(t, "hours"))
	return strings.Repeat("0", max(0, 2-len(hours))) + hours + clock
}

func TestACellThatIsNotWhatItsKindSaysIsText(t *testing.T) {
	row := bookRow{1, []string{"1,5", "NaN", "12345678901234567", "007", "1900-02-29", "1900-02-28 12:00:00", "31/12/2025", "1:60:00", "yes"}, []cell.Kind{
		cell.Number, cell.Number, cell.Number, cell.Number, cell.Date, cell.Date, cell.Date, cell.Date, cell.Boolean,
	}}
	book, err := writeBook([]bookRow{row, {2, []string{"a", "1"}, nil}})
	if err != nil {
		t.Fatal(err)
	}
	wantBookRows(t, book, bookRow{1, row.Cells, make([]cell.Kind, len(row.Cells))}, bookRow{2, []string{"a", "1"}, make([]cell.Kind, 2)})
}

func TestTextIsNeverAFormulaForExcelize(t *testing.T) {
	book, err := writeBook([]bookRow{{1, []string{"=1+1", "2025-03-12"}, []cell.Kind{cell.Text, cell.Date}}})
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(book)
	if err != nil {
		t.Fatal(err)
	}
	formula, err1 := f.GetCellFormula("Failed rows", "A1")
	text, err2 := f.GetCellValue("Failed rows", "A1")
	day, err3 := f.GetCellValue("Failed rows", "B1")
	if err := errors.Join(err1, err2, err3, f.Close()); err != nil || formula != "" || text != "=1+1" || day != "2025-03-12" {
		t.Errorf("formula %q, text %q, day %q, %v", formula, text, day, err)
	}
}

func TestWhatAWorkbookCannotTake(t *testing.T) {
	for _, text := range []string{strings.Repeat("é", excelize.TotalCellChars), strings.Repeat("😀", excelize.TotalCellChars/2)} {
		if _, err := writeBook([]bookRow{{1, []string{text}, nil}}); err != nil {
			t.Error(err)
		}
		book, err := writeBook([]bookRow{{1, []string{"", text + "aa"}, nil}})
		if err != nil {
			t.Fatal(err)
		}
		rows, _, err := readWorkbook(book, "")
		if err != nil || !strings.HasSuffix(rows[0].Cells[1], "…") || !strings.HasPrefix(text, strings.TrimSuffix(rows[0].Cells[1], "…")) || TooLong(rows[0].Cells[1]) {
			t.Errorf("got %+v, %v", rows, err)
		}
	}
	if _, err := writeBook([]bookRow{{1, make([]string, excelize.MaxColumns+1), nil}}); err != nil {
		t.Errorf("empty cells beyond the last column: %v", err)
	}
}

func TestSheetNamesThatExcelDoesNotTake(t *testing.T) {
	for name, want := range map[string]string{
		"a/b": "a_b", `:\/?*[]`: "_______", "": "Sheet1", "''": "Sheet1", "'a'": "a", "a'b": "a'b", "a\x01": "a_", "Deals": "Deals", strings.Repeat("é", 31): strings.Repeat("é", 31),
		strings.Repeat("é", 32): strings.Repeat("é", 30) + "…", strings.Repeat("😀", 16): strings.Repeat("😀", 15) + "…", strings.Repeat("a", 29) + "😀b": strings.Repeat("a", 29) + "…",
	} {
		w, err := NewWriter(name)
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		if err := w.Add([]string{"a"}, nil, nil); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if _, err := w.WriteTo(&out); err != nil {
			t.Fatal(err)
		}
		book, err := open(&out, "")
		if err != nil {
			t.Fatal(err)
		}
		if got := book.Sheet(); got != want {
			t.Errorf("%q became %q, want %q", name, got, want)
		}
		if err := book.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestALargeWorkbookLeavesNoTemporaryFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	t.Setenv("TMPDIR", t.TempDir())
	row := bookRow{1, []string{strings.Repeat("large ", 5000)}, nil}
	rows := make([]bookRow, 700) // 20 MiB; excelize uses a file from 16 MiB on
	for i := range rows {
		rows[i] = row
	}
	book, err := writeBook(rows)
	if err != nil {
		t.Fatal(err)
	}
	if got, _, err := readWorkbook(book, ""); err != nil || len(got) != len(rows) {
		t.Errorf("%d rows, %v", len(got), err)
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}
