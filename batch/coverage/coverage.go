// Package coverage counts what of a list was seen, and proves when that is all of it.
package coverage

import (
	"hash/maphash"

	"razebulk/internal/getraze"
)

// Coverage is how much of a list was seen. Pages that are read one by one prove nothing by themselves: opportunities
// with equal sort keys may stand on two of them or on none, and others come and go meanwhile (docs/api.md). The proof
// is the number of different ids, compared with the length of the list that each page reports. What was made after a
// proof began doesn't count for it: one that came while another one went leaves the length as it was. It is for one
// goroutine.
type Coverage struct {
	seed maphash.Seed
	// seen has a hash of each id, and the span in which it was seen last. A span lasts as long as the list's length stays
	// the same, and not into the next pass if opportunities have come.
	seen map[uint64]int
	span int // the number of the span

	whole, part proof // of the list as it was at the first page, and when the span began
	passOver    bool  // the next page begins a span
	came, went  int   // by how many the list has become longer, and shorter
}

// New is that of a list of which nothing was seen yet.
func New() *Coverage { return &Coverage{seed: maphash.MakeSeed(), seen: map[uint64]int{}} }

// Begin takes in how long a page reports the list to be. It is to be called before the page's opportunities are seen.
func (c *Coverage) Begin(page getraze.Page) {
	change := page.Total - c.part.length
	switch {
	case c.span == 0:
		c.whole = proofFrom(page)
	case change == 0 && !c.passOver:
		return
	default:
		c.came += max(0, change)
		c.went += max(0, -change)
	}
	c.part, c.passOver = proofFrom(page), false
	c.span++
}

// NextPass is to be called before the list is read once more.
func (c *Coverage) NextPass() { c.passOver = c.part.newcomers > 0 }

// Length is how long the list was when it was reported last.
func (c *Coverage) Length() int { return c.part.length }

// See takes in an opportunity of a page. It returns true if it is a new one.
func (c *Coverage) See(o getraze.Opportunity, page getraze.Page) bool {
	hash := maphash.String(c.seed, o.ID())
	span, seen := c.seen[hash]
	if span != c.span {
		c.part.add(o, page.Answer.Date)
	}
	if !seen {
		c.whole.add(o, page.Answer.Date)
	}
	c.seen[hash] = c.span
	return !seen
}

// IsComplete reports whether it is proved that all opportunities were seen that were in the list all the time: as many
// as there ever were, or as many as there were when a time began in which the length stayed the same.
func (c *Coverage) IsComplete() bool {
	return c.whole.seen >= c.ever() || c.part.seen-c.part.newcomers >= c.part.length
}

// ever is how many opportunities there ever were, as far as the lengths and those that were seen show it.
func (c *Coverage) ever() int { return c.whole.length + max(c.came, c.whole.newcomers) }

// Missing is how many opportunities were not seen, and how many of these may have left the list before they could be.
func (c *Coverage) Missing() (missing, mayBeGone int) {
	if c.IsComplete() {
		return 0, 0
	}
	missing = c.ever() - c.whole.seen
	return missing, min(missing, c.went+max(0, c.whole.newcomers-c.came))
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
