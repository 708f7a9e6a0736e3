package csvmap

import (
	"errors"
	"io"
	"iter"
	"slices"

	"github.com/xuri/excelize/v2"

	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/naming"
	"razebulk/csvmap/internal/slips"
	"razebulk/csvmap/internal/textfile"
	"razebulk/csvmap/internal/xlsx"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// records reads the records of a CSV file or of a workbook. A record is valid until the next call; io.EOF ends them.
type records interface {
	Next() (*cell.Record, error)
}

// Sheet is an open sheet whose header has been read. Its rows can be read once, by one goroutine; it holds one row at
// a time, however long the file is. It must be closed before its [Reading].
type Sheet struct {
	reading *Reading
	records records
	header  header
	above   []Original // the rows above the header, if the user gave its row
	titles  Original   // the header as it is in the sheet
	row     Row        // the last row read
	cells   []Cell     // of that row
	index   slips.RowIndex
	seen    *evidence // while the sheet is being judged; else nil
	// currencyBefore is the last code found valid: most rows have the same one.
	currencyBefore string
}

// Open starts reading the sheet from its first row.
func (r *Reading) Open() (*Sheet, error) {
	s := &Sheet{reading: r}
	err := s.open()
	if err == nil {
		err = s.readHeader()
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Sheet) open() error {
	if book := s.reading.book; book != nil {
		rows, err := book.Rows()
		if err == nil {
			s.records = rows
		}
		return err
	}
	text, err := s.reading.text.Open(s.reading.file, s.reading.size)
	s.records = text
	return err
}

// readHeader reads up to the header row, and classifies its columns if that has not been done yet.
func (s *Sheet) readHeader() error {
	record, err := s.records.Next()
	for err == nil && (record.Blank() || record.Number < s.reading.headerRow) {
		if s.reading.options.HeaderRow > 0 {
			s.above = append(s.above, s.original(record))
		}
		record, err = s.records.Next()
	}
	switch {
	case errors.Is(err, io.EOF):
		return reason.New("sheet_empty")
	case err != nil:
		return err
	case record.Fault != nil:
		return record.Fault
	case len(record.Cells) > excelize.MaxColumns:
		return reason.New("too_many_columns", "columns", len(record.Cells), "max", excelize.MaxColumns)
	case len(record.Unsolved) > 0:
		return s.unsolved(record)
	}
	if s.reading.book != nil {
		record.Cells = naming.WithBeside(record.Cells, s.reading.options.Ignore)
	}
	if s.reading.header.columns == nil {
		s.reading.header = s.reading.options.header(record.Cells)
		s.reading.beside = s.reading.besideAmounts()
	}
	s.header = s.reading.header
	if text, ok := s.records.(*textfile.Records); ok {
		text.Verbatim = s.header.undo >= 0
		text.Expect(len(record.Cells), s.header.id)
	}
	s.titles = s.original(record)
	return nil
}

// Close releases what the sheet holds outside of memory.
func (s *Sheet) Close() error {
	if rows, ok := s.records.(*xlsx.Rows); ok {
		return rows.Close()
	}
	return nil
}

// Rows iterates over the rows of the sheet in order, skipping blank ones. The cells of a row are valid until the next
// row is read. It stops after the first error, because the file can't be read any further; the error names the line.
func (s *Sheet) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for record, err := range s.beforeEnd() {
			left := false
			if err == nil {
				left, err = s.read(record)
			}
			if err != nil {
				yield(Row{}, err)
				return
			}
			if !left && !yield(s.row, nil) {
				return
			}
		}
	}
}

// read checks a record and makes it the current row. left reports whether the record is not an opportunity. Totals
// need no result of their formula.
func (s *Sheet) read(record *cell.Record) (left bool, err error) {
	id, isUUID := s.id(record)
	if !isUUID && !slices.Contains(record.Unsolved, s.header.id) {
		if left, err = s.leftOut(record, id.Text); left || err != nil {
			return left, err
		}
	}
	if err = s.unsolved(record); err != nil {
		return false, err
	}
	if id.Text == "" && record.Blank() {
		return true, nil
	}
	s.readRow(record, id, isUUID)
	return false, nil
}

// id returns a row's id, and whether it is a UUID, as nearly all are: then it needs no other check.
func (s *Sheet) id(r *cell.Record) (id cell.Value, isUUID bool) {
	id = s.value(r, s.header.id)
	return id, id.Kind == cell.Text && (id.Classes.Has(cell.UUID) || crm.IsUUID(id.Text)) && id.Text != s.reading.options.ClearMarker
}

func (s *Sheet) all() iter.Seq2[*cell.Record, error] {
	return func(yield func(*cell.Record, error) bool) {
		for {
			record, err := s.records.Next()
			if errors.Is(err, io.EOF) || !yield(record, err) || err != nil {
				return
			}
		}
	}
}

// Original is a row as the file writes it.
type Original struct {
	Number  int // as [Row.Number]
	cells   []string
	kinds   []cell.Kind
	formats []string
}

// Originals iterates over the sheet's rows in order, including blank ones, without the columns added by an earlier
// run of this program. It is used instead of [Sheet.Rows] and ends in the same way.
func (s *Sheet) Originals() iter.Seq2[Original, error] {
	return func(yield func(Original, error) bool) {
		for record, err := range s.all() {
			if err != nil {
				yield(Original{}, err)
				return
			}
			if !yield(s.original(record), nil) {
				return
			}
		}
	}
}

// original leaves out the columns added by an earlier run. In a CSV file they are at the end of a row, even if it has
// more cells than the header.
func (s *Sheet) original(r *cell.Record) Original {
	surplus := 0
	if s.reading.book == nil && s.header.addedAtEnd() {
		surplus = max(0, len(r.Cells)-len(s.header.columns))
	}
	o, cells := Original{Number: r.Number}, r.Cells
	if s.reading.book == nil {
		cells = s.reading.text.CopiedCells(r)
	}
	for i := range r.Cells {
		if at := i - surplus; at >= 0 && s.header.isAdded(at) {
			continue
		}
		o.cells = append(o.cells, cells[i])
		o.kinds = append(o.kinds, r.Kind(i))
		if i < len(r.Formats) {
			o.formats = append(o.formats, r.Formats[i])
		}
	}
	return o
}

// filled pads a row to a width.
func (o Original) filled(width int) Original {
	missing := max(0, width-len(o.cells))
	o.cells = append(slices.Clip(o.cells), make([]string, missing)...)
	o.kinds = append(slices.Clip(o.kinds), make([]cell.Kind, missing)...)
	return o
}
