package report

import (
	"bytes"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/crm"
)

var undoFields = []string{"id", "name", "deal_value", "notes", "phone"}

// began is when the run of these undo files began.
var began = time.Date(2026, 11, 26, 2, 15, 0, 1, time.UTC)

func undoPath(t testing.TB) string { return filepath.Join(t.TempDir(), "deals.undo.csv") }

func createUndo(t rapid.TB, path string, d Dialect) *Undo {
	t.Helper()
	u, err := CreateUndo(path, d, began, undoFields, undoFields)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func must(t rapid.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// undoRows reads an undo file as an update does, without flags.
func undoRows(t rapid.TB, path string) []csvmap.Row {
	t.Helper()
	var rows []csvmap.Row
	text, err := os.ReadFile(path)
	must(t, err)
	_, err = csvmap.Inspect(bytes.NewReader(text), int64(len(text)), csvmap.Options{}, func(all iter.Seq2[csvmap.Row, error]) error {
		rows = nil
		for row, err := range all {
			if err != nil {
				return err
			}
			if len(row.Problems) > 0 {
				t.Fatalf("row %d: %v", row.Number, row.Problems)
			}
			row.Cells = slices.Clone(row.Cells)
			rows = append(rows, row)
		}
		return nil
	})
	must(t, err)
	return rows
}

// opportunities holds the values of opportunities, by id and field.
type opportunities map[string]map[string]string

var (
	anyText = rapid.OneOf(
		rapid.SampledFrom([]string{"", " a ", "=1+1", "'=1", "''-5", "'-5", "-5", "+5511", "<clear>", "a\r\nb", "\r", "\n", "\t", `"`, `a""b`, "cafe\u0301", "SÃ£o", "a,b;c|d\te",
			" \"x", "#REF!", "\x00\x1f", "\u0085\u2028", "\ufeffx", "TRUE", `\.`, "{}", "nome=\"x\""}),
		rapid.String(),
	)
	anyNumber = rapid.SampledFrom([]string{"", "0", "1.234", "-5", "-0.50", "1e3", "-1.5E-7", "123456789012345678901234567890", "1000"})
)

func anyValue(field string) *rapid.Generator[string] {
	if field == "deal_value" {
		return anyNumber
	}
	return anyText
}

func drawCRM(t *rapid.T) opportunities {
	c := opportunities{}
	for _, id := range []string{"a", "-b", "'=c", "4", "5"} {
		c[id] = map[string]string{}
		for _, field := range undoFields[1:] {
			c[id][field] = anyValue(field).Draw(t, id+"."+field)
		}
		if c[id]["name"] == "" {
			c[id]["name"] = "an opportunity has a name"
		}
	}
	return c
}

// change stores values in an opportunity, and returns the changes for an undo file.
func (c opportunities) change(t *rapid.T, id string) []batch.Change {
	var cells []batch.Change
	for _, field := range undoFields[1:] {
		if !rapid.Bool().Draw(t, "change "+field) {
			continue
		}
		before, after := c[id][field], anyValue(field).Draw(t, "new "+field)
		cells = append(cells, batch.Change{
			Field: field, Before: before, Empty: before == "", After: after, Number: field == "deal_value", Clear: after == "",
		})
		c[id][field] = after
	}
	return cells
}

func (c opportunities) apply(t rapid.TB, row csvmap.Row) {
	t.Helper()
	for _, stored := range row.Undoes {
		if got := c[row.ID][stored.Field]; got != stored.Text || stored.Clear != (got == "") {
			t.Fatalf("%s of %s: the file says that %q is stored, and it is %q", stored.Field, row.ID, stored.Text, got)
		}
	}
	for _, cell := range row.Cells {
		c[row.ID][cell.Field] = cell.Text
	}
}

func (c opportunities) clone() opportunities {
	other := opportunities{}
	for id, fields := range c {
		other[id] = map[string]string{}
		for field, value := range fields {
			other[id][field] = value
		}
	}
	return other
}

func TestUndoBringsBackWhatTheCRMHeld(t *testing.T) {
	t.Parallel()
	path := undoPath(t)
	rapid.Check(t, func(t *rapid.T) {
		_ = os.Remove(path)
		d := Dialect{Delimiter: rapid.SampledFrom([]rune{0, ';', '\t', '|'}).Draw(t, "delimiter"), CRLF: rapid.Bool().Draw(t, "CRLF")}
		u := createUndo(t, path, d)
		c := drawCRM(t)
		first := c.clone()
		var ids []string
		for range rapid.IntRange(0, 8).Draw(t, "rows") {
			id := rapid.SampledFrom([]string{"a", "-b", "'=c", "4", "5"}).Draw(t, "id")
			cells := c.change(t, id)
			must(t, u.Record(id, cells))
			if len(cells) > 0 {
				ids = append(ids, id)
			}
			if rapid.Bool().Draw(t, "continue") {
				must(t, u.Close())
				var err error
				u, err = ContinueUndo(path, d, began, undoFields, undoFields)
				must(t, err)
			}
		}
		must(t, u.Close())
		_, missing := os.Stat(path)
		if (missing == nil) != (len(ids) > 0) {
			t.Fatalf("there is a file: %v, with %d rows recorded", missing == nil, len(ids))
		}
		if len(ids) == 0 {
			return
		}
		var order []string
		rows := undoRows(t, path)
		for _, row := range slices.Backward(rows) { // in the order in which an update sends them
			c.apply(t, row)
		}
		for _, row := range rows {
			order = append(order, row.ID)
		}
		if diff := cmp.Diff(first, c) + cmp.Diff(ids, order); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestUndoFileIsForItsOwnerAlone(t *testing.T) {
	path := undoPath(t)
	u := createUndo(t, path, Dialect{})
	must(t, u.Record("a", []batch.Change{{Field: "name", Before: "b", After: "c"}}))
	must(t, u.Record("a", []batch.Change{{Field: "name", Before: "c", After: "d"}}))
	must(t, u.Close())
	info, err := os.Stat(path)
	must(t, err)
	if info.Mode().Perm() != 0o600 && runtime.GOOS != "windows" {
		t.Errorf("mode %v", info.Mode())
	}
	want := utf8BOM + "id,name,deal_value,notes,phone,raze_clear,raze_undo\n" +
		`a,b,,,,,"{""name"":""c"",""raze_run"":""2026-11-26T02:15:00.000000001Z"",""raze_sums"":{""name"":""71beeff9""}}"` + "\n" +
		`a,c,,,,,"{""name"":""d"",""raze_run"":""2026-11-26T02:15:00.000000001Z"",""raze_sums"":{""name"":""06b9df6f""}}"` + "\n"
	if diff := cmp.Diff(want, read(t, path)); diff != "" {
		t.Error(diff)
	}
}

func TestUndoKnowsItsColumns(t *testing.T) {
	u := createUndo(t, undoPath(t), Dialect{})
	for _, c := range []batch.Change{{Field: "email", After: "x"}, {Field: "id", After: "x"}, {Field: "deal_value", Number: true, After: "x"}} {
		if err := u.Record("a", []batch.Change{c}); !errors.Is(err, ErrNotRecorded) {
			t.Errorf("%s: got %v", c.Field, err)
		}
	}
	must(t, u.Close())
}

// TestUndoFileEscapesWhatASpreadsheetWouldChange, as an export does: it is also sent back.
func TestUndoFileEscapesWhatASpreadsheetWouldChange(t *testing.T) {
	path := undoPath(t)
	u := createUndo(t, path, Dialect{})
	must(t, u.Record("-1", []batch.Change{
		{Field: "phone", Before: "+5511977008229", After: "1"}, {Field: "notes", Before: "=1", After: "1"},
		{Field: "deal_value", Before: "-5.50", After: "1", Number: true},
	}))
	must(t, u.Close())
	if diff := cmp.Diff([]string{"'-1", "", "-5.50", "'=1", "'+5511977008229"}, table(t, path)[1][:5]); diff != "" {
		t.Error(diff)
	}
}

// TestTheUndoCellKeepsAnApostrophe has a text that looks like an escaped formula behind a comma.
func TestTheUndoCellKeepsAnApostrophe(t *testing.T) {
	path := undoPath(t)
	u := createUndo(t, path, Dialect{})
	must(t, u.Record("a", []batch.Change{{Field: "name", Before: "Ana", After: "a,'=1"}}))
	must(t, u.Close())
	if stored := undoRows(t, path)[0].Undoes; len(stored) != 1 || stored[0].Text != "a,'=1" {
		t.Errorf("the file says that %v is stored", stored)
	}
}

func TestEscapingCanBeUndone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		beginning := rapid.SampledFrom([]string{"", "'", "''", "=", "'=", "-5", "'-5", "\t", "'\r", "+5,1"}).Draw(t, "beginning")
		text := beginning + anyText.Draw(t, "text")
		if got := crm.UnescapeFormula(escape(text)); got != text {
			t.Fatalf("%q became %q", text, got)
		}
	})
}
