package csvmap

import (
	"errors"
	"io"
	"iter"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// opens begins anew each time.
func opens[T string | []byte](text T) func() (io.Reader, error) {
	return func() (io.Reader, error) { return strings.NewReader(string(text)), nil }
}

// inspected reads a sheet as an update does: all rows, from the last of the times that they were offered.
func inspected(open func() (io.Reader, error), o Options) (r *Reading, rows []Row, err error) {
	r, err = Inspect(open, o, func(all iter.Seq2[Row, error]) (err error) {
		rows, err = collected(all)
		return err
	})
	return r, rows, err
}

// collected keeps rows beyond the next one.
func collected(all iter.Seq2[Row, error]) (rows []Row, err error) {
	for row, err := range all {
		if err != nil {
			return rows, err
		}
		row.Cells = slices.Clone(row.Cells)
		rows = append(rows, row)
	}
	return rows, nil
}

func readSheet(t testing.TB, text string, o Options) (*Reading, []Row) {
	t.Helper()
	r, rows, err := inspected(opens(text), o)
	if err != nil {
		t.Fatal(err)
	}
	return r, rows
}

func readError(text string, o Options) error {
	_, _, err := inspected(opens(text), o)
	return err
}

// reopened takes up a sheet that has been inspected.
func reopened(t testing.TB, r *Reading, text string) *Sheet {
	t.Helper()
	sheet, err := r.Open(strings.NewReader(text))
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

func wantError(t testing.TB, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one with %q", parts)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error %q lacks %q", err, part)
		}
	}
}

func wantReason(t testing.TB, got, part string) {
	t.Helper()
	if (got == "") != (part == "") || !strings.Contains(got, part) {
		t.Errorf("got reason %q, want one with %q", got, part)
	}
}

var errBroken = errors.New("disk on fire")

func liveHeap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
