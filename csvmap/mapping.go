package csvmap

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// Mapping is what a user says of one column: that it holds a field.
type Mapping struct {
	Column string // by its header
	Field  string
	Number bool // the field holds a number
}

// fieldForm is a name that a JSON API would give a field.
var fieldForm = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,63}$`)

// ParseMapping reads "Column=field", and "Column=field:string" or "Column=field:number" for a field that the API's
// description doesn't have but a deployment may.
func ParseMapping(text string) (Mapping, error) {
	i := strings.LastIndexByte(text, '=')
	if i < 0 || cell.Trim(text[:i]) == "" || i == len(text)-1 {
		return Mapping{}, reason.New("mapping_form", "mapping", text)
	}
	field, kind, typed := strings.Cut(text[i+1:], ":")
	m := Mapping{Column: cell.Trim(text[:i]), Field: field, Number: kind == "number" || crm.IsNumber(field)}
	documented := isDocumented(field)
	switch {
	case typed && kind != "string" && kind != "number":
		return Mapping{}, reason.New("mapping_kind_unknown", "mapping", text, "kind", kind)
	case slices.Contains(crm.ReadOnly, field) && field != crm.Title:
		return Mapping{}, reason.New("mapping_read_only", "mapping", text, "field", field)
	case documented && typed && m.Number != crm.IsNumber(field) || crm.IsNumber(field) && kind == "string":
		return Mapping{}, reason.New("mapping_other_kind", "mapping", text, "field", field, "kind", kind)
	case !fieldForm.MatchString(field):
		return Mapping{}, reason.New("mapping_field_form", "mapping", text, "field", field)
	case !documented && !typed:
		return Mapping{}, reason.New("mapping_field_unknown", "mapping", text, "field", field, "fields", crm.Fields)
	}
	return m, nil
}

// isDocumented tells whether the API describes the field as one of an update, or it is the id.
func isDocumented(field string) bool { return field == crm.ID || crm.IsField(field) }

// String is the mapping as [ParseMapping] reads it.
func (m Mapping) String() string {
	if isDocumented(m.Field) {
		return m.Column + "=" + m.Field
	}
	return m.Column + "=" + m.Field + ":" + kindName(m.Number)
}

func kindName(number bool) string {
	if number {
		return "number"
	}
	return "string"
}

// checkMappings refuses what contradicts itself.
func checkMappings(mappings []Mapping, ignore []string) error {
	var problems []error
	for i, m := range mappings {
		if slices.Contains(ignore, m.Column) {
			problems = append(problems, reason.New("mapped_and_ignored", "header", m.Column))
		}
		for _, other := range mappings[:i] {
			if other.Column == m.Column {
				problems = append(problems, reason.New("mapped_twice", "header", m.Column))
			}
		}
	}
	return errors.Join(problems...)
}
