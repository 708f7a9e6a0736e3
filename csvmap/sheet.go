package csvmap

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/xuri/excelize/v2"
)

// source yields the records of a CSV file or of a workbook. A record is good until the next one is read; io.EOF ends them.
type source interface {
	next() (*record, error)
	close() error
}

// Sheet is an open sheet whose header has been read. Its rows can be read once, by one goroutine; it holds one row
// at a time, however long the file (but a workbook is held in its packed form).
type Sheet struct {
	reading       *Reading
	records       source
	header        header
	titles        Original // the header as it stands in the sheet
	cells         []Cell   // of the row that was read last
	ballots       []ballot // of the columns, while they are judged; else nil
	knownCurrency string   // the one that was found to be one last
}

// Open begins to read the sheet that r was made of. The sheet must be closed.
func (r *Reading) Open(raw io.Reader) (*Sheet, error) {
	s, err := r.begin(raw)
	if err == nil {
		s.header = r.header
	}
	return s, err
}

// openFrom opens the sheet anew.
func (r *Reading) openFrom(open func() (io.Reader, error)) (*Sheet, error) {
	raw, err := open()
	if err != nil {
		return nil, err
	}
	return r.Open(raw)
}

// begin reads the header row, and understands it where that has not been done.
func (r *Reading) begin(raw io.Reader) (*Sheet, error) {
	records, err := r.source(raw)
	if err != nil {
		return nil, err
	}
	s := &Sheet{reading: r, records: records}
	for {
		record, err := records.next()
		if err == nil && record.blank() {
			continue
		}
		if errors.Is(err, io.EOF) {
			err = errors.New("empty: there is no header row")
		}
		if err != nil {
			return nil, errors.Join(err, records.close())
		}
		if len(record.cells) > excelize.MaxColumns {
			err = fmt.Errorf("%d columns: no spreadsheet has more than %d; look for quotes or line ends that are missing", len(record.cells), excelize.MaxColumns)
			return nil, errors.Join(err, records.close())
		}
		if r.header.columns == nil {
			r.header = r.options.header(record.cells)
		}
		if text, ok := records.(*csvRecords); ok {
			text.verbatim = r.header.undo >= 0
		}
		s.titles = s.original(record, r.header)
		return s, nil
	}
}

func (r *Reading) source(raw io.Reader) (source, error) {
	if r.workbook {
		book, err := openWorkbook(raw, r.options.Worksheet)
		if err != nil {
			return nil, err
		}
		return &bookRecords{book: book}, nil
	}
	text, err := r.charset.decoder(raw)
	if err != nil {
		return nil, err
	}
	records := newCSVRecords(text, r.delimiter, r.lineEnd == "\r")
	if r.preamble != "" {
		err = records.skipLine()
	}
	return records, err
}

// Close lets go of what the sheet holds outside of memory.
func (s *Sheet) Close() error { return s.records.close() }

// bookRecords are the rows of a workbook.
type bookRecords struct {
	book    *workbook
	current record
}

// book is the workbook that the sheet is of, or nil.
func (s *Sheet) book() *workbook {
	if records, ok := s.records.(*bookRecords); ok {
		return records.book
	}
	return nil
}

func (b *bookRecords) next() (*record, error) {
	number, cells, kinds, err := b.book.next()
	b.current = record{number: number, line: number, cells: cells, kinds: kinds, spaced: -1}
	return &b.current, err
}

func (b *bookRecords) close() error { return b.book.close() }

// Rows are the rows of the sheet in order, without wholly blank ones. The cells of a row are good until the next row is read. It
// ends after the first error: the file can't be read any further, and the error names the line.
func (s *Sheet) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for record, err := range s.all() {
			if err != nil {
				yield(Row{}, err)
				return
			}
			row := s.row(record)
			if row.ID == "" && record.blank() {
				continue
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

func (s *Sheet) all() iter.Seq2[*record, error] {
	return func(yield func(*record, error) bool) {
		for {
			record, err := s.records.next()
			if errors.Is(err, io.EOF) || !yield(record, err) || err != nil {
				return
			}
		}
	}
}

// Original is a row as it stands in the file.
type Original struct {
	Number int // as [Row.Number]
	cells  []string
	kinds  []kind
}

// Originals are the sheet's rows in order, blank ones among them, without the columns that an earlier run of this
// program has added. It takes the place of [Sheet.Rows] and ends as that does.
func (s *Sheet) Originals() iter.Seq2[Original, error] {
	return func(yield func(Original, error) bool) {
		for record, err := range s.all() {
			if err != nil {
				yield(Original{}, err)
				return
			}
			if !yield(s.original(record, s.header), nil) {
				return
			}
		}
	}
}

// original leaves out the columns that an earlier run has added. They stand at the end of a row, also of one that has more
// cells than the header.
func (s *Sheet) original(r *record, h header) Original {
	surplus := 0
	if h.ownAtEnd() {
		surplus = max(0, len(r.cells)-len(h.columns))
	}
	o := Original{Number: r.number}
	for i := range r.cells {
		if at := i - surplus; at >= 0 && at < len(h.columns) && h.columns[at].own {
			continue
		}
		o.cells = append(o.cells, r.raw(i))
		o.kinds = append(o.kinds, r.kind(i))
	}
	return o
}

// filled fills a row up to a width.
func (o Original) filled(width int) Original {
	missing := max(0, width-len(o.cells))
	o.cells = append(slices.Clip(o.cells), make([]string, missing)...)
	o.kinds = append(slices.Clip(o.kinds), make([]kind, missing)...)
	return o
}
