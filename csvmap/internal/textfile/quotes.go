package textfile

import (
	"errors"
	"io"
	"strings"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/reason"
)

// splitQuoted splits a row with quotes, which may span several lines: line is the first of them.
func (c *Records) splitQuoted(line string, next int) error {
	q := quotedRow{Records: c, line: line, next: next}
	cells, starts := c.current.Cells, c.starts[:0]
	for at := 0; ; {
		text, end := "", 0
		if rest := q.rest(at); rest != "" && isInner(rest[0]) && rest[0] != c.style.quote { // nearly every cell
			if end = strings.IndexByte(rest, c.delimiter); end < 0 {
				end = len(rest)
			}
			text, end = rest[:end], at+end
		} else {
			var err error
			if text, end, err = q.cell(at, len(cells)); err != nil {
				return err
			}
		}
		cells, starts = append(cells, text), append(starts, at)
		if at = end + 1; end == q.end() {
			break
		}
	}
	c.starts = append(starts, q.end()+1)
	c.current.Cells, c.current.Whole, c.current.Starts = cells, c.text[:q.end()], c.starts
	if q.breaks > 0 && !c.Verbatim {
		hasID := c.shape.id >= 0 && c.shape.id < len(cells) && starts[c.shape.id] <= len(line)
		if fault := c.swallowed(next, q.breaks, hasID); fault != nil {
			return fault
		}
	}
	c.take(q.next, q.breaks+1)
	return nil
}

// unquote removes the quotes, and replaces each line break by a single line feed unless cells are wanted verbatim.
func (c *Records) unquote(raw string) string {
	text := c.style.unquote(raw)
	if c.Verbatim {
		return text
	}
	return cell.PlainBreaks(text)
}

// quotedRow scans a row with quotes. All offsets count from the start of the row.
type quotedRow struct {
	*Records
	line   string // the current one
	start  int    // where it begins
	next   int    // where the line after it begins
	breaks int    // line breaks within the row
}

func (q *quotedRow) end() int           { return q.start + len(q.line) }
func (q *quotedRow) rest(at int) string { return q.line[at-q.start:] }

// cell returns the cell that begins at an offset, and where it ends; number is the number of cells before it.
func (q *quotedRow) cell(at, number int) (text string, end int, err error) {
	rest := q.rest(at)
	if blanks := q.style.opening(rest); blanks >= 0 {
		if end, err = q.quotedCell(at + blanks); err != nil {
			return "", 0, err
		}
		return q.unquote(q.text[at+blanks : end]), end, nil
	}
	text = q.cut(rest)
	if q.current.SpacedQuote < 0 && q.style.quote == '"' && cell.IsSpacedQuote(text) {
		q.current.SpacedQuote = number
	}
	return text, at + len(text), nil
}

// isInner reports whether b is neither a blank nor part of a byte order mark, after either of which quotes could
// open.
func isInner(b byte) bool { return b > ' ' && b < 0x7f }

// cut returns the text up to the next delimiter.
func (q *quotedRow) cut(text string) string {
	if i := strings.IndexByte(text, q.delimiter); i >= 0 {
		return text[:i]
	}
	return text
}

// quotedCell allows blanks between the closing quote and the delimiter: nothing else could be meant.
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

// opening returns the first line of a cell, for a message.
func (q *quotedRow) opening(at int) string {
	text, _, _ := strings.Cut(q.text[at:], "\n")
	return strings.TrimSuffix(text, "\r")
}

func (q *quotedRow) closingQuote(from int) (int, error) {
	for {
		i, size := q.style.closing(q.rest(from))
		if i >= 0 && size == 1 {
			return from + i, nil
		}
		if i >= 0 {
			from += i + size
			continue
		}
		if err := q.extend(); err != nil {
			return 0, err
		}
		from = q.start
	}
}

// extend appends the next line to the row.
func (q *quotedRow) extend() error {
	line, next, err := q.Records.line(q.next)
	if err != nil {
		return err
	}
	q.line, q.start, q.next = line, q.next, next
	q.breaks++
	return nil
}
