package csvmap

import (
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// headerError complains of a column that is unknown, of two that stand for one field, and when there is no id: each of these
// would let a value go where it doesn't belong.
func headerError(columns []column) error {
	var f headerFaults
	var names []string
	found := map[string][]string{}
	for _, c := range columns {
		names = append(names, c.header)
		switch {
		case c.field == unknownColumn:
			f.unknown(c.header)
		case c.isRead():
			found[c.field] = append(found[c.field], c.header)
		}
	}
	if more := f.unknowns - mostNamed; more > 0 {
		f.complain("and %d more columns that are not known", more)
	}
	for _, field := range slices.Sorted(maps.Keys(found)) {
		f.twice(field, found[field])
	}
	if len(f.leaveOut) > 0 {
		f.complain("rename them in the sheet, say what they hold with --map \"Column=field\", or leave columns out with --ignore-columns %q",
			flagValue(f.leaveOut[:min(len(f.leaveOut), mostNamed)]))
	}
	if len(found[IDField]) == 0 {
		f.complain("no column for the opportunity's id; the headers found in the first row are %s; name the column that holds it \"id\"", quoteAll(names))
	}
	if len(f.complaints) == 0 {
		return nil
	}
	return errors.New(strings.Join(f.complaints, "\n"))
}

// headerFaults gathers what is wrong with a header, and the columns that could be left out.
type headerFaults struct {
	complaints, leaveOut []string
	unknowns             int
}

func (f *headerFaults) complain(format string, args ...any) {
	f.complaints = append(f.complaints, fmt.Sprintf(format, args...))
}

func (f *headerFaults) unknown(header string) {
	if f.unknowns++; f.unknowns > mostNamed {
		return
	}
	complaint, garbled := unknownColumnError(header)
	f.complaints = append(f.complaints, complaint)
	if !garbled {
		f.leaveOut = append(f.leaveOut, header)
	}
}

func (f *headerFaults) twice(field string, same []string) {
	if len(same) < 2 {
		return
	}
	f.complain("columns %s all stand for %s", quoteAll(same), field)
	others := slices.DeleteFunc(slices.Clone(same[1:]), func(name string) bool { return name == same[0] })
	if len(others) == 0 {
		f.complain("they are spelt alike: rename all but one in the sheet")
	}
	f.leaveOut = append(f.leaveOut, others...)
}

// unknownColumnError tells, too, whether the name itself is damaged.
func unknownColumnError(header string) (complaint string, garbled bool) {
	if reason := damage("", header, look(header)); reason != "" {
		return fmt.Sprintf("column %s: %s", quote(header), reason), true
	}
	nearest := nearestColumn(header)
	switch {
	case nearest == "":
		return fmt.Sprintf("column %s is not known", quote(header)), false
	case nearest == IDField || slices.Contains(Fields, nearest):
		return fmt.Sprintf("column %s is not known; the nearest name is %s; if that is meant: --map %q", quote(header), nearest, header+"="+nearest), false
	}
	return fmt.Sprintf("column %s is not known; the nearest name is %s", quote(header), nearest), false
}

// flagValue is the list as the flag takes it, where a name with a comma stands in quotes.
func flagValue(names []string) string {
	var line strings.Builder
	w := csv.NewWriter(&line)
	_ = w.Write(names) // can't fail: it goes to memory
	w.Flush()
	return strings.TrimSuffix(line.String(), "\n")
}
