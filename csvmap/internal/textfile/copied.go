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

// IsPlain reports whether quotes are written as RFC 4180 has them.
func (f Format) IsPlain() bool {
	return f.style.quote == plainStyle.quote && !f.style.spaced && !f.style.escaped
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
