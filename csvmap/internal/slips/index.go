package slips

import "strconv"

// RowIndex is a first column without a header that counts rows, as pandas writes it: starting from 0 or 1, with gaps
// where rows were left out. If it starts over, two such sheets were joined. The zero value is ready to use.
type RowIndex struct {
	begun bool
	last  int
}

// maxIndex is more rows than any spreadsheet has.
const maxIndex = 100_000_000

// Counts takes the cell of the next row, and reports whether it continues the count.
func (x *RowIndex) Counts(text string) bool {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > maxIndex || strconv.Itoa(n) != text {
		return false
	}
	if n > 1 && (n <= x.last || !x.begun && n > maxFirstIndex) {
		return false
	}
	x.begun, x.last = true, n
	return true
}

// maxFirstIndex is how many rows may be missing before the first one.
const maxFirstIndex = 1_000_000
