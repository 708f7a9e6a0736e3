package report

import (
	"encoding/csv"
	"io"
	"strings"

	"razebulk/internal/crm"
	"razebulk/internal/lazyregexp"
	"razebulk/internal/reason"

	"github.com/shopspring/decimal"
)

// ExportForm is how an export is written, so that a spreadsheet program opens it with every cell in the right place.
type ExportForm struct {
	Dialect      Dialect
	BOM          bool // without it Excel assumes the local code page
	DecimalComma bool
	Excel        bool // texts that Excel would convert are written as formulas
}

// ParseExportForm reads the name of a form: excel-br, excel-us or sheets. Any error is a [reason.Reason].
func ParseExportForm(name string) (ExportForm, error) {
	switch name {
	case "excel-br":
		return ExportForm{Dialect: Dialect{Delimiter: ';', CRLF: true}, BOM: true, DecimalComma: true, Excel: true}, nil
	case "excel-us":
		return ExportForm{Dialect: Dialect{Delimiter: ',', CRLF: true}, BOM: true, Excel: true}, nil
	case "sheets":
		return ExportForm{Dialect: Dialect{Delimiter: ','}}, nil
	}
	return ExportForm{}, reason.New("export_form_unknown", "form", name)
}

// ExportCell is the value of a field. Text is a string or, with Number, a number's digits as the CRM reports them;
// empty means no value.
type ExportCell struct {
	Text   string
	Number bool
}

// Export writes opportunities as a sheet for an update. An update reads each cell as the same value, except for outer
// blanks, the kind of line breaks and the form of accents, or refuses the cell. It is not safe for concurrent use.
type Export struct {
	writer *csv.Writer
	form   ExportForm
	record []string // of the row being written
}

// NewExport begins a sheet with these columns. It may buffer the output until [Export.Flush].
func NewExport(to io.Writer, columns []string, form ExportForm) (*Export, error) {
	if form.BOM {
		if _, err := io.WriteString(to, utf8BOM); err != nil {
			return nil, err
		}
	}
	w := form.Dialect.newWriter(to)
	return &Export{writer: w, form: form}, w.Write(columns)
}

// Add writes a row, with a cell for each column.
func (e *Export) Add(cells []ExportCell) error {
	e.record = e.record[:0]
	for _, c := range cells {
		if c.Number {
			e.record = append(e.record, e.form.number(c.Text))
		} else {
			e.record = append(e.record, e.form.text(c.Text))
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
	plainDigits = lazyregexp.New(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)
	// oneBreak: encoding/csv would drop a lone carriage return. A zero byte would make the whole file look like UTF-16;
	// its replacement is refused when it is read back.
	oneBreak = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\ufffd")
)

// maxExponent bounds the numbers that are written out in full.
const maxExponent = 1000

// number writes a number so that it can be read in only one way: three digits after the decimal separator might be
// thousands. Anything that turns out not to be a number is written as text.
func (f ExportForm) number(digits string) string {
	if !plainDigits.MatchString(digits) {
		d, err := decimal.NewFromString(digits)
		if err != nil || d.Exponent() < -maxExponent || d.Exponent() > maxExponent {
			return f.text(digits)
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

// text removes outer blanks, which an update doesn't send either: an apostrophe before them would not be the cell's
// first character when it is read back. A number gets its apostrophe too: a spreadsheet would drop the plus from
// +5511977008229.
func (f ExportForm) text(text string) string {
	text = crm.Trim(oneBreak.Replace(text))
	if f.Excel {
		return crm.EscapeForExcel(text)
	}
	return crm.EscapeFormula(text)
}

// IsExport reports whether an export may replace the file: it is an export, with one of these headers, or there is no
// file.
func IsExport(path string, headers ...[]string) (bool, error) {
	return isReplaceable(path, ",;", headers...)
}
