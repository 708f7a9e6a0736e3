package csvmap

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

const (
	// chunkSize is what is read of the rows at a time; cells that are kept keep so much alive.
	chunkSize = 16 << 10
	// bufferSize is what is read at a time.
	bufferSize = 64 << 10
	// maxRecord bounds what one row may take up, so that a quote left open can't pull a whole file into memory.
	maxRecord = 16 << 20
)

// record is one row as it stands in the file.
type record struct {
	number int // as the spreadsheet counts
	line   int // where it begins
	cells  []string
	kinds  []kind // nil: all are text
	whole  string // the text of a CSV file's row, where it has quotes in it
	starts []int  // of the cells in whole, and of the one that would follow
	// spaced is the first cell that begins with white space and a quote: whether the quote counts is anyone's guess. -1: none.
	spaced int
}

// raw is a cell of a CSV file with its quotes.
func (r *record) raw(i int) string {
	if r.starts == nil {
		return r.cells[i]
	}
	return r.whole[r.starts[i] : r.starts[i+1]-1]
}

// blank tells that no cell holds anything: a spreadsheet's empty row.
func (r *record) blank() bool {
	return !slices.ContainsFunc(r.cells, func(cell string) bool { return tidy(cell) != "" })
}

// csvRecords splits text into records: RFC 4180, and what people's programs write beside it. A quote within a cell that doesn't
// begin with one is an ordinary sign (so does Excel read it), a line may end with a carriage return alone where all lines do,
// and rows may differ in length. Where a mistake would shift cells or swallow rows it is strict: what follows a closing quote,
// and a quote that is never closed. encoding/csv can do either but not both (LazyQuotes), and doesn't tell how a cell was quoted.
type csvRecords struct {
	in        io.Reader
	delimiter byte
	cr        bool // lines end with a carriage return alone
	verbatim  bool // line breaks within cells stay as they are

	buffer  []byte
	text    string // read and not yet returned; cells are parts of it, so that none is copied
	atEnd   bool
	number  int // rows returned
	lines   int // line ends passed
	current record
	starts  []int
}

func newCSVRecords(in io.Reader, delimiter rune, cr bool) *csvRecords {
	return &csvRecords{in: in, delimiter: byte(delimiter), cr: cr, buffer: make([]byte, chunkSize)}
}

func (c *csvRecords) close() error { return nil }

// skipLine passes over a line that is no row.
func (c *csvRecords) skipLine() error {
	_, next, err := c.line(0)
	c.take(next, 1)
	return err
}

// next returns the next record, which is good until the next call, or io.EOF. A blank line is a record of one empty cell.
func (c *csvRecords) next() (*record, error) {
	line, next, err := c.line(0)
	if err != nil {
		return nil, err
	}
	c.number++
	r := &c.current
	r.number, r.line, r.spaced = c.number, c.lines+1, -1
	r.cells, r.starts = r.cells[:0], nil
	if strings.IndexByte(line, '"') >= 0 {
		return r, c.splitQuoted(line, next)
	}
	r.cells = split(r.cells, line, c.delimiter)
	c.take(next, 1)
	return r, nil
}

// line returns the line that begins at offset from, without its end, and where the next one begins.
func (c *csvRecords) line(from int) (line string, next int, err error) {
	for searched := from; ; {
		if i := c.lineEnd(c.text[searched:]); i >= 0 {
			end := searched + i
			next = end + 1
			if c.text[end] == '\r' && strings.HasPrefix(c.text[next:], "\n") {
				next++
			}
			return c.text[from:c.beforeCR(from, end)], next, nil
		}
		whole := len(c.text)
		if c.atEnd && whole == from {
			return "", 0, io.EOF
		}
		if c.atEnd {
			return c.text[from:c.beforeCR(from, whole)], whole, nil
		}
		searched = max(from, whole-1) // a carriage return there waits for what follows it
		if err := c.fill(); err != nil {
			return "", 0, err
		}
	}
}

func (c *csvRecords) beforeCR(from, end int) int {
	if end > from && c.text[end-1] == '\r' {
		return end - 1
	}
	return end
}

func (c *csvRecords) lineEnd(text string) int {
	if !c.cr {
		return strings.IndexByte(text, '\n')
	}
	i := strings.IndexAny(text, "\r\n")
	if i >= 0 && i == len(text)-1 && text[i] == '\r' && !c.atEnd {
		return -1 // a line feed may follow
	}
	return i
}

// fill reads more, at least as much as is there already, so that a long row is not copied again and again.
func (c *csvRecords) fill() error {
	if len(c.text) > maxRecord {
		return fmt.Errorf("line %d: the row that begins here is larger than %d MiB: look for a quote that is never closed", c.lines+1, maxRecord>>20)
	}
	if len(c.buffer) < len(c.text) {
		c.buffer = make([]byte, len(c.text))
	}
	n, err := c.in.Read(c.buffer)
	var longer strings.Builder
	longer.Grow(len(c.text) + n)
	longer.WriteString(c.text)
	longer.Write(c.buffer[:n])
	c.text = longer.String()
	if errors.Is(err, io.EOF) {
		c.atEnd = true
		return nil
	}
	return err
}

