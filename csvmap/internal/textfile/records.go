package textfile

import (
	"errors"
	"io"
	"strings"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/reason"
)

const (
	// chunkSize is what is read of the rows at a time; cells that are kept keep so much alive.
	chunkSize = 16 << 10
	// maxRecord bounds what one row may take up, so that a quote left open can't pull a whole file into memory.
	maxRecord = 16 << 20
)

// Records splits text into records: RFC 4180, and what people's programs write beside it. A quote within a cell that
// doesn't begin with one is an ordinary character (so does Excel read it), a line may end with a carriage return
// alone where all lines do, and rows may differ in length. Where a mistake would shift cells or swallow rows it is
// strict: what follows a closing quote, and a quote that is never closed. encoding/csv can do either but not both
// (LazyQuotes), and doesn't tell how a cell was quoted.
type Records struct {
	// Verbatim leaves line breaks within cells as they are.
	Verbatim bool

	in        io.Reader
	delimiter byte
	cr        bool // lines end with a carriage return alone

	buffer  []byte
	text    string // read and not yet returned; cells are parts of it, so that none is copied
	atEnd   bool
	number  int // rows returned
	lines   int // line ends passed
	current cell.Record
	starts  []int
}

func newRecords(in io.Reader, delimiter rune, cr bool) *Records {
	return &Records{in: in, delimiter: byte(delimiter), cr: cr, buffer: make([]byte, chunkSize)}
}

// skipLine passes over a line that is no row.
func (c *Records) skipLine() error {
	_, next, err := c.line(0)
	c.take(next, 1)
	return err
}

// Next returns the next record, which is good until the next call, or io.EOF. A blank line is a record of one empty
// cell.
func (c *Records) Next() (*cell.Record, error) {
	line, next, err := c.line(0)
	if err != nil {
		return nil, err
	}
	c.number++
	r := &c.current
	r.Number, r.Line, r.SpacedQuote = c.number, c.lines+1, -1
	r.Cells, r.Starts = r.Cells[:0], nil
	if strings.IndexByte(line, '"') >= 0 {
		return r, c.splitQuoted(line, next)
	}
	r.Cells = split(r.Cells, line, c.delimiter)
	c.take(next, 1)
	return r, nil
}

// line returns the line that begins at offset from, without its end, and where the next one begins.
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
			return c.text[from:c.beforeCR(from, whole)], whole, nil
		}
		searched = max(from, whole-1) // a carriage return there waits for what follows it
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

// fill reads more, at least as much as is there already, so that a long row is not copied again and again.
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
func (c *Records) splitQuoted(line string, next int) error {
	q := quotedRow{Records: c, line: line, next: next}
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
	c.current.Whole, c.current.Starts = c.text[:q.end()], append(c.starts, q.end()+1)
	c.take(q.next, q.breaks+1)
	return nil
}

// unquote takes the quotes off, and makes every line break one line feed where cells aren't wanted verbatim.
func (c *Records) unquote(raw string) string {
	text := raw[1:strings.LastIndexByte(raw, '"')]
	if strings.IndexByte(text, '"') >= 0 {
		text = strings.ReplaceAll(text, `""`, `"`)
	}
	if c.Verbatim {
		return text
	}
	return cell.PlainBreaks(text)
}

// quotedRow goes through a row with quotes in it. All offsets count from the row's beginning.
type quotedRow struct {
	*Records
	line   string // the one that is looked at
	start  int    // where it begins
	next   int    // where the one behind it begins
	breaks int    // line ends within the row
}

func (q *quotedRow) end() int           { return q.start + len(q.line) }
func (q *quotedRow) rest(at int) string { return q.line[at-q.start:] }

// cell takes the cell that begins at an offset, and returns where it ends.
func (q *quotedRow) cell(at int) (end int, err error) {
	rest := q.rest(at)
	if rest != "" && rest[0] == '"' {
		if end, err = q.quotedCell(at); err != nil {
			return 0, err
		}
		q.current.Cells = append(q.current.Cells, q.unquote(q.text[at:end]))
		return end, nil
	}
	if i := strings.IndexByte(rest, q.delimiter); i >= 0 {
		rest = rest[:i]
	}
	if q.current.SpacedQuote < 0 && cell.IsSpacedQuote(rest) {
		q.current.SpacedQuote = len(q.current.Cells)
	}
	q.current.Cells = append(q.current.Cells, rest)
	return at + len(rest), nil
}

// quotedCell lets blanks stand between the closing quote and the delimiter: nothing else could be meant.
func (q *quotedRow) quotedCell(at int) (end int, err error) {
	opened := q.lines + q.breaks + 1
	closing, err := q.closingQuote(at + 1)
	if errors.Is(err, io.EOF) {
		return 0, reason.New("quote_never_closed", "line", opened, "cell", q.opening(at))
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
		return 0, reason.New("quote_followed", "line", opened, "cell", q.opening(at), "closing_line", q.lines+q.breaks+1, "after", after)
	}
	return closing + 1 + len(rest) - len(after), nil
}

// opening is how the text of a cell begins, for a message.
func (q *quotedRow) opening(at int) string {
	text, _, _ := strings.Cut(q.text[at:], "\n")
	return strings.TrimSuffix(text, "\r")
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

// extend takes the next line.
func (q *quotedRow) extend() error {
	line, next, err := q.Records.line(q.next)
	if err != nil {
		return err
	}
	q.line, q.start, q.next = line, q.next, next
	q.breaks++
	return nil
}
