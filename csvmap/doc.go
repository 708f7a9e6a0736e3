// Package csvmap turns a sheet (a CSV file or an Excel workbook) into rows, and rows back into a sheet: which column
// is which field, what each cell says, and what is wrong with it. It knows nothing about HTTP or time, and it never
// guesses: what it can't read with certainty is a [Problem] of the row, or an error that makes the sheet unusable
// before anything is sent. Both are codes with parameters rather than texts; such errors are one or several joined
// [razebulk/internal/reason.Reason] values.
//
// [Inspect] decides how a sheet is read, [Reading.Open] opens it, [Sheet.Rows] reads its rows, and [Sheet.NewCopy]
// copies some of them. Package textfile reads the text of a CSV file, xlsx a workbook, amount a number; slips looks
// for misplaced rows; cell is what they share.
package csvmap
