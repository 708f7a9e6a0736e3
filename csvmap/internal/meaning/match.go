package meaning

import (
	"slices"
	"strings"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// Match is a column whose values identify opportunities in a sheet without ids.
type Match struct {
	// Column is its header; "" means the column that stands for the field.
	Column string
	// Field is the field that the values are compared with.
	Field string
}

// matchable are the fields whose column need not be given.
var matchable = []string{crm.Email, crm.Phone, crm.Name, crm.Company, crm.Position, crm.Title, "contact_id"}

// mayMatch reports whether a field can identify opportunities: it is a text by which someone is known. Others change,
// or are shared by many.
func mayMatch(field string) bool {
	isOther := IsDocumented(field) || slices.Contains(crm.ReadOnly, field) || slices.Contains(crm.OwnColumns, field)
	return slices.Contains(matchable, field) || !isOther && fieldForm.MatchString(field)
}

// ParseMatch parses "field" or "Column=field", or several of them joined by plus signs, all of which must match.
func ParseMatch(text string) ([]Match, error) {
	var parts []Match
	for _, part := range matchParts(text) {
		i := strings.LastIndexByte(part, '=')
		m := Match{Field: cell.Trim(part[i+1:])}
		if i >= 0 {
			m.Column = cell.Trim(part[:i])
		}
		twice := slices.ContainsFunc(parts, func(other Match) bool { return other.Field == m.Field })
		switch {
		case i >= 0 && m.Column == "" || m.Field == "":
			return nil, reason.New("match_form", "match", text)
		case !mayMatch(m.Field), i < 0 && !slices.Contains(matchable, m.Field):
			return nil, reason.New("match_field", "match", text, "field", m.Field, "fields", matchable)
		case twice:
			return nil, reason.New("match_field_twice", "match", text, "field", m.Field)
		}
		parts = append(parts, m)
	}
	return parts, nil
}

// matchParts splits a text at the plus signs after a field: a header may contain others.
func matchParts(text string) []string {
	var parts []string
	begun := ""
	for piece := range strings.SplitSeq(text, "+") {
		part := begun + piece
		i := strings.LastIndexByte(part, '=')
		if begun = part + "+"; i >= 0 || slices.Contains(matchable, cell.Trim(part)) {
			parts, begun = append(parts, part), ""
		}
	}
	if begun != "" {
		parts = append(parts, strings.TrimSuffix(begun, "+"))
	}
	return parts
}

// String returns the match as [ParseMatch] reads it.
func (m Match) String() string {
	if m.Column == "" {
		return m.Field
	}
	return m.Column + "=" + m.Field
}
