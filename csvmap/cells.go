package csvmap

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// value is a cell without its outer blanks.
type value struct {
	text    string
	traits  traits
	kind    kind
	escaped bool // an apostrophe before it was taken away
}

func (r *record) value(i int) value {
	if i < 0 || i >= len(r.cells) {
		return value{}
	}
	text, t := tidied(r.cells[i])
	if r.kinds != nil && t.has(control) {
		text, t = tidied(plainBreaks(text))
	}
	v := value{text: text, traits: t, kind: r.kind(i)}
	if text != "" && (text[0] == '\'' || text[0] == '=') {
		return v.unwrapped(r.kinds == nil)
	}
	return v
}

func (r *record) text(i int) string { return r.value(i).text }

// kind of a cell; every cell of a CSV file is text.
func (r *record) kind(i int) kind {
	if r.kinds == nil || i >= len(r.kinds) {
		return textCell
	}
	return r.kinds[i]
}

// row checks a record.
func (s *Sheet) row(r *record) Row {
	id := r.value(s.header.id)
	row := Row{Number: r.number, Line: r.line, ID: id.text}
	if reason := s.shifted(r); reason != "" {
		row.Problems = []Problem{{Reason: reason}}
		return row
	}
	if s.ballots != nil && s.header.decimal >= 0 {
		s.hear(r.text(s.header.decimal))
	}
	for _, i := range s.header.unnamed {
		if text := r.text(i); text != "" {
			row.Problems = append(row.Problems, Problem{Reason: quote(text) + " stands in a column without a header"})
		}
	}
	if !isPlainID(id) || id.text == s.reading.options.ClearMarker {
		row.Problems = append(row.Problems, s.checkID(id)...)
	}
	s.cells = s.cells[:0]
	if s.header.undo >= 0 {
		s.restore(&row, r)
	} else {
		for _, i := range s.header.fields {
			if v := r.value(i); v.text != "" {
				s.add(&row, r, i, v)
			}
		}
	}
	if i := s.header.clear; i >= 0 {
		s.empty(&row, i, r.text(i))
	}
	if i := s.header.updated; i >= 0 {
		s.date(&row, i, r.value(i))
	}
	row.Cells = s.cells
	return row
}

// hear lets the sheet say its decimal sign, or that of each of its columns of numbers.
func (s *Sheet) hear(said string) {
	words, number := strings.Fields(said), 0
	for i := range s.ballots {
		if len(words) > 1 && !s.header.columns[i].number {
			continue
		}
		switch {
		case len(words) == 1:
			s.ballots[i].hear(words[0])
		case number < len(words):
			s.ballots[i].hear(words[number])
		}
		number++
	}
	if len(words) < 2 || number == len(words) {
		return
	}
	for i := range s.ballots {
		s.ballots[i].miscounted = true
	}
}

// shifted tells why the cells of a record may not stand under their headers, or "".
func (s *Sheet) shifted(r *record) string {
	surplus := r.cells[min(len(r.cells), len(s.header.columns)):]
	if r.kinds == nil && len(surplus) > 0 || strings.Join(surplus, "") != "" {
		return "more cells than headers: the columns have shifted; look for a cell that needs quotes"
	}
	if r.spaced >= 0 {
		return quote(r.cells[r.spaced]) + ": a quote behind a blank may begin a quoted cell or belong to the text; take the blank away, or put the cell in quotes and double the ones inside it"
	}
	return ""
}

func isPlainID(id value) bool {
	return id.text != "" && len(id.text) <= maxIDBytes && id.isPlain() && !id.traits.has(separator) && !isRounded(id.text) && !isLossy(id.text)
}

func (s *Sheet) checkID(id value) []Problem {
	p := Problem{Field: IDField, Value: id.text, Reason: checkID(id.text, id.traits)}
	if s.header.id >= 0 {
		p.Column = s.header.columns[s.header.id].header
	}
	switch {
	case p.Reason != "":
	case id.text == s.reading.options.ClearMarker:
		p.Reason = "an opportunity can't be without its id"
	case id.kind == dateCell:
		p.Reason = "a date; format the column as text and put the ids there anew"
	default:
		p.Reason = damage(IDField, id.text, id.traits)
		p.Damage = p.Reason != ""
	}
	if p.Reason == "" {
		return nil
	}
	return []Problem{p}
}

