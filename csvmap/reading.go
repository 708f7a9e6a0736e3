package csvmap

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
)

// Options are what the user may say about a sheet instead of having it found out.
type Options struct {
	// Encoding is a name or label of https://encoding.spec.whatwg.org/#names-and-labels; "" finds it out.
	Encoding string
	// Delimiter between cells; 0 finds it out.
	Delimiter rune
	// Decimal is the sign within numbers; 0 finds it out.
	Decimal Decimal
	// Worksheet of a workbook, by its name; "" is the only one that holds anything.
	Worksheet string
	// Ignore names columns that are left out, by their header.
	Ignore []string
	// Mappings say what columns hold; they go before what headers say.
	Mappings []Mapping
	// ClearMarker is the text of a cell that empties its field; "" is none.
	ClearMarker string
	// Stage reads the column of the status as a field.
	Stage bool
	// UpdatedAt reads the column updated_at.
	UpdatedAt bool
	// OnlyID leaves out all columns but the id's, also unknown ones.
	OnlyID bool
}

// header finds out what each column is.
func (o Options) header(cells []string) header {
	h := namer{o.Mappings, o.Ignore}.header(cells)
	for i := range h.columns {
		o.adapt(&h.columns[i], h.undo >= 0)
	}
	return arrange(h.columns)
}

// adapt makes a column what it is only for some.
func (o Options) adapt(c *column, undoing bool) {
	field, number, typed := typedField(c.header)
	switch known := columnsByKey[headerKey(c.header)]; {
	case o.OnlyID && c.field != IDField:
		*c = column{header: c.header, field: ignoredColumn, own: c.own}
	case undoing && typed && c.field != ignoredColumn:
		c.field, c.number, c.check = field, number, nil
	case o.Stage && c.field == readOnlyColumn && known == StatusField:
		c.field, c.stage = StatusField, true
	case o.UpdatedAt && c.field == readOnlyColumn && known == updatedColumn:
		c.field = updatedColumn
	}
}

func (o Options) check() error {
	if marker := o.ClearMarker; marker != "" {
		switch {
		case isFormulaError(marker):
			return fmt.Errorf("--clear-marker %q: spreadsheets leave this where a formula fails; choose a text that no formula leaves, such as <clear>", marker)
		case isEscaped(marker):
			return fmt.Errorf("--clear-marker %q: begins with the apostrophe that keeps a formula from being run; choose one such as <clear>", marker)
		case tidy(marker) != marker:
			return fmt.Errorf("--clear-marker %q: begins or ends with a blank, or holds accents in an unusual form; choose one such as <clear>", marker)
		}
	}
	return checkMappings(o.Mappings, o.Ignore)
}

// Reading is how a sheet is to be read: what the user said of it, and what was found out.
type Reading struct {
	options   Options
	charset   charset
	workbook  bool
	worksheet string // the name of the one that is read
	hidden    int    // rows of a workbook
	preamble  string // the line "sep=;", with its end
	delimiter rune
	lineEnd   string
	header    header
}

// Inspect reads a whole sheet, a CSV file or an Excel workbook, and finds out how to read it: encoding, delimiter, line ends, what
// each column is, and which sign its numbers have for a decimal. Its rows go to check, which is to read them all; more than once
// if what the first rows show of the numbers is not what all of them show, and then the last time counts. open must
// begin anew each time.
//
// The error is that of check, or says what makes the sheet unusable: bytes that are no text, no header, no id, a column that is
// unknown or there twice, numbers that can be read in two ways.
func Inspect(open func() (io.Reader, error), o Options, check func(iter.Seq2[Row, error]) error) (*Reading, error) {
	r, err := inspect(open, o)
	if err == nil {
		err = errors.Join(namer{o.Mappings, o.Ignore}.absent(r.header.names()), headerError(r.header.columns))
	}
	if err != nil {
		return nil, err
	}
	return r, r.judge(open, check)
}

// inspect does all but what needs a header that is understood.
func inspect(open func() (io.Reader, error), o Options) (*Reading, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	r := &Reading{options: o}
	raw, err := open()
	if err != nil {
		return nil, err
	}
	whole := bufio.NewReaderSize(raw, bufferSize)
	start, err := whole.Peek(8)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(start, []byte("PK\x03\x04")):
		err = r.inspectWorkbook(whole)
	case bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0")):
		err = errors.New("an Excel workbook of the old form (.xls), or one with a password: save it as .xlsx without a password, or as \"CSV UTF-8\"")
	case o.Worksheet != "":
		err = errors.New("--sheet is for Excel workbooks; this is none")
	default:
		err = r.inspectText(whole, open)
	}
	return r, err
}

