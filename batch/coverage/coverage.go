// Package coverage counts how much of a list was seen, and proves when that is all of it.
package coverage

import (
	"hash/maphash"

	"razebulk/internal/crm"
	"razebulk/internal/getraze"
)

// Coverage records how much of a list was seen. Pages that are read one by one prove nothing alone: opportunities with
// equal sort keys may be on two of them or on none, and others appear and disappear in the meantime (docs/api.md). The
// proof is the number of different ids, compared with the length of the list that each page reports. What was created
// after a proof began doesn't count for it: if one opportunity appears while another disappears, the length stays the
// same. Coverage is not safe for concurrent use.
type Coverage struct {
	seed maphash.Seed
	// seen holds a hash of each id, and the span in which it was last seen. A span lasts as long as the list's length
	// stays the same, and ends before the next pass if opportunities have been added.
	seen map[uint64]int
	span int // the number of the span

	whole, part proof // of the list as it was at the first page, and at the start of the span
	passOver    bool  // the next page begins a span
	came, went  int   // how many opportunities the list has gained and lost
}

// New returns the coverage of a list of which nothing was seen yet.
func New() *Coverage { return &Coverage{seed: maphash.MakeSeed(), seen: map[uint64]int{}} }

// Begin records how long a page reports the list to be. It must be called before the page's opportunities are seen.
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

// NextPass must be called before the list is read again.
func (c *Coverage) NextPass() { c.passOver = c.part.newcomers > 0 }

// Length returns the length of the list as last reported.
func (c *Coverage) Length() int { return c.part.length }

// See counts an opportunity of a page. It reports whether the opportunity is new.
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

// IsComplete reports whether it is proved that all opportunities that were in the list the whole time were seen: as
// many as there ever were, or as many as there were at the start of a span in which the length stayed the same.
func (c *Coverage) IsComplete() bool {
	return c.whole.seen >= c.ever() || c.part.seen-c.part.newcomers >= c.part.length
}

// ever returns how many opportunities there ever were, judging by the lengths and the opportunities seen.
func (c *Coverage) ever() int { return c.whole.length + max(c.came, c.whole.newcomers) }

// Missing returns how many opportunities were not seen, and how many of them may have left the list before they could
// be seen.
func (c *Coverage) Missing() (missing, mayBeGone int) {
	if c.IsComplete() {
		return 0, 0
	}
	missing = c.ever() - c.whole.seen
	return missing, min(missing, c.went+max(0, c.whole.newcomers-c.came))
}

// OtherOrder returns the query in the order that is most likely to show what the order by created_at missed: in the
// observed dialect, more opportunities share a time than a title. First is a page of the list.
func OtherOrder(query getraze.ListQuery, first getraze.Page) getraze.ListQuery {
	query.SortBy, query.Descending = "", true
	if len(first.Opportunities) > 0 && (getraze.Dialect{}).Learn(first.Opportunities[0]).Name() == "observed" {
		query.SortBy, query.Descending = crm.Title, false
	}
	return query
}
