// Package slips looks for rows of a sheet that are not what the header says: cells that have slipped into the columns
// of others, rows that are too short, totals. It remembers what all rows have shown in little memory.
package slips

// Tally counts rows and remembers the first. The zero value is ready.
type Tally struct{ Rows, First int }

// Add takes a row's number.
func (t *Tally) Add(number int) {
	if t.Rows++; t.Rows == 1 {
		t.First = number
	}
}

// Why a short row must not be sent.
const (
	Cut    = "row_cut"    // a delimiter is missing
	Broken = "row_broken" // the rest of it is in the row below, or above
)

// Short are rows with fewer cells than the header has names. Programs that leave out the empty cells at a row's end
// write them, and so does Excel, for all rows of a block of 16; in any other sheet a delimiter is missing in them.
type Short struct {
	Tally
	keeps bool  // a row has an empty cell at its end
	mixed []int // short rows of blocks whose rows are not all as short
	block struct {
		number, least, most int
		short               []int
	}
}

const (
	excelBlock = 16
	// maxCut is how many short rows are remembered. In a sheet with more of them they are not the odd ones.
	maxCut = 10_000
)

// Keeps tells whether a row was seen that keeps an empty cell at its end.
func (s *Short) Keeps() bool { return s.keeps }

// See takes a row: its number, its cells, whether the last one is empty, and how many the header names.
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

// Cut are the rows that must not be sent, with the code of the reason.
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
