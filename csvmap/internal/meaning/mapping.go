// Package meaning parses what a user says about the columns of a sheet: what they hold, and which of them identify
// opportunities.
package meaning

import (
	"slices"
	"strings"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/crm"
	"razebulk/internal/lazyregexp"
	"razebulk/internal/reason"
)

// Mapping is the user's statement that a column holds a field.
type Mapping struct {
	Column string // by its header
	Field  string
	Number bool // the field holds a number
}

// fieldForm matches the names that a JSON API would give to fields.
var fieldForm = lazyregexp.New(`^[A-Za-z_][A-Za-z0-9_]{0,63}$`)

// ParseMapping parses "Column=field", or "Column=field:string" or "Column=field:number" for a field that is not in
// the API's description but may exist in a deployment.
func ParseMapping(text string) (Mapping, error) {
	i := strings.LastIndexByte(text, '=')
	if i < 0 || cell.Trim(text[:i]) == "" || i == len(text)-1 {
		return Mapping{}, reason.New("mapping_form", "mapping", text)
	}
	field, kind, typed := strings.Cut(text[i+1:], ":")
	m := Mapping{Column: cell.Trim(text[:i]), Field: field, Number: kind == "number" || crm.IsNumber(field)}
	documented := IsDocumented(field)
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

// IsDocumented reports whether the field is the id or the API describes it as one that an update can set.
func IsDocumented(field string) bool { return field == crm.ID || crm.IsField(field) }

// String returns the mapping as [ParseMapping] reads it.
func (m Mapping) String() string {
	if IsDocumented(m.Field) {
		return m.Column + "=" + m.Field
	}
	return m.Column + "=" + m.Field + ":" + KindName(m.Number)
}

// KindName returns the name that [ParseMapping] uses for the kind of a field.
func KindName(number bool) string {
	if number {
		return "number"
	}
	return "string"
}
