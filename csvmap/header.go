package csvmap

import (
	"slices"
	"strings"

	"razebulk/csvmap/internal/fieldcheck"
	"razebulk/csvmap/internal/naming"
	"razebulk/csvmap/internal/slips"
	"razebulk/internal/crm"
)

// What a column can be besides a field.
const (
	ignoredColumn  = "(ignored)"
	readOnlyColumn = "(read-only)"
	unnamedColumn  = "(unnamed)"
	unknownColumn  = "(unknown)"
)

// addedColumns are the columns that this program adds to a file of failed rows.
var addedColumns = []string{crm.StatusColumn, crm.MessageColumn, crm.DecimalColumn, crm.RefusedColumn}

// column describes one column of the sheet.
type column struct {
	header string // as in the sheet, without outer white space
	field  string // the name of a field, or one of the constants above
	number bool
	unit   string          // the currency in the header, as a sign or a code; "" for none
	added  bool            // by an earlier run of this program
	form   fieldcheck.Form // of texts
	meant  string          // the field of the sheet's own columns, also of those that [Options.OnlyID] leaves out
	match  int             // which of [Options.Match] it is, from 1; 0 for none
}

// isRead reports whether the cells have a meaning, so that the sheet may have only one such column.
func (c column) isRead() bool { return !strings.HasPrefix(c.field, "(") }

func (c column) isField() bool {
	return c.isRead() && c.field != crm.ClearColumn && !isUndo(c.field) && c.field != crm.UpdatedAt && c.field != crm.Pipeline
}

// isUndo reports whether a column says what the CRM must hold for the row to be sent.
func isUndo(field string) bool { return field == crm.UndoColumn || field == crm.ExpectedColumn }

// header is the classified header row of the sheet. A place is -1 if there is no such column.
type header struct {
	columns   []column
	id        int
	currency  int
	clear     int
	undo      int // also set for a reviewed sheet
	reviewed  bool
	updated   int
	pipeline  int
	phone     int
	decimal   int // where the sheet declares its decimal separator
	refused   int // where it marks rows that are refused again
	unnamed   []int
	index     int  // the unnamed column that may count rows: the first one
	hasDigits bool // a name contains a digit
	named     int  // the number of columns up to the last one with a name
	// endsInText reports whether the last named column is a field that holds text.
	endsInText bool
	// order is the order of the cells: [crm.Fields], the status, then the other fields in the order of the sheet.
	order []string
	// fields are the places of the field columns, in this order.
	fields []int
	holds  []slips.Holds
	match  []matchColumn // columns that rows without an id are matched by
}

// header classifies the columns of a sheet.
func (o Options) header(cells []string) header {
	names := trimmed(cells)
	undoing := false
	for i := range names {
		undoing = undoing || isUndo(o.classify(i, names, false).field)
	}
	columns := make([]column, len(names))
	for i := range names {
		columns[i] = o.classify(i, names, undoing)
	}
	h := arrange(columns)
	h.holds = holdsOf(columns, o.OnlyID)
	if !undoing {
		h.match = o.matchColumns(columns)
	}
	return h
}

// field returns what a header means on its own: a field or another known column.
func (o Options) field(name string) (field string, found bool) {
	if i := o.mapping(name, nil); i >= 0 {
		return o.Mappings[i].Field, true
	}
	field, _, found = naming.Known(name)
	return field, found
}

// named is like field, but also knows the columns that the user leaves out.
func (o Options) named(name string) (field string, known bool) {
	if field, known = o.field(name); known {
		return field, known
	}
	ignored := slices.ContainsFunc(o.Ignore, func(word string) bool { return naming.Means(word, name, nil) })
	return ignoredColumn + naming.Key(name), ignored
}

// classify returns what a column is, given all headers. In an undo file a header may contain its field's kind.
func (o Options) classify(place int, names []string, undoing bool) column {
	name := names[place]
	c := column{header: name, field: unknownColumn}
	found, unit, isKnown := naming.Known(name)
	i := o.mapping(name, names)
	typed, number, isTyped := typedField(name)
	switch {
	case i >= 0:
		if c.become(o.Mappings[i].Field, o.Mappings[i].Number); c.number {
			c.unit = unit
		}
	case slices.ContainsFunc(o.Ignore, func(word string) bool { return naming.IsLetterOf(word, place, names) }):
		c.field = ignoredColumn
	case name == "":
		c.field = unnamedColumn
	case slices.Contains(addedColumns, found):
		c.field, c.added = ignoredColumn, true
	case slices.ContainsFunc(o.Ignore, func(ignored string) bool { return naming.Means(ignored, name, names) }):
		c.field = ignoredColumn
	case naming.IsOfPandas(name):
		c.field = unnamedColumn
	case undoing && isTyped:
		c.field, c.number = typed, number
	case (found == crm.Status || found == crm.Pipeline) && o.Stage, found == crm.UpdatedAt && o.UpdatedAt, found == crm.ClearColumn, isUndo(found):
		c.field = found
	case slices.Contains(crm.ReadOnly, found):
		c.field = readOnlyColumn
	case isKnown:
		c.become(found, crm.IsNumber(found))
		c.unit = unit
	}
	if !undoing && !c.added {
		c = o.matched(c, names)
	}
	if c.isRead() {
		c.meant = c.field
	}
	if o.OnlyID && c.field != crm.ID {
		c = column{header: name, field: ignoredColumn, added: c.added, meant: c.meant}
	}
	return c
}

