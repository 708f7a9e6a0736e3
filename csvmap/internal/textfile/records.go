package textfile

import (
	"errors"
	"io"
	"strings"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/reason"
)

const (
	// chunkSize is how much of the rows is read at a time; a cell that is kept keeps that much alive.
	chunkSize = 16 << 10
	// maxRecord limits the size of a row, so that a quote left open can't pull a whole file into memory.
	maxRecord = 16 << 20
)

// Records splits text into records: RFC 4180, plus what common programs write beyond it. A quote within a cell that
// doesn't begin with one is an ordinary character (as in Excel), a line may end with a lone carriage return if all
// lines do, and rows may differ in length. It is strict where a mistake would shift cells or swallow rows: about what
// follows a closing quote, and about a quote that is never closed. encoding/csv can do either but not both
// (LazyQuotes), and doesn't report how a cell was quoted.
type Records struct {
	// Verbatim leaves line breaks within cells as they are, and takes a line within a cell for a part of it, even if it
	// looks like a row: each row of such a file has a quoted cell of JSON, which a quote left open can't swallow.
	Verbatim bool

	in        io.Reader
	delimiter byte
	cr        bool // lines end with a lone carriage return
	style     style
	mixed     bool // some lines are not UTF-8
	curly     bool // there may be typographic quotes
	shape     shape

	buffer  []byte
	text    string // read but not yet returned; cells are substrings of it, so that none is copied
	atEnd   bool
	unended bool // the last line has no line ending
	number  int  // rows returned
	lines   int  // line endings passed
	current cell.Record
	starts  []int
	faulty  int   // upcoming lines that may be rows or parts of a cell
	fault   error // of these lines
}

func newRecords(in io.Reader, delimiter rune, cr bool) *Records {
	return &Records{in: in, delimiter: byte(delimiter), cr: cr, style: plainStyle, buffer: make([]byte, chunkSize)}
}

// skipLine skips a line that is not a row.
func (c *Records) skipLine() error {
	_, next, err := c.line(0)
	c.take(next, 1)
	return err
}

// Next returns the next record, which is valid until the next call, or io.EOF. A blank line is a record of one empty
// cell. If a row can't be split with certainty, the record has a fault, and the next record is the next row that can
// be; if no such row is in sight, Next fails.
func (c *Records) Next() (*cell.Record, error) {
	line, next, err := c.line(0)
	if err != nil {
		return nil, err
	}
	c.number++
	r := &c.current
	r.Number, r.Line, r.SpacedQuote, r.Fault = c.number, c.lines+1, -1, nil
	r.Cells, r.Starts = r.Cells[:0], nil
	switch {
	case c.faulty > 0:
		c.faulty--
		r.Fault, r.Cells = c.fault, split(r.Cells, line, c.delimiter)
		c.take(next, 1)
		return r, nil
	case strings.IndexByte(line, c.style.quote) >= 0:
		if err := c.splitQuoted(line, next); err != nil {
			return r, c.recover(line, next, err)
		}
	default:
		r.Cells = split(r.Cells, line, c.delimiter)
		c.take(next, 1)
	}
	c.judge(r, line)
	return r, nil
}

// line returns the line at offset from, without its line ending, and the offset of the next one.
func (c *Records) line(from int) (line string, next int, err error) {
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
			c.unended = true
			return c.text[from:c.beforeCR(from, whole)], whole, nil
		}
		searched = max(from, whole-1) // a carriage return there may be followed by a line feed
		if err := c.fill(); err != nil {
			return "", 0, err
		}
	}
}

func (c *Records) beforeCR(from, end int) int {
	if end > from && c.text[end-1] == '\r' {
		return end - 1
	}
	return end
}

func (c *Records) lineEnd(text string) int {
	if !c.cr {
		return strings.IndexByte(text, '\n')
	}
	i := strings.IndexAny(text, "\r\n")
	if i >= 0 && i == len(text)-1 && text[i] == '\r' && !c.atEnd {
		return -1 // a line feed may follow
	}
	return i
}

// fill reads more, at least as much as there is already, so that a long row is not copied again and again.
func (c *Records) fill() error {
	if len(c.text) > maxRecord {
		return reason.New("row_too_large", "line", c.lines+1, "mib", maxRecord>>20)
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

func (c *Records) take(size, lines int) {
	c.text = c.text[size:]
	c.lines += lines
}

// split splits a line without quotes.
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
