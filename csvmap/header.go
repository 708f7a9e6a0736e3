package csvmap

import (
	"fmt"
	"slices"
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

// absent complains of words of the user's for which the sheet has no column, or none that isn't another's. The columns that this
// program adds may be told to be left out where they aren't.
func (n namer) absent(names []string) error {
	for _, word := range n.ignore {
		known := columnsByKey[headerKey(word)]
		if known == ClearColumn || known == UndoColumn || slices.Contains(ownColumns, known) {
			continue
		}
		if !slices.ContainsFunc(names, func(name string) bool { return means(word, name, names) && n.mapping(name, names) < 0 }) {
			return fmt.Errorf("--ignore-columns %q: the sheet has no such column, or a --map means it; its headers are %s", flagValue([]string{word}), quoteAll(names))
		}
	}
	for i, m := range n.mappings {
		if !slices.ContainsFunc(names, func(name string) bool { return n.mapping(name, names) == i }) {
			return fmt.Errorf("--map %q: the sheet has no such column, or another --map means it; its headers are %s", m, quoteAll(names))
		}
	}
	return nil
}
