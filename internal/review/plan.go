package review

import (
	"cmp"
	"slices"
	"strconv"

	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// Plan is a plan that was read, with the lines that are left.
type Plan struct {
	Identity
	// Name is the same for two plans only if they are the same plan, whatever was deleted from it.
	Name string
	// Edited is the number of lines edited since the plan was made, and FirstEdit the first of them in the file.
	Edited    int
	FirstEdit Edit
	mark      string // what the marks of all lines begin with
	lines     []line
	titles    map[int]bool // rows with a line for the title
}

// Edit is a line that was edited.
type Edit struct {
	// Number is the line's number in the file, Row the sheet's row.
	Number, Row int
	Field, New  string
}

// line is a line to be sent.
type line struct {
	seen   Line
	exact  Exact
	cell   string // the new value as a cell of a sheet
	number int
	edited bool
}

// Read reads a plan. Its error is a [reason.Reason]: the file is not a plan that can be applied, or has lines of two
// plans. Edited lines are not an error.
func Read(content []byte) (*Plan, error) {
	t, err := read(content)
	if err != nil {
		return nil, err
	}
	p := &Plan{titles: map[int]bool{}}
	err = t.lines(func(number int, cells []string) error {
		if !slices.ContainsFunc(cells, func(text string) bool { return crm.Trim(text) != "" }) {
			return nil // a spreadsheet's empty row
		}
		return p.add(t, number, cells)
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(p.lines, func(a, b line) int { return cmp.Compare(a.seen.Row, b.seen.Row) })
	return p, nil
}

func (p *Plan) add(t table, number int, cells []string) error {
	mark, err := parseMark(t.cell(cells, crm.PlanColumn))
	if err != nil {
		return reason.New("plan_line_unmarked", "line", number)
	}
	switch {
	case p.mark == "":
		if p.Identity, err = parseIdentity(mark.plan); err != nil {
			return reason.New("plan_line_unmarked", "line", number)
		}
		p.mark, p.Name = mark.plan, nameOf(mark.plan)
	case p.mark != mark.plan:
		return reason.New("plan_mixed", "line", number)
	}
	l := lineOf(t, cells, number, mark)
	if l.edited {
		if p.Edited++; p.Edited == 1 {
			p.FirstEdit = Edit{number, l.seen.Row, l.seen.Field, l.seen.New}
		}
	}
	switch {
	case l.seen.Status != Planned:
	case l.seen.Field == TitleField:
		p.titles[l.seen.Row] = true
	default:
		p.lines = append(p.lines, l)
	}
	return nil
}

// lineOf reads a line, and restores the texts that a spreadsheet has taken for numbers.
func lineOf(t table, cells []string, number int, m mark) line {
	text := func(column string) string { return t.text(cells, column) }
	row, err := strconv.Atoi(crm.Trim(text("row")))
	c := m.carried
	seen := Line{
		Row: row, Status: text("status"), Field: text("field"),
		ID: asWritten(text("id"), c.ID), Current: asWritten(text("current"), c.Current), New: asWritten(text("new"), c.New),
	}
	l := line{seen: seen, number: number, edited: err != nil || sum(m.plan, m.held, seen) != m.sum}
	l.exact = Exact{ID: seen.ID, Current: *cmp.Or(c.Current, &seen.Current), New: seen.New, Now: c.Now, NowEmpty: c.NoNow, Title: c.Title, Unread: c.Unread, Empty: c.Empty, Clear: c.Clear, Number: c.Number}
	if !l.edited {
		l.exact.ID, l.exact.New = *cmp.Or(c.ID, &seen.ID), *cmp.Or(c.New, &seen.New)
	} else { // nobody can tell which cell: what people see counts, except for what the CRM holds
		l.exact.Clear = c.Clear && seen.New == ""
	}
	if l.cell = crm.EscapeFormula(l.exact.New); l.edited && (c.New == nil || *c.New != seen.New) {
		l.cell = t.typed(cells)
	}
	return l
}

// asWritten restores a text that a spreadsheet has taken for a number.
func asWritten(seen string, exact *string) string {
	if exact != nil && isSameNumber(*exact, seen) {
		return *exact
	}
	return seen
}

// lastRow is the last row of a sheet that a plan may have: the rows before it are written, too.
const lastRow = 20_000_000

// check rejects a row that no sheet has, two lines for one field of a row, a row of two opportunities, and a name
// whose effect on the title was deleted.
func (p *Plan) check() error {
	type place struct {
		row   int
		field string
	}
	seen := map[place]int{}
	for i, l := range p.lines {
		if l.seen.Row < 2 || l.seen.Row > lastRow {
			return reason.New("plan_line_without_row", "line", l.number)
		}
		if i > 0 && p.lines[i-1].seen.Row == l.seen.Row && p.lines[i-1].exact.ID != l.exact.ID {
			return reason.New("plan_row_of_two", "row", l.seen.Row, "line", l.number)
		}
		if l.exact.Title && !p.titles[l.seen.Row] {
			return reason.New("plan_title_deleted", "line", l.number, "row", l.seen.Row)
		}
		at := place{l.seen.Row, l.seen.Field}
		if first, twice := seen[at]; twice {
			return reason.New("plan_line_repeated", "line", max(first, l.number), "first", min(first, l.number), "row", l.seen.Row, "field", l.seen.Field)
		}
		seen[at] = l.number
	}
	return nil
}

// HasStage reports whether a stage is to be set.
func (p *Plan) HasStage() bool {
	return slices.ContainsFunc(p.lines, func(l line) bool { return l.seen.Field == crm.Status })
}

// EditedErr returns the error for a plan with edited lines, or nil if there are none.
func (p *Plan) EditedErr() error {
	if p.Edited == 0 {
		return nil
	}
	e := p.FirstEdit
	return reason.New("plan_edited", "lines", p.Edited, "line", e.Number, "row", e.Row, "field", cmp.Or(e.Field, "?"), "value", e.New)
}