func (c *column) become(field string, number bool) {
	c.field, c.number, c.form = field, number, fieldcheck.Of(field)
}

// mapping returns the index of the first mapping for this column, or -1.
func (o Options) mapping(name string, names []string) int {
	return slices.IndexFunc(o.Mappings, func(m Mapping) bool { return naming.Means(m.Column, name, names) })
}

func (h *header) isAdded(place int) bool { return place < len(h.columns) && h.columns[place].added }

// meant returns what the columns hold, whatever is read of them; "" for those that hold nothing to send. The added ones
// are left out unless withAdded.
func (h *header) meant(withAdded bool) (fields []string) {
	for _, c := range h.columns {
		if !c.added || withAdded {
			fields = append(fields, c.meant)
		}
	}
	return fields
}

func addedPlace(columns []column, name string) int {
	return slices.IndexFunc(columns, func(c column) bool { return c.added && naming.Of(c.header) == name })
}

// arrange locates the columns.
func arrange(columns []column) header {
	h := header{columns: columns, order: fieldOrder(columns)}
	h.id, h.currency, h.clear, h.undo, h.updated = h.place(crm.ID), h.place(crm.Currency), h.place(crm.ClearColumn), h.place(crm.UndoColumn), h.place(crm.UpdatedAt)
	if expected := h.place(crm.ExpectedColumn); expected >= 0 {
		h.undo, h.reviewed = expected, true
	}
	h.pipeline, h.phone = h.place(crm.Pipeline), h.place(crm.Phone)
	h.decimal, h.refused = addedPlace(columns, crm.DecimalColumn), addedPlace(columns, crm.RefusedColumn)
	if h.index = -1; len(columns) > 0 && columns[0].field == unnamedColumn {
		h.index = 0
	}
	for i, c := range columns {
		h.hasDigits = h.hasDigits || slips.HasDigit(c.header)
		if c.field == unnamedColumn {
			h.unnamed = append(h.unnamed, i)
		} else {
			h.named, h.endsInText = i+1, c.isField() && !c.number
		}
	}
	for _, field := range h.order {
		if i := h.place(field); i >= 0 {
			h.fields = append(h.fields, i)
		}
	}
	return h
}

func fieldOrder(columns []column) []string {
	order := append(slices.Clone(crm.Fields), crm.Status)
	for _, c := range columns {
		if c.isField() && c.field != crm.ID && !slices.Contains(order, c.field) {
			order = append(order, c.field)
		}
	}
	return order
}

// place returns the place of the field's column, or -1.
func (h header) place(field string) int {
	return slices.IndexFunc(h.columns, func(c column) bool { return c.field == field })
}

// rank returns the place of a field in the order of cells, or -1.
func (h header) rank(field string) int { return slices.Index(h.order, field) }

func (h header) isNumber(field string) bool {
	return crm.IsNumber(field) || slices.ContainsFunc(h.columns, func(c column) bool { return c.field == field && c.number })
}

func (h header) hasNumbers() bool {
	return slices.ContainsFunc(h.columns, func(c column) bool { return c.number })
}

// numbers returns the headers of the number columns, by place.
func (h header) numbers() map[int]string {
	names := map[int]string{}
	for i, c := range h.columns {
		if c.number {
			names[i] = c.header
		}
	}
	return names
}

// addedAtEnd reports whether the columns added by an earlier run are still where it added them.
func (h header) addedAtEnd() bool {
	first := slices.IndexFunc(h.columns, func(c column) bool { return c.added })
	return first >= 0 && !slices.ContainsFunc(h.columns[first:], func(c column) bool { return !c.added })
}

func (h header) names() []string {
	names := make([]string, len(h.columns))
	for i, c := range h.columns {
		names[i] = c.header
	}
	return names
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
