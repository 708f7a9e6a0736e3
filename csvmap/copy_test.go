package csvmap

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"razebulk/csvmap/internal/amount"
	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/sheettest"
	"razebulk/csvmap/internal/xlsx"
	"razebulk/internal/crm"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

const copyMessage = "name \"x\": a, b;c|d\te\nf"

// copied returns a copy of all non-blank rows of a sheet, each with two additional cells.
func copied(t rapid.TB, text string, o Options) string {
	t.Helper()
	file := opens(text)
	r, err := detect(file, file.Size(), o)
	if err != nil {
		t.Fatal(sheettest.Words(err))
	}
	defer r.Close()
	sheet, err := r.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer sheet.Close()
	var out bytes.Buffer
	c, err := sheet.NewCopy(&out, crm.StatusColumn, crm.MessageColumn)
	if err != nil {
		t.Fatal(err)
	}
	for row, err := range sheet.Originals() {
		if err != nil {
			t.Fatal(err)
		}
		if isEmpty(row.cells) {
			continue
		}
		if err := c.Add(row, "FAILED", copyMessage); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func isEmpty(cells []string) bool { return strings.Trim(strings.Join(cells, ""), `"`) == "" }

func TestCopyKeepsEveryByteInEveryForm(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long for a short run")
	}
	forms := fileForms()
	rapid.Check(t, func(t *rapid.T) {
		wide, narrow := drawModel(t, false, false), drawModel(t, true, false)
		for range times(20) {
			f, m := rapid.SampledFrom(forms).Draw(t, "form"), wide
			if f.narrow {
				m = narrow
			}
			text := f.write(t, m.table)
			copy := copied(t, text, f.options)
			if diff := cmp.Diff(wantedCopy(t, f, m.table), copy); diff != "" {
				t.Fatalf("%s (-want +got):\n%s", f.name, diff)
			}
			checkReadsAlike(t, f.name, text, copy, f.options)
			if again := copied(t, copy, f.options); again != copy {
				t.Fatalf("%s: %q is copied as %q", f.name, copy, again)
			}
		}
	})
}

// wantedCopy adds the additional cells to the rows as they are written, and keeps the letters ID from the start of
// the file.
func wantedCopy(t rapid.TB, f fileForm, table [][]string) string {
	var rows []string
	further := fileForm{delimiter: f.delimiter, breaks: "\n"}
	for i, cells := range table {
		added := []string{"FAILED", copyMessage}
		if i == 0 {
			added = []string{crm.StatusColumn, crm.MessageColumn}
		}
		if isEmpty(cells) {
			continue
		}
		rows = append(rows, f.row(cells)+f.delimiter+further.row(added))
	}
	if f.mark == "" && !f.sep && strings.HasPrefix(rows[0], "ID") {
		rows[0] = "id" + rows[0][2:]
	}
	return f.file(t, rows)
}

// checkReadsAlike compares two sheets except for the lines where their rows begin.
func checkReadsAlike(t rapid.TB, form, a, b string, o Options) {
	t.Helper()
	_, want, err1 := inspected(opens(a), o)
	_, got, err2 := inspected(opens(b), o)
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(Row{}, "Line", "Number")); diff != "" || err1 != nil || err2 != nil {
		t.Fatalf("%s: %v, %v\n%s", form, err1, err2, diff)
	}
}

// bookRow is a row of a workbook.
type bookRow struct {
	Number int
	Cells  []string
	Kinds  []cell.Kind
}

func bookRows(text string) (all []bookRow, err error) {
	book, err := xlsx.Open(strings.NewReader(text), int64(len(text)), "Deals")
	if err != nil {
		return nil, err
	}
	defer book.Close()
	rows, err := book.Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for {
		r, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		all = append(all, bookRow{r.Number, slices.Clone(r.Cells), slices.Clone(r.Kinds)})
	}
}

