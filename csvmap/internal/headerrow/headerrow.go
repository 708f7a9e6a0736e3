// Package headerrow finds the header of a sheet below titles, dates and comments: the row that names a column for the
// id and other columns that are known.
package headerrow

import (
	"slices"
	"strings"
	"unicode"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// MaxRows is how many rows are searched, blank ones among them.
const MaxRows = 30

// Fields tells the field that a header stands for by itself, and whether it is known at all.
type Fields func(header string) (field string, known bool)

// Row is one of the first rows that hold anything, as the spreadsheet counts them.
type Row struct {
	Number int
	Cells  []string
}

// Search takes the first rows of a sheet one by one, until it has found the header or given up.
type Search struct {
	fields Fields
	wanted int  // the number of the header, as the user says; 0 for none
	onlyID bool // the id is all that is wanted of the sheet
	rows   []Row
	header int // its place among the rows
	done   bool
}

// New begins a search. The header is the row of this number if it is not 0.
func New(fields Fields, wanted int) *Search {
	return &Search{fields: remembered(fields), wanted: wanted}
}

// NewOfIDs begins a search for a header that needs no other column than the id's.
func NewOfIDs(fields Fields) *Search { return &Search{fields: remembered(fields), onlyID: true} }

// remembered asks for each header once: folding its accents takes long.
func remembered(fields Fields) Fields {
	type answer struct {
		field string
		known bool
	}
	answers := map[string]answer{}
	return func(header string) (string, bool) {
		a, found := answers[header]
		if !found {
			a.field, a.known = fields(header)
			answers[header] = a
		}
		return a.field, a.known
	}
}

// Take takes the next row that holds anything, and tells whether it wants another one.
func (s *Search) Take(r *cell.Record) (more bool) {
	if s.wanted == 0 && r.Number > MaxRows && len(s.rows) > 0 {
		s.done = true
	}
	if s.done {
		return false
	}
	s.rows = append(s.rows, Row{r.Number, starts(r.Cells)})
	last := len(s.rows) - 1
	switch {
	case s.wanted > 0:
		s.done = r.Number >= s.wanted
		s.header = last
	case last == 0 && s.isFirst():
		s.done = !slices.Contains(trimmed(r.Cells), "")
	case last == 0:
	case s.isFirst():
		s.done = true // one row more is enough for a header of two
	case (s.onlyID || len(r.Cells) > 1) && s.hasID(s.rows[last]) && (s.onlyID || s.known(s.rows[last]) > 1):
		s.header, s.done = last, true
	}
	return !s.done
}

// maxName is beyond the bytes of any column's name: looking at more of a cell takes long, and keeping it much memory.
const maxName = 1000

// starts are the cells, or as much of them as may be a name.
func starts(cells []string) []string {
	all := slices.Clone(cells)
	for i, text := range all {
		if len(text) > maxName {
			all[i] = strings.Clone(text[:maxName])
		}
	}
	return all
}

// isFirst tells whether the first row is the header for certain: it names a column for the id, and others. A report's
// "ID;4711" names none but the id.
func (s *Search) isFirst() bool {
	first := s.rows[0]
	return s.hasID(first) && (s.onlyID || s.known(first) > 1 || filled(first) == 1)
}

// Found is the header among the rows that were taken: the first one where no row looks like a header.
func (s *Search) Found() (header Row, ok bool) {
	if len(s.rows) == 0 {
		return Row{}, false
	}
	return s.rows[s.header], true
}

// IsFirst tells whether no row that holds anything is above the header.
func (s *Search) IsFirst() bool { return s.header == 0 }

// Problem is why the header that was found must not be taken without the user's word for it; nil for no reason.
func (s *Search) Problem() error {
	header, found := s.Found()
	switch {
	case s.wanted > 0 && (!found || header.Number != s.wanted):
		return reason.New("header_row_blank", "row", s.wanted)
	case s.wanted > 0 || !found:
		return nil
	case s.header == 0:
		return s.twoRows()
	}
	above := s.rows[:s.header]
	if last := above[len(above)-1]; last.Number == header.Number-1 && isGroups(last) {
		return reason.New("header_merged", "row", last.Number, "next", header.Number)
	}
	wide := 0
	for _, row := range above {
		if s.hasID(row) && filled(row) > 2 || s.known(unlabelled(row)) > 1 {
			return reason.New("header_row_unclear", "row", row.Number, "other", header.Number)
		}
		if filled(row) > 2 && !strings.HasPrefix(cell.Trim(row.Cells[0]), "#") {
			wide++
		}
	}
	const maxWide = 3
	if wide > maxWide {
		return reason.New("header_row_unclear", "row", above[0].Number, "other", header.Number)
	}
	return nil
}

// twoRows refuses a first row whose gaps are filled by names of columns in the row below.
func (s *Search) twoRows() error {
	if len(s.rows) < 2 || !s.hasID(s.rows[0]) || s.hasID(s.rows[1]) || s.rows[1].Number != s.rows[0].Number+1 {
		return nil
	}
	names := 0
	first := trimmed(s.rows[0].Cells)
	for i, name := range trimmed(s.rows[1].Cells) {
		if _, known := s.fields(name); known && (i >= len(first) || first[i] == "" || !s.isKnown(first[i])) {
			names++
		}
	}
	if names < 2 {
		return nil
	}
	return reason.New("header_merged", "row", s.rows[0].Number, "next", s.rows[1].Number)
}

// LooksLike is the number of a row, of those that were taken, that names columns but none for the id; 0 for none. The
// first row is no help.
func (s *Search) LooksLike() int {
	for _, row := range s.rows[min(1, len(s.rows)):] {
		if s.known(row) > 1 {
			return row.Number
		}
	}
	return 0
}

func (s *Search) isKnown(name string) bool {
	_, known := s.fields(name)
	return known
}

func (s *Search) hasID(row Row) bool {
	return slices.ContainsFunc(row.Cells, func(name string) bool {
		field, known := s.fields(cell.Trim(name))
		return known && field == crm.ID
	})
}

// known is how many different columns the row names.
func (s *Search) known(row Row) int {
	seen := map[string]bool{}
	for _, name := range trimmed(row.Cells) {
		if field, known := s.fields(name); known && name != "" {
			seen[field] = true
		}
	}
	return len(seen)
}

// isGroups tells whether a row names groups of the columns below it, as merged cells do: names with gaps between them,
// and no figures as in a report's "Period: 11/2026".
func isGroups(row Row) bool {
	cells := trimmed(row.Cells)
	names := slices.DeleteFunc(slices.Clone(cells), func(name string) bool { return name == "" })
	if len(names) < 2 || len(names) == 2 && cells[0] != "" && cells[1] != "" {
		return false
	}
	return !slices.ContainsFunc(names, func(name string) bool {
		return strings.ContainsAny(name, ":=#") || strings.ContainsFunc(name, unicode.IsDigit)
	})
}

// unlabelled is the row without the labels of a report, such as "Owner:".
func unlabelled(row Row) Row {
	cells := slices.DeleteFunc(slices.Clone(row.Cells), func(text string) bool { return strings.HasSuffix(cell.Trim(text), ":") })
	return Row{row.Number, cells}
}

func filled(row Row) (cells int) {
	for _, text := range row.Cells {
		if cell.Trim(text) != "" {
			cells++
		}
	}
	return cells
}

func trimmed(cells []string) []string {
	all := make([]string, len(cells))
	for i, text := range cells {
		all[i] = cell.Trim(text)
	}
	return all
}
