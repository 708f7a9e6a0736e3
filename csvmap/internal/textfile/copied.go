package textfile

import (
	"errors"
	"io"
	"strings"

	"razebulk/csvmap/internal/cell"
)

// Copied returns the format of a file that has only some of the rows. It is that of the sheet, except for what may no
// longer show then: an encoding that is known only from the letters is UTF-8 with a byte order mark instead, and quotes
// and cells are written as RFC 4180 has them.
func (f Format) Copied() Format {
	if f.Guessed() {
		f.charset = utf8Charset
		f.charset.mark = byteOrderMarks[0].mark
	}
	f.style = plainStyle
	return f
}

// CopiedCells returns the cells of a row as a file in the format [Format.Copied] has them: as they are, with their
// quotes, if it has the same quotes. Each cell of a row that can't be split is put in quotes if it has one, so that the
// row doesn't take in the next ones.
func (f Format) CopiedCells(r *cell.Record) []string {
	cells := make([]string, len(r.Cells))
	for i := range cells {
		cells[i] = r.Raw(i)
	}
	if r.Fault == nil && f.style.quote == plainStyle.quote && !f.style.spaced && !f.style.escaped {
		return cells
	}
	copied := f.Copied()
	if r.Fault != nil && copied.Alone(cells) != nil {
		return cells
	}
	for i, text := range cells {
		if r.Fault == nil {
			text = r.Cells[i]
		}
		cells[i] = copied.Quote(text)
	}
	return cells
}

// Alone returns a row as it is read from a file of this format that has nothing else; nil if it can't be split. The
// cells are as the file has them, with their quotes.
func (f Format) Alone(cells []string) *cell.Record {
	text := strings.ToValidUTF8(strings.Join(cells, string(f.Delimiter)), "\ufffd")
	records := newRecords(strings.NewReader(text), f.Delimiter, f.LineEnd == "\r")
	records.style = f.style
	r, err := records.Next()
	if err != nil {
		return nil
	}
	if _, _, err := records.line(0); !errors.Is(err, io.EOF) {
		return nil
	}
	return r
}
