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
	// Line is the physical line of the file where the row begins; a cell with line breaks spans several. In a workbook it
	// is Number.
	Line int
	ID   string
	// Match are the values by which the row's opportunity is found, in the order of the options, if the row has no id and
	// the options ask for it.
	Match []Cell
	// Cells are those that hold something, in the order of [razebulk/internal/crm.Fields], others behind them. An empty
	// cell means "don't update" and is not here.
	Cells []Cell
	// Pipeline is the one that the name of a stage is of, if the row says so and the options ask for the stage.
	Pipeline string
	// Problems are the reasons why the row must not be sent. A row without any is fit to send.
	Problems []Problem
	// Warnings are doubts that don't keep the row from being sent.
	Warnings []Problem
	// Undoes are what a run had stored in the fields that this row of an undo file restores, in the order of Cells; of a
	// row that was reviewed, what the CRM held then.
	Undoes []Cell
	// Nulls are the fields that held null before that run, and not a text of no length.
	Nulls []string
	// Title is the opportunity's own title before that run, if the run's change of the name has lost it; else nil.
	Title *string
	// UpdatedAt is when the CRM had changed the opportunity last as it was exported, to the precision UpdatedAtUnit; the
	// zero time if the row doesn't say, or the options don't ask.
	UpdatedAt     time.Time
	UpdatedAtUnit time.Duration
}

// Cell is the value that a row gives to one field. Whether the status and the owner are ids, names or other words, and
// what they mean, depends on the service.
type Cell struct {
	Field string
	// Text is the value without outer white space, but as the CRM held it in an undo file; a number in JSON's form; empty
	// when the field is to be cleared.
	Text string
	// Number tells whether the field holds a number.
	Number bool
	// Clear tells whether the field is to hold nothing any more.
	Clear bool
}

// Problem says what is wrong with one cell, or with the row as a whole when Field is empty.
type Problem struct {
	// Code and Params are those of a [reason.Reason].
	Code  string
	Field string
	// Column is the sheet's own name for the field; empty if it is the same.
	Column string
	Value  string
	Params reason.Params
	// Damage tells whether the sheet is at fault, not who wrote the cell.
	Damage bool
	// Absent tells that there is no opportunity that the row could be about.
	Absent bool
}

// Reason is the problem with its column and its value, if it is of a cell, as parameters "column" and "value".
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

// problem is that of a cell of the column.
func (c *column) problem(value string, why error) Problem {
	p := newProblem(why)
	p.Field, p.Column, p.Value, p.Damage = c.field, c.header, value, cell.IsDamageCode(p.Code)
	return p
}

// newProblem is of an error that is a reason, as those of all checks are.
func newProblem(why error) Problem {
	var r reason.Reason
	errors.As(why, &r)
	return Problem{Code: r.Code, Params: r.Params}
}

// maxDamaged is the share of rows, in percent, beyond which the whole export is at fault.
const maxDamaged = 20

// maxDamageShown is how many damaged rows an error names.
const maxDamageShown = 3

// Damage counts rows, and those of them that a spreadsheet or a wrong encoding has damaged. The zero value is ready.
type Damage struct {
	Rows, Damaged int
	First         []DamagedRow
}

// DamagedRow is one of the first damaged rows, with all that is wrong with it.
type DamagedRow struct {
	Number   int
	Problems []Problem
}

// Count takes a row in.
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

// Err refuses a sheet of which more than a fifth is damaged: one reason for the sheet, and one for each problem of the
// first damaged rows, with the row's number as its parameter "in_row".
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
