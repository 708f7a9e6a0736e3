package csvmap

import (
	"bytes"
	"fmt"
	"strings"

	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/sheettest"
	"razebulk/csvmap/internal/textfile"
	"razebulk/csvmap/internal/xlsx"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	xunicode "golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

// fileForm is how one program writes a CSV file.
type fileForm struct {
	name      string
	encoding  encoding.Encoding // nil is UTF-8
	mark      string
	narrow    bool // letters beyond Windows-1252 can't be written, or would make the encoding hard to detect
	delimiter string
	end       string
	breaks    string // within cells
	quoteAll  bool
	sep       bool
	options   Options
}

var (
	utf16LE = xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM)
	utf16BE = xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM)
)

// fileForms returns all known forms, apart from variations within cells.
func fileForms() (forms []fileForm) {
	for _, e := range []fileForm{
		{name: "UTF-8"}, {name: "UTF-8 with its mark", mark: "\xef\xbb\xbf"},
		{name: "UTF-16LE", encoding: utf16LE, narrow: true}, {name: "UTF-16LE with its mark", encoding: utf16LE, mark: "\xff\xfe"},
		{name: "UTF-16BE", encoding: utf16BE, narrow: true}, {name: "UTF-16BE with its mark", encoding: utf16BE, mark: "\xfe\xff"},
		{name: "Windows-1252", encoding: charmap.Windows1252, narrow: true},
	} {
		for _, delimiter := range []string{",", ";", "\t", "|"} {
			for _, lines := range [][]string{{"\n", "\n"}, {"\n", "\r\n"}, {"\r\n", "\n"}, {"\r\n", "\r\n"}, {"\r", "\n"}, {"\r", "\r"}} {
				for _, quoteAll := range []bool{false, true} {
					for _, sep := range []bool{false, true} {
						f := e
						f.delimiter, f.end, f.breaks, f.quoteAll, f.sep = delimiter, lines[0], lines[1], quoteAll, sep
						if f.end == "\r" && e.encoding == charmap.Windows1252 {
							f.options.Encoding = "windows-1252" // else it could be the Macintosh encoding
						}
						f.name = fmt.Sprintf("%s, %s, %q, %q, all in quotes %v, sep %v", e.name, textfile.DelimiterName(rune(delimiter[0])), f.end, f.breaks, quoteAll, sep)
						forms = append(forms, f)
					}
				}
			}
		}
	}
	return forms
}

// cell writes a cell with line feeds as line breaks.
func (f fileForm) cell(text string) string {
	if !f.quoteAll && !strings.ContainsAny(text, "\"\n\r"+f.delimiter) {
		return text
	}
	return `"` + strings.ReplaceAll(strings.ReplaceAll(text, `"`, `""`), "\n", f.breaks) + `"`
}

func (f fileForm) row(cells []string) string {
	var row []string
	for _, cell := range cells {
		row = append(row, f.cell(cell))
	}
	return strings.Join(row, f.delimiter)
}

func (f fileForm) sepLine() string {
	if !f.sep {
		return ""
	}
	return "sep=" + f.delimiter + f.end
}

// file returns a file of rows that are already written.
func (f fileForm) file(t rapid.TB, rows []string) string {
	t.Helper()
	text := f.sepLine() + strings.Join(rows, f.end) + f.end
	if f.encoding != nil {
		text = sheettest.Encoded(t, f.encoding, text)
	}
	return f.mark + text
}

func (f fileForm) write(t rapid.TB, table [][]string) string {
	t.Helper()
	var rows []string
	for _, cells := range table {
		rows = append(rows, f.row(cells))
	}
	return f.file(t, rows)
}

// firstLine returns the line of the header.
func (f fileForm) firstLine() int {
	if f.sep {
		return 2
	}
	return 1
}

// book writes the same table as a workbook.
func book(t rapid.TB, table [][]string, kinds [][]cell.Kind) string {
	t.Helper()
	w, err := xlsx.NewWriter("Deals")
	if err != nil {
		t.Fatal(err)
	}
	for i, cells := range table {
		if err := w.Add(cells, kinds[i], nil); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if _, err := w.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
