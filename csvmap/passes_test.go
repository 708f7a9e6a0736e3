package csvmap

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"razebulk/csvmap/internal/booktest"
	"razebulk/csvmap/internal/cell"
)

// counted counts the bytes that are read from a file.
type counted struct {
	sized
	read int64
}

func (c *counted) ReadAt(p []byte, at int64) (int, error) {
	n, err := c.sized.ReadAt(p, at)
	c.read += int64(n)
	return n, err
}

// passes returns how many times the whole file has been read since the last call.
func (c *counted) passes() float64 {
	times := float64(c.read) / float64(c.Size())
	c.read = 0
	return times
}

func longSheet(t testing.TB, rows int) [][]string {
	t.Helper()
	table := [][]string{{"id", "name", "deal_value", "notes"}}
	for i := range rows {
		table = append(table, []string{fmt.Sprint("id-", i), fmt.Sprint("Negócio ", i*i), fmt.Sprint(i, ".50"), fmt.Sprint("São João ", i*i*i)})
	}
	return table
}

// TestFilesAreReadNoMoreOftenThanTheyMustBe allows a tenth of a pass for the beginning of the file, which is read
// twice.
func TestFilesAreReadNoMoreOftenThanTheyMustBe(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	csv := fileForm{delimiter: ",", end: "\n", breaks: "\n"}
	western, wide := csv, csv
	western.encoding = charmap.Windows1252
	wide.encoding, wide.mark = utf16LE, "\xff\xfe"
	unmarked := csv
	unmarked.encoding = utf16LE
	table := longSheet(t, 60_000)
	late := append(longSheet(t, 60_000), []string{"last", "a", "1", "b"})
	for i := range rowsForJudgement + 1 {
		late[i+1][2] = "7"
	}
	for _, c := range []struct {
		name   string
		text   string
		passes int
	}{
		{"UTF-8", csv.write(t, table), 2},
		{"Windows-1252", western.write(t, table), 2},
		{"UTF-16 with a mark", wide.write(t, table), 2},
		{"UTF-16 without a mark", unmarked.write(t, table), 3},
		{"UTF-8, whose first rows show no decimal separator", csv.write(t, late), 3},
		{"a workbook", longBook(t, table), 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := &counted{sized: opens(c.text)}
			r, err := Inspect(file, file.Size(), Options{}, readAll)
			if err != nil {
				t.Fatal(err)
			}
			if got := file.passes(); got < float64(c.passes)-0.1 || got > float64(c.passes)+0.1 {
				t.Errorf("Inspect has read the file %.2f times, want %d", got, c.passes)
			}
			sheet, err := r.Open()
			if err != nil {
				t.Fatal(err)
			}
			if err := readAll(sheet.Rows()); err != nil {
				t.Error(err)
			}
			if got := file.passes(); got > 1.1 {
				t.Errorf("reading the rows again has read the file %.2f times, want once", got)
			}
			if err := sheet.Close(); err != nil {
				t.Error(err)
			}
			if err := r.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func longBook(t testing.TB, table [][]string) string {
	t.Helper()
	return booktest.MakeBook(t, func(f *excelize.File) error {
		w, err := f.NewStreamWriter("Sheet1")
		if err != nil {
			return err
		}
		for i, cells := range table {
			row := make([]any, len(cells))
			for j, text := range cells {
				row[j] = text
			}
			if err := w.SetRow(fmt.Sprint("A", i+1), row); err != nil {
				return err
			}
		}
		return w.Flush()
	}).String()
}

func readAll(rows iter.Seq2[Row, error]) error {
	for _, err := range rows {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestWorkbookLeavesNoTemporaryFiles(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	text := book(t, [][]string{{"id", "name"}, {"1", "a"}}, make([][]cell.Kind, 2))
	noTemporaryFiles := func(when string) {
		t.Helper()
		if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
			t.Errorf("%s: %v are there, %v", when, left, err)
		}
	}
	r, err := Inspect(strings.NewReader(text), int64(len(text)), Options{}, func(rows iter.Seq2[Row, error]) error {
		noTemporaryFiles("while it is read")
		return readAll(rows)
	})
	if err != nil {
		t.Fatal(err)
	}
	noTemporaryFiles("before it is closed")
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if _, err := Inspect(strings.NewReader(text), int64(len(text)), Options{}, func(iter.Seq2[Row, error]) error { return io.ErrNoProgress }); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("got %v", err)
	}
	noTemporaryFiles("after an error")
}
