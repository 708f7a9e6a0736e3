package csvmap

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/gocarina/gocsv"
)

// bufferSize is what is read at a time. The header must fit in it to have its delimiter found.
const bufferSize = 64 << 10

// mostSurplus is how far beyond the header cells are looked at.
const mostSurplus = 1024

// Options are what the user may say about a sheet instead of having it found out.
type Options struct {
	// Delimiter between cells; 0 finds it from the header line.
	Delimiter rune
	// Ignore names columns that are left out, by their header.
	Ignore []string
}

// Sheet is an open CSV file whose header has been read. Its rows can be read once, by one goroutine; it holds one row
// at a time, however long the file.
type Sheet struct {
	// Delimiter is what stands between the cells.
	Delimiter rune
	// BOM tells that the file begins with a byte order mark.
	BOM bool
	// Header is the sheet's own, without the columns that an earlier run of this program has added.
	Header []string
	// Columns are what each column was found to be: a field, or a name in brackets for one that is left out.
	Columns []string
	// ReadOnly are the headers that are known and that an update can't change.
	ReadOnly []string

	source  *source
	csv     *csv.Reader
	rows    *gocsv.Unmarshaller
	columns header
	number  int // of the row that was read last
	ended   int // the line on which it ended
}

// Open reads the header. Its error says what makes the file unusable: no UTF-8, no header, no id, or a column that is
// unknown or there twice.
func Open(r io.Reader, options Options) (*Sheet, error) {
	source, err := newSource(bufio.NewReaderSize(r, bufferSize))
	if err != nil {
		return nil, err
	}
	text := bufio.NewReaderSize(source, bufferSize)
	s := &Sheet{Delimiter: options.Delimiter, BOM: source.marked, source: source}
	if s.Delimiter == 0 {
		if s.Delimiter, err = findDelimiter(text); err != nil {
			return nil, err
		}
	}
	s.csv = csv.NewReader(text)
	s.csv.Comma = s.Delimiter
	s.csv.FieldsPerRecord = -1
	s.csv.ReuseRecord = true
	return s, s.readHeader(options.Ignore)
}

func (s *Sheet) readHeader(ignore []string) error {
	var err error
	s.rows, err = gocsv.NewUnmarshaller(s.csv, record{})
	if errors.Is(err, io.EOF) {
		return errors.New("empty: there is no header row")
	}
	if err != nil {
		return readError(err)
	}
	s.advance()
	if s.columns, err = mapHeader(s.rows.Headers, ignore); err != nil {
		return err
	}
	s.Header = s.original(s.columns.names)
	s.Columns = s.columns.columns
	s.ReadOnly = s.columns.readOnly
	return s.rows.RenormalizeHeaders(func([]string) []string {
		return append(s.columns.columns, slices.Repeat([]string{surplusColumn}, mostSurplus)...)
	})
}

// advance counts the row that was just read, and the empty lines before it.
func (s *Sheet) advance() (line int) {
	line, _ = s.csv.FieldPos(0)
	s.number += line - s.ended
	s.ended = s.source.consume(s.csv.InputOffset())
	return line
}

// Rows are the rows of the sheet in order, without wholly blank ones. It ends after the first error: the file can't
// be read any further, and the error names the line.
func (s *Sheet) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for {
			read, err := s.rows.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Row{}, readError(err))
				return
			}
			line := s.advance()
			record := read.(record)
			if !record.blank() && !yield(record.row(s.number, line), nil) {
				return
			}
		}
	}
}

// Original is a row as it stands in the file.
type Original struct {
	Number int // as [Row.Number]
	Cells  []string
}

// Originals are the sheet's rows in order, blank ones among them, without the columns that an earlier run of this
// program has added. It takes the place of [Sheet.Rows] and ends as that does.
func (s *Sheet) Originals() iter.Seq2[Original, error] {
	return func(yield func(Original, error) bool) {
		for {
			cells, err := s.csv.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Original{}, readError(err))
				return
			}
			s.advance()
			if !yield(Original{s.number, s.original(cells)}, nil) {
				return
			}
		}
	}
}

// original leaves out the columns that an earlier run has added. They stand at the end of a row, also of one that has more
// cells than the header.
func (s *Sheet) original(cells []string) []string {
	surplus := 0
	if s.columns.ownAtEnd() {
		surplus = max(0, len(cells)-len(s.columns.own))
	}
	kept := make([]string, 0, len(cells))
	for i, cell := range cells {
		if at := i - surplus; at < 0 || at >= len(s.columns.own) || !s.columns.own[at] {
			kept = append(kept, cell)
		}
	}
	return kept
}

// readError says where a file can't be read, in the words of someone who sees it in a spreadsheet.
func readError(err error) error {
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		return err
	}
	if errors.Is(parse.Err, csv.ErrBareQuote) {
		return fmt.Errorf("line %d, column %d: a quote inside a cell that isn't quoted; put the cell in quotes and double the ones inside it",
			parse.Line, parse.Column)
	}
	return fmt.Errorf("line %d: a quoted cell in the row that begins here is not closed properly; look for a quote that is missing or not doubled",
		parse.StartLine)
}
