package textfile

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// readRecords returns the cells of all records, both decoded and raw, and the lines where the records begin.
func readRecords(in io.Reader, delimiter rune, cr bool) (all [][]string, raw [][]string, lines []int, err error) {
	records := newRecords(in, delimiter, cr)
	for {
		r, err := records.Next()
		if errors.Is(err, io.EOF) {
			return all, raw, lines, nil
		}
		if err != nil {
			return all, raw, lines, err
		}
		all, lines = append(all, append([]string{}, r.Cells...)), append(lines, r.Line)
		var cells []string
		for i := range r.Cells {
			cells = append(cells, r.Raw(i))
		}
		raw = append(raw, cells)
	}
}

func TestRecords(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       [][]string
	}{
		{"nothing", "", nil},
		{"one cell", "a", [][]string{{"a"}}},
		{"a blank line", "\n", [][]string{{""}}},
		{"delimiters alone", ",,\n", [][]string{{"", "", ""}}},
		{"a delimiter at the very end", "a,", [][]string{{"a", ""}}},
		{"an empty cell in quotes", `"",""`, [][]string{{"", ""}}},
		{"doubled quotes", `"""a""","b""c",""""` + "\n", [][]string{{`"a"`, `b"c`, `"`}}},
		{"a quote within a bare cell", `TV 32" LED,5"` + "\n", [][]string{{`TV 32" LED`, `5"`}}},
		{"doubled quotes within a bare cell are two", `a""b,c` + "\n", [][]string{{`a""b`, "c"}}},
		{"a bare cell with quotes around a delimiter", `a"b,c"d` + "\n", [][]string{{`a"b`, `c"d`}}},
		{"blanks behind a quoted cell", "\"a\"  ,\"b\"\t\n\"c\" ", [][]string{{"a", "b"}, {"c"}}},
		{"blanks before a quoted cell", `a, "b"`, [][]string{{"a", ` "b"`}}},
		{"a delimiter, quotes and line breaks within quotes", "\"a,b\"\"\n\r\nc\",d\n", [][]string{{"a,b\"\n\nc", "d"}}},
		{"a carriage return within quotes", "\"a\rb\",c\n", [][]string{{"a\nb", "c"}}},
		{"CRLF behind a quoted cell", "\"a\"\r\n\"b\"\r\n", [][]string{{"a"}, {"b"}}},
		{"rows of different lengths", "a\nb,c,d\n\ne,f\n", [][]string{{"a"}, {"b", "c", "d"}, {""}, {"e", "f"}}},
		{"text behind the last line end", "a\n\"b\"", [][]string{{"a"}, {"b"}}},
		{"a quoted cell at the end of a bare one", `a"",""` + "\n", [][]string{{`a""`, ""}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, raw, _, err := readRecords(strings.NewReader(c.text), ',', false)
			if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
				t.Error(diff, err)
			}
			if diff := cmp.Diff(strings.Split(strings.ReplaceAll(c.text, "\r\n", "\n"), "\n"), strings.Split(strings.ReplaceAll(joined(raw), "\r\n", "\n")+lastEnd(c.text), "\n")); diff != "" {
				t.Error("raw cells are not what stands there:\n" + diff)
			}
			slowly, _, _, err := readRecords(iotest.OneByteReader(strings.NewReader(c.text)), ',', false)
			if diff := cmp.Diff(got, slowly); diff != "" || err != nil {
				t.Error("byte by byte:", diff, err)
			}
			pieces, _, _, err := readRecords(iotest.DataErrReader(strings.NewReader(c.text)), ',', false)
			if diff := cmp.Diff(got, pieces); diff != "" || err != nil {
				t.Error("with the end:", diff, err)
			}
		})
	}
}

func joined(raw [][]string) string {
	var rows []string
	for _, cells := range raw {
		rows = append(rows, strings.Join(cells, ","))
	}
	return strings.Join(rows, "\n")
}

func lastEnd(text string) string {
	if strings.HasSuffix(text, "\n") {
		return "\n"
	}
	return ""
}

func TestCarriageReturnsEndRecordsOnlyWhereAllDo(t *testing.T) {
	for _, c := range []struct {
		name, text string
		cr         bool
		want       [][]string
		lines      []int
	}{
		{"alone", "a\rb\r\rc", true, [][]string{{"a"}, {"b"}, {""}, {"c"}}, []int{1, 2, 3, 4}},
		{"at the very end", "a\r", true, [][]string{{"a"}}, []int{1}},
		{"beside a stray CRLF", "a\rb\r\nc\nd\r", true, [][]string{{"a"}, {"b"}, {"c"}, {"d"}}, []int{1, 2, 3, 4}},
		{"in quotes", "\"a\r\rb\"\rc\r", true, [][]string{{"a\n\nb"}, {"c"}}, []int{1, 4}},
		{"where they don't count", "a\rb\nc", false, [][]string{{"a\rb"}, {"c"}}, []int{1, 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for name, in := range map[string]io.Reader{"at once": strings.NewReader(c.text), "byte by byte": iotest.OneByteReader(strings.NewReader(c.text))} {
				got, _, lines, err := readRecords(in, ',', c.cr)
				if diff := cmp.Diff(c.want, got) + cmp.Diff(c.lines, lines); diff != "" || err != nil {
					t.Error(name, diff, err)
				}
			}
		})
	}
}

func TestBlanksBeforeAQuoteAreReported(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{`a,b`, -1}, {`a,"b"`, -1}, {`a, "b"`, 1}, {"\u00a0\"a\",\"b\"", 0}, {`a, b "c"`, -1}, {`a, "", "b"`, 1}, {"\ufeff\"a\"", -1}, {`a,b "c"`, -1}, {`"x", `, -1},
	} {
		t.Run(c.text, func(t *testing.T) {
			r, err := newRecords(strings.NewReader(c.text), ',', false).Next()
			if err != nil || r.SpacedQuote != c.want {
				t.Errorf("got %d, %v; want %d", r.SpacedQuote, err, c.want)
			}
		})
	}
}
