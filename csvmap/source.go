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
	text    io.Reader
	marked  bool        // the text began with a byte order mark
	offset  int64       // bytes handed on
	lines   int         // line breaks handed on
	last    byte        // the last byte handed on, or the last before a line break
	started int64       // offset of the line that is not yet at its end
	breaks  []lineBreak // those that the reader may still have before it
	settled int         // the lines before breaks
	row     int64       // offset where the row that is being read begins, as far as that is known
	ended   int         // the lines before row
	begun   bool        // a line that holds something lies between row and breaks
}

type lineBreak struct {
	end   int64 // the offset just behind it
	blank bool  // nothing stands on the line that it ends
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
	if s.offset-s.row > maxRecord {
		return 0, fmt.Errorf("line %d: the row that begins here is larger than %d MiB: look for a quote that is never closed",
			s.ended+1, maxRecord>>20)
	}
	n, err := s.text.Read(p)
	s.note(p[:n])
	if errors.Is(err, encoding.ErrInvalidUTF8) {
		err = fmt.Errorf("line %d: bytes that are not UTF-8: save the sheet as \"CSV UTF-8\" and try again", s.lines+1)
	}
	return n, err
}

func (s *source) note(chunk []byte) {
	for start := 0; ; {
		i := bytes.IndexByte(chunk[start:], '\n')
		if i < 0 {
			break
		}
		if i > 0 {
			s.last = chunk[start+i-1]
		}
		start += i + 1
		s.endLine(s.offset + int64(start))
	}
	if len(chunk) > 0 {
		s.last = chunk[len(chunk)-1]
	}
	s.offset += int64(len(chunk))
	s.settle(s.offset - bufferSize) // the reader holds no more than its buffer
}

// endLine notes the line break before end; s.last is the byte before it.
func (s *source) endLine(end int64) {
	length := end - s.started
	s.breaks = append(s.breaks, lineBreak{end, length == 1 || (length == 2 && s.last == '\r')})
	s.started = end
	s.lines++
}

// settle forgets the line breaks up to offset. Blank lines before a row are no part of it.
func (s *source) settle(offset int64) {
	n := 0
	for n < len(s.breaks) && s.breaks[n].end <= offset {
		s.begun = s.begun || !s.breaks[n].blank
		n++
		if !s.begun {
			s.row, s.ended = s.breaks[n-1].end, s.settled+n
		}
	}
	s.breaks = s.breaks[n:]
	s.settled += n
}

// consume tells that the reader has taken everything before offset, and returns the number of lines that is.
func (s *source) consume(offset int64) int {
	s.settle(offset)
	s.row, s.ended, s.begun = offset, s.settled, false
	return s.ended
}
