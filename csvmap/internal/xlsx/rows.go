package xlsx

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/reason"

	"github.com/xuri/excelize/v2"
)

// Rows are the rows of a worksheet (ECMA-376, part 1, section 18.3), one at a time. They are for one goroutine.
type Rows struct {
	parts   *parts
	part    io.ReadCloser
	bounded *boundedReader
	xml     *xml.Decoder
	values  cellValues
	ended   bool
	current cell.Record
	column  int // of the cell that was read last
	hidden  int // among the rows that were returned
}

// storedCell is a cell as the file stores it.
type storedCell struct {
	form    string // the attribute t
	style   int
	value   string
	present bool // there is a value, though perhaps an empty one
	formula bool
}

func (b *Book) openRows(sheet sheetEntry) (*Rows, error) {
	name, _ := b.parts.worksheet(sheet)
	part, err := b.parts.open(name)
	if err != nil {
		return nil, err
	}
	bounded := &boundedReader{part, maxPiece}
	decoder := xml.NewDecoder(bufio.NewReaderSize(bounded, partBuffer))
	return &Rows{parts: b.parts, part: part, bounded: bounded, xml: decoder, values: b.values, current: cell.Record{SpacedQuote: -1}}, nil
}

// Next returns the next row that holds anything, by the number that the spreadsheet shows, or io.EOF. Empty cells at
// its end are left out. It is good until the next call.
func (s *Rows) Next() (*cell.Record, error) {
	for {
		start, err := s.nextRow()
		switch {
		case errors.Is(err, io.EOF):
			return nil, err
		case err != nil:
			return nil, s.parts.unreadable(fmt.Errorf("after row %d of the sheet: %w", s.current.Number, err))
		}
		hidden, err := s.readRow(start)
		switch {
		case errors.Is(err, errNoResult):
			place, _ := excelize.CoordinatesToCellName(s.column, s.current.Number)
			return nil, reason.New("formula_without_result", "place", place)
		case err != nil:
			return nil, s.parts.unreadable(fmt.Errorf("row %d of the sheet: %w", s.current.Number, err))
		}
		if len(s.current.Cells) > 0 {
			if hidden {
				s.hidden++
			}
			return &s.current, nil
		}
	}
}

// Hidden is how many of the rows returned so far are hidden, by hand or by a filter.
func (s *Rows) Hidden() int { return s.hidden }

// Close ends reading.
func (s *Rows) Close() error { return s.part.Close() }

func (s *Rows) nextRow() (xml.StartElement, error) {
	for !s.ended {
		token, err := s.xml.Token()
		if errors.Is(err, io.EOF) {
			s.ended = true
		} else if err != nil {
			return xml.StartElement{}, err
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local == "row" {
				return e, nil
			}
		case xml.EndElement:
			s.ended = e.Name.Local == "sheetData"
		}
	}
	// Only at the end of the part does archive/zip compare its checksum: a digit may have changed that is still XML.
	if _, err := io.Copy(io.Discard, s.part); err != nil {
		return xml.StartElement{}, err
	}
	return xml.StartElement{}, io.EOF
}

func (s *Rows) readRow(start xml.StartElement) (hidden bool, err error) {
	s.bounded.left = maxPiece
	r := &s.current
	r.Cells, r.Kinds = r.Cells[:0], r.Kinds[:0]
	last := r.Number
	r.Number++
	for _, attr := range start.Attr {
		switch attr.Name.Local {
		case "r":
			if r.Number, err = strconv.Atoi(attr.Value); err != nil {
				return false, err
			}
		case "hidden":
			hidden, _ = strconv.ParseBool(attr.Value)
		}
	}
	if r.Line = r.Number; r.Number <= last || r.Number > excelize.TotalRows {
		return false, fmt.Errorf("out of order after row %d", last)
	}
	return hidden, s.readCells()
}

func (s *Rows) readCells() error {
	column := 0
	for {
		token, err := s.xml.Token()
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local != "c" {
				err = s.xml.Skip()
			} else {
				column, err = s.readCell(e, column)
			}
			if err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// readCell reads the cell that begins here; last is the column of the one before it.
func (s *Rows) readCell(start xml.StartElement, last int) (column int, err error) {
	column = last + 1
	stored := storedCell{}
	for _, attr := range start.Attr {
		switch attr.Name.Local {
		case "r":
			column, err = excelize.ColumnNameToNumber(strings.TrimRight(attr.Value, "0123456789"))
		case "s":
			stored.style, err = strconv.Atoi(attr.Value)
		case "t":
			stored.form = attr.Value
		}
		if err != nil {
			return 0, err
		}
	}
	if column <= last || column > excelize.MaxColumns {
		return 0, fmt.Errorf("cells are out of order at column %d", column)
	}
	if err := s.readContent(&stored); err != nil {
		return 0, err
	}
	s.column = column
	text, kind, err := s.values.read(stored)
	if err != nil {
		return 0, fmt.Errorf("column %d: %w", column, err)
	}
	s.put(column, text, kind)
	return column, nil
}

func (s *Rows) readContent(stored *storedCell) error {
	for {
		token, err := s.xml.Token()
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "v":
				stored.present = true
				stored.value, err = elementText(s.xml)
			case "is":
				stored.present = true
				stored.value, err = richText(s.xml)
			case "f":
				stored.formula = true
				err = s.xml.Skip()
			default:
				err = s.xml.Skip()
			}
			if err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

func (s *Rows) put(column int, text string, of cell.Kind) {
	if text == "" {
		return
	}
	r := &s.current
	gap := column - 1 - len(r.Cells)
	r.Cells = append(append(r.Cells, slices.Repeat([]string{""}, gap)...), text)
	r.Kinds = append(append(r.Kinds, slices.Repeat([]cell.Kind{cell.Text}, gap)...), of)
}
