package csvmap

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// sheetRows reads the part of a worksheet (ECMA-376, part 1, section 18.3).
type sheetRows struct {
	part    io.ReadCloser
	bounded *boundedReader
	xml     *xml.Decoder
	values  *cellValues
	ended   bool
	number  int
	cells   []string
	kinds   []kind
	hidden  int // among the rows that were returned
}

// storedCell is a cell as it stands in the file.
type storedCell struct {
	form    string // the attribute t
	style   int
	value   string
	present bool // there is a value, though perhaps an empty one
	formula bool
}

func openRows(parts *workbookParts, values *cellValues, sheet sheetEntry) (*sheetRows, error) {
	name, _ := parts.worksheet(sheet)
	part, err := parts.open(name)
	if err != nil {
		return nil, err
	}
	bounded := &boundedReader{part, maxPiece}
	decoder := xml.NewDecoder(bufio.NewReaderSize(bounded, partBuffer))
	return &sheetRows{part: part, bounded: bounded, xml: decoder, values: values}, nil
}

// next reads the next row that holds anything, or returns io.EOF.
func (s *sheetRows) next() error {
	for {
		start, err := s.nextRow()
		switch {
		case errors.Is(err, io.EOF):
			return err
		case err != nil:
			return unreadable(fmt.Errorf("after row %d of the sheet: %w", s.number, err))
		}
		hidden, err := s.readRow(start)
		if errors.Is(err, errNoResult) {
			return fmt.Errorf("row %d: %w", s.number, err)
		}
		if err != nil {
			return unreadable(fmt.Errorf("row %d of the sheet: %w", s.number, err))
		}
		if len(s.cells) > 0 {
			if hidden {
				s.hidden++
			}
			return nil
		}
	}
}

func (s *sheetRows) nextRow() (xml.StartElement, error) {
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

func (s *sheetRows) readRow(start xml.StartElement) (hidden bool, err error) {
	s.bounded.left = maxPiece
	s.cells, s.kinds = s.cells[:0], s.kinds[:0]
	last := s.number
	s.number++
	for _, attr := range start.Attr {
		switch attr.Name.Local {
		case "r":
			if s.number, err = strconv.Atoi(attr.Value); err != nil {
				return false, err
			}
		case "hidden":
			hidden, _ = strconv.ParseBool(attr.Value)
		}
	}
	if s.number <= last || s.number > excelize.TotalRows {
		return false, fmt.Errorf("it comes after row %d", last)
	}
	return hidden, s.readCells()
}

func (s *sheetRows) readCells() error {
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
func (s *sheetRows) readCell(start xml.StartElement, last int) (column int, err error) {
	column = last + 1
	cell := storedCell{}
	for _, attr := range start.Attr {
		switch attr.Name.Local {
		case "r":
			column, err = excelize.ColumnNameToNumber(strings.TrimRight(attr.Value, "0123456789"))
		case "s":
			cell.style, err = strconv.Atoi(attr.Value)
		case "t":
			cell.form = attr.Value
		}
		if err != nil {
			return 0, err
		}
	}
	if column <= last || column > excelize.MaxColumns {
		return 0, fmt.Errorf("cells are out of order at column %d", column)
	}
	if err := s.readContent(&cell); err != nil {
		return 0, err
	}
	text, kind, err := s.values.read(cell)
	if err != nil {
		return 0, fmt.Errorf("column %d: %w", column, err)
	}
	s.put(column, text, kind)
	return column, nil
}

func (s *sheetRows) readContent(cell *storedCell) error {
	for {
		token, err := s.xml.Token()
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "v":
				cell.present = true
				cell.value, err = elementText(s.xml)
			case "is":
				cell.present = true
				cell.value, err = richText(s.xml)
			case "f":
				cell.formula = true
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

func (s *sheetRows) put(column int, text string, of kind) {
	if text == "" {
		return
	}
	gap := column - 1 - len(s.cells)
	s.cells = append(append(s.cells, slices.Repeat([]string{""}, gap)...), text)
	s.kinds = append(append(s.kinds, slices.Repeat([]kind{textCell}, gap)...), of)
}