func (r *Reading) inspectWorkbook(raw io.Reader) error {
	if o := r.options; o.Encoding != "" || o.Delimiter != 0 {
		return errors.New("this is an Excel workbook: --encoding and --delimiter are for CSV files")
	}
	r.workbook, r.delimiter, r.lineEnd = true, ',', "\n"
	sheet, err := r.begin(raw)
	if err != nil {
		return err
	}
	r.worksheet = sheet.book().sheet()
	return sheet.Close()
}

func (r *Reading) inspectText(whole io.Reader, open func() (io.Reader, error)) (err error) {
	if r.charset, err = findCharset(whole, r.options.Encoding); err != nil {
		return err
	}
	if err := r.findDialect(open); err != nil {
		return err
	}
	raw, err := open()
	if err != nil {
		return err
	}
	if err := r.charset.check(raw); err != nil {
		return err
	}
	if raw, err = open(); err != nil {
		return err
	}
	sheet, err := r.begin(raw)
	if err != nil {
		return err
	}
	return sheet.Close()
}

// findDialect looks at the beginning of the text.
func (r *Reading) findDialect(open func() (io.Reader, error)) error {
	raw, err := open()
	if err != nil {
		return err
	}
	text, err := r.charset.decoder(raw)
	if err != nil {
		return err
	}
	start := make([]byte, bufferSize)
	n, err := io.ReadFull(text, start)
	whole := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	if err != nil && !whole {
		return err
	}
	head := strings.ToValidUTF8(string(start[:n]), "")
	r.lineEnd = lineEnd(head)
	if err := r.charset.checkLineEnd(r.lineEnd); err != nil {
		return err
	}
	said, found, err := sepLine(head)
	if err != nil {
		return err
	}
	rows := head
	if found {
		end := strings.IndexAny(head+"\n", "\r\n")
		r.preamble, rows = head[:end]+r.lineEnd, strings.TrimPrefix(head[end:], r.lineEnd)
	}
	switch {
	case r.options.Delimiter != 0:
		r.delimiter = r.options.Delimiter
	case said != 0:
		r.delimiter = said
	default:
		r.delimiter, err = findDelimiter(rows, whole, r.lineEnd == "\r", namer{r.options.Mappings, r.options.Ignore})
	}
	return err
}

// lineEnd is what ends the first line; a line break within quotes ends none. Carriage returns alone do only if no other line
// end is in sight.
func lineEnd(head string) string {
	quoted, found := false, "\n"
	for i := range len(head) {
		switch {
		case head[i] == '"':
			quoted = !quoted
		case quoted:
		case head[i] == '\n' && i > 0 && head[i-1] == '\r':
			return "\r\n"
		case head[i] == '\n':
			return "\n"
		case head[i] == '\r':
			found = "\r"
		}
	}
	return found
}

// String says how the sheet is read, in words: "Windows-1252, semicolon, decimal comma". Where columns of numbers have
// different signs it names each: "decimal comma in "Valor", decimal point in "Score"".
func (r *Reading) String() string {
	words := []string{r.charset.name, delimiterName(r.delimiter)}
	if r.workbook {
		words = []string{"Excel workbook, sheet " + quote(r.worksheet)}
	}
	several := len(r.header.decimalSigns()) > 1
	for _, c := range r.header.columns {
		switch {
		case !c.number || c.decimal == 0:
		case several:
			words = append(words, c.decimal.String()+" in "+quote(c.header))
		default:
			return strings.Join(append(words, c.decimal.String()), ", ")
		}
	}
	return strings.Join(words, ", ")
}

// Delimiter is what stands between the cells; a comma for a workbook.
func (r *Reading) Delimiter() rune { return r.delimiter }

// CRLF tells that lines end as Windows ends them.
func (r *Reading) CRLF() bool { return r.lineEnd == "\r\n" }

// ReadOnly are the headers that are known and that an update can't change.
func (r *Reading) ReadOnly() []string { return r.header.readOnly() }

// HiddenRows is how many rows of a workbook are hidden. They are read like all others.
func (r *Reading) HiddenRows() int { return r.hidden }

// Columns are what each column was found to be, as words that are the same for two readings only if both send the same: a field,
// for an undocumented one with its kind, or a name in brackets for a column that is left out; for numbers with the decimal sign.
func (r *Reading) Columns() []string {
	words := make([]string, len(r.header.columns))
	for i, c := range r.header.columns {
		words[i] = c.field
		if c.number {
			words[i] += ":number" + string(c.decimal)
		}
	}
	return words
}