func (c *csvRecords) take(size, lines int) {
	c.text = c.text[size:]
	c.lines += lines
}

// split is for a line without quotes.
func split(cells []string, line string, delimiter byte) []string {
	for {
		i := strings.IndexByte(line, delimiter)
		if i < 0 {
			return append(cells, line)
		}
		cells = append(cells, line[:i])
		line = line[i+1:]
	}
}

// splitQuoted is for a row with quotes in it, which may span several lines: line is the first of them.
func (c *csvRecords) splitQuoted(line string, next int) error {
	q := quotedRow{csvRecords: c, line: line, next: next}
	c.starts = c.starts[:0]
	for at := 0; ; {
		end, err := q.cell(at)
		if err != nil {
			return err
		}
		c.starts = append(c.starts, at)
		if at = end + 1; end == q.end() {
			break
		}
	}
	c.current.whole, c.current.starts = c.text[:q.end()], append(c.starts, q.end()+1)
	c.take(q.next, q.breaks+1)
	return nil
}

// isSpaced tells of a cell that begins with blanks and a quote.
func isSpaced(cell string) bool {
	if cell == "" || isInk(cell[0]) {
		return false
	}
	i := strings.IndexByte(cell, '"')
	return i > 0 && tidy(cell[:i]) == ""
}

// unquote takes the quotes off, and makes every line break one line feed where cells aren't wanted verbatim.
func (c *csvRecords) unquote(raw string) string {
	text := raw[1:strings.LastIndexByte(raw, '"')]
	if strings.IndexByte(text, '"') >= 0 {
		text = strings.ReplaceAll(text, `""`, `"`)
	}
	if c.verbatim {
		return text
	}
	return plainBreaks(text)
}

// plainBreaks makes every line break one line feed.
func plainBreaks(text string) string {
	if strings.IndexByte(text, '\r') < 0 {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// quotedRow goes through a row with quotes in it. All offsets count from the row's beginning.
type quotedRow struct {
	*csvRecords
	line   string // the one that is looked at
	start  int    // where it begins
	next   int    // where the one behind it begins
	breaks int    // line ends within the row
}

func (q *quotedRow) end() int           { return q.start + len(q.line) }
func (q *quotedRow) rest(at int) string { return q.line[at-q.start:] }

// cell takes up the cell that begins at an offset, and returns where it ends.
func (q *quotedRow) cell(at int) (end int, err error) {
	rest := q.rest(at)
	if rest != "" && rest[0] == '"' {
		if end, err = q.quotedCell(at); err != nil {
			return 0, err
		}
		q.current.cells = append(q.current.cells, q.unquote(q.text[at:end]))
		return end, nil
	}
	if i := strings.IndexByte(rest, q.delimiter); i >= 0 {
		rest = rest[:i]
	}
	if q.current.spaced < 0 && isSpaced(rest) {
		q.current.spaced = len(q.current.cells)
	}
	q.current.cells = append(q.current.cells, rest)
	return at + len(rest), nil
}

// quotedCell lets blanks stand between the closing quote and the delimiter: nothing else could be meant.
func (q *quotedRow) quotedCell(at int) (end int, err error) {
	opened := q.lines + q.breaks + 1
	closing, err := q.closingQuote(at + 1)
	if errors.Is(err, io.EOF) {
		return 0, fmt.Errorf("line %d: the quote that opens the cell %s is never closed: close it, or double it if it belongs to the text",
			opened, q.opening(at))
	}
	if err != nil {
		return 0, err
	}
	rest := q.rest(closing + 1)
	if rest == "" || rest[0] == q.delimiter {
		return closing + 1, nil
	}
	after := strings.TrimLeftFunc(rest, func(r rune) bool { return (r == ' ' || r == '\t') && r != rune(q.delimiter) })
	if after != "" && after[0] != q.delimiter {
		return 0, fmt.Errorf("line %d: the cell %s is closed by a quote in line %d that %s follows: a quote before it is missing, or one within it is not doubled",
			opened, q.opening(at), q.lines+q.breaks+1, quote(after))
	}
	return closing + 1 + len(rest) - len(after), nil
}

// opening is how the text of a cell begins, for a message.
func (q *quotedRow) opening(at int) string {
	text, _, _ := strings.Cut(q.text[at:], "\n")
	return quote(strings.TrimSuffix(text, "\r"))
}

func (q *quotedRow) closingQuote(from int) (int, error) {
	for {
		i := strings.IndexByte(q.rest(from), '"')
		if i < 0 {
			if err := q.extend(); err != nil {
				return 0, err
			}
			from = q.start
			continue
		}
		from += i
		if after := q.rest(from + 1); after == "" || after[0] != '"' {
			return from, nil
		}
		from += 2
	}
}

// extend goes on to the next line.
func (q *quotedRow) extend() error {
	line, next, err := q.csvRecords.line(q.next)
	if err != nil {
		return err
	}
	q.line, q.start, q.next = line, q.next, next
	q.breaks++
	return nil
}
