package csvmap

import (
	"errors"
	"io"
	"iter"
	"strings"

	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/naming"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// Preview shows how a sheet would be read, column by column.
type Preview struct {
	// Format says how the sheet is read, like [Reading.Format].
	Format  reason.Reason
	Columns []ColumnPreview
	// Notices are those of [Reading.Notices] and [Reading.Unseen].
	Notices []reason.Reason
	// Unusable is why an update would refuse the sheet; nil if it wouldn't.
	Unusable error
}

// ColumnPreview is one column of a sheet.
type ColumnPreview struct {
	// Letter is the spreadsheet's name for the column: A, B, … AA.
	Letter string
	Header string
	// Field is the field that the column holds, or a word in parentheses for a column that is left out.
	Field string
	// IsTitle reports that the field is the name by a header alone that speaks of the opportunity's title.
	IsTitle bool
	// Values are the first few cells that are not empty.
	Values []ValuePreview
}

// ValuePreview is one cell of a sheet and its outcome. It has a Cell, or a Problem, or neither if its column is left
// out or is not a field, such as the id.
type ValuePreview struct {
	Text string
	// Cell is what would be sent, if anything.
	Cell *Cell
	// Problem is why nothing would be sent: a problem of the cell or of its whole row; else nil.
	Problem *Problem
}

const (
	valuesShown  = 3
	rowsForShown = 1000
)

// NewPreview reads a sheet as [Inspect] does, but accepts unknown columns. The error says why it can't be read.
func NewPreview(file io.ReaderAt, size int64, o Options) (p Preview, err error) {
	r, err := detect(file, size, o)
	if err != nil {
		return Preview{}, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	var damage Damage
	unreadable := r.check(func(rows iter.Seq2[Row, error]) error {
		damage = Damage{}
		for row, err := range rows {
			if err != nil {
				return err
			}
			damage.Count(row)
		}
		return nil
	})
	p.Unusable = errors.Join(r.headerProblems(), unreadable, damage.Err())
	p.Format, p.Notices = r.Format(), append(r.Notices(), r.unseen.Reasons()...)
	for i, c := range r.header.columns {
		p.Columns = append(p.Columns, ColumnPreview{Letter: naming.Letter(i), Header: c.header, Field: c.field, IsTitle: c.field == crm.Name && r.NameIsTitle()})
	}
	sheet, err := r.Open()
	if err != nil {
		return p, err
	}
	return p, errors.Join(p.fill(sheet), sheet.Close())
}

func (p *Preview) fill(sheet *Sheet) error {
	twice := p.twice()
	rows := 0
	for record, err := range sheet.beforeEnd() {
		if err != nil {
			return err
		}
		if rows++; rows > rowsForShown {
			break
		}
		if record.Blank() {
			continue
		}
		id, isUUID := sheet.id(record)
		left, err := sheet.leftOut(record, id.Text)
		if err != nil {
			return nil // it makes the sheet unusable
		}
		if !left {
			sheet.readRow(record, id, isUUID)
			p.addRow(record, outcomesOf(sheet.row, twice))
		}
	}
	return nil
}

func (p *Preview) addRow(record *cell.Record, outcomes map[string]ValuePreview) {
	for i := range p.Columns {
		c := &p.Columns[i]
		text := record.Text(i)
		if text == "" || len(c.Values) == valuesShown {
			continue
		}
		var value ValuePreview
		if c.Field == unnamedColumn || !strings.HasPrefix(c.Field, "(") {
			var found bool
			if value, found = outcomes[c.Field]; !found && c.isSent() {
				value = outcomes[""]
			}
		}
		value.Text = text
		c.Values = append(c.Values, value)
	}
}

// isSent reports whether a problem of the whole row applies to the cells of the column.
func (c ColumnPreview) isSent() bool {
	return c.Field != crm.ID && c.Field != crm.ClearColumn && !isUndo(c.Field) && c.Field != crm.UpdatedAt && c.Field != crm.Pipeline
}

// twice returns the fields that several columns stand for.
func (p *Preview) twice() []string {
	seen, twice := map[string]bool{}, []string(nil)
	for _, c := range p.Columns {
		if seen[c.Field] && !strings.HasPrefix(c.Field, "(") {
			twice = append(twice, c.Field)
		}
		seen[c.Field] = true
	}
	return twice
}

// outcomesOf returns the outcomes of the row's cells by field, and under "" the problem of the row as a whole.
func outcomesOf(row Row, twice []string) map[string]ValuePreview {
	outcomes := map[string]ValuePreview{}
	for _, c := range row.Cells {
		outcomes[c.Field] = ValuePreview{Cell: &c}
	}
	for _, p := range row.Problems {
		outcomes[p.Field] = ValuePreview{Problem: &p}
	}
	for _, field := range twice {
		outcomes[field] = ValuePreview{Problem: &Problem{Code: "field_has_two_columns", Field: field, Params: reason.Params{"field": field}}}
	}
	return outcomes
}
