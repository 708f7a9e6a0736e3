package xlsx

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/reason"

	"github.com/xuri/excelize/v2"
)

// Rows are the rows of a worksheet (ECMA-376, part 1, section 18.3), read one at a time. They are not safe for
// concurrent use.
type Rows struct {
	parts   *parts
	part    io.ReadCloser
	limited *limiter
	xml     *xml.Decoder
	values  cellValues
	shared  int64  // how many bytes of shared texts cells may still contain
	space   string // the namespace of the worksheet's own elements
	inData  bool
	ended   bool // the end of the rows has been reached
	current cell.Record
	hidden  int // among the rows returned so far
	around  surroundings
}

var (
	errRowsElsewhere = damaged(reason.New("workbook_rows_elsewhere"))
	errRowsTwice     = damaged(reason.New("workbook_rows_twice"))
	errTwoValues     = damaged(reason.New("workbook_cell_has_two_values"))
)

// storedCell is a cell as the file stores it.
type storedCell struct {
	form    string // the attribute t
	style   int
	value   string
	present bool // there is a value, perhaps an empty one
	formula bool
}

// openRows starts reading a sheet, which may have at most *left tags and texts.
func (b *Book) openRows(sheet sheetEntry, left *int64) (*Rows, error) {
	name, _ := b.parts.worksheet(sheet)
	part, err := b.parts.open(name)
	if err != nil {
		return nil, err
	}
	limited := newLimiter(part, left)
	return &Rows{
		parts: b.parts, part: part, limited: limited, xml: limited.decoder(), values: b.values, shared: sharedTimes * b.parts.maxUnpacked(),
		current: cell.Record{SpacedQuote: -1},
	}, nil
}

// Next returns the next row that isn't empty, numbered as the spreadsheet shows it, or io.EOF. Empty cells at its end
// are left out. It is valid until the next call.
func (s *Rows) Next() (*cell.Record, error) {
	for {
		start, err := s.nextRow()
		switch {
		case errors.Is(err, io.EOF):
			return nil, err
		case err != nil:
			return nil, s.parts.within(reason.New("workbook_after_row", "number", s.current.Number), err)
		}
		hidden, err := s.readRow(start)
		if err != nil {
			return nil, s.parts.within(reason.New("workbook_in_row", "number", s.current.Number), err)
		}
		if len(s.current.Cells) > 0 || len(s.current.Unsolved) > 0 {
			if hidden {
				s.hidden++
			}
			return &s.current, nil
		}
	}
}

// Place returns the spreadsheet's name for a cell: C2. Columns count from 0, rows from 1.
func Place(column, row int) string {
	name, _ := excelize.CoordinatesToCellName(column+1, row) // can't fail: both come from a sheet
	return name
}

// CheckAbove refuses a sheet that contains too much up to the last row read, which may be the header.
func (s *Rows) CheckAbove() error {
	if s.parts.maxTokens()-*s.limited.left > maxAbove || s.limited.raw.InputOffset() > maxAboveBytes {
		return errTooFull
	}
	return nil
}

// Close stops reading.
func (s *Rows) Close() error { return s.part.Close() }

// nextRow reads up to the next row. After the last one it reads the part to its end: only there does archive/zip
// verify its checksum, and a changed digit can still be valid XML.
func (s *Rows) nextRow() (xml.StartElement, error) {
	for {
		s.limited.beginPiece()
		token, err := s.xml.Token()
		if err != nil {
			return xml.StartElement{}, err
		}
		switch e := token.(type) {
		case xml.StartElement:
			if s.inData {
				if err := s.own(e); err != nil || e.Name.Local == "row" {
					return e, err
				}
			}
			if err := s.enter(e); err != nil {
				return e, err
			}
		case xml.EndElement:
			if s.inData && e.Name.Local == "sheetData" {
				s.inData, s.ended = false, true
			}
		}
	}
}

// enter handles an element that is not within the rows.
func (s *Rows) enter(e xml.StartElement) error {
	switch e.Name.Local {
	case "worksheet":
		s.space = e.Name.Space
	case "sheetData":
		if err := s.own(e); err != nil {
			return err
		}
		switch {
		case s.limited.depth != 2:
			return errRowsElsewhere
		case s.inData || s.ended:
			return errRowsTwice
		}
		s.inData = true
	}
	return s.around.take(e)
}

