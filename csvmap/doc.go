// Package csvmap turns a sheet, a CSV file or an Excel workbook, into rows: how its bytes are to be read, which column is which
// field, what each cell says, and what is wrong with it. It knows nothing of HTTP or time, and it never guesses: what it can't
// read for certain is a [Problem] of that row, or an error that ends the sheet before anything is sent.
package csvmap
