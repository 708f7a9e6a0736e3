package csvmap

import (
	"slices"

	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/fieldcheck"
	"razebulk/csvmap/internal/meaning"
	"razebulk/csvmap/internal/naming"
	"razebulk/internal/reason"
)

// Match is a column whose values identify the opportunities of rows without an id.
type Match = meaning.Match

// ParseMatch parses "field" or "Column=field", or several of them joined by plus signs.
func ParseMatch(text string) ([]Match, error) { return meaning.ParseMatch(text) }

// matched returns c, or a column in its place that is not sent, if rows are matched by it.
func (o Options) matched(c column, names []string) column {
	for i, m := range o.Match {
		standsFor := c.field == m.Field || c.field == readOnlyColumn && naming.Of(c.header) == m.Field
		if m.Column == "" && standsFor || m.Column != "" && naming.Means(m.Column, c.header, names) {
			return column{header: c.header, field: "(match " + m.Field + ")", match: i + 1}
		}
	}
	return c
}

// matchColumns returns the columns that rows are matched by, in the order of the options, each as a column of its
// field. It is empty if one of them is missing, and nil if there are no such options.
func (o Options) matchColumns(columns []column) (all []matchColumn) {
	for i, m := range o.Match {
		place := slices.IndexFunc(columns, func(c column) bool { return c.match == i+1 })
		if place < 0 {
			return []matchColumn{}
		}
		all = append(all, matchColumn{column{header: columns[place].header, field: m.Field, form: fieldcheck.Of(m.Field)}, place})
	}
	return all
}

type matchColumn struct {
	column
	place int
}

// matchProblem refuses a missing match column. Rows of an undo file have ids, so they need none.
func (o Options) matchProblem(h header) error {
	if h.undo >= 0 {
		return nil
	}
	for i, m := range o.Match {
		if !slices.ContainsFunc(h.columns, func(c column) bool { return c.match == i+1 }) {
			return reason.New("match_column_missing", "match", m.String(), "field", m.Field, "headers", h.names())
		}
	}
	return nil
}

// Match returns the fields that identify the opportunities of rows without an id; nil if there are none.
func (r *Reading) Match() (fields []string) {
	for _, c := range r.header.match {
		fields = append(fields, c.field)
	}
	return fields
}

// FieldsAndTexts returns the fields and texts of the cells, in order.
func FieldsAndTexts(cells []Cell) (fields, texts []string) {
	for _, c := range cells {
		fields, texts = append(fields, c.Field), append(texts, c.Text)
	}
	return fields, texts
}

// readMatch reads the values that identify the opportunity of a row without an id.
func (s *Sheet) readMatch(row *Row, r *cell.Record) {
	var missing []string
	for i := range s.header.match {
		c := &s.header.match[i]
		v := s.value(r, c.place)
		if v.Text == "" || v.Text == s.reading.options.ClearMarker {
			missing = append(missing, c.header)
		} else if v = c.visible(v); v.Text != "" {
			s.addMatch(row, r, c, v)
		}
	}
	if missing != nil {
		row.refuse(reason.New("match_value_missing", "columns", missing))
	}
}

func (s *Sheet) addMatch(row *Row, r *cell.Record, c *matchColumn, v cell.Value) {
	text, _, why := s.checked(r, &c.column, c.place, &v)
	switch {
	case why != nil:
		s.refuseCell(row, &c.column, c.place, v.Text, why)
	case text != "":
		row.Match = append(row.Match, Cell{Field: c.field, Text: text})
	}
}
