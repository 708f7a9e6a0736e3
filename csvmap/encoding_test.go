package csvmap

import (
	"errors"
	"strings"
	"testing"

	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/sheettest"
)

func TestRowWithABlankBeforeAQuoteIsRefused(t *testing.T) {
	_, rows := readSheet(t, "id,name\n1, \"b\"\n2,\"c\"\n", Options{})
	diffProblems(t, []Problem{{Code: `" \"b\"": a quote after a blank may start a quoted cell or belong to the text`}}, rows[0].Problems)
	wantRows(t, rows[1:], named(3, 3, "2", "c"))
}

func TestControlCharacterOfUTF16IsOneCellsProblem(t *testing.T) {
	_, rows := readSheet(t, "\xff\xfe"+sheettest.Encoded(t, utf16LE, "id,name\n1,a\u0085b\n2,c\n"), Options{})
	if len(rows) != 2 || len(rows[0].Problems) != 1 || len(rows[1].Problems) != 0 {
		t.Errorf("got %+v", rows)
	}
}

// failing is a file that can be read only a limited number of times.
type failing struct {
	*strings.Reader
	times int
}

func (f *failing) ReadAt(p []byte, at int64) (int, error) {
	if f.times--; f.times < 0 {
		return 0, sheettest.ErrBroken
	}
	return f.Reader.ReadAt(p, at)
}

func TestErrorOfTheFileIsPassedOn(t *testing.T) {
	book := book(t, [][]string{{"id", "name"}, {"1", "a"}}, make([][]cell.Kind, 2))
	for _, text := range []string{
		"id,na", "\ufeffid", "id,name;", "id,name\n1,a\n2,", "id,name\n1,\"a\n", "\xff\xfei\x00d\x00", "i\x00d\x00", "id,name\n1,\xe3", "id,name\n1,S\x8bo",
		"id,name,deal_value\n" + strings.Repeat("1,a,\"1,5\"\n", 10), "id,name,deal_value\n" + strings.Repeat("1,a,\"1,5\"\n", times(20_000)), book,
	} {
		for times := 0; ; times++ {
			file := &failing{strings.NewReader(text), times}
			_, _, err := inspected(file, Options{})
			if file.times >= 0 {
				break
			}
			if !errors.Is(err, sheettest.ErrBroken) {
				t.Fatalf("%.20q, read %d times: got %v", text, times, err)
			}
		}
	}
}
