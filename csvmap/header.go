package csvmap

import (
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// What a column can be besides a field.
const (
	ignoredColumn  = "(ignored)"
	readOnlyColumn = "(read-only)"
	unnamedColumn  = "(unnamed)"
	unknownColumn  = "(unknown)"
)

// column is what one column of the sheet was found to be.
type column struct {
	header string // as the sheet has it, without outer white space
	field  string // the name of a field, or one of the names above
	number bool
	own    bool // an earlier run of this program has added it

	check    func(value) string // that texts must fulfil, or nil
	currency bool
	stage    bool
	decimal  Decimal // of a column of numbers, once that is found out
}

// isRead tells that the cells have a meaning, so that there can be one such column only.
func (c column) isRead() bool { return !strings.HasPrefix(c.field, "(") }

func (c column) isField() bool {
	return c.isRead() && c.field != ClearColumn && c.field != UndoColumn && c.field != updatedColumn
}

// header is the sheet's first row, understood.
type header struct {
	columns  []column
	id       int // places; -1 if there is none
	currency int
	clear    int
	undo     int
	updated  int
	unnamed  []int
	decimal  int // the column in which the sheet says its decimal sign; -1 if there is none
	// order is that of the cells: [Fields], the status, and the other fields as the sheet has them.
	order []string
	// fields are the places of the columns that are fields, in this order.
	fields []int
}

// ownAtEnd tells that the columns which an earlier run has added stand where it added them.
func (h header) ownAtEnd() bool {
	first := slices.IndexFunc(h.columns, func(c column) bool { return c.own })
	return first >= 0 && !slices.ContainsFunc(h.columns[first:], func(c column) bool { return !c.own })
}

func (h header) readOnly() []string {
	var names []string
	for _, c := range h.columns {
		if c.field == readOnlyColumn {
			names = append(names, c.header)
		}
	}
	return names
}

// namer finds out what columns are by their headers.
type namer struct {
	mappings []Mapping
	ignore   []string
}

// column is what a header stands for: a field or another known column.
func (n namer) column(name string) (column string, known bool) {
	if i := n.mapping(name, nil); i >= 0 {
		return n.mappings[i].Field, true
	}
	column, known = columnsByKey[headerKey(name)]
	return column, known
}

// header finds out what each column is.
func (n namer) header(cells []string) header {
	names := make([]string, len(cells))
	for i, cell := range cells {
		names[i] = tidy(cell)
	}
	columns := make([]column, len(names))
	for i, name := range names {
		columns[i] = n.understand(name, names)
	}
	return arrange(columns)
}

// arrange finds the places of the columns.
func arrange(columns []column) header {
	h := header{columns: columns, id: -1, currency: -1, decimal: -1, clear: -1, undo: -1, updated: -1}
	for i, c := range h.columns {
		switch c.field {
		case IDField:
			h.id = i
		case "deal_currency":
			h.currency, h.columns[i].currency = i, true
		case ClearColumn:
			h.clear = i
		case UndoColumn:
			h.undo = i
		case updatedColumn:
			h.updated = i
		case ignoredColumn:
			if c.own && headerKey(c.header) == headerKey(decimalColumn) {
				h.decimal = i
			}
		case unnamedColumn:
			h.unnamed = append(h.unnamed, i)
		}
	}
	h.order = fieldOrder(columns)
	for _, field := range h.order {
		if i := h.place(field); i >= 0 {
			h.fields = append(h.fields, i)
		}
	}
	return h
}

// place is that of the column of a field, or -1.
func (h header) place(field string) int {
	return slices.IndexFunc(h.columns, func(c column) bool { return c.field == field })
}

func (h header) names() []string {
	names := make([]string, len(h.columns))
	for i, c := range h.columns {
		names[i] = c.header
	}
	return names
}

func fieldOrder(columns []column) []string {
	order := append(slices.Clone(Fields), StatusField)
	for _, c := range columns {
		if c.isField() && c.field != IDField && !slices.Contains(order, c.field) {
			order = append(order, c.field)
		}
	}
	return order
}

func (n namer) understand(name string, names []string) column {
	c := column{header: name}
	if i := n.mapping(name, names); i >= 0 {
		m := n.mappings[i]
		c.field, c.number, c.check = m.Field, m.Number, checks[m.Field]
		return c
	}
	found, known := columnsByKey[headerKey(name)]
	switch {
	case name == "":
		c.field = unnamedColumn
	case slices.Contains(ownColumns, found):
		c.field, c.own = ignoredColumn, true
	case slices.ContainsFunc(n.ignore, func(ignored string) bool { return means(ignored, name, names) }):
		c.field = ignoredColumn
	case found == ClearColumn || found == UndoColumn:
		c.field = found
	case !known:
		c.field = unknownColumn
	case slices.Contains(readOnlyColumns, found):
		c.field = readOnlyColumn
	default:
		c.field, c.number, c.check = found, isNumberField(found), checks[found]
		if found == "responsible_user_id" && !namesAnID(name) {
			c.check = checkOwner
		}
	}
	return c
}

// namesAnID tells "Owner ID" and "ID do responsável" from "Owner" and "Responsável".
func namesAnID(header string) bool {
	key := headerKey(header)
	return strings.HasPrefix(key, "id") || strings.HasSuffix(key, "id")
}

// mapping is the place of the first mapping that means this column, or -1.
func (n namer) mapping(name string, names []string) int {
	return slices.IndexFunc(n.mappings, func(m Mapping) bool { return means(m.Column, name, names) })
}

// means tells whether the user's word for a column means this one. A name that stands in the sheet exactly so means just that
// column, so that one of "Name" and "name" can be meant. A column without a name is never meant.
func means(word, name string, names []string) bool {
	key := headerKey(name)
	return name != "" && word == name || !slices.Contains(names, word) && key != "" && headerKey(word) == key
}

// absent complains of mappings of which the sheet has no column, or none that isn't another mapping's.
func (n namer) absent(names []string) error {
	for i, m := range n.mappings {
		if !slices.ContainsFunc(names, func(name string) bool { return n.mapping(name, names) == i }) {
			return fmt.Errorf("--map %q: the sheet has no such column, or another --map means it; its headers are %s", m, quoteAll(names))
		}
	}
	return nil
}

// headerError complains of a column that is unknown, of two that stand for one field, and when there is no id: each of these
// would let a value go where it doesn't belong.
func headerError(columns []column) error {
	var complaints, leaveOut, names []string
	found := map[string][]string{}
	for _, c := range columns {
		names = append(names, c.header)
		switch {
		case c.field == unknownColumn:
			complaint, garbled := unknownColumnError(c.header)
			complaints = append(complaints, complaint)
			if !garbled {
				leaveOut = append(leaveOut, c.header)
			}
		case c.isRead():
			found[c.field] = append(found[c.field], c.header)
		}
	}
	for _, field := range slices.Sorted(maps.Keys(found)) {
		same := found[field]
		if len(same) < 2 {
			continue
		}
		complaints = append(complaints, fmt.Sprintf("columns %s all stand for %s", quoteAll(same), field))
		if others := slices.DeleteFunc(slices.Clone(same[1:]), func(name string) bool { return name == same[0] }); len(others) > 0 {
			leaveOut = append(leaveOut, others...)
		} else {
			complaints = append(complaints, "they are spelt alike: rename all but one in the sheet")
		}
	}
	if len(leaveOut) > 0 {
		complaints = append(complaints, "rename them in the sheet, say what they hold with --map \"Column=field\", or leave columns out with --ignore-columns "+
			strconv.Quote(flagValue(leaveOut[:min(len(leaveOut), mostNamed)])))
	}
	if len(found[IDField]) == 0 {
		complaints = append(complaints, fmt.Sprintf("no column for the opportunity's id; the headers found in the first row are %s; name the column that holds it \"id\"", quoteAll(names)))
	}
	if len(complaints) == 0 {
		return nil
	}
	return errors.New(strings.Join(complaints, "\n"))
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
