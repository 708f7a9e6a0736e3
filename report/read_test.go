package report

import (
	"errors"
	"strings"
	"testing"

	"github.com/gocarina/gocsv"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"razebulk/batch"
)

// lineFor returns a line of a journal, with everything that Outcomes reads.
func lineFor(row, id, status, attempts string) string {
	return row + "," + id + "," + status + ",,notes,,,200," + attempts + ",2,2026-11-22T15:00:00Z,\n"
}

func readerOf(text string) *lineReader {
	return newLineReader(strings.NewReader(text), int64(len(text)), "journal", Dialect{})
}

const begin = utf8BOM + header + "\n"

var twoLines = begin + lineFor("2", "a", "SUCCESS", "1") + lineFor("3", "b", "NOT_FOUND", "2")

// outcomesOf returns the outcomes before the first error, and that error.
func outcomesOf(text string) (found []Outcome, err error) {
	for o, err := range readerOf(text).outcomes {
		if err != nil {
			return found, err
		}
		found = append(found, o)
	}
	return found, nil
}

func TestOutcomesAreReadInTheirOrder(t *testing.T) {
	want := []Outcome{{Row: 2, ID: "a", Status: batch.Success, Attempts: 1}, {Row: 3, ID: "b", Status: batch.NotFound, Attempts: 2}}
	for name, text := range map[string]string{
		"as it is written":             twoLines,
		"without a byte order mark":    strings.TrimPrefix(twoLines, utf8BOM),
		"with the line ends of Excel":  strings.ReplaceAll(twoLines, "\n", "\r\n"),
		"with quotes that none needs":  strings.ReplaceAll(twoLines, "SUCCESS", `"SUCCESS"`),
		"larger than a reader's block": begin + lineFor("2", "a", "SUCCESS", "1") + strings.Replace(lineFor("3", "b", "NOT_FOUND", "2"), "notes", strings.Repeat("n", 200_000), 1),
	} {
		got, err := outcomesOf(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Outcome{})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// damages are changes to a journal that no run can have made, and what the error must say.
var damages = []struct{ name, text, says string }{
	{"another header", "row,id\n", "line 1: "},
	{"header of more columns", utf8BOM + header + ",more\n", "line 1: "},
	{"first line of some other file that has no end", "Dear diary", "line 1: "},
	{"all line ends lost", strings.ReplaceAll(twoLines, "\n", "\r"), "line 1: "},
	{"quote in the header", utf8BOM + "row,i\"d\n", "line 1: "},
	{"a cell less", begin + "2,a,SUCCESS,,notes,,,200,1,2,x\n", "line 2: "},
	{"a cell more", begin + "2,a,SUCCESS,,notes,,,200,1,2,x,y,z\n", "line 2: "},
	{"row of the header", begin + lineFor("1", "a", "SUCCESS", "1"), `line 2: "1" is not the number of a row`},
	{"row that is no number", begin + lineFor("x", "a", "SUCCESS", "1"), `line 2: "x" is not the number of a row`},
	{"row 0", begin + lineFor("0", "a", "SUCCESS", "1"), "line 2: "},
	{"row below 0", begin + lineFor("-2", "a", "SUCCESS", "1"), "line 2: "},
	{"row beyond any number", begin + lineFor("99999999999999999999", "a", "SUCCESS", "1"), "line 2: "},
	{"attempts that are no number", begin + lineFor("2", "a", "SUCCESS", ""), "line 2: "},
	{"attempts below 0", begin + lineFor("2", "a", "SUCCESS", "-1"), "line 2: "},
	{"no status", begin + lineFor("2", "a", "", "1"), "line 2: "},
	{"empty line in the middle", begin + "\n" + lineFor("2", "a", "SUCCESS", "1"), "line 2: "},
	{"empty line at the end", twoLines + "\n", "line 4: "},
	{"empty line before one that is torn", twoLines + "\n" + "4,c", "line 4: "},
	{"line break in a cell of the last line", begin + lineFor("2", "\"a\nb\"", "SUCCESS", "1"), "line 2: "},
	{"line break in a cell of an earlier line", begin + lineFor("2", "\"a\nb\"", "SUCCESS", "1") + lineFor("3", "a", "SUCCESS", "1"), "line 2: "},
	{"quote that swallows the rest", begin + lineFor("2", `"a`, "SUCCESS", "1") + lineFor("3", "a", "SUCCESS", "1"), "line 2: "},
	{"quote inside", begin + lineFor("2", `a"b`, "SUCCESS", "1"), "line 2: "},
	{"torn line that was written on", begin + "2,a,SUCC" + lineFor("3", "a", "SUCCESS", "1"), "line 2: "},
	{"zeros in the middle", begin + "\x00\x00\x00\n" + lineFor("3", "a", "SUCCESS", "1"), "line 2: "},
}

func TestDamageIsAnErrorThatNamesTheLine(t *testing.T) {
	for _, d := range damages {
		_, err := outcomesOf(d.text)
		if err == nil || errors.Is(err, errTorn) || !strings.HasPrefix(errorText(err), "journal: "+d.says) {
			t.Errorf("%s: got %v, want %q", d.name, err, d.says)
		}
	}
}

func TestALineThatWasNotWrittenToItsEndIsToldFromDamage(t *testing.T) {
	for _, text := range []string{
		"", utf8BOM, utf8BOM + "row,i", utf8BOM + header, twoLines + "4", twoLines + `4,"c`, twoLines + `4,"c"""`, twoLines + "\x00\x00\x00",
		twoLines + "\r", strings.TrimSuffix(twoLines, "\n"), begin + "x",
	} {
		if _, err := outcomesOf(text); !errors.Is(err, errTorn) {
			t.Errorf("%q: got %v", text, err)
		}
	}
}

func TestOutcomesEndWhereReadingFails(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, before := range []string{"", begin, twoLines} {
		count := 0
		var last error
		file := &failing{strings.NewReader(before), broken}
		for _, err := range newLineReader(file, int64(len(before))+1, "journal", Dialect{}).outcomes {
			count++
			last = err
		}
		if !errors.Is(last, broken) || count > strings.Count(before, "\n")+1 {
			t.Errorf("after %q: got %v after %d", before, last, count)
		}
	}
}

// failing is a file whose reads fail after its text.
type failing struct {
	text *strings.Reader
	err  error
}

func (f *failing) ReadAt(p []byte, off int64) (int, error) {
	n, err := f.text.ReadAt(p, off)
	if err != nil {
		err = f.err
	}
	return n, err
}

func TestOutcomesOfEitherHeaderAreRead(t *testing.T) {
	older := strings.ReplaceAll(strings.ReplaceAll(twoLines, ",reason", ""), "Z,\n", "Z\n")
	if !strings.HasPrefix(older, utf8BOM+olderHeader+"\n") {
		t.Fatalf("got %q", older)
	}
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"an earlier version": {older, nil},
		"no reason":          {twoLines, nil},
		"one reason":         {strings.Replace(twoLines, "Z,\n", "Z,id_rounded\n", 1), []string{"id_rounded"}},
		"several":            {strings.Replace(twoLines, "Z,\n", "Z,id_rounded amount_ambiguous\n", 1), []string{"id_rounded", "amount_ambiguous"}},
	} {
		got, err := outcomesOf(c.text)
		if err != nil || len(got) != 2 {
			t.Fatalf("%s: got %v, %v", name, got, err)
		}
		if diff := cmp.Diff(c.want, got[0].Reasons); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	for _, mixed := range []string{older + lineFor("4", "c", "SUCCESS", "1"), twoLines + "4,c,SUCCESS,,notes,,,200,1,2,2026-11-22T15:00:00Z\n"} {
		if _, err := outcomesOf(mixed); err == nil || !strings.Contains(errorText(err), "line 4: ") {
			t.Errorf("got %v", err)
		}
	}
}

func TestTheColumnsAreThoseOfTheLine(t *testing.T) {
	if diff := cmp.Diff(utf8BOM+headerOf(t, []line{{}}), Dialect{}.headerLine(columns)); diff != "" {
		t.Error(diff)
	}
}

// headerOf returns the header that gocsv writes for a struct.
func headerOf(t *testing.T, lines any) string {
	t.Helper()
	text, err := gocsv.MarshalString(lines)
	if err != nil {
		t.Fatal(err)
	}
	return text[:strings.Index(text, "\n")+1]
}
