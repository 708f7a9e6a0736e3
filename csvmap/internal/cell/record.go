package cell

import (
	"slices"
	"strings"

	"razebulk/internal/crm"
)

// Kind is what a cell of a workbook is; every cell of a CSV file is text.
type Kind byte

// A formula has the kind of the result that is stored with it.
const (
	Text    Kind = iota
	Number       // a JSON number without exponent; with one, such as 1.2E+15, if Excel has lost digits of it
	Date         // 2025-03-12, 2025-03-12 14:30:00, or hours alone, such as 14:30:00 or 36:00:00
	Boolean      // TRUE or FALSE
	Percent      // a number that is shown as a percentage: 0.15 for 15 %
	Error        // of a formula that failed, such as #REF!
	Masked       // a number whose format shows other digits: 123 in the format 00000
)

// Record is one row as it is in the file. It is good until the next one is read.
type Record struct {
	// Number counts as the spreadsheet does. Line is that of the file where the row begins; in a workbook it is Number.
	Number, Line int
	Cells        []string
	Kinds        []Kind // nil: all are text
	// Formats are the number formats of masked cells; nil in a CSV file. Unsolved are the places of formulas whose result
	// is not in the file.
	Formats  []string
	Unsolved []int
	// Whole is the text of a CSV file's row that has quotes in it; Starts are those of the cells in it, and of the one
	// that would follow.
	Whole  string
	Starts []int
	// Fault is why the row can't be split into cells for certain; nil for nothing. Its cells are then those that
	// delimiters alone would make.
	Fault error
	// SpacedQuote is the first cell that begins with white space and a quote, which may or may not belong to the text; -1
	// for none.
	SpacedQuote int
}

// Raw is a cell as the file writes it, with its quotes.
func (r *Record) Raw(i int) string {
	if r.Starts == nil {
		return r.Cells[i]
	}
	return r.Whole[r.Starts[i] : r.Starts[i+1]-1]
}

// Blank tells whether no cell holds anything: a spreadsheet's empty row.
func (r *Record) Blank() bool {
	return !slices.ContainsFunc(r.Cells, func(cell string) bool { return Trim(cell) != "" })
}

// Kind is that of a cell, also of one beyond the row's end.
func (r *Record) Kind(i int) Kind {
	if r.Kinds == nil || i >= len(r.Kinds) {
		return Text
	}
	return r.Kinds[i]
}

// Text is what a cell says; "" for one beyond the row's end.
func (r *Record) Text(i int) string { return r.Value(i).Text }

// Value is what a cell says, and what there is to know of it. It is empty beyond either end of the row.
func (r *Record) Value(i int) Value {
	if i < 0 || i >= len(r.Cells) {
		return Value{}
	}
	text := r.Cells[i]
	if text == "" {
		return Value{Kind: r.Kind(i)}
	}
	if len(text) == 36 && crm.IsUUID(text) { // nearly every id
		return Value{Text: text, Kind: r.Kind(i)}
	}
	c := Classify(text)
	if r.Kinds == nil && isInnerASCII(text[0]) && isGraphicASCII(text[len(text)-1]) && !c.Has(Unusual|Apostrophe) {
		return Value{Text: text, Classes: c} // nearly every cell
	}
	text, c = trimNFC(text)
	if r.Kinds != nil && c.Has(Control) {
		text, c = trimNFC(PlainBreaks(text))
	}
	v := Value{Text: text, Classes: c, Kind: r.Kind(i)}
	if c.Has(Apostrophe) || text != "" && text[0] == '=' {
		return v.unwrapped(r.Kinds == nil)
	}
	return v
}

// isInnerASCII tells whether a text that begins with this byte has no outer blank there, and is not wrapped.
func isInnerASCII(b byte) bool { return isGraphicASCII(b) && b != '\'' && b != '=' }

// IsEmpty tells whether a cell says nothing.
func (r *Record) IsEmpty(i int) bool {
	return r.Cells[i] == "" || !isInnerASCII(r.Cells[i][0]) && r.Text(i) == ""
}

// Verbatim is a cell as it was before it was escaped, with all of its blanks.
func (r *Record) Verbatim(i int) string {
	if i >= len(r.Cells) {
		return ""
	}
	return crm.UnescapeFormula(r.Cells[i])
}

// IsSpacedQuote tells whether a cell of a CSV file begins with blanks and a quote.
func IsSpacedQuote(text string) bool {
	if text == "" || isGraphicASCII(text[0]) {
		return false
	}
	i := strings.IndexByte(text, '"')
	return i > 0 && Trim(text[:i]) == ""
}
