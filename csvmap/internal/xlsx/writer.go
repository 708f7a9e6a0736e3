package xlsx

import (
	"cmp"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/reason"

	"github.com/xuri/excelize/v2"
)

// Writer writes a single-sheet workbook that restores rows of another one. It is not safe for concurrent use.
type Writer struct {
	file   *excelize.File
	stream *excelize.StreamWriter
	rows   int
	styles map[string]int // by number format
	temp   tempFolder
}

// NewWriter begins a workbook whose sheet has this name, or as much of it as Excel allows.
func NewWriter(sheet string) (*Writer, error) {
	sheet = sheetName(sheet)
	temp := newTempFolder()
	file := excelize.NewFile(excelize.Options{TmpDir: temp.path})
	w := &Writer{file: file, styles: map[string]int{}, temp: temp}
	err := file.SetSheetName(file.GetSheetName(0), sheet)
	if err == nil {
		w.stream, err = file.NewStreamWriter(sheet)
	}
	for _, format := range []string{dayCode, secondCode, hoursCode, percentCode} {
		if err == nil {
			_, err = w.style(format)
		}
	}
	if err != nil {
		return nil, errors.Join(reason.New("workbook_sheet_unwritten", "name", sheet).Because(err), file.Close())
	}
	return w, nil
}

// style returns the style for a number format.
func (w *Writer) style(format string) (style int, err error) {
	style, found := w.styles[format]
	if !found {
		style, err = w.file.NewStyle(&excelize.Style{CustomNumFmt: &format})
		w.styles[format] = style
	}
	return style, err
}

// sheetName replaces what Excel doesn't allow: some characters, apostrophes at either end, more than 31 UTF-16 units,
// an empty name. Other programs write such names.
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

// cutTo truncates a text to a number of UTF-16 units, with "…" for the rest.
func cutTo(limit int, text string) string {
	if len(text) <= limit || len(utf16.Encode([]rune(text))) <= limit {
		return text
	}
	units := limit - 1
	for i, r := range text {
		if units -= utf16.RuneLen(r); units < 0 {
			return text[:i] + "…"
		}
	}
	return text
}

// Fitted returns texts as a [Writer] writes them: it truncates what is longer than a cell may be.
func Fitted(texts []string) []string {
	fitted := slices.Clone(texts)
	for i, text := range fitted {
		fitted[i] = cutTo(cell.MaxWorkbookChars, text)
	}
	return fitted
}

// Number formats of the dates and percentages to write.
const (
	percentCode = "0.00%"
	dayCode     = "yyyy-mm-dd"
	secondCode  = "yyyy-mm-dd hh:mm:ss"
	hoursCode   = "[hh]:mm:ss"
)

// Add writes the next row. A cell is text if it has no kind or does not match its kind; text never becomes a formula.
// formats are those of masked cells. What is longer than Excel allows is truncated. After an error, such as a full
// disk, the writer can no longer be used.
func (w *Writer) Add(cells []string, kinds []cell.Kind, formats []string) error {
	w.rows++
	values := make([]any, len(cells))
	size := 0
	for i, text := range cells {
		size += len(text)
		of := cell.Text
		if i < len(kinds) {
			of = kinds[i]
		}
		values[i] = w.value(cutTo(cell.MaxWorkbookChars, text), of)
		if number, isNumber := values[i].(float64); isNumber && of == cell.Masked && i < len(formats) {
			style, err := w.style(formats[i])
			if err != nil {
				return w.closed(err)
			}
			values[i] = excelize.Cell{StyleID: style, Value: number}
		}
	}
	place, err := excelize.CoordinatesToCellName(1, w.rows)
	w.temp.grows(size)
	if err == nil {
		err = w.stream.SetRow(place, values)
	}
	if err != nil {
		return w.closed(reason.New("workbook_row_unwritten", "number", w.rows).Because(err))
	}
	return nil
}

// TooLong reports whether a text is too long for a workbook's cell; Excel counts UTF-16 units.
func TooLong(text string) bool {
	return len(text) > cell.MaxWorkbookChars && len(utf16.Encode([]rune(text))) > cell.MaxWorkbookChars
}

// WriteTo finishes the workbook and writes it. It may be called only once. It implements [io.WriterTo].
func (w *Writer) WriteTo(out io.Writer) (int64, error) {
	if err := w.stream.Flush(); err != nil {
		return 0, w.closed(err)
	}
	n, err := w.file.WriteTo(out)
	return n, w.closed(err)
}

// closed removes the temporary files that excelize creates for a large sheet.
func (w *Writer) closed(err error) error {
	err = errors.Join(err, w.file.Close())
	w.temp.remove()
	return err
}

func (w *Writer) value(text string, of cell.Kind) any {
	if text == "" {
		return nil
	}
	switch of {
	case cell.Number, cell.Masked:
		if number, err := storedNumber(text); err == nil && excelNumber(number) == text {
			return number
		}
	case cell.Percent:
		if number, err := storedNumber(text); err == nil && excelNumber(number) == text {
			return excelize.Cell{StyleID: w.styles[percentCode], Value: number}
		}
	case cell.Boolean:
		if text == "TRUE" || text == "FALSE" {
			return text == "TRUE"
		}
	case cell.Date:
		if days, code, ok := serialOf(text); ok {
			return excelize.Cell{StyleID: w.styles[code], Value: days}
		}
	}
	return text
}

// days1904 is the number of days between the two dates that Excel may count from.
const days1904 = 1462

// serialOf is the inverse of serialDate. Before March 1900 Excel counts a day that never existed; such dates stay
// text.
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
