package batch

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"razebulk/csvmap"
	"razebulk/getraze"
)

// Reading is how the opportunities of a sheet are read, and what it takes.
type Reading struct {
	// Pages of the list, and Gets of single opportunities, that were asked for.
	Pages, Gets int
	// Listed is how many opportunities the account has, as far as the list told.
	Listed int
}

// Requests is how many the reading took, if none had to be repeated.
func (r Reading) Requests() int { return r.Pages + r.Gets }

// wanted are the opportunities that a sheet would change, and which of their fields.
type wanted struct {
	fields []string // all that occur
	byID   map[string]uint64
	ids    []string // as the sheet spells them, in its order
}

func (w *wanted) bit(field string) uint64 {
	at := slices.Index(w.fields, field)
	if at < 0 {
		at = len(w.fields)
		w.fields = append(w.fields, field)
	}
	return 1 << min(at, 63) // more fields than that share a bit
}

// want finds out what is to be read: the rows that the ledger leaves something of.
func want(rows iter.Seq2[csvmap.Row, error], known *Known) (*wanted, error) {
	w := &wanted{byID: map[string]uint64{}}
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		plan := PlanRow(row)
		known.shrink(&plan)
		for _, field := range plan.Fields() {
			id := key(row.ID)
			if _, found := w.byID[id]; !found {
				w.ids = append(w.ids, row.ID)
			}
			w.byID[id] |= w.bit(field.Name)
		}
	}
	return w, nil
}

// lacks tells whether an opportunity leaves out a field that is wanted of it.
func (w *wanted) lacks(id string, o getraze.Opportunity) bool {
	for at, field := range w.fields {
		if w.byID[key(id)]&(1<<min(at, 63)) == 0 {
			continue
		}
		if _, told := o.Value(field); !told {
			return true
		}
	}
	return false
}

// ReadCurrent reads what the opportunities of the rows hold now, as far as the ledger doesn't make it needless: from pages of the list,
// or one by one, whichever takes fewer requests, and one by one what the list leaves out. What it found goes into known. An
// opportunity that can't be read is no error: its row gets that result. Errors are those of [Run]. Nothing is changed.
func (job Job) ReadCurrent(ctx, inFlight context.Context, known *Known, began func(requests int)) (Reading, error) {
	w, err := want(job.Rows, &Known{Ledger: known.Ledger})
	if err != nil {
		return Reading{}, err
	}
	known.Current = newCurrent()
	var reading Reading
	if len(w.ids) > 1 {
		if reading, err = job.readList(ctx, inFlight, w, known.Current, began); err != nil {
			return reading, err
		}
	}
	var ids []string
	for _, id := range w.ids {
		if held, _ := known.Current.of(id); held == nil || w.lacks(id, held) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return reading, nil
	}
	reading.Gets = len(ids)
	began(reading.Requests())
	err = job.Get(ctx, inFlight, slices.Values(ids), func(id string, o getraze.Opportunity, failed *Result) error {
		if failed != nil {
			known.Current.fail(id, *failed)
		} else {
			known.Current.put(id, o)
		}
		return nil
	})
	return reading, err
}

// readList reads the first page, and the others if that takes fewer requests than reading the opportunities one by one.
func (job Job) readList(ctx, inFlight context.Context, w *wanted, current *Current, began func(requests int)) (Reading, error) {
	began(1)
	keep := func(page getraze.Page) error {
		for _, o := range page.Opportunities {
			if _, found := w.byID[key(o.ID())]; found {
				current.put(o.ID(), o)
			}
		}
		return nil
	}
	var first getraze.Page
	err := job.pages(ctx, inFlight, getraze.ListQuery{}, 1, 1, func(page getraze.Page) error {
		first = page
		return keep(page)
	})
	reading := Reading{Pages: 1, Listed: first.Total}
	if err != nil || !first.HasNext {
		return reading, err
	}
	single := w.notTold(current, nil)
	rest := first.TotalPages - 1
	if first.TotalPages == 0 || rest+w.notTold(current, sample(first)) >= single {
		return reading, nil
	}
	reading.Pages = first.TotalPages
	began(reading.Pages)
	return reading, job.pages(ctx, inFlight, getraze.ListQuery{}, 2, first.TotalPages, keep)
}

// sample is an opportunity as the list has them.
func sample(page getraze.Page) getraze.Opportunity {
	if len(page.Opportunities) == 0 {
		return nil
	}
	return page.Opportunities[0]
}

// notTold counts the opportunities of which something would have to be read one by one, if the list had those that it hasn't
// shown yet in the form of listed; nil is not at all.
func (w *wanted) notTold(current *Current, listed getraze.Opportunity) int {
	n := 0
	for _, id := range w.ids {
		held, _ := current.of(id)
		if held == nil {
			held = listed
		}
		if held == nil || w.lacks(id, held) {
			n++
		}
	}
	return n
}

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
	page, err := l.job.Client.List(ctx, query)
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

func (g getter) judge(t *task, answer getraze.Answer, err error, inFlight context.Context) (Result, bool) {
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
