package coverage

import (
	"time"

	"razebulk/internal/getraze"
)

// proof is what was seen of a list as it was when a page was read.
type proof struct {
	length    int
	began     time.Time // by the page's date; zero if nothing can be known of what came since
	seen      int
	newcomers int // of those that were seen, those that came since
}

// dated is how exact the date of an answer is.
const dated = time.Second

// clocksDiffer is by how much the clock by which opportunities are made may be ahead of the one by which answers are
// dated. What is even later did not come since: it was given a time of the future.
const clocksDiffer = time.Minute

// proofFrom begins with a page. Where that already holds an opportunity that would be a newcomer, the clocks differ,
// and times are not looked at.
func proofFrom(page getraze.Page) proof {
	began := page.Answer.Date
	for _, o := range page.Opportunities {
		if came(o, began, began) {
			began = time.Time{}
		}
	}
	return proof{length: page.Total, began: began}
}

// came reports whether an opportunity that was seen at one time was made since another one.
func came(o getraze.Opportunity, since, seen time.Time) bool {
	created := o.CreatedAt()
	return !since.IsZero() && !created.Before(since.Add(dated)) && created.Before(seen.Add(clocksDiffer))
}

// add counts an opportunity of a page of that date.
func (p *proof) add(o getraze.Opportunity, date time.Time) {
	p.seen++
	if came(o, p.began, date) {
		p.newcomers++
	}
}
