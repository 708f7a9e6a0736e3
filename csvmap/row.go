package csvmap

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// Row is one row of the sheet, read and checked.
type Row struct {
	// Number counts as a spreadsheet does: the header is 1, and blank rows count.
	Number int
	// Line is the physical line of the file where the row begins; a cell with line breaks spans several. In a workbook it is Number.
	Line int
	ID   string
	// Cells are those that say something, in the order of [Fields], others behind them. An empty cell means "don't update" and is
	// not here.
	Cells []Cell
	// Problems are the reasons why the row must not be sent. A row without any is fit to send.
	Problems []Problem
	// Warnings are doubts that don't keep the row from being sent.
	Warnings []Problem
	// Undoes are what a run had stored in the fields that this row of an undo file restores, in the order of Cells.
	Undoes []Cell
	// UpdatedAt is when the CRM had changed the opportunity last as it was exported, to the precision UpdatedAtUnit; the zero time if
	// the row doesn't tell, or wasn't asked.
	UpdatedAt     time.Time
	UpdatedAtUnit time.Duration
}

// Cell is the value that a row gives to one field.
type Cell struct {
	Field string
	// Text is the value without outer white space, but as the CRM held it in an undo file; a number in JSON's form; empty when the field is to be cleared.
	Text string
	// Number tells that the field holds a number.
	Number bool
	// Clear tells that the field is to hold nothing any more.
	Clear bool
}

// Damaged tells that a spreadsheet or a wrong encoding has spoilt a cell of the row.
func (r Row) Damaged() bool {
	for _, p := range r.Problems {
		if p.Damage {
			return true
		}
	}
	return false
}

// mostDamaged is the share of rows, in percent, beyond which the whole export is at fault.
const mostDamaged = 20

// Damage counts rows, and those of them that are damaged.
type Damage struct {
	Rows, Damaged int
	First         []string // of the damaged ones, in words
}

const damageShown = 3

// Count takes a row in.
func (d *Damage) Count(row Row) {
	d.Rows++
	if !row.Damaged() {
		return
	}
	if d.Damaged++; len(d.First) < damageShown {
		d.First = append(d.First, fmt.Sprintf("row %d: %s", row.Number, JoinProblems(row.Problems)))
	}
}

// Err refuses a sheet of which more than a fifth is damaged.
func (d *Damage) Err() error {
	if d.Damaged*100 <= d.Rows*mostDamaged {
		return nil
	}
	return fmt.Errorf("%d of %d rows are damaged, more than %d %%: mend them or export the sheet again; nothing was sent\n%s",
		d.Damaged, d.Rows, mostDamaged, strings.Join(d.First, "\n"))
}

// JoinProblems is all of them in words.
func JoinProblems(problems []Problem) string {
	words := make([]string, len(problems))
	for i, p := range problems {
		words[i] = p.String()
	}
	return strings.Join(words, "; ")
}

// Problem says what is wrong with one cell, or with the row as a whole when Field is empty.
type Problem struct {
	Field string
	// Column is the sheet's own name for the field; empty if it is the same.
	Column string
	Value  string
	Reason string
	// Damage tells that the sheet is at fault, not who wrote the cell.
	Damage bool
}

// String is the problem in words, for a message: the column, its value (cut when long) and the reason.
func (p Problem) String() string {
	switch {
	case p.Field == "":
		return p.Reason
	case p.Value == "":
		return fmt.Sprintf("%s: %s", cmp.Or(p.Column, p.Field), p.Reason)
	}
	return fmt.Sprintf("%s %s: %s", cmp.Or(p.Column, p.Field), quote(p.Value), p.Reason)
}
