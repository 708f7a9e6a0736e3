package csvmap

import (
	"io"
	"iter"
	"slices"
	"strings"
	"testing"

	"razebulk/csvmap/internal/sheettest"
	"razebulk/internal/reason"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// sized is a file that can be read at any offset.
type sized interface {
	io.ReaderAt
	Size() int64
}

func opens[T string | []byte](text T) sized { return strings.NewReader(string(text)) }

// inspected reads a sheet as an update does: all rows, from the last time they were offered.
func inspected(file sized, o Options) (r *Reading, rows []Row, err error) {
	r, err = Inspect(file, file.Size(), o, func(all iter.Seq2[Row, error]) (err error) {
		rows, err = collected(all)
		return err
	})
	return r, rows, err
}

// collected returns copies of all rows, whose cells are otherwise valid only until the next row.
func collected(all iter.Seq2[Row, error]) (rows []Row, err error) {
	for row, err := range all {
		if err != nil {
			return rows, err
		}
		row.Cells, row.Problems, row.Warnings = slices.Clone(row.Cells), worded(row.Problems), worded(row.Warnings)
		rows = append(rows, row)
	}
	return rows, nil
}

// times returns how often a part of a test is repeated: n, or a tenth of it in short mode.
func times(n int) int {
	if testing.Short() {
		return n / 10
	}
	return n
}

// worded returns problems with their texts instead of their codes and parameters, as tests write them.
func worded(problems []Problem) (all []Problem) {
	for _, p := range problems {
		p.Code, p.Params = sheettest.Text(reason.Reason{Code: p.Code, Params: p.Params}), nil
		all = append(all, p)
	}
	return all
}

func readSheet(t testing.TB, text string, o Options) (*Reading, []Row) {
	t.Helper()
	r, rows, err := inspected(opens(text), o)
	if err != nil {
		t.Fatal(sheettest.Words(err))
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r, rows
}

func readError(text string, o Options) error {
	_, _, err := inspected(opens(text), o)
	return err
}

// reopened opens a sheet that has been inspected; a CSV file has this text.
func reopened(t testing.TB, r *Reading, text string) *Sheet {
	t.Helper()
	again := *r
	again.file, again.size = strings.NewReader(text), int64(len(text))
	sheet, err := again.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sheet.Close(); err != nil {
			t.Error(err)
		}
	})
	return sheet
}

func wantRows(t testing.TB, got []Row, want ...Row) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Error("rows (-want +got):\n" + diff)
	}
}

func named(number, line int, id, name string) Row {
	return Row{Number: number, Line: line, ID: id, Cells: []Cell{{Field: "name", Text: name}}}
}
