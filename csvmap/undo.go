package csvmap

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// UndoColumn makes a sheet an undo file: its rows hold what the CRM held before a run, and this column, as a JSON object by field,
// what the run has stored instead: a text, a number, or null for a field that it has cleared.
const UndoColumn = "raze_undo"

// UndoHeader is the header of an undo file for what this sheet changes: a name for the id and for each field, and which they are.
// [Inspect] understands it without any flag but [Options.Stage]: names are the sheet's own where these tell the field by
// themselves, else the API's, with the kind behind a field that the API doesn't describe (score:number). If the sheet can clear
// fields without having columns for them, all documented fields are there.
func (r *Reading) UndoHeader() (names, fields []string) {
	h := r.header
	columns := []column{h.columns[h.id]}
	for _, c := range h.columns {
		if c.isField() && c.field != IDField {
			columns = append(columns, c)
		}
	}
	for _, c := range columns {
		names, fields = append(names, c.undoName()), append(fields, c.field)
	}
	for _, field := range Fields {
		if h.clear >= 0 && !slices.Contains(fields, field) {
			names, fields = append(names, field), append(fields, field)
		}
	}
	return names, fields
}

func (c column) undoName() string {
	_, _, typed := typedField(c.header)
	switch known := columnsByKey[headerKey(c.header)]; {
	case c.field != IDField && c.field != StatusField && !slices.Contains(Fields, c.field):
		return c.field + ":" + kindName(c.number)
	case known != c.field || typed || isEscaped("'"+c.header):
		return c.field
	}
	return c.header
}

// typedField reads a header such as score:number.
func typedField(header string) (field string, number, ok bool) {
	m, err := ParseMapping("undo=" + header)
	return m.Field, m.Number, err == nil && strings.HasSuffix(header, ":"+kindName(m.Number))
}

// restore takes the cells of an undo file as they are: the CRM held them, whatever they look like.
func (s *Sheet) restore(row *Row, r *record) {
	for _, i := range s.header.fields {
		text := r.verbatim(i)
		if text == "" {
			continue
		}
		c := &s.header.columns[i]
		cell := Cell{Field: c.field, Text: text, Number: c.number}
		var reason string
		switch {
		case len(text) > maxCellBytes:
			reason = checkText(text, 0)
		case c.stage:
			cell.Text, reason = stage(text)
		case c.number && !isJSONNumber(text):
			reason = "not a number; write it plainly, such as 1234.50"
		}
		if reason != "" {
			row.Problems = append(row.Problems, Problem{Field: c.field, Column: c.header, Value: text, Reason: reason})
			continue
		}
		s.cells = append(s.cells, cell)
	}
	s.undoes(row, r.verbatim(s.header.undo))
}

func isJSONNumber(text string) bool {
	isDigit := func(b byte) bool { return '0' <= b && b <= '9' }
	return (isDigit(text[0]) || text[0] == '-') && isDigit(text[len(text)-1]) && json.Valid([]byte(text))
}

// undoes reads what the run has stored.
func (s *Sheet) undoes(row *Row, text string) {
	var stored map[string]json.RawMessage
	complain := func(field, reason string) {
		row.Problems = append(row.Problems, Problem{Field: UndoColumn, Column: s.header.columns[s.header.undo].header, Value: field, Reason: reason})
	}
	if err := json.Unmarshal([]byte(text), &stored); err != nil || stored == nil {
		complain(text, "not what a run writes there, so that it can't be told what to undo; take the undo file as the run has left it")
		return
	}
	for _, field := range s.header.order {
		raw, there := stored[field]
		if !there || !slices.Contains(Fields, field) && s.header.place(field) < 0 {
			continue
		}
		delete(stored, field)
		cell, ok := undone(Cell{Field: field, Number: s.header.isNumber(field)}, raw)
		if !ok {
			complain(field, "stands there with a value that the field can't have had")
			continue
		}
		row.Undoes = append(row.Undoes, cell)
	}
	delete(stored, StatusField) // left out as its column is, unless the options say otherwise
	for _, field := range slices.Sorted(maps.Keys(stored)) {
		complain(field, "stands there, and the sheet has no such column")
	}
}

// undone fills a cell with what was stored. It fails for a text where there are numbers, and the other way round.
func undone(cell Cell, raw json.RawMessage) (Cell, bool) {
	text := string(raw)
	switch {
	case text == "null":
		cell.Clear = true
		return cell, true
	case cell.Number:
		cell.Text = text
		return cell, isJSONNumber(text)
	}
	return cell, json.Unmarshal(raw, &cell.Text) == nil
}

// Undoes tells that the sheet is an undo file.
func (r *Reading) Undoes() bool { return r.header.undo >= 0 }
