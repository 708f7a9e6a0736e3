package csvmap

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// maxRecord bounds what one row may take up, so that a quote left open can't pull a whole file into memory.
const maxRecord = 16 << 20

var utf8BOM = []byte("\xef\xbb\xbf")

// source hands on UTF-8 text without its byte order mark, and knows where each physical line ended: encoding/csv
// skips empty lines without a word, and a spreadsheet counts them.
type source struct {
	text     io.Reader
	marked   bool    // the text began with a byte order mark
	offset   int64   // bytes handed on
	lines    int     // line breaks handed on
	breaks   []int64 // offsets just behind the line breaks that were handed on and not yet consumed
	consumed int64   // offset behind the last record that the reader took
	ended    int     // lines that lie before consumed
}

func newSource(raw *bufio.Reader) (*source, error) {
	start, err := raw.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if bytes.Equal(start, []byte("PK\x03\x04")) {
		return nil, errors.New("this is an Excel workbook, not a CSV file: save it as \"CSV UTF-8\"")
	}
	marked := bytes.HasPrefix(start, utf8BOM)
	if marked {
		_, _ = raw.Discard(len(utf8BOM)) // can't fail: these bytes were peeked
	}
	return &source{text: transform.NewReader(raw, encoding.UTF8Validator), marked: marked}, nil
}

// Read implements [io.Reader].
func (s *source) Read(p []byte) (int, error) {
	if s.offset-s.consumed > maxRecord {
		return 0, fmt.Errorf("line %d: the row that begins here is larger than %d MiB: look for a quote that is never closed",
			s.ended+1, maxRecord>>20)
	}
	n, err := s.text.Read(p)
	for i, b := range p[:n] {
		if b == '\n' {
			s.breaks = append(s.breaks, s.offset+int64(i)+1)
		}
	}
	s.offset += int64(n)
	s.lines += bytes.Count(p[:n], []byte{'\n'})
	if errors.Is(err, encoding.ErrInvalidUTF8) {
		err = fmt.Errorf("line %d: bytes that are not UTF-8: save the sheet as \"CSV UTF-8\" and try again", s.lines+1)
	}
	return n, err
}

// consume tells that the reader has taken everything before offset, and returns the number of lines that is.
func (s *source) consume(offset int64) int {
	n := 0
	for n < len(s.breaks) && s.breaks[n] <= offset {
		n++
	}
	s.breaks = s.breaks[n:]
	s.ended += n
	s.consumed = offset
	return s.ended
}
