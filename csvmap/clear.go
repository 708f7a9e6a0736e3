package csvmap

import (
	"slices"
	"strings"
	"unicode"

	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// clearListed adds the cells that clear the fields listed in the row's [crm.ClearColumn], each at its field's place.
// The list has the API's field names, separated by blanks, commas or semicolons.
func (s *Sheet) clearListed(row *Row, listed string) {
	for _, field := range strings.FieldsFunc(listed, func(r rune) bool { return r == ',' || r == ';' || unicode.IsSpace(r) }) {
		given := slices.IndexFunc(s.cells, func(c Cell) bool { return c.Field == field })
		why := s.clearProblem(field)
		switch {
		case why != nil:
		case s.header.rank(field) < 0:
			why = reason.New("clear_unknown_field", "fields", crm.Fields[1:])
		case given >= 0 && s.cells[given].Clear:
			continue
		case given >= 0:
			why = reason.New("clear_beside_value")
		}
		if why != nil {
			row.refuseCell(&s.header.columns[s.header.clear], field, why)
			continue
		}
		s.cells = append(s.cells, Cell{Field: field, Number: s.header.isNumber(field), Clear: true})
	}
	slices.SortStableFunc(s.cells, func(a, b Cell) int { return s.header.rank(a.Field) - s.header.rank(b.Field) })
}

// clearProblem returns why a field can't be cleared, or nil. Undo may restore an opportunity that had no name.
func (s *Sheet) clearProblem(field string) error {
	if field == crm.ID || field == crm.Status || field == crm.Name && s.header.undo < 0 {
		return reason.New("field_required", "field", field)
	}
	return nil
}
