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

// delimiters are what spreadsheets put between cells, with the names that messages and users use.
var delimiters = []struct {
	char rune
	name string
}{{',', "comma"}, {';', "semicolon"}, {'\t', "tab"}, {'|', "pipe"}}

// ParseDelimiter reads a delimiter as a user writes it: comma, semicolon, tab or pipe, or the character itself.
func ParseDelimiter(s string) (rune, error) {
	for _, d := range delimiters {
		if s == d.name || s == string(d.char) || (d.char == '\t' && s == `\t`) {
			return d.char, nil
		}
	}
	return 0, reason.New("delimiter_unknown", "delimiter", s)
}

// DelimiterName is the name of a delimiter, or the character itself where it has none.
func DelimiterName(char rune) string {
	for _, d := range delimiters {
		if d.char == char {
			return d.name
		}
	}
	return string(char)
}

// sepLine reads the line "sep=;" that declares the delimiter to Excel. It is no row: Excel doesn't show it. A program
// that takes it for one fills it up to the header's width; with another delimiter than it names, it declares nothing,
// and 0 is returned.
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

// agreed is the declared delimiter; but where none of it stands in the header, and another one makes it a sheet for
// certain, a program has changed the rows and left the line as it was.
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

// rowsForDelimiter is how many rows count for which delimiter it is.
const rowsForDelimiter = 100

// candidate is how the first rows look with a certain delimiter.
type candidate struct {
	delimiter rune
	header    []string
	hasID     bool
	known     int     // header cells that are known
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

// findDelimiter detects the delimiter by the first rows: with the right one there is a column for the id, most rows
// have as many cells as the header, and the header's cells are known names. A sheet of one column has none; a comma
// does for it as well as any. head is the text as far as it was read, whole tells whether that is all of it.
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

// readRows takes the header and the share of the rows behind it that have as many cells.
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
	isSpaced bool // a quote stands behind a blank and does not open a cell
}

// firstRows reads rows until it has as many as said, and parts the header from those behind it. They are all that can
// be read if there is an error. Whole tells that the records end where the file does.
func firstRows(records *Records, whole bool, enough int, o Options) (header []string, rows []firstRow, err error) {
	rows = make([]firstRow, 0, enough+1)
	search, searching := headerrow.New(o.Field, o.HeaderRow), true
	for len(rows) <= enough {
		r, failed := records.Next()
		if errors.Is(failed, io.EOF) || !whole && records.atEnd { // what was read ends within a row
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
			records.Expect(len(found.Cells), idColumn(found.Cells, o.Field))
		}
	}
	found, _ := search.Found()
	return found.Cells, slices.DeleteFunc(rows, func(r firstRow) bool { return r.number <= found.Number }), err
}
