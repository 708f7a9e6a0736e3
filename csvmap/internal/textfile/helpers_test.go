package textfile

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"razebulk/internal/crm"
)

// row is a record below the header, with its first cells by name.
type row struct {
	Number, Line   int
	ID, Name, Rest string
}

func named(number, line int, id, name string) row {
	return row{Number: number, Line: line, ID: id, Name: name}
}

// known are the headers that tests use besides the names of fields.
var known = map[string]string{"ID do negócio": crm.ID, "Código": crm.ID, "Nome": crm.Name}

func field(header string) (string, bool) {
	if found, ok := known[header]; ok {
		return found, true
	}
	return header, header == crm.ID || crm.IsField(header)
}

func detect1(text string, o Options) (Format, error) {
	o.Field = field
	return Detect(strings.NewReader(text), int64(len(text)), o)
}

// rowsOf detects the format of a file and reads the non-blank rows below its header.
func rowsOf(text string, o Options) (f Format, rows []row, err error) {
	if f, err = detect1(text, o); err != nil {
		return f, nil, err
	}
	records, err := f.Open(strings.NewReader(text), int64(len(text)))
	header := true
	for err == nil {
		r, next := records.Next()
		if err = next; err != nil || r.Blank() {
			continue
		}
		if !header {
			found := row{Number: r.Number, Line: r.Line, ID: r.Text(0), Name: r.Text(1)}
			if len(r.Cells) > 2 {
				found.Rest = strings.Join(r.Cells[2:], "|")
			}
			rows = append(rows, found)
		}
		header = false
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return f, rows, err
}

func readSheet(t testing.TB, text string, o Options) (Format, []row) {
	t.Helper()
	f, rows, err := rowsOf(text, o)
	if err != nil {
		t.Fatal(err)
	}
	return f, rows
}

func readError(text string, o Options) error {
	_, _, err := rowsOf(text, o)
	return err
}

func (f Format) words() string { return f.Encoding() + ", " + DelimiterName(f.Delimiter) }

func wantRows(t testing.TB, got []row, want ...row) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("rows (-want +got):\n" + diff)
	}
}
