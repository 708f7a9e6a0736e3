package csvmap

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// ClearColumn lists the fields that a row empties, by their names in the API, with blanks, commas or semicolons between them. It
// is part of the input: a copy of the row keeps it.
const ClearColumn = "raze_clear"

// empty adds the cells that clear the listed fields, each at its field's place.
func (s *Sheet) empty(row *Row, i int, listed string) {
	for _, field := range strings.FieldsFunc(listed, func(r rune) bool { return r == ',' || r == ';' || unicode.IsSpace(r) }) {
		given := slices.IndexFunc(s.cells, func(c Cell) bool { return c.Field == field })
		reason := cmp.Or(s.whyNotEmptied(field), s.header.whyNoField(field))
		switch {
		case reason != "":
		case given >= 0 && s.cells[given].Clear:
			continue
		case given >= 0:
			reason = "the row also gives it a value: take it out here, or empty its cell"
		}
		if reason != "" {
			row.Problems = append(row.Problems, Problem{Field: ClearColumn, Column: s.header.columns[i].header, Value: field, Reason: reason})
			continue
		}
		s.cells = append(s.cells, Cell{Field: field, Number: s.header.isNumber(field), Clear: true})
	}
	slices.SortStableFunc(s.cells, func(a, b Cell) int { return s.header.rank(a.Field) - s.header.rank(b.Field) })
}

func (h header) rank(field string) int { return slices.Index(h.order, field) }

func (h header) isNumber(field string) bool {
	return isNumberField(field) || slices.ContainsFunc(h.columns, func(c column) bool { return c.field == field && c.number })
}

// whyNotEmptied returns why a field can't be cleared, or "". Undoing may bring back an opportunity that had no name.
func (s *Sheet) whyNotEmptied(field string) string {
	if field == IDField || field == StatusField || field == "name" && s.header.undo < 0 {
		return "an opportunity can't be without its " + field
	}
	return ""
}

func (h header) whyNoField(field string) string {
	if h.rank(field) < 0 {
		return "no field that can be cleared; there are " + strings.Join(Fields[1:], ", ")
	}
	return ""
}
