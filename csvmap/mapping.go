package csvmap

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Mapping is what a user says of one column: that it holds a field.
type Mapping struct {
	Column string // by its header
	Field  string
	Number bool // the field holds a number
}

// fieldForm is a name that a JSON API would give a field.
var fieldForm = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,63}$`)

// ParseMapping reads "Column=field", and "Column=field:string" or "Column=field:number" for a field that the API's description
// doesn't have but a deployment may.
func ParseMapping(s string) (Mapping, error) {
	i := strings.LastIndexByte(s, '=')
	if i < 0 || tidy(s[:i]) == "" || i == len(s)-1 {
		return Mapping{}, fmt.Errorf("%q: write it as \"Column=field\"", s)
	}
	field, kind, typed := strings.Cut(s[i+1:], ":")
	m := Mapping{Column: tidy(s[:i]), Field: field, Number: kind == "number" || isNumberField(field)}
	documented := field == IDField || slices.Contains(Fields, field)
	switch {
	case typed && kind != "string" && kind != "number":
		return Mapping{}, fmt.Errorf("%q: the kind %q is neither string nor number", s, kind)
	case slices.Contains(readOnlyColumns, field):
		return Mapping{}, fmt.Errorf("%q: %s can't be changed by an update", s, field)
	case documented && typed && m.Number != isNumberField(field) || isNumberField(field) && kind == "string":
		return Mapping{}, fmt.Errorf("%q: %s is of another kind; leave :%s out", s, field, kind)
	case !fieldForm.MatchString(field):
		return Mapping{}, fmt.Errorf("%q: %q is no name of a field", s, field)
	case !documented && !typed:
		return Mapping{}, fmt.Errorf("%q: the API describes no field %s, but %s; to send it all the same, write %s:string or %s:number",
			s, field, strings.Join(Fields, ", "), field, field)
	}
	return m, nil
}

// String is the mapping as [ParseMapping] reads it.
func (m Mapping) String() string {
	if m.Field == IDField || slices.Contains(Fields, m.Field) {
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
	var complaints []error
	for i, m := range mappings {
		if slices.Contains(ignore, m.Column) {
			complaints = append(complaints, fmt.Errorf("column %s is in --map and in --ignore-columns", quote(m.Column)))
		}
		for _, other := range mappings[:i] {
			if other.Column == m.Column {
				complaints = append(complaints, fmt.Errorf("column %s is in --map twice", quote(m.Column)))
			}
		}
	}
	return errors.Join(complaints...)
}
