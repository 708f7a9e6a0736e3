package csvmap

import (
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// The columns of a record that are no field of their own.
const (
	ignoredColumn = "(ignored)"
	unnamedColumn = "(unnamed)"
	surplusColumn = "(surplus)"
)

// header is what each column of the sheet was found to be.
type header struct {
	names    []string // as the sheet has them
	columns  []string // what each of them is: a field, or one of the names above
	readOnly []string // names of the columns that an update can't change
	own      []bool   // which of them an earlier run of this program has added
}

// ownAtEnd tells that the columns which an earlier run has added stand where it added them.
func (h header) ownAtEnd() bool {
	first := slices.Index(h.own, true)
	return first >= 0 && !slices.Contains(h.own[first:], false)
}

// mapHeader finds out what each column is. It fails when a column is unknown, when two stand for one field, or when
// there is no id: each of these would let a value go where it doesn't belong.
func mapHeader(names []string, ignore []string) (header, error) {
	h := header{names: names, columns: make([]string, len(names)), own: make([]bool, len(names))}
	seen := map[string][]string{}
	var unknown []string
	for i, name := range names {
		column, known := columnsByKey[headerKey(name)]
		switch {
		case strings.TrimSpace(name) == "":
			h.columns[i] = unnamedColumn
		case slices.Contains(ownColumns, column):
			h.columns[i], h.own[i] = ignoredColumn, true
		case isIgnored(name, names, ignore):
			h.columns[i] = ignoredColumn
		case !known:
			unknown = append(unknown, name)
		case slices.Contains(readOnlyColumns, column):
			h.columns[i] = ignoredColumn
			h.readOnly = append(h.readOnly, name)
		default:
			h.columns[i] = column
			seen[column] = append(seen[column], name)
		}
	}
	if err := headerError(names, unknown, seen); err != nil {
		return header{}, err
	}
	return h, nil
}

// isIgnored tells whether the user asked to leave the column out. A name that stands in the sheet exactly so means
// just that column, so that one of "Name" and "name" can be left out.
func isIgnored(name string, names, ignore []string) bool {
	for _, ignored := range ignore {
		if ignored == name {
			return true
		}
		if !slices.Contains(names, ignored) && headerKey(ignored) == headerKey(name) {
			return true
		}
	}
	return false
}

func headerError(names, unknown []string, seen map[string][]string) error {
	var complaints, leaveOut []string
	for _, name := range unknown {
		complaints = append(complaints, fmt.Sprintf("column %s is not known; the nearest name is %s", quote(name), nearestColumn(name)))
		leaveOut = append(leaveOut, name)
	}
	for _, field := range slices.Sorted(maps.Keys(seen)) {
		found := seen[field]
		if len(found) < 2 {
			continue
		}
		complaints = append(complaints, fmt.Sprintf("columns %s all stand for %s", quoteAll(found), field))
		if others := slices.DeleteFunc(found[1:], func(name string) bool { return name == found[0] }); len(others) > 0 {
			leaveOut = append(leaveOut, others...)
		} else {
			complaints = append(complaints, "they are spelt alike: rename all but one in the sheet")
		}
	}
	if len(leaveOut) > 0 {
		complaints = append(complaints, fmt.Sprintf("rename them in the sheet, or leave columns out with --ignore-columns %q", flagValue(leaveOut)))
	}
	if len(seen[IDField]) == 0 {
		complaints = append(complaints, fmt.Sprintf("no column for the opportunity's id; the headers found are %s; name the column that holds it \"id\"", quoteAll(names)))
	}
	if len(complaints) == 0 {
		return nil
	}
	return errors.New(strings.Join(complaints, "\n"))
}

// flagValue is the list as the flag takes it, where a name with a comma stands in quotes.
func flagValue(names []string) string {
	var line strings.Builder
	w := csv.NewWriter(&line)
	_ = w.Write(names) // can't fail: it goes to memory
	w.Flush()
	return strings.TrimSuffix(line.String(), "\n")
}
