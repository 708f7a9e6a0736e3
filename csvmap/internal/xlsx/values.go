package xlsx

import (
	"cmp"
	"errors"
	"math"
	"strconv"
	"strings"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/reason"
)

// unshowable is what Excel shows for a date or time outside of the range it supports.
const unshowable = "#####"

// unknownError is the text of an error cell that doesn't say which error it is.
const unknownError = "#ERROR!"

// cellValues converts stored cells to their meaning. Each reader has its own copy.
type cellValues struct {
	strings  *sharedStrings // nil if there are none
	buffer   []byte         // for one of them
	formats  []*format      // by style
	from1904 bool           // days are counted from 1904-01-01
	// unsolved reports whether the results of formulas are to be calculated when the workbook is opened: those in the
	// file are placeholders.
	unsolved bool
}

// errNoResult is for workbooks written by a program that doesn't calculate formulas.
var errNoResult = errors.New("a formula without its result")

var errFormatMissing = damaged(reason.New("workbook_format_missing"))

// read returns the text and the kind of a cell. The forms are those of ST_CellType, ECMA-376, part 1, section
// 18.18.11.
func (v *cellValues) read(stored storedCell) (string, cell.Kind, error) {
	if stored.formula && (v.unsolved || !stored.present || stored.value == "" && stored.form != "str") {
		return "", cell.Text, errNoResult
	}
	switch stored.form {
	case "s":
		return v.shared(stored)
	case "str", "inlineStr":
		return stored.value, cell.Text, nil
	case "e":
		return cmp.Or(stored.value, unknownError), cell.Error, nil
	}
	text := strings.TrimSpace(stored.value)
	if text == "" {
		return "", cell.Text, nil
	}
	switch stored.form {
	case "", "n":
		return v.number(text, stored.style)
	case "d":
		return isoDate(text)
	case "b":
		return booleanText(text)
	}
	return "", cell.Text, damaged(reason.New("workbook_cell_kind", "kind", stored.form))
}

func (v *cellValues) shared(stored storedCell) (string, cell.Kind, error) {
	if strings.TrimSpace(stored.value) == "" { // some programs write <v/> in an empty cell
		return "", cell.Text, nil
	}
	text, err := v.strings.at(stored.value, &v.buffer)
	return text, cell.Text, err
}

func (v *cellValues) number(stored string, style int) (string, cell.Kind, error) {
	value, err := storedNumber(stored)
	if err != nil {
		return "", cell.Text, err
	}
	if style == 0 && len(v.formats) == 0 {
		return excelNumber(value), cell.Number, nil
	}
	if style < 0 || style >= len(v.formats) {
		return "", cell.Text, damaged(reason.New("workbook_style_missing", "style", style))
	}
	format := v.formats[style]
	switch kind := format.kind(); kind {
	case plainNumberFormat:
		return plainNumber(value, format)
	case percentFormat:
		return excelNumber(value), cell.Percent, nil
	case unknownFormat:
		return "", cell.Text, errFormatMissing
	default:
		return serialDate(value, kind == elapsedFormat, v.from1904), cell.Date, nil
	}
}

// plainNumber returns the number and its kind, which is masked if the number is whole and a person sees other digits.
func plainNumber(value float64, format *format) (string, cell.Kind, error) {
	text := excelNumber(value)
	if format.code != "" && format.code != "General" && value == math.Trunc(value) && !cell.IsScientific(text) && !format.shows(value, text) {
		return text, cell.Masked, nil
	}
	return text, cell.Number, nil
}

// storedNumber parses a number as XML has it. Go also accepts 0x1p4, Inf and NaN, and numbers beyond Excel's largest.
func storedNumber(text string) (float64, error) {
	value, err := strconv.ParseFloat(text, 64)
	if err != nil || math.Abs(value) >= 1e308 || strings.ContainsAny(text, "xXpPnN_") {
		return 0, damaged(reason.New("workbook_not_number", "text", text))
	}
	return value, nil
}

// excelNumber formats a number with the 15 digits that Excel itself uses: it stores 1234.1 as 1234.0999999999999. An
// exponent shows that there may once have been more digits.
func excelNumber(value float64) string {
	const digits, lossy = 15, 1e15
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(value, 'e', digits-1, 64), 64) // can't fail: below 1e308
	switch {
	case rounded == 0:
		return "0" // never -0
	case math.Abs(rounded) >= lossy:
		return strconv.FormatFloat(rounded, 'E', -1, 64)
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

func booleanText(stored string) (string, cell.Kind, error) {
	switch stored {
	case "1", "true":
		return "TRUE", cell.Boolean, nil
	case "0", "false":
		return "FALSE", cell.Boolean, nil
	}
	return "", cell.Text, damaged(reason.New("workbook_not_boolean", "text", stored))
}
