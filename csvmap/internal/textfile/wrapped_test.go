package textfile

import (
	"errors"
	"strings"
	"testing"

	"razebulk/internal/reason"
)

func TestRowsInOtherQuotesThanTheOthers(t *testing.T) {
	for _, c := range []struct{ row, want string }{
		{`"A2,Bia,ok"`, "row_in_quotes"},
		{`"A2,Bia"`, ""}, // too few cells in it
		{`A2,“Bia”,“ok”`, "texts_in_other_quotes"},
		{`A2,‘Bia’,‘ok’`, "texts_in_other_quotes"},
		{`A2,“Bia”,ok`, ""},
		{`A2,“Bia”,10`, ""},
		{`A2,'Bia',d'água`, ""},
		{`A2,'Bia' e 'Ana','ok'`, ""},
		{`A2,Bia,ok`, ""},
	} {
		sheet := "id,name,notes\nA1,Ana,x\n" + c.row + "\nA3,Cid,z\n"
		f, err := detect1(sheet, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := faultOfRow(t, f, sheet, 3); got != c.want {
			t.Errorf("%s: %q, want %q", c.row, got, c.want)
		}
	}
}

// faultOfRow returns the code of a row's fault, or "".
func faultOfRow(t *testing.T, f Format, sheet string, number int) string {
	t.Helper()
	records, err := f.Open(strings.NewReader(sheet), int64(len(sheet)))
	for err == nil {
		r, next := records.Next()
		if next != nil {
			t.Fatal(next)
		}
		var why reason.Reason
		switch {
		case r.Number == 1:
			records.Expect(len(r.Cells), 0)
		case r.Number == number && errors.As(r.Fault, &why):
			return why.Code
		case r.Number == number:
			return ""
		}
	}
	t.Fatal(err)
	return ""
}