// add checks a cell that holds something, and makes it one to be sent or a problem.
func (s *Sheet) add(row *Row, r *record, i int, v value) {
	c := &s.header.columns[i]
	cell := Cell{Field: c.field, Text: v.text, Number: c.number}
	var reason string
	var damaged bool
	switch {
	case v.text == s.reading.options.ClearMarker && v.kind == textCell && !v.escaped:
		cell.Text, cell.Clear = "", true
		reason = s.whyNotEmptied(c.field)
	case c.stage:
		cell.Text, reason = stage(v.text)
	case c.number:
		cell.Text, reason, damaged = s.number(r, i, v)
	case v.isPlain():
		reason = c.verdict(v)
	default:
		if reason, damaged = c.checkText(v); reason == "" && r.kinds != nil && tooLong(v.text) {
			reason = fmt.Sprintf("longer than the %d characters that a cell of a workbook may hold; shorten it", excelize.TotalCellChars)
		}
	}
	if reason != "" {
		damaged = damaged || reason == shortened || reason == spuriousDecimal
		row.Problems = append(row.Problems, Problem{c.field, c.header, v.text, reason, damaged})
		return
	}
	s.cells = append(s.cells, cell)
	if cell.Clear || c.number || !c.currency && !mayBeBoolean(v.text) {
		return
	}
	if reason = s.doubt(c, v.text); reason != "" {
		row.Warnings = append(row.Warnings, Problem{c.field, c.header, v.text, reason, false})
	}
}

// isPlain tells of what nearly every cell is: a text in which nothing can be wrong, whatever the field.
func (v value) isPlain() bool {
	return v.kind == textCell && !v.traits.has(remarkable) && v.text[len(v.text)-1] != '.' && len(v.text) <= excelize.TotalCellChars
}

// verdict is what the field's own check says.
func (c *column) verdict(v value) string {
	if c.check == nil {
		return ""
	}
	return c.check(v)
}

// checkText returns why a cell can't be sent as text, or "", and whether the spreadsheet is at fault.
func (c *column) checkText(v value) (reason string, damaged bool) {
	if reason := damage(c.field, v.text, v.traits); reason != "" {
		return reason, true
	}
	switch {
	case v.kind == dateCell:
		return "a date, and a text is wanted; format the cell as text and type the date as it is to be read", false
	case (v.kind == numberCell || v.kind == percentCell) && isScientific(v.text):
		return "a number longer than a spreadsheet can keep, so that digits are lost; format the column as text and type it anew", true
	}
	if reason := checkText(v.text, v.traits); reason != "" {
		return reason, false
	}
	return c.verdict(v), false
}

// number reads a cell of a column of numbers.
func (s *Sheet) number(r *record, i int, v value) (number, reason string, damaged bool) {
	c := &s.header.columns[i]
	switch {
	case v.kind == dateCell:
		return "", "a date, and a number is wanted; format the cell as a number and type the amount anew", false
	case v.kind == percentCell:
		return "", aPercentage, false
	case v.kind == numberCell && isScientific(v.text):
		return "", "a number longer than a spreadsheet can keep, so that digits are lost", true
	case v.kind == numberCell:
		return v.text, "", false
	case isFormulaError(v.text):
		return "", damage(c.field, v.text, v.traits), true
	case len(v.text) > maxCellBytes:
		return "", checkText(v.text, v.traits), false
	}
	a, reason := readAmount(v.text)
	if reason != "" {
		return "", reason, isScientific(v.text)
	}
	if s.ballots != nil {
		s.ballots[i].add(r.number, v.text, a)
	}
	if number = a.in(c.decimal); number == "" {
		return "", misread(a, c.decimal), false
	}
	if a.sign != "" {
		if code := r.text(s.header.currency); a.contradicts(code) && code != s.reading.options.ClearMarker {
			return "", "its currency sign is not of the row's currency, " + code, false
		}
	}
	return number, "", false
}

// misread is why an amount that can be read has no reading with this decimal sign.
func misread(a amount, d Decimal) string {
	if a.open() {
		return "can be read in two ways; say which with --decimal comma or --decimal point"
	}
	return "can't be read with a " + d.String() + ", as the column is; write it like the others"
}

// doubt returns what is odd about a text that can be sent all the same, or "".
func (s *Sheet) doubt(c *column, text string) string {
	if isBoolean(text) {
		return "looks like the outcome of a formula; sent as text"
	}
	if !c.currency || text == s.knownCurrency {
		return ""
	}
	if !isCurrency(text) {
		return "not a currency code that is known here; sent as it is"
	}
	s.knownCurrency = text // x/text takes a while to tell
	return ""
}
