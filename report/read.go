package report

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"os"
	"slices"
	"strconv"
	"strings"

	"razebulk/batch"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// Outcome is the part of a line of a results file or of its journal that is needed later.
type Outcome struct {
	Row     int
	ID      string
	Status  batch.Status
	Message string
	// Reasons are codes; none in a journal from a version that had no such column.
	Reasons  []string
	Attempts int

	place entry // position of the line in its file
}

// columns are the columns of a results file and of its journal. Journals that were begun before the last column existed
// lack it.
var columns = []string{
	"row", "id", "status", "message", "fields_sent", "fields_not_applied", "fields_unverified", "http_status", "attempts", "line",
	"finished_at", "reason",
}

// headerRow is the first row that the header of a sheet can be in: no result belongs to it.
const headerRow = 1

// olderColumns are the columns of a journal of an earlier version.
var olderColumns = columns[:len(columns)-1]

// errTorn is the error at the end of a journal whose last line is incomplete.
var errTorn error = reason.New("results_torn")

// Outcomes reads a results file or a journal in this dialect, in file order. Its error is a read error, or a
// [reason.Reason] with the path and the damaged line.
func Outcomes(file *os.File, d Dialect) iter.Seq2[Outcome, error] {
	return func(yield func(Outcome, error) bool) {
		info, err := file.Stat()
		if err != nil {
			yield(Outcome{}, err)
			return
		}
		newLineReader(file, info.Size(), file.Name(), d).outcomes(yield)
	}
}

// lineReader reads a journal line by line. A cell never contains a line break, so an incomplete last line is what
// follows the last line break of the file. Anything else that is wrong is damage.
type lineReader struct {
	file    io.ReaderAt
	size    int64
	name    string
	dialect Dialect

	whole   int64 // size without an incomplete last line
	lines   *csv.Reader
	end     int64 // end of the last line that was read
	count   int   // number of lines that were read
	columns []string
}

func newLineReader(file io.ReaderAt, size int64, name string, d Dialect) *lineReader {
	return &lineReader{file: file, size: size, name: name, dialect: d}
}

// outcomes is an iterator.
func (r *lineReader) outcomes(yield func(Outcome, error) bool) {
	if err := r.readHeader(); err != nil {
		yield(Outcome{}, err)
		return
	}
	for {
		o, err := r.readOutcome()
		if errors.Is(err, io.EOF) {
			break
		}
		if !yield(o, err) || err != nil {
			return
		}
	}
	if r.whole < r.size {
		yield(Outcome{}, r.at(reason.New("results_torn")))
	}
}

// readHeader treats a part of a header as an incomplete one, but not the first line of some other file.
func (r *lineReader) readHeader() (err error) {
	if r.whole, err = lastLineEnd(r.file, r.size); err != nil {
		return err
	}
	if r.whole == 0 {
		return r.refuseHeader()
	}
	r.lines = csv.NewReader(io.NewSectionReader(r.file, 0, r.whole))
	r.lines.Comma, r.lines.ReuseRecord, r.lines.FieldsPerRecord = r.dialect.delimiter(), true, -1
	cells, err := r.readLine()
	if err != nil {
		return err
	}
	cells[0] = strings.TrimPrefix(cells[0], utf8BOM)
	for _, known := range [][]string{columns, olderColumns} {
		if slices.Equal(cells, known) {
			r.columns = known
			return nil
		}
	}
	return r.at(reason.New("results_header_unknown"))
}

// refuseHeader returns the error for a file without a complete line.
func (r *lineReader) refuseHeader() error {
	r.count = 1
	start := make([]byte, min(r.size, 1024)) // longer than a header
	if n, err := r.file.ReadAt(start, 0); n < len(start) {
		return err
	}
	for _, known := range [][]string{columns, olderColumns} {
		if strings.HasPrefix(r.dialect.headerLine(known), string(start)) {
			return r.at(reason.New("results_torn"))
		}
	}
	return r.at(reason.New("results_header_unknown"))
}

func (r *lineReader) readLine() ([]string, error) {
	cells, err := r.lines.Read()
	if errors.Is(err, io.EOF) && r.lines.InputOffset() == r.end {
		return nil, io.EOF
	}
	r.count++
	var parse *csv.ParseError
	switch {
	case errors.Is(err, io.EOF): // after empty lines, which the CSV reader skips
		return nil, r.at(reason.New("results_line_broken"))
	case errors.As(err, &parse):
		return nil, r.at(reason.New("results_line_unreadable"))
	case err != nil:
		return nil, err
	}
	line, _ := r.lines.FieldPos(0)
	broken := func(cell string) bool { return strings.Contains(cell, "\n") }
	if line != r.count || slices.ContainsFunc(cells, broken) {
		return nil, r.at(reason.New("results_line_broken"))
	}
	r.end = r.lines.InputOffset()
	return cells, nil
}

// at adds the position to a reason.
func (r *lineReader) at(why reason.Reason) error {
	if why.Params == nil {
		why.Params = reason.Params{}
	}
	why.Params["path"], why.Params["line"] = r.name, r.count
	return why
}

func (r *lineReader) readOutcome() (Outcome, error) {
	start := r.end
	cells, err := r.readLine()
	if err != nil {
		return Outcome{}, err
	}
	row, noRow := strconv.Atoi(cells[0])
	switch {
	case len(cells) != len(r.columns):
		return Outcome{}, r.at(reason.New("results_cell_count", "cells", len(cells), "columns", len(r.columns)))
	case noRow != nil || row <= headerRow:
		return Outcome{}, r.at(reason.New("results_row_invalid", "text", cells[0]))
	case cells[2] == "":
		return Outcome{}, r.at(reason.New("results_status_missing"))
	}
	attempts, err := strconv.Atoi(cells[8])
	if err != nil || attempts < 0 {
		return Outcome{}, r.at(reason.New("results_attempts_invalid", "text", cells[8]))
	}
	o := Outcome{
		Row: row, ID: crm.UnescapeFormula(cells[1]), Status: batch.Status(cells[2]), Message: crm.UnescapeFormula(cells[3]),
		Attempts: attempts, place: entry{start, r.end - start},
	}
	if len(r.columns) == len(columns) && cells[11] != "" {
		o.Reasons = strings.Fields(cells[11])
	}
	return o, nil
}

// lastLineEnd returns the size of a file up to its last line break.
func lastLineEnd(file io.ReaderAt, size int64) (int64, error) {
	block := make([]byte, 64<<10)
	for end := size; end > 0; {
		start := max(0, end-int64(len(block)))
		part := block[:end-start]
		if n, err := file.ReadAt(part, start); n < len(part) {
			return 0, err
		}
		if i := bytes.LastIndexByte(part, '\n'); i >= 0 {
			return start + int64(i) + 1, nil
		}
		end = start
	}
	return 0, nil
}