func TestCopyOfAWorkbookKeepsTheKinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t, false, true)
		m.add([]string{"2025-03-12", "36:00:00", "TRUE", "1.2E+15", "007"}, []cell.Kind{cell.Date, cell.Date, cell.Boolean, cell.Number, cell.Text})
		text := book(t, m.table, m.kinds)
		copy := copied(t, text, Options{})
		width := len(m.table[0])
		want, err1 := bookRows(text)
		got, err2 := bookRows(copy)
		if err1 != nil || err2 != nil || len(got) != len(want) {
			t.Fatal(err1, err2, len(got), len(want))
		}
		for i := range want {
			missing := width - len(want[i].Cells)
			added := []string{"FAILED", copyMessage}
			if i == 0 {
				added = []string{crm.StatusColumn, crm.MessageColumn}
			}
			want[i].Cells = slices.Concat(want[i].Cells, make([]string, missing), added)
			want[i].Kinds = slices.Concat(want[i].Kinds, make([]cell.Kind, missing+2))
			want[i].Number = i + 1
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestCopies(t *testing.T) {
	const more = `,FAILED,"name ""x"": a, b;c|d	e` + "\nf\"\n"
	for _, c := range []struct{ name, text, want string }{
		{"short and long rows", "id,name\n1\n2,a,b\n", "id,name,raze_status,raze_message\n1," + more + "2,a,b" + more},
		{"blank rows above the header", "\n,\nid,name\n1,a\n", "id,name,raze_status,raze_message\n1,a" + more},
		{"ID first", "ID,name\n1,a\n", "id,name,raze_status,raze_message\n1,a" + more},
		{"ID and more first", "ID do negócio,name\n1,a\n", "id do negócio,name,raze_status,raze_message\n1,a" + more},
		{"ID in quotes", "\"ID\",name\n1,a\n", "\"ID\",name,raze_status,raze_message\n1,a" + more},
		{"Id first", "Id,name\n1,a\n", "Id,name,raze_status,raze_message\n1,a" + more},
		{"ID later", "name,ID\na,1\n", "name,ID,raze_status,raze_message\na,1" + more},
		{"ID behind a mark", "\ufeffID,name\n1,a\n", "\ufeffID,name,raze_status,raze_message\n1,a" + more},
		{"ID behind a sep line", "sep=,\nID,name\n1,a\n", "sep=,\nID,name,raze_status,raze_message\n1,a" + more},
		{"a row that begins with ID", "name,id\nID,1\n", "name,id,raze_status,raze_message\nID,1" + more},
		{"columns of an earlier run", "id,name,raze_status,raze_message\n1,a,old,old\n2,b,c,old,old\n3\n", "id,name,raze_status,raze_message\n1,a" + more + "2,b,c" + more + "3," + more},
		{"columns of an earlier run in between", "Raze Status,id,name\nold,1,a\n", "id,name,raze_status,raze_message\n1,a" + more},
		{"quotes and blanks", "id,name\n1,\"a\"\"\"  \n2,5\" x\n3, y \n", "id,name,raze_status,raze_message\n1,\"a\"\"\"  " + more + "2,5\" x" + more + "3, y " + more},
		{"one column", "id\n1\n", "id,raze_status,raze_message\n1" + more},
		{"no line end at the end", "id,name\n1,a", "id,name,raze_status,raze_message\n1,a" + more},
		{"a header of several lines with CRLF", "id,\"na\nme\"\r\n1,a\r\n", "id,\"na\nme\",raze_status,raze_message\r\n1,a" + strings.TrimSuffix(more, "\n") + "\r\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, copied(t, c.text, Options{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCopyInAnEncodingThatLacksSigns(t *testing.T) {
	text := "id;name\n1;\xe3o\n"
	r, _ := readSheet(t, text, Options{})
	sheet := reopened(t, r, text)
	var out bytes.Buffer
	c, err := sheet.NewCopy(&out, "why")
	if err != nil {
		t.Fatal(err)
	}
	for row := range sheet.Originals() {
		if err := c.Add(row, "日;é"); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := out.String(), "id;name;why\n1;\xe3o;\"?;\xe9\"\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

type brokenWriter struct{ left int }

func (w *brokenWriter) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, sheettest.ErrBroken
	}
	return len(p), nil
}

func TestErrorsOfTheWriterArePassedOn(t *testing.T) {
	for _, text := range []string{"\ufeffsep=,\nid,name\n1,a\n", book(t, [][]string{{"id", "name"}, {"1", "a"}}, make([][]cell.Kind, 2))} {
		r, _ := readSheet(t, text, Options{})
		for _, left := range []int{0, 5, 12, 30} {
			sheet := reopened(t, r, text)
			c, err := sheet.NewCopy(&brokenWriter{left}, "why")
			for row := range sheet.Originals() {
				if err == nil {
					err = c.Add(row, "x")
				}
			}
			if err == nil {
				err = c.Close()
			}
			if (err == nil) != (left == 30 && r.book == nil) {
				t.Errorf("after %d bytes: got %v", left, err)
			}
		}
	}
}

func TestExtension(t *testing.T) {
	if r, _ := readSheet(t, "id\n1\n", Options{}); r.Extension() != ".csv" {
		t.Errorf("got %s", r.Extension())
	}
}

// copiedAs copies the rows of a sheet whose numbers can be read.
func copiedAs(t *testing.T, r *Reading, text string) string {
	t.Helper()
	var out bytes.Buffer
	sheet := reopened(t, r, text)
	c, err := sheet.NewCopy(&out, crm.StatusColumn, crm.MessageColumn)
	if err != nil {
		t.Fatal(err)
	}
	for row := range sheet.Originals() {
		if err := c.Add(row, "FAILED", "x"); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestCopyDeclaresTheDecimalSeparator(t *testing.T) {
	o := Options{Mappings: mapped(t, "Score=score:number", "Rank=rank:number")}
	const text = "id;Valor;Rank;Score\na;1.234,50;1;0,5\nb;2.345;2;1.234\n"
	r, want := readSheet(t, text, o)
	if got := r.String(); got != "UTF-8, semicolon, decimal comma" {
		t.Errorf("got %s", got)
	}
	failed := copiedAs(t, r, text)
	lines := strings.Split(failed, "\n")
	if !strings.HasSuffix(lines[0], ";raze_decimal") || !strings.HasSuffix(failed, ";comma\n") {
		t.Fatalf("got %q", failed)
	}
	alone := lines[0] + "\nb;2.345;2;1.234;FAILED;x;comma\n"
	again, rows := readSheet(t, alone, o)
	wantRows(t, rows, Row{Number: 2, Line: 2, ID: "b", Cells: want[1].Cells})
	if again.String() != r.String() {
		t.Errorf("got %s, want %s", again, r)
	}
	sheettest.WantError(t, readError(alone+"c;2.345;2;1.234;FAILED;x;point\n", o), "says point in some rows and comma in others")
	sheettest.WantError(t, readError(strings.ReplaceAll(alone, ";comma", ";comma - point"), o), `column raze_decimal says "comma - point"`, "--decimal")
	readSheet(t, strings.ReplaceAll(alone, ";comma", ";comma - point"), Options{Mappings: o.Mappings, Decimal: amount.Comma})
	readSheet(t, "id,name,raze_decimal\n1,a,comma - point\n", Options{}) // no numbers
}

func TestColumnsWithDifferentDecimalSeparatorsAreRefused(t *testing.T) {
	o := Options{Mappings: mapped(t, "Score=score:number", "Rank=rank:number")}
	const text = "id;Valor;Rank;Score\na;1.234,50;1;0.5\nb;2.345;2;1.234\n"
	sheettest.WantError(t, readError(text, o), `columns "Valor" and "Score" have different decimal separators`, "a file each", "--ignore-columns")
	o.Decimal = amount.Comma
	_, rows := readSheet(t, text, o)
	if len(rows[0].Problems) != 1 || rows[0].Problems[0].Column != "Score" || len(rows[1].Problems) != 0 {
		t.Errorf("got %+v", rows)
	}
}
