// Package slips looks for rows of a sheet that don't match the header: cells that have slipped into the columns of
// others, rows that are too short, totals. It keeps the evidence of all rows in little memory.
package slips

import "razebulk/internal/reason"

// Tally counts rows and remembers the first one. The zero value is ready to use.
type Tally struct{ Rows, First int }

// Add counts the row with this number.
func (t *Tally) Add(number int) {
	if t.Rows++; t.Rows == 1 {
		t.First = number
	}
}

// Notice returns the notice with how many rows there are and the first one; nil if there are none.
func (t Tally) Notice(notice reason.Reason) []reason.Reason {
	if t.Rows == 0 {
		return nil
	}
	return []reason.Reason{reason.New(notice.Code, "rows", t.Rows, "first", t.First)}
}

// Why a short row must not be sent.
const (
	Cut    = "row_cut"    // a delimiter is missing
	Broken = "row_broken" // the rest of it is in the row below or above
)

// Short collects rows with fewer cells than the header has names. They come from programs that omit empty cells at
// the end of a row, and from Excel, which does so for all rows of a block of 16; in any other sheet they lack a
// delimiter.
type Short struct {
	Tally
	keeps bool  // a row has an empty cell at its end
	mixed []int // short rows in blocks whose rows are not all equally short
	block struct {
		number, least, most int
		short               []int
	}
}

const (
	excelBlock = 16
	// maxCut is how many short rows are kept. In a sheet with more of them they are not the exception.
	maxCut = 10_000
)

// Keeps reports whether any row had an empty cell at its end.
func (s *Short) Keeps() bool { return s.keeps }

// See adds a row: its number, its number of cells, how many the header names, and whether the last one is empty.
func (s *Short) See(number, cells, full int, endsEmpty bool) {
	if block := (number - 1) / excelBlock; block != s.block.number {
		s.endBlock()
		s.block.number, s.block.least, s.block.most, s.block.short = block, cells, cells, s.block.short[:0]
	}
	s.block.least, s.block.most = min(s.block.least, cells), max(s.block.most, cells)
	if cells >= full {
		s.keeps = s.keeps || endsEmpty
		return
	}
	s.Add(number)
	if cells == full-1 {
		s.block.short = append(s.block.short, number)
	}
}

func (s *Short) endBlock() {
	if s.block.least < s.block.most && len(s.mixed) <= maxCut {
		s.mixed = append(s.mixed, s.block.short...)
	}
	s.block.short = s.block.short[:0]
}

// Cut returns the rows that must not be sent, with the code of the reason.
func (s *Short) Cut() map[int]string {
	s.endBlock()
	cut := map[int]string{}
	if s.keeps && len(s.mixed) <= maxCut {
		for _, number := range s.mixed {
			cut[number] = Cut
		}
	}
	return cut
}
