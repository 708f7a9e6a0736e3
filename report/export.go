package report

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"razebulk/internal/crm"

	"github.com/shopspring/decimal"
)

// ExportForm is how an export is written, so that a spreadsheet program opens it with every cell in its place.
type ExportForm struct {
	Dialect      Dialect
	BOM          bool // without it Excel takes the file for the local code page
	DecimalComma bool
}

// ParseExportForm reads the name of a form: excel-br, excel-us or sheets.
func ParseExportForm(name string) (ExportForm, error) {
	switch name {
	case "excel-br":
		return ExportForm{Dialect: Dialect{Delimiter: ';', CRLF: true}, BOM: true, DecimalComma: true}, nil
	case "excel-us":
		return ExportForm{Dialect: Dialect{Delimiter: ',', CRLF: true}, BOM: true}, nil
	case "sheets":
		return ExportForm{Dialect: Dialect{Delimiter: ','}}, nil
	}
	return ExportForm{}, fmt.Errorf("unknown form %q: say excel-br, excel-us or sheets", name)
}

// ExportCell is what a field holds. Text is a text, or with Number a number's digits as the CRM has them; empty for no value.
type ExportCell struct {
	Text   string
	Number bool
}

// Export writes opportunities as a sheet that an update takes back unchanged. An update that reads the sheet back reads each
// cell as the same value, but for outer blanks, the kind of line breaks and the form of accents, or refuses the cell.
type Export struct {
	writer *csv.Writer
	form   ExportForm
	record []string // of the row that is written
}

// NewExport begins a sheet with these columns. What it writes may wait for [Export.Flush].
func NewExport(to io.Writer, columns []string, form ExportForm) (*Export, error) {
	if form.BOM {
		if _, err := io.WriteString(to, utf8BOM); err != nil {
			return nil, err
		}
	}
	w := csv.NewWriter(to)
	w.Comma, w.UseCRLF = form.Dialect.Delimiter, form.Dialect.CRLF
	return &Export{writer: w, form: form}, w.Write(columns)
}

// Add writes a row: a cell for each column.
func (e *Export) Add(cells []ExportCell) error {
	e.record = e.record[:0]
	for _, c := range cells {
		if c.Number {
			e.record = append(e.record, e.form.number(c.Text))
		} else {
			e.record = append(e.record, exportText(c.Text))
		}
	}
	return e.writer.Write(e.record)
}

// Flush makes sure that all rows so far are written.
func (e *Export) Flush() error {
	e.writer.Flush()
	return e.writer.Error()
}

var (
	plainDigits = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)
	// oneBreak: encoding/csv would drop a carriage return that stands alone. A zero byte would make the whole file look like UTF-16;
	// what takes its place is refused when it is read back.
	oneBreak = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\ufffd")
)

// longestExponent bounds what is written out in full.
const longestExponent = 1000

// number writes a number so that it can be read in one way only: three digits behind the decimal sign might be thousands. What is no
// number after all is written as the text that it is.
func (f ExportForm) number(digits string) string {
	if !plainDigits.MatchString(digits) {
		d, err := decimal.NewFromString(digits)
		if err != nil || d.Exponent() < -longestExponent || d.Exponent() > longestExponent {
			return exportText(digits)
		}
		digits = d.String()
	}
	if whole, fraction, _ := strings.Cut(digits, "."); len(fraction) == 3 {
		digits = whole + "." + fraction + "0"
	}
	if f.DecimalComma {
		return strings.Replace(digits, ".", ",", 1)
	}
	return digits
}

// exportText leaves out outer blanks, which an update doesn't send either, and keeps the rest from being run as a formula. Unlike
// in a results file, which nobody sends back, a number gets its apostrophe too: a spreadsheet would take the plus from +5511977008229.
func exportText(text string) string {
	text = strings.TrimFunc(oneBreak.Replace(text), crm.IsBlank)
	if isActive(text) {
		return "'" + text
	}
	return text
}

// IsExport tells whether an export may take the place of the file: it is one, with one of these headers, in whatever form; or
// there is none.
func IsExport(path string, headers ...[]string) (bool, error) {
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	line, err := bufio.NewReader(io.LimitReader(f, 4<<10)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	line = strings.TrimRight(strings.TrimPrefix(line, utf8BOM), "\r\n")
	return slices.ContainsFunc(headers, func(columns []string) bool {
		return line == strings.Join(columns, ",") || line == strings.Join(columns, ";")
	}), nil
}