// own refuses an element from another namespace or with alternatives: some programs would read it, and others not.
func (s *Rows) own(e xml.StartElement) error {
	if e.Name.Space != s.space || e.Name.Local == "AlternateContent" {
		return damaged(reason.New("workbook_element_unsure", "element", e.Name.Local))
	}
	return nil
}

func (s *Rows) readRow(start xml.StartElement) (hidden bool, err error) {
	r := &s.current
	r.Cells, r.Kinds, r.Formats, r.Unsolved = r.Cells[:0], r.Kinds[:0], r.Formats[:0], r.Unsolved[:0]
	last := r.Number
	r.Number++
	for _, attr := range start.Attr {
		switch attr.Name.Local {
		case "r":
			if r.Number, err = strconv.Atoi(attr.Value); err != nil {
				return false, err
			}
		case "hidden":
			isHidden, _ := strconv.ParseBool(attr.Value)
			hidden = hidden || isHidden
		case "ht":
			hidden = hidden || isZero(attr.Value)
		}
	}
	if r.Line = r.Number; r.Number <= last || r.Number > excelize.TotalRows {
		return false, damaged(reason.New("workbook_row_order", "last", last))
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
			if err = s.own(e); err == nil && e.Name.Local == "c" {
				column, err = s.readCell(e, column)
			} else if err == nil {
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

// readCell reads the cell that begins with start; last is the column of the previous one.
func (s *Rows) readCell(start xml.StartElement, last int) (column int, err error) {
	column = last + 1
	stored := storedCell{}
	for _, attr := range start.Attr {
		switch attr.Name.Local {
		case "r":
			column, err = s.columnOf(attr.Value)
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
		return 0, damaged(reason.New("workbook_cell_order", "number", column))
	}
	if err := s.readContent(&stored); err != nil {
		return 0, err
	}
	text, kind, err := s.values.read(stored)
	if stored.form == "s" {
		s.shared -= int64(len(text))
	}
	switch {
	case s.shared < 0:
		return 0, errTooFull
	case errors.Is(err, errNoResult):
		s.current.Unsolved = append(s.current.Unsolved, column-1)
	case err != nil:
		return 0, s.parts.within(reason.New("workbook_in_column", "number", column), err)
	}
	s.put(column, text, kind, stored.style)
	return column, nil
}

// columnOf returns the column of a cell reference, which must be in this row.
func (s *Rows) columnOf(reference string) (int, error) {
	letters := strings.TrimRight(reference, "0123456789")
	if row := reference[len(letters):]; row != "" && row != strconv.Itoa(s.current.Number) {
		return 0, damaged(reason.New("workbook_cell_of_other_row", "reference", reference))
	}
	return excelize.ColumnNameToNumber(letters)
}

func (s *Rows) readContent(stored *storedCell) error {
	for {
		token, err := s.xml.Token()
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.StartElement:
			if err := s.readPiece(stored, e); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// readPiece reads the value of a cell or its formula, and skips everything else.
func (s *Rows) readPiece(stored *storedCell, e xml.StartElement) (err error) {
	if err := s.own(e); err != nil {
		return err
	}
	switch e.Name.Local {
	case "v", "is":
		if stored.present {
			return errTwoValues
		}
		stored.present = true
		if e.Name.Local == "v" {
			stored.value, err = elementText(s.xml)
		} else {
			stored.value, err = richText(s.xml, s.space)
		}
		return err
	case "f":
		stored.formula = true
	}
	return s.xml.Skip()
}

func (s *Rows) put(column int, text string, of cell.Kind, style int) {
	if text == "" {
		return
	}
	r := &s.current
	s.limited.charge((column - 1 - len(r.Cells)) / cellsPerToken)
	for len(r.Cells) < column-1 {
		r.Cells, r.Kinds, r.Formats = append(r.Cells, ""), append(r.Kinds, cell.Text), append(r.Formats, "")
	}
	r.Cells, r.Kinds = append(r.Cells, text), append(r.Kinds, of)
	code := ""
	if of == cell.Masked {
		code = s.values.formats[style].code
	}
	r.Formats = append(r.Formats, code)
}
