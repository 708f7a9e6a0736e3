package batch

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"

	"razebulk/csvmap"
	"razebulk/internal/getraze"
)

// List reads all pages of a list and hands on its opportunities, page by page in their order, from one goroutine at a time.
// Errors are those of [Run], or say which page could not be read.
func (job Job) List(ctx, inFlight context.Context, query getraze.ListQuery, each func(getraze.Page) error) error {
	var first getraze.Page
	err := job.pages(ctx, inFlight, query, 1, 1, func(page getraze.Page) error {
		first = page
		return each(page)
	})
	if err != nil || !first.HasNext {
		return err
	}
	if first.TotalPages > 0 {
		return job.pages(ctx, inFlight, query, 2, first.TotalPages, each)
	}
	for number := 2; first.HasNext; number++ { // the service doesn't tell how many there are
		if err := job.pages(ctx, inFlight, query, number, number, func(page getraze.Page) error {
			first = page
			return each(page)
		}); err != nil {
			return err
		}
	}
	return nil
}

// pages reads the pages from first to last, several at once, and hands them on in their order.
func (job Job) pages(ctx, inFlight context.Context, query getraze.ListQuery, first, last int, each func(getraze.Page) error) error {
	lister := &lister{job: job, query: query, next: first, each: each, held: map[int]getraze.Page{}}
	job.MaxFailures = nil
	return job.run(ctx, inFlight, lister, func(yield func(task, error) bool) {
		for number := first; number <= last; number++ {
			if !yield(readTask(number, "page "+strconv.Itoa(number)), nil) {
				return
			}
		}
	})
}

func readTask(number int, id string) task {
	plan := Plan{Row: csvmap.Row{Number: number, ID: id}}
	return task{Plan: plan, last: plan.result(NotAttempted)}
}

// errNotRead ends a reading of the list, unless what ended it before says more.
var errNotRead = errors.New("could not be read")

// lister asks for pages.
type lister struct {
	job   Job
	query getraze.ListQuery
	each  func(getraze.Page) error

	// these are keep's alone
	next int
	held map[int]getraze.Page // that came before their turn
}

func (l *lister) begin(*task) error { return nil }

func (l *lister) ask(ctx context.Context, t *task) (getraze.Answer, error) {
	query := l.query
	query.Page = t.Row.Number
	page, err := l.job.Client.List(ctx, query, getraze.Dialect{})
	t.page = page
	return page.Answer, err
}

func (l *lister) judge(t *task, answer getraze.Answer, err error, inFlight context.Context) (Result, bool) {
	return t.judged(answer, err, nil, inFlight), true
}

func (l *lister) keep(t task) error {
	if err := l.job.Record(t.last); err != nil {
		return err
	}
	if t.last.Status != Success {
		return fmt.Errorf("page %d of the list of opportunities %w: %s %s", t.Row.Number, errNotRead, t.last.Status, t.last.Message)
	}
	for l.held[t.Row.Number] = t.page; ; l.next++ {
		page, there := l.held[l.next]
		if !there {
			return nil
		}
		delete(l.held, l.next)
		if err := l.each(page); err != nil {
			return err
		}
	}
}

// Get reads opportunities one by one, several at once, and hands each on from one goroutine at a time, in no certain order: what
// it holds, or the result that says why it could not be read. Errors are those of [Run], or of each.
func (job Job) Get(ctx, inFlight context.Context, ids iter.Seq[string], each func(id string, o getraze.Opportunity, failed *Result) error) error {
	job.MaxFailures = nil
	number := 0
	return job.run(ctx, inFlight, getter{job, each}, func(yield func(task, error) bool) {
		for id := range ids {
			if number++; !yield(readTask(number, id), nil) {
				return
			}
		}
	})
}

// getter asks for single opportunities.
type getter struct {
	job  Job
	each func(id string, o getraze.Opportunity, failed *Result) error
}

func (g getter) begin(*task) error { return nil }

func (g getter) ask(ctx context.Context, t *task) (getraze.Answer, error) {
	answer, err := g.job.Client.Get(ctx, t.Row.ID)
	t.held = answer.Opportunity
	return answer, err
}

// judge takes a 500 for the id's own fault: so the service was seen to answer to ids of another form than its own (api.md, part 2).
func (g getter) judge(t *task, answer getraze.Answer, err error, inFlight context.Context) (Result, bool) {
	t.ownFault = failedInside(answer)
	return t.judged(answer, err, nil, inFlight), true
}

func (g getter) keep(t task) error {
	if err := g.job.Record(t.last); err != nil {
		return err
	}
	if t.last.Status == Success {
		return g.each(t.Row.ID, t.held, nil)
	}
	return g.each(t.Row.ID, nil, &t.last)
}
