package csvmap

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// delimiters are what spreadsheets put between cells, with the names that messages and flags use.
var delimiters = []struct {
	sign rune
	name string
}{{',', "comma"}, {';', "semicolon"}, {'\t', "tab"}, {'|', "pipe"}}

// ParseDelimiter reads a delimiter as a user writes it: comma, semicolon, tab or pipe, or the sign itself.
func ParseDelimiter(s string) (rune, error) {
	for _, d := range delimiters {
		if s == d.name || s == string(d.sign) || (d.sign == '\t' && s == `\t`) {
			return d.sign, nil
		}
	}
	return 0, fmt.Errorf("unknown delimiter %q: say comma, semicolon, tab or pipe", s)
}

func delimiterName(sign rune) string {
	for _, d := range delimiters {
		if d.sign == sign {
			return d.name
		}
	}
	return string(sign)
}

// sepLine reads the line "sep=;" with which Excel is told the delimiter. It is no row: Excel doesn't show it. A program that takes
// it for one fills it up to the header's width; with another delimiter than it names, that is no word on this one, and 0.
func sepLine(head string) (delimiter rune, found bool, err error) {
	line, _, _ := strings.Cut(head, "\n")
	line, _, _ = strings.Cut(line, "\r")
	line = strings.TrimLeft(line, `"`)
	if len(line) < len("sep=") || !strings.EqualFold(line[:len("sep=")], "sep=") {
		return 0, false, nil
	}
	said := strings.TrimRight(line[len("sep="):], `" `)
	if delimiter, err = ParseDelimiter(said); err == nil {
		return delimiter, true, nil
	}
	sign, size := utf8.DecodeRuneInString(said)
	delimiter, err = ParseDelimiter(string(sign))
	switch filling := strings.ReplaceAll(said[size:], `"`, ""); {
	case err == nil && strings.Trim(filling, string(sign)+" ") == "":
	case err == nil && strings.Trim(filling, ",;\t| ") == "":
		return 0, true, nil
	default:
		err = fmt.Errorf("the first line, %s, names a delimiter that is not known: write comma, semicolon, tab or pipe there, or delete the line", quote(strings.TrimRight(line, `"`)))
	}
	return delimiter, err == nil, err
}

// rowsForDelimiter is how many rows have a say in which delimiter it is.
const rowsForDelimiter = 100

// candidate is how the first rows look if a certain sign stands between their cells.
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

// findDelimiter tells the delimiter by the first rows: with the right one there is a column for the id, most rows have as many
// cells as the header, and the header's cells are known names. A sheet of one column has none; a comma does for it as well as
// any. head is the text as far as it was read, whole tells whether that is all of it.
func findDelimiter(head string, whole, cr bool, names namer) (rune, error) {
	var best []candidate
	for _, d := range delimiters {
		c := newCandidate(d.sign, head, whole, cr, names)
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
		return delimiters[0].sign, nil
	case 1:
		return best[0].delimiter, nil
	}
	return 0, fmt.Errorf("can't tell whether %s or %s stands between the cells: say it with --delimiter",
		delimiterName(best[0].delimiter), delimiterName(best[1].delimiter))
}

func newCandidate(delimiter rune, head string, whole, cr bool, names namer) candidate {
	c := candidate{delimiter: delimiter}
	rows, fitting := 0, 0
	records := newCSVRecords(strings.NewReader(head), delimiter, cr)
	for rows < rowsForDelimiter {
		r, err := records.next()
		if errors.Is(err, io.EOF) || !whole && records.atEnd { // what was read ends within a row
			break
		}
		if err != nil {
			fitting = 0
			break
		}
		switch {
		case r.blank():
		case c.header == nil:
			c.header = slices.Clone(r.cells)
		default:
			rows++
			if len(r.cells) == len(c.header) {
				fitting++
			}
		}
	}
	for _, name := range c.header {
		if column, known := names.column(name); known {
			c.known++
			c.hasID = c.hasID || column == IDField
		}
	}
	c.fitting = float64(fitting) / float64(max(1, rows))
	return c
}
