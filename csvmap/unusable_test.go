package csvmap

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func firstError(text io.Reader, options Options) error {
	sheet, err := Open(text, options)
	if err != nil {
		return err
	}
	for _, err := range sheet.Rows() {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestUnusableFiles(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"empty", "", []string{"empty"}},
		{"a BOM alone", "\ufeff", []string{"empty"}},
		{"blank lines alone", "\n\r\n\n", []string{"empty"}},
		{"a workbook", "PK\x03\x04\x14\x00", []string{"Excel workbook", "CSV UTF-8"}},
		{"no id", "name,notes\na,b\n", []string{"no column for the opportunity's id", `"name", "notes"`}},
		{"bare CR line ends", "id,name\r1,a\r", []string{"not known"}},

		{"not UTF-8 in the first byte", "\xff\xfei\x00d\x00", []string{"line 1: bytes that are not UTF-8", "CSV UTF-8"}},
		{"not UTF-8 in the header", "id,name;\xe3\n1,a\n", []string{"line 1: bytes that are not UTF-8"}},
		{"not UTF-8 in a row", "id,name\n1,a\n2,S\xe3o\n", []string{"line 3: bytes that are not UTF-8"}},
		{"not UTF-8 behind blank lines", "\n\nid,name\r\n\r\n1,S\xe3o\r\n", []string{"line 5: bytes that are not UTF-8"}},
		{"not UTF-8 inside a cell of several lines", "id,name\n1,\"a\nb\n\xe3\"\n", []string{"line 4: bytes that are not UTF-8"}},
		{"not UTF-8 in an ignored column", "id,status\n1,\xe3\n", []string{"line 2: bytes that are not UTF-8"}},
		{"not UTF-8 in the last byte", "id,name\n1,a\n2,S\xe3", []string{"line 3: bytes that are not UTF-8"}},
		{"half a surrogate", "id,name\n1,\xed\xa0\x80\n", []string{"line 2: bytes that are not UTF-8"}},
		{"far into the file", "id,name\n" + strings.Repeat("1,ação\n", 100_000) + "2,\xe3\n", []string{"line 100002: bytes"}},

		{"unclosed quote", "id,name\n1,a\n2,\"b\n3,c\n", []string{"line 3: ", "not closed properly"}},
		{"unclosed quote behind blank lines", "\nid,name\n\n\n2,\"b\n", []string{"line 5: ", "not closed properly"}},
		{"unclosed quote behind a cell of several lines", "id,name\n1,\"a\n\nb\"\n2,\"b\n\n\n", []string{"line 5: "}},
		{"unclosed quote in the last cell of several", "id,name,notes\n1,\"a\nb\",\"c\n\n", []string{"line 2: "}},
		{"unclosed quote in the header", "id,\"name\n1,a\n", []string{"line 1: ", "not closed properly"}},
		{"unclosed quote at the very end", "id,name\n1,\"", []string{"line 2: "}},
		{"text behind a quoted cell", "id,name\n1,\"a\"b\n", []string{"line 2: ", "not closed properly"}},
		{"quote inside a bare cell", "id,name\n1,a\n2,5\" disk\n", []string{"line 3, column 4: ", "double the ones inside"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantError(t, firstError(strings.NewReader(c.text), Options{}), c.want...)
		})
		t.Run(c.name+", byte by byte", func(t *testing.T) {
			wantError(t, firstError(iotest.OneByteReader(strings.NewReader(c.text)), Options{}), c.want...)
		})
	}
}

func TestRowsBeforeAnErrorAreRead(t *testing.T) {
	sheet, err := Open(strings.NewReader("id,name\n1,a\n2,\"b\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var rows []Row
	var problems []error
	for row, err := range sheet.Rows() {
		if err != nil {
			problems = append(problems, err)
			continue
		}
		rows = append(rows, row)
	}
	wantRows(t, rows, named(2, 2, "1", "a"))
	if len(problems) != 1 {
		t.Errorf("got %v, want one error", problems)
	}
}

func TestOriginalsEndAtAnError(t *testing.T) {
	sheet, err := Open(strings.NewReader("id,name\n1,a\n2,\"b\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var seen []error
	for _, err := range sheet.Originals() {
		seen = append(seen, err)
	}
	if len(seen) != 2 || seen[0] != nil {
		t.Fatalf("got %v", seen)
	}
	wantError(t, seen[1], "line 3: ")
}

func TestErrorOfTheReaderIsPassedOn(t *testing.T) {
	broken := errors.New("disk on fire")
	for _, c := range []struct{ name, before string }{
		{"at once", ""}, {"in the header", "id,na"}, {"in a header of doubtful delimiter", "id,name;"}, {"in a row", "id,name\n1,a\n2,"}, {"in a quoted cell", "id,name\n1,\"a\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := firstError(io.MultiReader(strings.NewReader(c.before), iotest.ErrReader(broken)), Options{})
			if !errors.Is(err, broken) {
				t.Errorf("got %v", err)
			}
		})
	}
}
