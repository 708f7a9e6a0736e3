package csvmap

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"

	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/filekind"
	"razebulk/csvmap/internal/meaning"
	"razebulk/csvmap/internal/naming"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// maxNamed is how many unknown columns are listed by name.
const maxNamed = 20

// headerProblems refuses unknown columns, columns that stand for the same field, and a sheet without an id: each of
// these could send a value to the wrong place.
//
// The header is in the given row; lookAt, if not 0, is a row that looks more like a header.
func headerProblems(h header, row, lookAt int) error {
	var p problemsOfHeader
	var names []string
	found := map[string][]string{}
	known := 0
	for _, c := range h.columns {
		names = append(names, c.header)
		switch {
		case c.field == unknownColumn:
			p.unknown(c.header)
		case c.isRead(), c.match > 0:
			found[c.field] = append(found[c.field], c.header)
		}
		if c.field != unknownColumn && c.field != unnamedColumn {
			known++
		}
	}
	if known == 0 { // with these columns left out, nothing would remain
		return noneKnown(names, row, lookAt)
	}
	if more := p.unknowns - maxNamed; more > 0 {
		p.add(reason.New("columns_unknown", "more", more))
	}
	for _, field := range slices.Sorted(maps.Keys(found)) {
		p.twice(field, found[field])
	}
	if len(p.leaveOut) > 0 {
		p.add(reason.New("columns_advice", "leave_out", p.leaveOut[:min(len(p.leaveOut), maxNamed)]))
	}
	if len(found[crm.ID]) == 0 && h.match == nil {
		p.add(reason.New("id_column_missing", "headers", names, "header_row", row, "row", lookAt, "none", false, "contact", naming.First("contact_id", h.readOnly())))
	}
	if len(p.problems) == 0 {
		return nil
	}
	return cmp.Or(filekind.CheckHeaders(names), errors.Join(p.problems...))
}

// noneKnown refuses a header without any known column: it isn't a header, or the cells are not where they seem to be.
func noneKnown(names []string, row, lookAt int) error {
	if len(names) == 1 && lookAt == 0 {
		return reason.New("one_column", "header", names[0], "quoted", strings.ContainsAny(names[0], ",;\t|"))
	}
	return reason.New("id_column_missing", "headers", names, "header_row", row, "row", lookAt, "none", true, "contact", "")
}

// problemsOfHeader collects the problems of a header and the columns that could be left out.
type problemsOfHeader struct {
	problems []error
	leaveOut []string
	unknowns int
}

func (p *problemsOfHeader) add(why error) { p.problems = append(p.problems, why) }

// unknown adds an unknown column. If its name is damaged, no option can refer to it.
func (p *problemsOfHeader) unknown(header string) {
	if p.unknowns++; p.unknowns > maxNamed {
		return
	}
	if damage := (cell.Value{Text: header, Classes: cell.Classify(header)}).Damage(); damage != nil && cell.IsDamageCode(newProblem(damage).Code) {
		p.add(reason.Reason{Code: newProblem(damage).Code, Params: reason.Params{"of_column": header}})
		return
	}
	p.leaveOut = append(p.leaveOut, header)
	nearest := naming.Nearest(header)
	mapping := ""
	if meaning.IsDocumented(nearest) {
		mapping = header + "=" + nearest
	}
	p.add(reason.New("column_unknown", "header", header, "nearest", nearest, "mapping", mapping))
}

// twice adds a problem if several headers stand for the same field.
func (p *problemsOfHeader) twice(field string, same []string) {
	if len(same) < 2 {
		return
	}
	others, isClear := naming.Superfluous(field, same)
	p.add(reason.New("columns_same_field", "headers", same, "field", field, "alike", isClear && len(others) == 0, "which", !isClear))
	p.leaveOut = append(p.leaveOut, others...)
}

// unusedNames refuses an ignored or mapped column that the sheet doesn't have or that an earlier mapping already
// uses. The columns that this program adds may be named even if the sheet lacks them.
func (o Options) unusedNames(names []string) error {
	for _, word := range o.Ignore {
		if slices.Contains(crm.OwnColumns, naming.Of(word)) {
			continue
		}
		found := slices.ContainsFunc(names, func(name string) bool { return naming.Means(word, name, names) && o.mapping(name, names) < 0 })
		for place := range names {
			found = found || naming.IsLetterOf(word, place, names) && o.mapping(names[place], names) < 0
		}
		if !found {
			return reason.New("ignored_column_missing", "names", []string{word}, "headers", names)
		}
	}
	for i, m := range o.Mappings {
		if !slices.ContainsFunc(names, func(name string) bool { return o.mapping(name, names) == i }) {
			return reason.New("mapped_column_missing", "mapping", m.String(), "headers", names)
		}
	}
	return nil
}
