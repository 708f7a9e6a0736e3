package csvmap

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// WorkbookWriter writes a workbook of one sheet, in which the rows of another are again what they were. It is for one
// goroutine.
type WorkbookWriter struct {
	file   *excelize.File
	stream *excelize.StreamWriter
	rows   int
	styles map[string]int // by number format
}

// NewWorkbookWriter begins a workbook whose sheet has this name, or as much of it as Excel takes.
func NewWorkbookWriter(sheet string) (*WorkbookWriter, error) {
	sheet = sheetName(sheet)
	file := excelize.NewFile()
	w := &WorkbookWriter{file: file, styles: map[string]int{}}
	err := file.SetSheetName(file.GetSheetName(0), sheet)
	if err == nil {
		w.stream, err = file.NewStreamWriter(sheet)
	}
	for _, format := range []string{dayCode, secondCode, hoursCode, percentCode} {
		if err == nil {
			w.styles[format], err = file.NewStyle(&excelize.Style{CustomNumFmt: &format})
		}
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("sheet %q: %w", sheet, err), file.Close())
	}
	return w, nil
}

// sheetName changes what Excel doesn't take: some signs, apostrophes at either end, more than 31 UTF-16 units, no name at all. Other
// programs write such names.
func sheetName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || unicode.IsControl(r) {
			return '_'
		}
		return r
	}, name)
	name = strings.Trim(cutTo(excelize.MaxSheetNameLength, strings.Trim(name, "'")), "'")
	return cmp.Or(name, "Sheet1")
}

// cutTo cuts a text to a number of UTF-16 units, with "…" for the rest.
func cutTo(most int, text string) string {
	if len(text) <= most || len(utf16.Encode([]rune(text))) <= most {
		return text
	}
	units := most - 1
	for i, r := range text {
		if units -= utf16.RuneLen(r); units < 0 {
			return text[:i] + "…"
		}
	}
	return text
}

// Number formats of the dates and percentages that are written.
const (
	percentCode = "0.00%"
	dayCode     = "yyyy-mm-dd"
	secondCode  = "yyyy-mm-dd hh:mm:ss"
	hoursCode   = "[hh]:mm:ss"
)

// Add writes the next row. A cell without a kind is text, and so is one that isn't what its kind says; text is never a
// formula. What is longer than Excel allows is cut. After an error, such as a full disk, the writer is of no more use.
func (w *WorkbookWriter) Add(cells []string, kinds []kind) error {
	w.rows++
	values := make([]any, len(cells))
	for i, cell := range cells {
		of := textCell
		if i < len(kinds) {
			of = kinds[i]
		}
		values[i] = w.value(cutTo(excelize.TotalCellChars, cell), of)
	}
	place, err := excelize.CoordinatesToCellName(1, w.rows)
	if err == nil {
		err = w.stream.SetRow(place, values)
	}
	if err != nil {
		return w.closed(fmt.Errorf("row %d: %w", w.rows, err))
	}
	return nil
}

// tooLong tells of a text that no cell of a workbook can hold; Excel counts UTF-16 units.
func tooLong(cell string) bool {
	return len(cell) > excelize.TotalCellChars && len(utf16.Encode([]rune(cell))) > excelize.TotalCellChars
}

// WriteTo finishes the workbook and writes it. It can be done once. It implements [io.WriterTo].
func (w *WorkbookWriter) WriteTo(out io.Writer) (int64, error) {
	if err := w.stream.Flush(); err != nil {
		return 0, w.closed(err)
	}
	n, err := w.file.WriteTo(out)
	return n, w.closed(err)
}

// closed removes the temporary files, which excelize makes for a large sheet.
func (w *WorkbookWriter) closed(err error) error { return errors.Join(err, w.file.Close()) }

func (w *WorkbookWriter) value(cell string, of kind) any {
	if cell == "" {
		return nil
	}
	switch of {
	case numberCell:
		if number, err := storedNumber(cell); err == nil && excelNumber(number) == cell {
			return number
		}
	case percentCell:
		if number, err := storedNumber(cell); err == nil && excelNumber(number) == cell {
			return excelize.Cell{StyleID: w.styles[percentCode], Value: number}
		}
	case booleanCell:
		if cell == "TRUE" || cell == "FALSE" {
			return cell == "TRUE"
		}
	case dateCell:
		if days, code, ok := serialOf(cell); ok {
			return excelize.Cell{StyleID: w.styles[code], Value: days}
		}
	}
	return cell
}

// days1904 lie between the two days that Excel may count from.
const days1904 = 1462

// serialOf undoes serialDate. Before March 1900 Excel counts a day that never was; such dates stay text.
func serialOf(text string) (days float64, code string, ok bool) {
	for layout, code := range map[string]string{isoDay: dayCode, isoSecond: secondCode} {
		if moment, err := time.Parse(layout, text); err == nil {
			days := float64(moment.Unix()-calendarDay(0, true).Unix())/secondsDay + days1904
			return days, code, days >= leapDay1900+1
		}
	}
	hours, rest, found := strings.Cut(text, ":")
	h, err := strconv.ParseUint(hours, 10, 32)
	clock, wrong := time.Parse("04:05", rest)
	seconds := int(h)*3600 + clock.Minute()*60 + clock.Second()
	return float64(seconds) / secondsDay, hoursCode, found && err == nil && wrong == nil
}
