package csvmap

import (
	"errors"
	"io"
	"iter"
	"strconv"

	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/filekind"
	"razebulk/csvmap/internal/headerrow"
	"razebulk/csvmap/internal/naming"
	"razebulk/csvmap/internal/textfile"
	"razebulk/csvmap/internal/xlsx"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// Reading says how a sheet is read: what the user specified and what was detected. It must be closed.
type Reading struct {
	options Options
	file    io.ReaderAt
	size    int64
	text    textfile.Format // of a CSV file
	book    *xlsx.Book      // nil for a CSV file
	unseen  Unseen
	header  header
	// headerRow is the number of the header row, and titled reports whether there are non-blank rows above it.
	headerRow int
	titled    bool
	lookAt    int   // a row that looks like a header without an id; 0 for none
	beside    []int // the columns of amounts that may have been split
	judgement
	notices []reason.Reason
	width   int // the number of cells in the longest row
}

// Inspect reads a whole sheet, a CSV file or an Excel workbook, and decides how it is read: encoding, delimiter, line
// endings, what each column is, and the decimal separator of its numbers. It passes the rows to check, which must
// read them all. If the first rows suggest another decimal separator than all rows do, check is called more than
// once, and the last call counts. The file must stay open and unchanged until the reading is closed.
//
// The error comes from check or from the file, or says what makes the sheet unusable: bytes that are not text, no
// header, no id, an unknown or duplicate column, ambiguous numbers.
//
// A CSV file is read twice as a whole: once for its encoding, once for check. A workbook's sheet is read once.
func Inspect(file io.ReaderAt, size int64, o Options, check func(iter.Seq2[Row, error]) error) (*Reading, error) {
	r, err := detect(file, size, o)
	if err != nil {
		return nil, err
	}
	if err = r.headerProblems(); err == nil {
		err = r.check(check)
	}
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// detect does everything that requires neither known columns nor a decimal separator.
func detect(file io.ReaderAt, size int64, o Options) (*Reading, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	r := &Reading{options: o, file: file, size: size}
	err := r.detectFormat()
	if err == nil {
		err = r.findHeader()
	}
	if err == nil {
		err = r.readHeader()
	}
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

func (r *Reading) detectFormat() (err error) {
	if err := filekind.Check(r.file, r.size); err != nil {
		return err
	}
	start := make([]byte, min(r.size, 4))
	if _, err := io.ReadFull(io.NewSectionReader(r.file, 0, r.size), start); err != nil {
		return err
	}
	o := r.options
	switch {
	case !xlsx.IsWorkbook(start) && o.Worksheet != "":
		return reason.New("worksheet_of_text_file")
	case !xlsx.IsWorkbook(start):
		r.size = textfile.Size(r.file, r.size)
		r.text, err = textfile.Detect(r.file, r.size, textfile.Options{
			Encoding: o.Encoding, Delimiter: o.Delimiter, Field: o.field, HeaderRow: o.HeaderRow,
		})
	case o.Encoding != "" || o.Delimiter != 0:
		return reason.New("text_options_of_workbook")
	default:
		r.book, err = xlsx.Open(r.file, r.size, o.Worksheet)
	}
	return err
}

// findHeader finds the header row.
func (r *Reading) findHeader() error {
	s := &Sheet{reading: r}
	defer func() { _ = s.Close() }() // only read
	if err := s.open(); err != nil {
		return err
	}
	search := headerrow.New(r.options.named, r.options.HeaderRow)
	if r.options.OnlyID && r.options.HeaderRow == 0 {
		search = headerrow.NewOfIDs(r.options.named)
	}
	for more, err := true, error(nil); more; {
		var record *cell.Record
		if record, err = s.records.Next(); err != nil {
			break // at the end, or for a reason that reading all rows meets again
		}
		if rows, ok := s.records.(*xlsx.Rows); ok {
			if err = rows.CheckAbove(); err != nil {
				return err
			}
		}
		if !record.Blank() {
			more = search.Take(record)
		}
	}
	header, _ := search.Found()
	r.headerRow, r.titled, r.lookAt = header.Number, !search.IsFirst(), search.LooksLike()
	return search.Problem()
}

func (r *Reading) readHeader() error {
	sheet, err := r.Open()
	if err != nil {
		return err
	}
	return sheet.Close()
}

// headerProblems returns what makes the header unusable, and the options that name missing columns.
func (r *Reading) headerProblems() error {
	return errors.Join(r.options.unusedNames(r.header.names()), r.options.matchProblem(r.header), headerProblems(r.header, r.headerRow, r.lookAt))
}

// Close releases what the reading holds outside of memory. It does not close the file.
func (r *Reading) Close() error {
	if r.book == nil {
		return nil
	}
	return r.book.Close()
}

// Format describes how the sheet is read, for a message: encoding and delimiter, or the worksheet, and the decimal
// separator if there is one.
func (r *Reading) Format() reason.Reason {
	decimal := ""
	if r.header.hasNumbers() {
		decimal = r.decimal.String()
	}
	if r.book != nil {
		return reason.New("workbook_format", "worksheet", r.book.Sheet(), "decimal", decimal, "header_row", r.HeaderRow())
	}
	return reason.New("text_format", "encoding", r.text.Encoding(), "guessed", r.text.Guessed(), "delimiter", textfile.DelimiterName(r.text.Delimiter),
		"quotes", r.quotes(), "decimal", decimal, "header_row", r.HeaderRow())
}

// quotes returns how the text writes quotes if that is unusual, else "".
func (r *Reading) quotes() string {
	switch {
	case r.text.EscapedQuotes():
		return `\"`
	case r.text.Apostrophes():
		return "'"
	}
	return ""
}

// String returns the same text for two readings only if they read the sheet's text alike. Records of runs store it,
// so it must not change: "Windows-1252, semicolon, decimal comma".
func (r *Reading) String() string {
	words := r.text.Encoding() + ", " + textfile.DelimiterName(r.text.Delimiter)
	if quotes := r.quotes(); quotes != "" {
		words += ", quotes " + quotes
	}
	if r.book != nil {
		words = "Excel workbook, sheet " + strconv.Quote(r.book.Sheet())
	}
	if r.decimal != 0 && r.header.hasNumbers() {
		words += ", decimal " + r.decimal.String()
	}
	return words
}

// Delimiter returns the character between cells; a comma for a workbook.
func (r *Reading) Delimiter() rune {
	if r.book != nil {
		return ','
	}
	return r.text.Delimiter
}

// CRLF reports whether lines end as on Windows.
func (r *Reading) CRLF() bool { return r.text.LineEnd == "\r\n" }

// Extension returns the file name extension of a copy.
func (r *Reading) Extension() string {
	if r.book != nil {
		return ".xlsx"
	}
	return ".csv"
}

// ReadOnly returns the headers of known columns that an update can't change.
func (r *Reading) ReadOnly() []string { return r.header.readOnly() }

// Header returns the sheet's own name for a field, or "" if it has no column for it.
func (r *Reading) Header(field string) string {
	if i := r.header.place(field); i >= 0 {
		return r.header.columns[i].header
	}
	return ""
}

// HasOwnerIDs reports whether the owner column's header says that it holds ids; a column "Owner" may hold names.
func (r *Reading) HasOwnerIDs() bool { return naming.IsID(r.Header(crm.Owner)) }

// NameIsTitle reports whether the name's column has a header, and no mapping, that says it holds opportunities' titles.
func (r *Reading) NameIsTitle() bool {
	return r.header.undo < 0 && naming.IsTitle(r.Header(crm.Name)) && r.options.mapping(r.Header(crm.Name), r.header.names()) < 0
}

// HeaderRow returns the number of the header row if there are non-blank rows above it, which are left out. It returns
// 0 if the header is the first non-blank row.
func (r *Reading) HeaderRow() int {
	if !r.titled {
		return 0
	}
	return r.headerRow
}

// Unseen returns what a workbook's sheet holds that a person doesn't see. It is read like everything else.
func (r *Reading) Unseen() Unseen { return r.unseen }

// Notices returns what was left out of the sheet, and what looks odd about it as a whole.
func (r *Reading) Notices() []reason.Reason { return r.notices }

// Undoes reports whether the sheet is an undo file.
func (r *Reading) Undoes() bool { return r.header.undo >= 0 && !r.header.reviewed }

// Reviewed reports whether the sheet says what the CRM must hold for a cell to be sent.
func (r *Reading) Reviewed() bool { return r.header.reviewed }

// Columns returns what each column was detected to be, in words that are the same for two readings only if both send
// the same: a field, with the decimal separator for numbers, or a name in parentheses for a column that is left out.
func (r *Reading) Columns() []string {
	words := make([]string, len(r.header.columns))
	for i, c := range r.header.columns {
		words[i] = c.field
		if c.number {
			words[i] += ":number" + string(r.decimal)
		}
	}
	return words
}
