// Package ids numbers the ids of many opportunities, in little memory.
package ids

import (
	"strings"

	"razebulk/internal/crm"
)

// Index gives each id a place, in the order in which they come. Ids are the same as [crm.IDKey] has it. It is for one
// goroutine, and for reading by several. The zero value is empty.
type Index struct {
	spelled []string // as each came first
	places  map[string]uint32
	block   strings.Builder // the texts of the latest ids
}

// blockSize is how many bytes of ids are in one piece: a piece for each id would be a third larger than its text.
const blockSize = 32 << 10

// Add returns the place of an id, and gives it one if it has none.
func (x *Index) Add(id string) int {
	if x.places == nil {
		x.places = map[string]uint32{}
	}
	place, found := x.places[crm.IDKey(id)]
	if !found {
		place, id = uint32(len(x.spelled)), x.copyOf(id)
		x.spelled = append(x.spelled, id)
		x.places[crm.IDKey(id)] = place
	}
	return int(place)
}

// copyOf is an id that is no part of a whole row. What was copied before stays as it is: a block doesn't grow.
func (x *Index) copyOf(id string) string {
	if x.block.Cap()-x.block.Len() < len(id) {
		x.block.Reset()
		x.block.Grow(max(blockSize, len(id)))
	}
	start := x.block.Len()
	x.block.WriteString(id)
	return x.block.String()[start:]
}

// Place is that of an id; false if it was never added.
func (x *Index) Place(id string) (int, bool) {
	place, found := x.places[crm.IDKey(id)]
	return int(place), found
}

// Spelled are all ids as they were spelled first, by their places. They are not to be changed.
func (x *Index) Spelled() []string { return x.spelled }
