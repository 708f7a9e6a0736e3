package csvmap

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// unshowable is what Excel shows for a date or time that is before the first or after the last it knows.
const unshowable = "#####"

// cellValues turns what is stored of a cell into what it means.
type cellValues struct {
	strings  *sharedStrings // nil if there are none
	formats  []numberFormat // by style
	from1904 bool           // days are counted from 1904-01-01
	// unsolved tells that results of formulas are to be worked out when the workbook is opened: those in the file are placeholders.
	unsolved bool
}

// errNoResult is of a workbook that a program has written which calculates nothing.
var errNoResult = errors.New("a formula whose result is not in the file: open the workbook in Excel, save it, and try again")

// read gives the text and the kind of a cell. The forms are those of ST_CellType, ECMA-376, part 1, section 18.18.11.
func (v *cellValues) read(cell storedCell) (string, kind, error) {
	if cell.formula && (v.unsolved || !cell.present || cell.value == "" && cell.form != "str") {
		return "", textCell, errNoResult
	}
	switch cell.form {
	case "s":
		return v.shared(cell)
	case "str", "inlineStr", "e":
		return cell.value, textCell, nil
	}
	stored := strings.TrimSpace(cell.value)
	if stored == "" {
		return "", textCell, nil
	}
	switch cell.form {
	case "", "n":
		return v.number(stored, cell.style)
	case "d":
		return isoDate(stored)
	case "b":
		return booleanText(stored)
	}
	return "", textCell, fmt.Errorf("a cell of the unknown type %q", cell.form)
}

func (v *cellValues) shared(cell storedCell) (string, kind, error) {
	if !cell.present {
		return "", textCell, nil
	}
	text, err := v.strings.at(cell.value)
	return text, textCell, err
}

func (v *cellValues) number(stored string, style int) (string, kind, error) {
	value, err := storedNumber(stored)
	if err != nil {
		return "", textCell, err
	}
	format := plainNumberFormat
	if style >= 0 && style < len(v.formats) {
		format = v.formats[style]
	}
	switch format {
	case plainNumberFormat:
		return excelNumber(value), numberCell, nil
	case percentFormat:
		return excelNumber(value), percentCell, nil
	}
	text, kind := serialDate(value, format == elapsedFormat, v.from1904)
	return text, kind, nil
}

// storedNumber reads a number as XML has it. Go also knows 0x1p4, Inf and NaN, and numbers beyond Excel's largest.
func storedNumber(text string) (float64, error) {
	value, err := strconv.ParseFloat(text, 64)
	if err != nil || math.Abs(value) >= 1e308 || strings.ContainsAny(text, "xXpPnN_") {
		return 0, fmt.Errorf("%q is not a number", text)
	}
	return value, nil
}

// excelNumber writes a number with the 15 digits that Excel itself goes by: it stores 1234.1 as 1234.0999999999999. An
// exponent tells that there may have been more digits once.
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

func booleanText(stored string) (string, kind, error) {
	value, err := strconv.ParseBool(stored)
	if err != nil {
		return "", textCell, fmt.Errorf("%q is neither true nor false", stored)
	}
	return strings.ToUpper(strconv.FormatBool(value)), booleanCell, nil
}
