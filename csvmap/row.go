package csvmap

import "fmt"

// Row is one row of the sheet, read and checked.
type Row struct {
	// Number counts as a spreadsheet does: the header is 1, and blank rows count.
	Number int
	// Line is the physical line of the file where the row begins; a cell with line breaks spans several.
	Line int
	ID   string
	// Cells are those that say something, in the order of [Fields]. An empty cell means "don't update" and is not here.
	Cells []Cell
	// Problems are the reasons why the row must not be sent. A row without any is fit to send.
	Problems []Problem
	// Warnings are doubts that don't keep the row from being sent.
	Warnings []Problem
}

// Cell is the value that a row gives to one field, outer white space removed.
type Cell struct {
	Field string
	Text  string
	// Number tells that Text is a JSON number, digit for digit as in the sheet.
	Number bool
}

// Problem says what is wrong with one cell, or with the row as a whole when Field is empty.
type Problem struct {
	Field  string
	Value  string
	Reason string
}

// String is the problem in words, for a message: the field, its value (cut when long) and the reason.
func (p Problem) String() string {
	switch {
	case p.Field == "":
		return p.Reason
	case p.Value == "":
		return fmt.Sprintf("%s: %s", p.Field, p.Reason)
	}
	return fmt.Sprintf("%s %s: %s", p.Field, quote(p.Value), p.Reason)
}
