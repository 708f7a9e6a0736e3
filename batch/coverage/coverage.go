// Package coverage counts what of a list was seen, and proves when that is all of it.
package coverage

import (
	"hash/maphash"

	"razebulk/internal/getraze"
)

// Coverage is how much of a list was seen. Pages that are read one by one prove nothing by themselves: opportunities
// with equal sort keys may stand on two of them or on none, and others come and go meanwhile (docs/api.md). The proof
// is the number of different ids, compared with the length of the list that each page reports. It is for one
// goroutine.
type Coverage struct {
	seed maphash.Seed
	// seen has a hash of each id, and the span in which it was seen last. A span lasts as long as the list's length stays
	// the same.
	seen         map[uint64]int
	span, inSpan int // the number of the span, and how many ids were seen in it

	first, length int // of the list: at first, and now
	came, went    int // by how many it has become longer, and shorter
}

// New is that of a list of which nothing was seen yet.
func New() *Coverage { return &Coverage{seed: maphash.MakeSeed(), seen: map[uint64]int{}} }

// LengthIs takes in how long the list is, before the ids of the same page.
func (c *Coverage) LengthIs(n int) {
	switch {
	case c.span == 0:
		c.first = n
	case n == c.length:
		return
	}
	if c.span > 0 {
		c.came += max(0, n-c.length)
		c.went += max(0, c.length-n)
	}
	c.length, c.inSpan = n, 0
	c.span++
}

// Length is how long the list was when it was reported last.
func (c *Coverage) Length() int { return c.length }

// See takes in an id of a page. It returns true if it is a new one.
func (c *Coverage) See(id string) bool {
	hash := maphash.String(c.seed, id)
	span, seen := c.seen[hash]
	if span != c.span {
		c.inSpan++
	}
	c.seen[hash] = c.span
	return !seen
}

// IsComplete reports whether it is proved that all opportunities were seen that were in the list all the time: as many
// as there ever were, or as many as there are in a time in which none came or went.
func (c *Coverage) IsComplete() bool {
	return len(c.seen) >= c.first+c.came || c.inSpan >= c.length
}

// Missing is how many opportunities were not seen, and how many of these may have left the list before they could be.
func (c *Coverage) Missing() (missing, mayBeGone int) {
	if c.IsComplete() {
		return 0, 0
	}
	missing = c.first + c.came - len(c.seen)
	return missing, min(missing, c.went)
}

// OtherOrder is the query in the order that is most likely to show what created_at has lost: in the observed dialect
// more opportunities have the same time than the same title. First is a page of the list.
func OtherOrder(query getraze.ListQuery, first getraze.Page) getraze.ListQuery {
	query.SortBy, query.Descending = "", true
	if len(first.Opportunities) > 0 && (getraze.Dialect{}).Learn(first.Opportunities[0]).Name() == "observed" {
		query.SortBy, query.Descending = "title", false
	}
	return query
}
