package csvmap

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/fieldcheck"
	"razebulk/csvmap/internal/meaning"
	"razebulk/csvmap/internal/naming"
	"razebulk/csvmap/internal/undocell"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// An undo file is a sheet with the column [crm.UndoColumn]. Its rows hold what the CRM held before a run. The column
// holds what the run sent instead, as a JSON object by field: a string, a number, or null for a field that it
// cleared. The object also has checksums of the cells, which reveal changes by a person or a spreadsheet, and may
// have [crm.UndoNulls] and [crm.UndoTitle].

// UndoHeader returns the header of an undo file for what this sheet changes: a name for the id and for each field,
// and the fields themselves. [Inspect] reads it without any option but [Options.Stage]: names are the sheet's own if
// they identify the field without a mapping, else the API's, with the kind for a field that the API doesn't describe
// (score:number). If the sheet can clear fields without having columns for them, it includes all documented fields.
func (r *Reading) UndoHeader() (names, fields []string) {
	h := r.header
	columns := []column{{header: crm.ID, field: crm.ID}}
	if h.id >= 0 {
		columns[0] = h.columns[h.id]
	}
	for _, c := range h.columns {
		if c.isField() && c.field != crm.ID {
			columns = append(columns, c)
		}
	}
	for _, c := range columns {
		names, fields = append(names, c.undoName()), append(fields, c.field)
	}
	for _, field := range crm.Fields {
		if h.clear >= 0 && !slices.Contains(fields, field) {
			names, fields = append(names, field), append(fields, field)
		}
	}
	return names, fields
}

func (c column) undoName() string {
	_, _, typed := typedField(c.header)
	switch known := naming.Of(c.header); {
	case c.field != crm.Status && !meaning.IsDocumented(c.field):
		return c.field + ":" + meaning.KindName(c.number)
	case known != c.field || typed || crm.NeedsEscape(c.header):
		return c.field
	}
	return c.header
}

// typedField parses a header such as score:number.
func typedField(header string) (field string, number, ok bool) {
	if !strings.HasSuffix(header, ":string") && !strings.HasSuffix(header, ":number") {
		return "", false, false
	}
	m, err := ParseMapping("undo=" + header)
	return m.Field, m.Number, err == nil
}

// restore takes the cells of an undo file as they are: the CRM held them, whatever they look like. A cell changed
// since then is checked like any other; a file of an earlier version has no checksums, so no change is detected.
func (s *Sheet) restore(row *Row, r *cell.Record) {
	undo := s.readUndo(row, r.Verbatim(s.header.undo))
	for _, i := range s.header.fields {
		text := r.Verbatim(i)
		switch c := &s.header.columns[i]; {
		case text == "":
		case undo.Sums == nil || undo.Sums[c.field] == crm.Sum(text):
			s.restoreCell(row, c, text)
		default:
			if v := r.Value(i); v.Text != "" {
				s.add(row, r, i, &v)
			}
		}
	}
	s.addStored(row, undo.Stored)
}

func (s *Sheet) restoreCell(row *Row, c *column, text string) {
	given := Cell{Field: c.field, Text: text, Number: c.number, Restored: true}
	why := fieldcheck.TooLong(cell.Value{Text: text}, false)
	if why == nil && c.number && !crm.IsJSONNumber(text) {
		why = reason.New("undo_not_number")
	}
	if why != nil {
		row.refuseCell(c, text, why)
		return
	}
	s.cells = append(s.cells, given)
}

// readUndo reads the undo column, and refuses the cell if it is invalid.
func (s *Sheet) readUndo(row *Row, text string) undocell.Undone {
	undo, err := undocell.Read(text)
	if err != nil {
		row.refuseCell(&s.header.columns[s.header.undo], text, reason.New("undo_invalid"))
	}
	row.Nulls, row.Title = undo.Nulls, undo.Title
	return undo
}

// addStored adds to the row what the run stored.
func (s *Sheet) addStored(row *Row, stored map[string]json.RawMessage) {
	refuse := func(field string, why error) { row.refuseCell(&s.header.columns[s.header.undo], field, why) }
	for _, field := range s.header.order {
		raw, there := stored[field]
		if !there || !crm.IsField(field) && s.header.place(field) < 0 {
			continue
		}
		delete(stored, field)
		for _, value := range undocell.Values(raw) {
			given, ok := Cell{Field: field, Number: s.header.isNumber(field)}, false
			if given.Text, given.Clear, ok = undocell.Value(value, given.Number); !ok {
				refuse(field, reason.New("undo_value_invalid"))
				break
			}
			row.Undoes = append(row.Undoes, given)
		}
	}
	delete(stored, crm.Status) // left out like its column, unless the options say otherwise
	for _, field := range slices.Sorted(maps.Keys(stored)) {
		refuse(field, reason.New("undo_column_missing"))
	}
}
