// Package cell holds what all readers of a sheet share: a record of cells, what one cell says, and how a spreadsheet
// or a wrong encoding may have damaged it.
package cell
