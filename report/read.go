package report

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"razebulk/batch"
)

// Outcome is what a line of a results file or of its journal says of a row, as far as it is needed again.
type Outcome struct {
	Row      int
	ID       string
	Status   batch.Status
	Message  string
	Attempts int

	place entry // of the line in its file
}

// errTorn is the end of a journal whose last line was not written to its end.
var errTorn = errors.New("the last line was not written to its end")

// Outcomes reads a results file or a journal of this dialect in its order. Its error names the line that is damaged.
func Outcomes(file io.Reader, d Dialect) iter.Seq2[Outcome, error] {
	return func(yield func(Outcome, error) bool) {
		in := newLineReader(file, d)
		if err := in.readHeader(); err != nil {
			yield(Outcome{}, err)
			return
		}
		for {
			o, err := in.readOutcome()
			if errors.Is(err, io.EOF) {
				return
			}
			if !yield(o, err) || err != nil {
				return
			}
		}
	}
}

// lineReader takes a journal apart line by line. No line of it holds a line break inside a cell, so that one that was not
// written to its end can be told from one that is damaged: it is the last one, and has no end.
type lineReader struct {
	header string // as it must be, with its line end
	text   *endReader
	lines  *csv.Reader
	count  int // of the lines that were read
}

func newLineReader(file io.Reader, d Dialect) *lineReader {
	text := &endReader{file: file, last: '\n'}
	lines := csv.NewReader(bufio.NewReaderSize(text, 64<<10))
	lines.Comma = cmp.Or(d.Delimiter, ',')
	lines.ReuseRecord = true
	lines.FieldsPerRecord = -1
	return &lineReader{header: writtenHeader(d), text: text, lines: lines}
}

// endReader knows how what it has handed on begins and ends.
type endReader struct {
	file   io.Reader
	first  []byte // as much as a header takes at most
	breaks int
	last   byte
	ended  bool
}

// Read implements [io.Reader].
func (r *endReader) Read(p []byte) (int, error) {
	n, err := r.file.Read(p)
	if n > 0 {
		r.first = append(r.first, p[:min(n, longestHeader-len(r.first))]...)
		r.breaks += bytes.Count(p[:n], []byte{'\n'})
		r.last = p[n-1]
	}
	r.ended = r.ended || errors.Is(err, io.EOF)
	return n, err
}

func (r *lineReader) readLine() ([]string, error) {
	cells, err := r.lines.Read()
	if errors.Is(err, io.EOF) {
		return nil, r.end()
	}
	r.count++
	var parse *csv.ParseError
	if err != nil && !errors.As(err, &parse) {
		return nil, err
	}
	if r.text.ended && r.text.last != '\n' && r.count == r.text.breaks+1 {
		return nil, errTorn
	}
	if err != nil {
		return nil, errors.New("not a line of a results file")
	}
	line, _ := r.lines.FieldPos(0)
	broken := func(cell string) bool { return strings.Contains(cell, "\n") }
	if line != r.count || slices.ContainsFunc(cells, broken) {
		return nil, errOtherLines
	}
	return cells, nil
}

// errOtherLines is a file in which lines and results are not one to one.
var errOtherLines = errors.New("an empty line, or one with a line break inside")

// end tells an end from empty lines and from half a line end, all of which the CSV reader passes over.
func (r *lineReader) end() error {
	switch {
	case r.text.breaks != r.count:
		r.count++
		return errOtherLines
	case r.text.last != '\n':
		return errTorn
	}
	return io.EOF
}

// headerCells are the columns of a journal.
var headerCells = strings.Split(strings.TrimSpace(strings.TrimPrefix(writtenHeader(Dialect{}), utf8BOM)), ",")

const longestHeader = 256

// writtenHeader is what a journal begins with, as its writer writes it.
func writtenHeader(d Dialect) string {
	text, err := newEncoder(d).header([]line{})
	if err != nil {
		panic(err) // can't be: the columns are those of a struct of ours
	}
	return string(text)
}

var errOtherHeader = errors.New("line 1: not the header of a results file of this version")

// readHeader takes half a header for a torn one, but not the first line of some other file.
func (r *lineReader) readHeader() error {
	cells, err := r.readLine()
	switch {
	case errors.Is(err, io.EOF):
		return errTorn
	case errors.Is(err, errTorn) && strings.HasPrefix(r.header, string(r.text.first)):
		return err
	case errors.Is(err, errTorn):
		return errOtherHeader
	case err != nil:
		return fmt.Errorf("line 1: %w", err)
	}
	cells[0] = strings.TrimPrefix(cells[0], utf8BOM)
	if !slices.Equal(cells, headerCells) {
		return errOtherHeader
	}
	return nil
}

func (r *lineReader) readOutcome() (Outcome, error) {
	start := r.lines.InputOffset()
	cells, err := r.readLine()
	var o Outcome
	if err == nil {
		o, err = parseOutcome(cells)
	}
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, errTorn):
		return o, err
	case err != nil:
		return o, fmt.Errorf("line %d: %w", r.count, err)
	}
	o.place = entry{start, r.lines.InputOffset() - start}
	return o, nil
}

func parseOutcome(cells []string) (Outcome, error) {
	if len(cells) != len(headerCells) {
		return Outcome{}, fmt.Errorf("%d cells, not %d", len(cells), len(headerCells))
	}
	row, err := strconv.Atoi(cells[0])
	if err != nil || row < 1 {
		return Outcome{}, fmt.Errorf("%q is not the number of a row", cells[0])
	}
	attempts, err := strconv.Atoi(cells[8])
	if err != nil || attempts < 0 {
		return Outcome{}, fmt.Errorf("%q is not a number of attempts", cells[8])
	}
	if cells[2] == "" {
		return Outcome{}, errors.New("there is no status")
	}
	return Outcome{Row: row, ID: uninert(cells[1]), Status: batch.Status(cells[2]), Message: uninert(cells[3]), Attempts: attempts}, nil
}
