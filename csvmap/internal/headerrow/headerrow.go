// Package headerrow finds the header of a sheet below titles, dates and comments: the row that names an id column and
// other known columns.
package headerrow

import (
	"slices"
	"strings"
	"unicode"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// MaxRows is how many rows are searched, including blank ones.
const MaxRows = 30

// Fields returns the field that a header means on its own, and whether it is known at all.
type Fields func(header string) (field string, known bool)

// Row is one of the first rows that are not blank, numbered like in a spreadsheet.
type Row struct {
	Number int
	Cells  []string
}

// Search takes the first rows of a sheet one by one, until it has found the header or given up.
type Search struct {
	fields Fields
	wanted int  // the number of the header row, if the user gives it; 0 for none
	onlyID bool // only the id is needed
	rows   []Row
	header int // its index in rows
	done   bool
}

// New begins a search. If wanted is not 0, the header is the row with this number.
func New(fields Fields, wanted int) *Search {
	return &Search{fields: remembered(fields), wanted: wanted}
}

// NewOfIDs begins a search for a header that needs no column but the id.
func NewOfIDs(fields Fields) *Search { return &Search{fields: remembered(fields), onlyID: true} }

// remembered asks for each header only once: folding its accents is slow.
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

// Take takes the next row that is not blank, and reports whether it wants another one.
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
		s.done = true // one more row is enough for a two-row header
	case (s.onlyID || len(r.Cells) > 1) && s.hasID(s.rows[last]) && (s.onlyID || s.known(s.rows[last]) > 1):
		s.header, s.done = last, true
	}
	return !s.done
}

// maxName is longer, in bytes, than any column name: checking more of a cell is slow, and keeping it takes much
// memory.
const maxName = 1000

// starts returns the cells, cut to the length that a name may have.
func starts(cells []string) []string {
	all := slices.Clone(cells)
	for i, text := range all {
		if len(text) > maxName {
			all[i] = strings.Clone(text[:maxName])
		}
	}
	return all
}

// isFirst reports whether the first row is certainly the header: it names an id column and others. A report's
// "ID;4711" names only the id.
func (s *Search) isFirst() bool {
	first := s.rows[0]
	return s.hasID(first) && (s.onlyID || s.known(first) > 1 || filled(first) == 1)
}

// Found returns the header among the rows taken: the first one if no row looks like a header.
func (s *Search) Found() (header Row, ok bool) {
	if len(s.rows) == 0 {
		return Row{}, false
	}
	return s.rows[s.header], true
}

// IsFirst reports whether there are no non-blank rows above the header.
func (s *Search) IsFirst() bool { return s.header == 0 }

// Problem returns why the header found must not be used unless the user confirms it, or nil.
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

// twoRows refuses a first row whose gaps are filled by column names in the row below.
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

// LooksLike returns the number of the first taken row that names columns but no id; 0 for none. It ignores the first
// row, which is no help.
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

// known returns how many different columns the row names.
func (s *Search) known(row Row) int {
	seen := map[string]bool{}
	for _, name := range trimmed(row.Cells) {
		if field, known := s.fields(name); known && name != "" {
			seen[field] = true
		}
	}
	return len(seen)
}

// isGroups reports whether a row names groups of the columns below it, as merged cells do: names with gaps between
// them, and no figures as in a report's "Period: 11/2026".
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

// unlabelled returns the row without the labels of a report, such as "Owner:".
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
