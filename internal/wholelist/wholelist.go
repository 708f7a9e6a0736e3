// Package wholelist reads a list of opportunities until it is complete. Pages may omit opportunities or show some twice
// (docs/api.md): in that case the list is read again in another order, and in parts.
package wholelist

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"razebulk/batch/coverage"
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/internal/run"
)

// furtherPasses is the maximum number of times that the pages of one pass may be read again, to find what the first one
// lacks.
const furtherPasses = 2

var (
	errComplete = errors.New("the list is complete")
	errSpent    = errors.New("no more pages may be read")
)

// List is a list that is read once, by one goroutine.
type List struct {
	reader   *run.Reader
	inFlight context.Context
	seen     *coverage.Coverage
	parts    map[part]int // how many opportunities of each were seen
	budget   int          // how many pages may still be read beyond the first pass
	more     func(pages int)
	take     func([]getraze.Opportunity) error
}

// New returns a list that the reader reads. More is called with the number of pages beyond the first pass before they
// are read.
func New(reader *run.Reader, more func(pages int)) *List {
	return &List{reader: reader, seen: coverage.New(), parts: map[part]int{}, more: more}
}

// Read reads what a query lists, of which this is the first page. It passes each opportunity to take once: in the order
// of the list, and after them those that the list omitted at first. InFlight ends requests in flight. Its errors are
// those of take and of [batch.Reader.List], or the reason list_incomplete if some could not be found.
func (l *List) Read(ctx, inFlight context.Context, query getraze.ListQuery, first getraze.Page, take func([]getraze.Opportunity) error) error {
	l.inFlight, l.take = inFlight, take
	if err := l.takePage(first); err != nil {
		return err
	}
	if first.TotalPages > 1 {
		if err := l.reader.Rest(ctx, l.inFlight, query, first, l.takePage); err != nil {
			return err
		}
	}
	l.budget = furtherPasses * max(1, first.TotalPages)
	err := l.readAgain(ctx, query, first)
	missing, mayBeGone := l.seen.Missing()
	switch {
	case err != nil && !errors.Is(err, errComplete) && !errors.Is(err, errSpent):
		return err
	case missing > 0:
		return reason.New("list_incomplete", "missing", missing, "gone", mayBeGone, "length", l.seen.Length())
	}
	return nil
}

// takePage adds a page of the whole list.
func (l *List) takePage(page getraze.Page) error {
	l.seen.Begin(page)
	return l.take(l.news(page))
}

// takeAgain adds a page that is read to complete the list.
func (l *List) takeAgain(page getraze.Page) error {
	err := l.take(l.news(page))
	if err == nil && l.seen.IsComplete() {
		err = errComplete
	}
	return err
}

// news returns the opportunities of a page that no earlier page had.
func (l *List) news(page getraze.Page) []getraze.Opportunity {
	var news []getraze.Opportunity
	for _, o := range page.Opportunities {
		if l.seen.See(o, page) {
			l.parts[partOf(o)]++
			news = append(news, o)
		}
	}
	return news
}

// readAgain reads the list in another order, and then its parts, until it is complete. Its error is errComplete,
// errSpent, or a failure.
func (l *List) readAgain(ctx context.Context, query getraze.ListQuery, first getraze.Page) error {
	if l.seen.IsComplete() {
		return nil
	}
	l.seen.NextPass()
	query = coverage.OtherOrder(query, first)
	err := l.readPages(ctx, query, func(getraze.Page) bool { return true }, func(page getraze.Page) error {
		l.seen.Begin(page)
		return l.takeAgain(page)
	})
	for _, p := range l.sortedParts() {
		limited, ok := p.of(query)
		if err != nil || !ok {
			continue
		}
		err = l.readPages(ctx, limited, func(first getraze.Page) bool { return first.Total > l.parts[p] }, l.takeAgain)
	}
	return err
}

// readPages reads the first page of a query, and the others if that one shows that they are worth reading, as far as
// the budget allows.
func (l *List) readPages(ctx context.Context, query getraze.ListQuery, goesOn func(first getraze.Page) bool, take func(getraze.Page) error) error {
	if l.budget < 1 {
		return errSpent
	}
	l.plans(1)
	first, err := l.reader.First(ctx, l.inFlight, query)
	if err != nil {
		return err
	}
	worth := goesOn(first)
	if err := take(first); err != nil || !worth {
		return err
	}
	rest := max(0, min(first.TotalPages-1, l.budget))
	short := rest < first.TotalPages-1
	first.TotalPages = rest + 1
	l.plans(rest)
	if err := l.reader.Rest(ctx, l.inFlight, query, first, take); err != nil || !short {
		return err
	}
	return errSpent
}

// plans counts pages that are about to be read beyond the first pass.
func (l *List) plans(pages int) {
	l.budget -= pages
	l.more(pages)
}

// part is a part of a list that the service can list separately: a stage of a pipeline, or a status.
type part struct{ pipeline, stage, status string }

func partOf(o getraze.Opportunity) part {
	if stage := o.Stage(); stage.ID != "" {
		return part{pipeline: stage.PipelineID, stage: stage.ID}
	}
	status, _ := o.Value(crm.Status)
	return part{status: status.Text}
}

// of limits a query to the part; false if the query already has such a filter, or is limited to another pipeline.
func (p part) of(q getraze.ListQuery) (getraze.ListQuery, bool) {
	if p == (part{}) || q.Status != "" || q.StageID != "" || q.PipelineID != "" && q.PipelineID != p.pipeline {
		return q, false
	}
	q.PipelineID, q.StageID, q.Status = p.pipeline, p.stage, p.status
	return q, true
}

// sortedParts returns the parts, first those of which the fewest opportunities were seen: they take the fewest pages.
func (l *List) sortedParts() []part {
	return slices.SortedFunc(maps.Keys(l.parts), func(a, b part) int {
		if l.parts[a] != l.parts[b] {
			return l.parts[a] - l.parts[b]
		}
		return strings.Compare(a.pipeline+a.stage+a.status, b.pipeline+b.stage+b.status)
	})
}
