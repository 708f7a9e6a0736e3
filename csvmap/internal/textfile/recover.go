package textfile

import (
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/reason"
)

// shape is what the rows of a sheet look like. If a quote is missing or superfluous, it distinguishes lines that are
// rows from those that are parts of cells.
type shape struct {
	width int // of the header; 0 if it isn't known
	id    int // the place of the id column
	ids   idShape

	least    int   // minimum number of cells in the rows so far
	shortest int   // shortest id in the rows so far, in bytes
	decimals int   // digits after the separator in each last cell so far; -1 if they differ
	rows     int   // so far
	bare     bool  // a row without quotes has occurred
	quoted   []int // columns whose cells are all in quotes
}

// Expect sets the number of cells in the header, and which of them is the id. Without it no fault is limited to one
// row.
func (c *Records) Expect(width, id int) {
	c.shape = shape{width: width, id: id, least: width, decimals: -1}
}

// maxSkipped is how many lines a row with a stray quote may occupy.
const maxSkipped = 100

// recover turns an error into a fault of one row, if the next line that is a row is in sight: one with as many cells
// as the header, and an id like the others.
func (c *Records) recover(line string, next int, cause error) error {
	var why reason.Reason
	if c.shape.width == 0 || !errors.As(cause, &why) || errors.Is(cause, errSwallowed) {
		return c.refuseSwallowed(line, next, cause)
	}
	end, lines := next, 1
	for {
		text, after, err := c.line(end)
		if errors.Is(err, io.EOF) && lines == 1 {
			break
		}
		if err != nil || lines > maxSkipped {
			return cause
		}
		if c.fits(text) {
			break
		}
		end, lines = after, lines+1
	}
	r := &c.current
	r.Cells, r.Starts, r.Fault = split(r.Cells[:0], c.text[:c.trimmedEnd(end)], c.delimiter), nil, cause
	c.take(end, lines)
	return nil
}

// trimmedEnd returns where the text before end stops, not counting line endings.
func (c *Records) trimmedEnd(end int) int { return len(strings.TrimRight(c.text[:end], "\r\n")) }

// errSwallowed marks a cell that contains whole rows.
var errSwallowed = errors.New("swallowed")

// swallowedRows is the error for a cell that contains whole rows.
type swallowedRows struct {
	lines int
	why   error
}

func (s *swallowedRows) Error() string { return s.why.Error() }
func (s *swallowedRows) Unwrap() error { return errSwallowed }

// swallowed looks for whole rows in the lines after the first one of a row. If the first line lacks the id, the last
// one may have it.
func (c *Records) swallowed(from, breaks int, hasID bool) error {
	lines := breaks
	if !hasID {
		lines--
	}
	if c.shape.width < 2 {
		return nil
	}
	var own idShape // the only example of an id until other rows provide some
	if hasID && c.shape.rows == 0 {
		own.learn(cell.Trim(c.current.Cells[c.shape.id]))
	}
	for range lines {
		line, next, err := c.line(from)
		if err != nil {
			return nil // the row was read to its end, so its lines are available
		}
		if cells, ok := c.row(line); ok && (len(own.signs) == 0 || own.fits(cell.Trim(cells[c.shape.id]))) {
			return &swallowedRows{breaks + 1, reason.New("rows_in_cell", "line", c.lines+1, "last_line", c.lines+1+breaks)}
		}
		from = next
	}
	return nil
}

// refuseSwallowed refuses each line of a cell that contains whole rows: there is no telling which of them are rows.
func (c *Records) refuseSwallowed(line string, next int, cause error) error {
	var found *swallowedRows
	if !errors.As(cause, &found) {
		return cause
	}
	c.faulty, c.fault = found.lines-1, found.why
	r := &c.current
	r.Cells, r.Starts, r.Fault = split(r.Cells[:0], line, c.delimiter), nil, found.why
	c.take(next, 1)
	return nil
}

// fits reports whether a line on its own is a row of the sheet.
func (c *Records) fits(line string) bool {
	_, ok := c.row(line)
	return ok
}

// row splits a line that on its own is a row of the sheet.
func (c *Records) row(line string) (cells []string, ok bool) {
	cells, ok = c.alone(line, c.delimiter)
	return cells, ok && (len(cells) == c.shape.width || c.style.trailing && len(cells) == c.shape.width+1) && c.shape.hasID(cells)
}

func (s *shape) hasID(cells []string) bool {
	return s.id >= 0 && s.id < len(cells) && s.ids.fits(cell.Trim(cells[s.id]))
}

// alone splits a line on its own; ok is false if its quotes don't allow that, or if it has too few delimiters.
func (c *Records) alone(line string, delimiter byte) (cells []string, ok bool) {
	if strings.Count(line, string(delimiter)) < c.shape.width-1 {
		return nil, false
	}
	one := &Records{delimiter: delimiter, cr: c.cr, style: c.style, text: line, atEnd: true}
	if strings.IndexByte(line, c.style.quote) < 0 {
		return split(nil, line, delimiter), true
	}
	err := one.splitQuoted(line, len(line))
	return one.current.Cells, err == nil
}

// judge sets the fault of a row that was split, or learns from it if it has none. line is its first line.
func (c *Records) judge(r *cell.Record, line string) {
	s := &c.shape
	whole := line
	if r.Starts != nil {
		whole = r.Whole
	}
	if c.mixed && !utf8.ValidString(whole) {
		r.Fault = reason.New("row_other_encoding", "place", otherByte(whole, r.Line-1).String())
		return
	}
	if s.width == 0 || len(line) == 0 {
		return
	}
	if c.style.trailing && len(r.Cells) == s.width+1 && r.Cells[s.width] == "" {
		r.Cells = r.Cells[:s.width]
	} else if c.style.trailing && len(r.Cells) <= s.width && !r.Blank() {
		r.Fault = reason.New("row_without_last_delimiter")
	}
	if r.Fault == nil {
		r.Fault = c.faultOf(r, line)
	}
	if r.Fault == nil && c.curly && strings.Contains(whole, "“") {
		r.Fault = splitSmartQuotes(r.Cells)
	}
	if r.Fault == nil {
		s.learn(r)
	}
}

// otherByte returns the place of the first byte that is not UTF-8 in a text that is preceded by this many lines.
func otherByte(text string, lines int) place {
	at := place{lines: lines}
	for i, char := range text {
		at.pass(char)
		if _, size := utf8.DecodeRuneInString(text[i:]); char == utf8.RuneError && size == 1 {
			break
		}
	}
	return at
}

func (c *Records) faultOf(r *cell.Record, line string) error {
	s := &c.shape
	if len(r.Cells) != s.width {
		for _, d := range delimiters {
			if byte(d.char) == c.delimiter {
				continue
			}
			if cells, ok := c.alone(line, byte(d.char)); ok && len(cells) == s.width && s.width > 1 && s.hasID(cells) {
				return reason.New("row_other_delimiter", "delimiter", d.name)
			}
		}
	}
	if r.Starts != nil && s.id >= 0 && s.id < len(r.Cells) && hasStrayQuote(r.Cells[s.id]) {
		return reason.New("id_with_quote")
	}
	if r.Starts != nil && (!s.bare || len(r.Cells) < s.width) {
		if why := s.quoteFault(r); why != nil {
			return why
		}
	}
	if why := c.wrappedFault(r); why != nil {
		return why
	}
	if c.atEnd && c.text == "" && c.unended && s.isCutOff(r) {
		return reason.New("row_cut_off")
	}
	return nil
}
