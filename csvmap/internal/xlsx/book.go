package csvmap

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// maxWorkbook bounds the bytes of a workbook, and those that it unpacks to: a workbook is a zip, and a small one can
// unpack to anything.
const maxWorkbook = 2 << 30

// kind is what a cell of a workbook is; every cell of a CSV file is text.
type kind byte

// A cell that shows an error, such as #REF!, is text. A formula has the kind of the result that is stored with it.
const (
	textCell    kind = iota
	numberCell       // a JSON number without exponent; with one, such as 1.2E+15, if Excel has lost digits of it
	dateCell         // 2025-03-12, 2025-03-12 14:30:00, or hours alone, such as 14:30:00 or 36:00:00
	booleanCell      // TRUE or FALSE
	percentCell      // a number that is shown as a percentage: 0.15 for 15 %
)

// workbook yields the rows of one sheet of an Excel workbook, one at a time, however long the sheet. It reads the parts
// of the file itself: excelize tells numbers from text and dates only with a whole sheet in memory, and takes a damaged
// sheet for one that ends early.
type workbook struct {
	file *os.File // the workbook, and behind it the text of its shared strings
	name string
	rows *sheetRows
}

// openWorkbook opens the sheet of this name, in any case. Without a name it takes the only sheet that holds anything;
// hidden sheets are then left out. Its errors are for the user to read.
func openWorkbook(r io.Reader, name string) (*workbook, error) {
	file, err := os.CreateTemp("", "razebulk-*.xlsx")
	if err != nil {
		return nil, err
	}
	w := &workbook{file: file}
	if err := w.open(r, name); err != nil {
		return nil, errors.Join(err, w.close())
	}
	return w, nil
}

func (w *workbook) open(r io.Reader, name string) error {
	size, err := io.Copy(w.file, io.LimitReader(r, maxWorkbook+1))
	if err != nil {
		return fmt.Errorf("copying the workbook: %w", err)
	}
	if err := checkBeginning(w.file, size); err != nil {
		return err
	}
	parts, err := openParts(w.file, size)
	if err != nil {
		return err
	}
	values, err := parts.cellValues(w.file, size)
	if err != nil {
		return err
	}
	sheet, err := chooseSheet(parts, values, name)
	if err != nil {
		return err
	}
	w.name = sheet.Name
	w.rows, err = openRows(parts, values, sheet)
	return err
}

func checkBeginning(file io.ReaderAt, size int64) error {
	start := make([]byte, 8)
	n, err := file.ReadAt(start, 0)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return err
	case n == 0:
		return errors.New("empty: the file holds nothing at all")
	case size > maxWorkbook:
		return fmt.Errorf("larger than %d GiB: split the workbook into several", maxWorkbook>>30)
	case bytes.Equal(start, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")): // MS-CFB; an encrypted .xlsx is wrapped in one
		return errors.New("the workbook is protected by a password, or of the old kind .xls: save it as .xlsx without a password")
	}
	return nil
}

// next returns the cells of the next row that holds any, and the row's number as the spreadsheet shows it; io.EOF after
// the last. Empty cells at its end are left out. The slices are good until the next call.
func (w *workbook) next() (number int, cells []string, kinds []kind, err error) {
	if err := w.rows.next(); err != nil {
		return 0, nil, nil, err
	}
	return w.rows.number, w.rows.cells, w.rows.kinds, nil
}

// hiddenRows is how many of the rows returned so far are hidden, by hand or by a filter.
func (w *workbook) hiddenRows() int { return w.rows.hidden }

// sheet is the name of the sheet as the workbook writes it.
func (w *workbook) sheet() string { return w.name }

func (w *workbook) close() error {
	if w.rows != nil {
		_ = w.rows.part.Close() // only read
	}
	return errors.Join(w.file.Close(), os.Remove(w.file.Name()))
}

// unreadable says that the file isn't what it should be. It doesn't wrap err: an io.EOF in it is not the end of the rows.
func unreadable(err error) error {
	return fmt.Errorf("not an Excel workbook that can be read: %v; save it as .xlsx again", err)
}
