// Package ids numbers the ids of many opportunities, in little memory.
package ids

import (
	"strings"

	"razebulk/internal/crm"
)

// Index gives each id a place, in the order in which they are added. Ids are compared by [crm.IDKey]. Only one
// goroutine may change it; several may read it. The zero value is empty.
type Index struct {
	spelled []string // in their first spelling
	places  map[string]uint32
	block   strings.Builder // the bytes of the latest ids
}

// blockSize is how many bytes of ids share one allocation: a separate one for each id would take a third more.
const blockSize = 32 << 10

// Add returns the place of an id, and assigns one if it has none.
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

// copyOf returns a copy of an id that is not part of a whole row. Earlier copies stay as they are: a block doesn't
// grow.
func (x *Index) copyOf(id string) string {
	if x.block.Cap()-x.block.Len() < len(id) {
		x.block.Reset()
		x.block.Grow(max(blockSize, len(id)))
	}
	start := x.block.Len()
	x.block.WriteString(id)
	return x.block.String()[start:]
}

// Place returns the place of an id; false if it was never added.
func (x *Index) Place(id string) (int, bool) {
	place, found := x.places[crm.IDKey(id)]
	return int(place), found
}

// Spelled returns all ids in their first spelling, by their places. They must not be changed.
func (x *Index) Spelled() []string { return x.spelled }
