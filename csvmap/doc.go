// Package csvmap turns a sheet, a CSV file or an Excel workbook, into rows, and rows into a sheet again: which column
// is which field, what each cell says, and what is wrong with it. It knows nothing of HTTP or time, and it never
// guesses: what it can't read for certain is a [Problem] of that row, or an error that makes the sheet unusable before
// anything is sent. Both are codes with parameters, without a text; such errors are a
// [razebulk/internal/reason.Reason], several of them joined.
//
// [Inspect] decides how a sheet is read, [Reading.Open] opens it, [Sheet.Rows] reads its rows, and [Sheet.NewCopy]
// writes some of them again. Package textfile reads the text of a CSV file, xlsx a workbook, amount a number; slips
// looks for rows that are out of place; cell is what they share.
package csvmap
