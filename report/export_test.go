package report

import (
	"errors"
	"iter"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"razebulk/csvmap"
	"razebulk/internal/crm"
)

var formNames = []string{"excel-br", "excel-us", "sheets"}

func exported(t rapid.TB, form string, columns []string, rows ...[]ExportCell) string {
	t.Helper()
	f, err := ParseExportForm(form)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	e, err := NewExport(&out, columns, f)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := e.Add(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Flush(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestExportForms(t *testing.T) {
	row := []ExportCell{{Text: "1"}, {Text: "a,b;c"}, {Text: "-1234.5", Number: true}, {}}
	for form, want := range map[string]string{
		"excel-br": "\xef\xbb\xbfid;name;deal_value;notes\r\n\"=\"\"1\"\"\";\"a,b;c\";-1234,5;\r\n",
		"excel-us": "\xef\xbb\xbfid,name,deal_value,notes\r\n\"=\"\"1\"\"\",\"a,b;c\",-1234.5,\r\n",
		"sheets":   "id,name,deal_value,notes\n1,\"a,b;c\",-1234.5,\n",
	} {
		if got := exported(t, form, []string{"id", "name", "deal_value", "notes"}, row); got != want {
			t.Errorf("%s: got %q, want %q", form, got, want)
		}
	}
	if _, err := ParseExportForm("excel"); err == nil {
		t.Error("excel: no error")
	}
}

func TestExportCells(t *testing.T) {
	for _, tt := range []struct {
		cell  ExportCell
		point string
	}{
		{ExportCell{Text: "=1+1"}, "'=1+1"},
		{ExportCell{Text: "  @home "}, "'@home"},
		{ExportCell{Text: "'=quoted"}, "''=quoted"},
		{ExportCell{Text: "\u200b'-x"}, "''-x"},
		{ExportCell{Text: "+5511977008229"}, "'+5511977008229"},
		{ExportCell{Text: "'tis"}, "'tis"},
		{ExportCell{Text: "\t"}, ""},
		{ExportCell{Text: "'\t"}, "'"},
		{ExportCell{Text: "a\rb\r\nc"}, "a\nb\nc"},
		{ExportCell{Text: "a\x00b"}, "a\ufffdb"},
		{ExportCell{Text: "37540.02", Number: true}, "37540.02"},
		{ExportCell{Text: "15999.90", Number: true}, "15999.90"},
		{ExportCell{Text: "1.234", Number: true}, "1.2340"},
		{ExportCell{Text: "1.2345", Number: true}, "1.2345"},
		{ExportCell{Text: "-1234567", Number: true}, "-1234567"},
		{ExportCell{Text: "1.5e3", Number: true}, "1500"},
		{ExportCell{Text: "1234E-3", Number: true}, "1.2340"},
		{ExportCell{Text: "007.50", Number: true}, "7.5"},
		{ExportCell{Text: "1e999999999", Number: true}, "1e999999999"},
		{ExportCell{Text: "-about 10", Number: true}, "'-about 10"},
		{ExportCell{Number: true}, ""},
	} {
		write := ExportForm{}.number
		if !tt.cell.Number {
			write = ExportForm{}.text
		}
		if got := write(tt.cell.Text); got != tt.point {
			t.Errorf("%+v: got %q, want %q", tt.cell, got, tt.point)
		}
	}
}

// TestExportReadsBackTheSame tests the promise of [Export]: whatever the CRM holds, an update with the sheet changes
// nothing.
func TestExportReadsBackTheSame(t *testing.T) {
	columns := append([]string{"id"}, crm.Fields...)
	rapid.Check(t, func(t *rapid.T) {
		form := rapid.SampledFrom(formNames).Draw(t, "form")
		rows := rapid.SliceOfN(rapid.Custom(drawCells), 1, 5).Draw(t, "rows")
		sheet := exported(t, form, columns, rows...)
		read := readBack(t, sheet)
		if len(read) != len(rows) {
			t.Fatalf("%d rows of %d in %q", len(read), len(rows), sheet)
		}
		for i, row := range read {
			checkSame(t, rows[i], row, sheet)
		}
	})
}

// drawCells draws the cells of one opportunity: what people write, and what could do harm.
func drawCells(t *rapid.T) []ExportCell {
	text := rapid.OneOf(rapid.String(),
		rapid.StringOf(rapid.SampledFrom([]rune("=+-@'\"\t\r\n ,;|.0a1é\u0301\u200b\ufeff\u00a0\u202e\x00#?"))),
		rapid.StringMatching(`(R\$ ?|[(-])?[0-9]{1,13}[-/:., )E]{0,2}([0-9]{1,4}|mar|fev)?`))
	cells := []ExportCell{{Text: rapid.StringMatching(`[-+=@']?[0-9a-f]{8,36}`).Draw(t, "id")}}
	for _, field := range crm.Fields {
		if field == "deal_value" {
			cells = append(cells, ExportCell{rapid.StringMatching(`|-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,6})?([eE][-+]?[0-9]{1,2})?`).Draw(t, field), true})
		} else {
			cells = append(cells, ExportCell{Text: text.Draw(t, field)})
		}
	}
	return cells
}

func readBack(t rapid.TB, sheet string) (rows []csvmap.Row) {
	_, err := csvmap.Inspect(strings.NewReader(sheet), int64(len(sheet)), csvmap.Options{}, func(all iter.Seq2[csvmap.Row, error]) error {
		rows = nil
		for row, err := range all {
			if err != nil {
				return err
			}
			row.Cells = append([]csvmap.Cell{}, row.Cells...)
			rows = append(rows, row)
		}
		return nil
	})
	if err != nil {
		t.Fatalf("%v: %q", err, sheet)
	}
	return rows
}

func checkSame(t rapid.TB, held []ExportCell, row csvmap.Row, sheet string) {
	read, refused := map[string]string{"id": row.ID}, map[string]bool{}
	for _, cell := range row.Cells {
		read[cell.Field] = cell.Text
	}
	for _, problem := range row.Problems {
		refused[problem.Field] = true
	}
	for i, field := range append([]string{"id"}, crm.Fields...) {
		want := held[i]
		if field == "phone" { // sent without invisible characters
			want.Text = strings.Map(func(r rune) rune {
				if unicode.Is(unicode.Cf, r) {
					return -1
				}
				return r
			}, plainBreaks(want.Text))
		}
		if !refused[""] && !refused[field] && !same(want, read[field]) {
			t.Fatalf("%s: %q is read as %q in %q", field, want.Text, read[field], sheet)
		}
		if field == "deal_value" && refused[field] {
			t.Fatalf("the amount %q is refused: %v", held[i].Text, row.Problems)
		}
	}
}

// same reports whether the text that was read is the one that was held, except for what neither the CRM nor a sheet
// preserves.
func same(held ExportCell, read string) bool {
	if held.Number && held.Text != "" {
		x, errX := decimal.NewFromString(held.Text)
		y, errY := decimal.NewFromString(read)
		return errX == nil && errY == nil && x.Equal(y)
	}
	return plainest(held.Text) == plainest(read)
}

func plainest(text string) string {
	return norm.NFC.String(strings.TrimFunc(plainBreaks(text), func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }))
}

func plainBreaks(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

func TestIsExport(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.csv")
	header := []string{"id", "name"}
	for content, want := range map[string]bool{
		exported(t, "excel-br", header): true, exported(t, "sheets", header): true, "id,name": true,
		"": false, "id,name,Note\n": false, "id|name\n": false, "name,id\n": false, strings.Repeat("id,", 1<<20): false,
	} {
		write(t, path, content)
		if got, err := IsExport(path, []string{"id", "name", "notes"}, header); got != want || err != nil {
			t.Errorf("%.40q: got %t, %v", content, got, err)
		}
	}
	if got, err := IsExport(path+".none", header); !got || err != nil {
		t.Errorf("no file: got %t, %v", got, err)
	}
}

type fullDisk struct{}

var errFull = errors.New("no space left")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestExportTellsOfAFullDisk(t *testing.T) {
	if _, err := NewExport(fullDisk{}, []string{"id"}, ExportForm{BOM: true}); !errors.Is(err, errFull) {
		t.Errorf("the mark: %v", err)
	}
	e, err := NewExport(fullDisk{}, []string{"id"}, ExportForm{Dialect: Dialect{Delimiter: ','}})
	if err == nil {
		err = e.Flush()
	}
	if diff := cmp.Diff(errFull.Error(), err.Error()); diff != "" {
		t.Error(diff)
	}
}
