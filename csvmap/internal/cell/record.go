package cell

import (
	"slices"
	"strings"

	"razebulk/internal/crm"
)

// Kind is the type of a workbook's cell; every cell of a CSV file is text.
type Kind byte

// A formula has the kind of the result that is stored with it.
const (
	Text    Kind = iota
	Number       // a JSON number without exponent; with one, such as 1.2E+15, if Excel has lost digits of it
	Date         // 2025-03-12, 2025-03-12 14:30:00, or just a time, such as 14:30:00 or 36:00:00
	Boolean      // TRUE or FALSE
	Percent      // a number shown as a percentage: 0.15 for 15 %
	Error        // the result of a failed formula, such as #REF!
	Masked       // a number whose format shows different digits: 123 in the format 00000
)

// Record is one row as it is in the file. It is valid until the next one is read.
type Record struct {
	// Number counts as a spreadsheet does. Line is the line of the file where the row begins; in a workbook it equals
	// Number.
	Number, Line int
	Cells        []string
	Kinds        []Kind // nil if all are text
	// Formats are the number formats of masked cells; nil in a CSV file. Unsolved are the places of formulas whose result
	// is not in the file.
	Formats  []string
	Unsolved []int
	// Whole is the text of a CSV row that contains quotes; Starts are the offsets of its cells, and of the one that
	// would follow.
	Whole  string
	Starts []int
	// Fault is why the row can't be split into cells with certainty, or nil. Its cells are then the result of splitting
	// at delimiters alone.
	Fault error
	// SpacedQuote is the first cell that begins with white space and a quote, which may or may not belong to the text;
	// -1 if there is none.
	SpacedQuote int
}

// Clone returns a copy that stays valid.
func (r *Record) Clone() *Record {
	c := *r
	c.Cells, c.Kinds, c.Formats = slices.Clone(r.Cells), slices.Clone(r.Kinds), slices.Clone(r.Formats)
	c.Unsolved, c.Starts = slices.Clone(r.Unsolved), slices.Clone(r.Starts)
	return &c
}

// Raw returns a cell as it is in the file, with its quotes.
func (r *Record) Raw(i int) string {
	if r.Starts == nil {
		return r.Cells[i]
	}
	return r.Whole[r.Starts[i] : r.Starts[i+1]-1]
}

// Blank reports whether all cells are empty: a spreadsheet's empty row.
func (r *Record) Blank() bool {
	return !slices.ContainsFunc(r.Cells, func(cell string) bool { return Trim(cell) != "" })
}

// Kind returns the kind of a cell; Text beyond the end of the row.
func (r *Record) Kind(i int) Kind {
	if r.Kinds == nil || i >= len(r.Kinds) {
		return Text
	}
	return r.Kinds[i]
}

// Text returns what a cell says; "" beyond the end of the row.
func (r *Record) Text(i int) string { return r.Value(i).Text }

// Value returns what a cell says and its properties. It is empty beyond either end of the row.
func (r *Record) Value(i int) Value {
	if i < 0 || i >= len(r.Cells) {
		return Value{}
	}
	text := r.Cells[i]
	if text == "" {
		return Value{Kind: r.Kind(i)}
	}
	if len(text) == 36 && crm.IsUUID(text) { // nearly every id
		return Value{Text: text, Classes: UUID, Kind: r.Kind(i)}
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

// isInnerASCII reports whether a text that begins with this byte has no leading blank and is not wrapped.
func isInnerASCII(b byte) bool { return isGraphicASCII(b) && b != '\'' && b != '=' }

// IsEmpty reports whether a cell says nothing.
func (r *Record) IsEmpty(i int) bool {
	return r.Cells[i] == "" || !isInnerASCII(r.Cells[i][0]) && r.Text(i) == ""
}

// Verbatim returns a cell without its escaping, but with all of its blanks.
func (r *Record) Verbatim(i int) string {
	if i >= len(r.Cells) {
		return ""
	}
	return crm.UnescapeFormula(r.Cells[i])
}

// IsSpacedQuote reports whether a cell of a CSV file begins with blanks and a quote.
func IsSpacedQuote(text string) bool {
	if text == "" || isGraphicASCII(text[0]) {
		return false
	}
	i := strings.IndexByte(text, '"')
	return i > 0 && Trim(text[:i]) == ""
}
