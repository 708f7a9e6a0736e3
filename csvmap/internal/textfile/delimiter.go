package textfile

import (
	"cmp"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"razebulk/csvmap/internal/headerrow"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// delimiters are the characters that spreadsheets put between cells, with their names for messages and users.
var delimiters = []struct {
	char rune
	name string
}{{',', "comma"}, {';', "semicolon"}, {'\t', "tab"}, {'|', "pipe"}}

// ParseDelimiter parses a delimiter as a user writes it: comma, semicolon, tab or pipe, or the character itself.
func ParseDelimiter(s string) (rune, error) {
	for _, d := range delimiters {
		if s == d.name || s == string(d.char) || (d.char == '\t' && s == `\t`) {
			return d.char, nil
		}
	}
	return 0, reason.New("delimiter_unknown", "delimiter", s)
}

// DelimiterName returns the name of a delimiter, or the character itself if it has none.
func DelimiterName(char rune) string {
	for _, d := range delimiters {
		if d.char == char {
			return d.name
		}
	}
	return string(char)
}

// sepLine reads the line "sep=;" that declares the delimiter to Excel. It is not a row, and Excel doesn't show it. A
// program that takes it for one pads it to the width of the header; if that pads it with another delimiter, the line
// declares nothing, and sepLine returns 0.
func sepLine(head string) (delimiter rune, found bool, err error) {
	line, _, _ := strings.Cut(head, "\n")
	line, _, _ = strings.Cut(line, "\r")
	line = strings.TrimLeft(line, `"`)
	if len(line) < len("sep=") || !strings.EqualFold(line[:len("sep=")], "sep=") {
		return 0, false, nil
	}
	declared := strings.TrimRight(line[len("sep="):], `" `)
	if delimiter, err = ParseDelimiter(declared); err == nil {
		return delimiter, true, nil
	}
	char, size := utf8.DecodeRuneInString(declared)
	delimiter, err = ParseDelimiter(string(char))
	switch filling := strings.ReplaceAll(declared[size:], `"`, ""); {
	case err == nil && strings.Trim(filling, string(char)+" ") == "":
		return delimiter, true, nil
	case err == nil && strings.Trim(filling, ",;\t| ") == "":
		return 0, true, nil
	}
	return 0, false, reason.New("sep_line_unknown", "line", strings.TrimRight(line, `"`))
}

// agreed returns the declared delimiter, unless the header doesn't contain it and another one clearly makes the text
// a sheet: then a program has changed the rows and left the line as it was.
func agreed(declared rune, head string, whole, cr bool, o Options) rune {
	if len(newCandidate(declared, head, whole, cr, o).header) > 1 {
		return declared
	}
	found, err := findDelimiter(head, whole, cr, o)
	if err != nil {
		return declared
	}
	if c := newCandidate(found, head, whole, cr, o); c.hasID && len(c.header) > 1 && c.fitting == 1 {
		return found
	}
	return declared
}

// rowsForDelimiter is how many rows are used to detect the delimiter.
const rowsForDelimiter = 100

// candidate describes how the first rows look with one delimiter.
type candidate struct {
	delimiter rune
	header    []string
	hasID     bool
	known     int     // number of known header cells
	fitting   float64 // share of the rows that have as many cells as the header
}

func (a candidate) compare(b candidate) int {
	if a.hasID != b.hasID {
		if a.hasID {
			return 1
		}
		return -1
	}
	return cmp.Or(cmp.Compare(a.fitting, b.fitting), cmp.Compare(a.known, b.known))
}

// findDelimiter detects the delimiter from the first rows: with the right one there is an id column, most rows have
// as many cells as the header, and the header's cells are known names. A sheet with a single column has no delimiter;
// a comma will do. head is the text read so far, and whole reports whether that is all of it.
func findDelimiter(head string, whole, cr bool, o Options) (rune, error) {
	var best []candidate
	for _, d := range delimiters {
		c := newCandidate(d.char, head, whole, cr, o)
		if len(c.header) < 2 {
			continue
		}
		if len(best) > 0 && c.compare(best[0]) > 0 {
			best = best[:0]
		}
		if len(best) == 0 || c.compare(best[0]) == 0 {
			best = append(best, c)
		}
	}
	switch len(best) {
	case 0:
		return delimiters[0].char, nil
	case 1:
		return best[0].delimiter, nil
	}
	return 0, reason.New("delimiter_unclear", "one", DelimiterName(best[0].delimiter), "other", DelimiterName(best[1].delimiter))
}

func newCandidate(delimiter rune, head string, whole, cr bool, o Options) candidate {
	c := candidate{delimiter: delimiter}
	c.readRows(newRecords(strings.NewReader(head), delimiter, cr), whole, o)
	for _, name := range c.header {
		if found, known := o.Field(name); known {
			c.known++
			c.hasID = c.hasID || found == crm.ID
		}
	}
	return c
}

// readRows reads the header, and the share of the following rows that have as many cells.
func (c *candidate) readRows(records *Records, whole bool, o Options) {
	header, rows, err := firstRows(records, whole, rowsForDelimiter, o)
	c.header = header
	if err != nil {
		return
	}
	fitting := 0
	for _, r := range rows {
		if len(r.cells) == len(header) && !r.isFaulty {
			fitting++
		}
	}
	c.fitting = float64(fitting) / float64(max(1, len(rows)))
}

// firstRow is what is kept of one of the first rows.
type firstRow struct {
	number   int
	cells    []string
	isFaulty bool
	isSpaced bool // a quote follows a blank and does not open a cell
}

// firstRows reads more than enough rows, if there are so many, and separates the header from those after it. On an
// error it returns what could be read. whole reports whether the records end where the file does.
func firstRows(records *Records, whole bool, enough int, o Options) (header []string, rows []firstRow, err error) {
	rows = make([]firstRow, 0, enough+1)
	search, searching := headerrow.New(o.Field, o.HeaderRow), true
	for len(rows) <= enough {
		r, failed := records.Next()
		if errors.Is(failed, io.EOF) || !whole && records.atEnd { // the text read so far ends within a row
			break
		}
		if err = failed; err != nil {
			break
		}
		if r.Blank() {
			continue
		}
		rows = append(rows, firstRow{r.Number, slices.Clone(r.Cells), r.Fault != nil, r.SpacedQuote >= 0})
		if searching && !search.Take(r) {
			searching = false
			found, _ := search.Found()
			records.Expect(len(found.Cells), placeOf(found.Cells, crm.ID, o.Field))
		}
	}
	found, _ := search.Found()
	return found.Cells, slices.DeleteFunc(rows, func(r firstRow) bool { return r.number <= found.Number }), err
}
