package coverage

import (
	"time"

	"razebulk/internal/getraze"
)

// proof records what was seen of a list as it was when a page was read.
type proof struct {
	length    int
	began     time.Time // the page's date; zero if it can't be known which ones are newcomers
	seen      int
	newcomers int // how many of those seen were created since
}

// dated is the precision of an answer's date.
const dated = time.Second

// clocksDiffer is how far the clock that dates opportunities may be ahead of the one that dates answers. An opportunity
// with an even later time is not a newcomer: its time was set in the future.
const clocksDiffer = time.Minute

// proofFrom begins a proof at a page. If the page already has an opportunity that would be a newcomer, the clocks
// differ, and times are ignored.
func proofFrom(page getraze.Page) proof {
	began := page.Answer.Date
	for _, o := range page.Opportunities {
		if came(o, began, began) {
			began = time.Time{}
		}
	}
	return proof{length: page.Total, began: began}
}

// came reports whether an opportunity that was seen at one time was created after another.
func came(o getraze.Opportunity, since, seen time.Time) bool {
	created := o.CreatedAt()
	return !since.IsZero() && !created.Before(since.Add(dated)) && created.Before(seen.Add(clocksDiffer))
}

// add counts an opportunity of a page with that date.
func (p *proof) add(o getraze.Opportunity, date time.Time) {
	p.seen++
	if came(o, p.began, date) {
		p.newcomers++
	}
}
