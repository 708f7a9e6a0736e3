package csvmap

import (
	"cmp"
	"errors"
	"maps"
	"time"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/reason"
)

// Row is one row of the sheet, read and checked.
type Row struct {
	// Number counts as a spreadsheet does: the header is 1, and blank rows count.
	Number int
	// Line is the physical line of the file where the row begins; a cell with line breaks spans several. In a workbook
	// it equals Number.
	Line int
	ID   string
	// Match are the values that identify the row's opportunity, in the order of the options, if the row has no id and
	// the options ask for them.
	Match []Cell
	// Cells are the non-empty cells, in the order of [razebulk/internal/crm.Fields], then the others. An empty cell
	// means "don't update" and is not included.
	Cells []Cell
	// Pipeline is the pipeline of the named stage, if the row gives one and the options ask for the stage.
	Pipeline string
	// Problems are the reasons why the row must not be sent. A row without any can be sent.
	Problems []Problem
	// Warnings are doubts that don't prevent the row from being sent.
	Warnings []Problem
	// Undoes are the values that a run stored in the fields that this row of an undo file restores, in the order of
	// Cells; for a reviewed row, what the CRM held at the time of the review.
	Undoes []Cell
	// Nulls are the fields that held null before that run rather than an empty string.
	Nulls []string
	// Title is the opportunity's own title before that run if the run lost it by changing the name; else nil.
	Title *string
	// UpdatedAt is when the opportunity had last been changed at the time of the export, to the precision UpdatedAtUnit;
	// the zero time if the row doesn't say, or the options don't ask.
	UpdatedAt     time.Time
	UpdatedAtUnit time.Duration
}

// Cell is the value that a row gives to one field. Whether the status and the owner are ids, names or other words,
// and what they mean, depends on the service.
type Cell struct {
	Field string
	// Text is the value without outer white space, but in an undo file exactly as the CRM held it; a number is in JSON
	// form; empty if the field is to be cleared.
	Text string
	// Number reports whether the field holds a number, Clear whether it is to be cleared, and Restored whether it is what
	// an undo file or a plan has for it, which nobody has edited.
	Number, Clear, Restored bool
}

// Problem says what is wrong with one cell, or with the row as a whole if Field is empty.
type Problem struct {
	// Code and Params are those of a [reason.Reason].
	Code  string
	Field string
	// Column is the sheet's own name for the field; empty if it is the same.
	Column string
	Value  string
	Params reason.Params
	// Damage reports whether the fault is in the file rather than in what someone wrote in the cell.
	Damage bool
	// Absent reports whether there is no opportunity for the row.
	Absent bool
}

// Reason returns the problem as a reason; for a cell, with its column and value as parameters "column" and "value".
func (p Problem) Reason() reason.Reason {
	params := maps.Clone(p.Params)
	if params == nil {
		params = reason.Params{}
	}
	if p.Field != "" {
		params["column"], params["value"] = cmp.Or(p.Column, p.Field), p.Value
	}
	return reason.Reason{Code: p.Code, Params: params}
}

// refuse adds the reason why the row as a whole must not be sent.
func (r *Row) refuse(why error) { r.Problems = append(r.Problems, newProblem(why)) }

// refuseCell adds the reason why a cell must not be sent.
func (r *Row) refuseCell(c *column, value string, why error) {
	r.Problems = append(r.Problems, c.problem(value, why))
}

// problem returns the problem of a cell in the column.
func (c *column) problem(value string, why error) Problem {
	p := newProblem(why)
	p.Field, p.Column, p.Value, p.Damage = c.field, c.header, value, cell.IsDamageCode(p.Code)
	return p
}

// newProblem returns the problem for an error that is a reason, as the errors of all checks are.
func newProblem(why error) Problem {
	var r reason.Reason
	errors.As(why, &r)
	return Problem{Code: r.Code, Params: r.Params}
}

// maxDamaged is the percentage of rows beyond which the whole export is at fault.
const maxDamaged = 20

// maxDamageShown is how many damaged rows an error names.
const maxDamageShown = 3

// Damage counts rows, and those damaged by a spreadsheet or a wrong encoding. The zero value is ready to use.
type Damage struct {
	Rows, Damaged int
	First         []DamagedRow
}

// DamagedRow is one of the first damaged rows, with all its problems.
type DamagedRow struct {
	Number   int
	Problems []Problem
}

// Count counts a row.
func (d *Damage) Count(row Row) {
	d.Rows++
	if !row.damaged() {
		return
	}
	if d.Damaged++; len(d.First) < maxDamageShown {
		d.First = append(d.First, DamagedRow{row.Number, row.Problems})
	}
}

func (r Row) damaged() bool {
	for _, p := range r.Problems {
		if p.Damage {
			return true
		}
	}
	return false
}

// Err refuses a sheet if more than a fifth of its rows are damaged, with one reason for the sheet and one for each
// problem of the first damaged rows, which has the row number as parameter "in_row".
func (d *Damage) Err() error {
	if d.Damaged*100 <= d.Rows*maxDamaged {
		return nil
	}
	errs := []error{reason.New("sheet_damaged", "rows", d.Rows, "damaged", d.Damaged, "percent", maxDamaged)}
	for _, row := range d.First {
		for _, p := range row.Problems {
			why := p.Reason()
			why.Params["in_row"] = row.Number
			errs = append(errs, why)
		}
	}
	return errors.Join(errs...)
}
