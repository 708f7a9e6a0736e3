package batch

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"net/http"
	"strconv"

	"razebulk/batch/dialect"
	"razebulk/batch/internal/attempt"
	"razebulk/batch/internal/stage"
	"razebulk/batch/pace"
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// Reader reads opportunities, with several requests at once. It changes nothing.
type Reader struct {
	Client *getraze.Client
	Pacer  *pace.Pacer
	// Workers is how many requests may be in flight at once.
	Workers int
	// Retries is how many times a page or an opportunity is retried after transient failures.
	Retries int
	Log     *slog.Logger
	// Dialect is the dialect that the service speaks, as learned from answers; nil learns nothing.
	Dialect *dialect.Detector
	// Count is called for each page or opportunity that was read or could not be read, with the number of requests that it
	// took, from one goroutine at a time. nil means no call.
	Count func(requests int)
	// See is called for each opportunity that was read, as received, from one goroutine at a time. nil means no call.
	See func(getraze.Opportunity)
	// Seen returns what an opportunity was already seen to hold, or nil; [Reader.ReadCurrent] then reads the others one by
	// one. If Seen is nil, nothing was read yet.
	Seen func(id string) getraze.Opportunity
	// OnlyUUIDs reports that all ids of the service are UUIDs (see [coverage.OnlyUUIDs]): it was seen to answer with a 500
	// to an id of another form, so that further attempts are useless.
	OnlyUUIDs bool

	showStages bool // shows the stage as the status, see [stage.Show]
}

// List reads all pages of a list and passes them on in order, from one goroutine at a time. Its errors are those of
// each and of [Run]; if a page could not be read, the error is a reason with the code page_unread that names the page.
func (r Reader) List(ctx, inFlight context.Context, query getraze.ListQuery, each func(getraze.Page) error) error {
	first, err := r.First(ctx, inFlight, query)
	if err == nil {
		err = each(first)
	}
	if err != nil {
		return err
	}
	return r.Rest(ctx, inFlight, query, first, each)
}

// Detect learns the dialect and the form of ids from a page of at most limit opportunities; 0 means a whole page. If
// the key may not read, they stay unknown, which is not an error; other errors are those of [Reader.List].
func (r Reader) Detect(ctx, inFlight context.Context, limit int) error {
	_, err := r.First(ctx, inFlight, getraze.ListQuery{Limit: limit})
	var why reason.Reason
	if errors.As(err, &why) && why.Params["http"] == http.StatusForbidden {
		return nil
	}
	return err
}

// First reads the first page of a list. Its errors are those of [Reader.List].
func (r Reader) First(ctx, inFlight context.Context, query getraze.ListQuery) (first getraze.Page, err error) {
	return r.Page(ctx, inFlight, query, 1)
}

// Page reads one page of a list. Its errors are those of [Reader.List].
func (r Reader) Page(ctx, inFlight context.Context, query getraze.ListQuery, number int) (found getraze.Page, err error) {
	err = r.pages(ctx, inFlight, query, number, number, func(page getraze.Page) error {
		found = page
		return nil
	})
	return found, err
}

// Rest reads the pages after the first one, as [Reader.List] does.
func (r Reader) Rest(ctx, inFlight context.Context, query getraze.ListQuery, first getraze.Page, each func(getraze.Page) error) error {
	return r.pages(ctx, inFlight, query, 2, first.TotalPages, each)
}

func (r Reader) pages(ctx, inFlight context.Context, query getraze.ListQuery, from, to int, each func(getraze.Page) error) error {
	items := func(yield func(*item) bool) {
		for number := from; number <= to && yield(r.page(number)); number++ {
		}
	}
	ask := func(ctx context.Context, it *item) (getraze.Answer, error) {
		query := query
		query.Page = it.Number
		page, err := r.Client.List(ctx, query, r.Dialect.Now())
		it.page = page
		r.Dialect.Learn(page.Opportunities...)
		return page.Answer, err
	}
	return r.read(ctx, inFlight, &reading{ask: ask, turn: from, ahead: r.Workers + pagesAhead, done: func(it *item) error {
		if f := it.failure; f != nil {
			return reason.New("page_unread", "page", it.Number, "status", string(f.Status), "why", reason.Reasons(f.Reasons))
		}
		r.see(it.page.Opportunities...)
		return each(it.page)
	}}, items)
}

func (r Reader) page(number int) *item {
	it := r.item(number, "page "+strconv.Itoa(number))
	it.Page = true
	return it
}

func (r Reader) item(number int, name string) *item {
	return &item{Attempts: attempt.Attempts{Number: number, Reads: true, Name: name, State: attempt.State{Retries: r.Retries}}}
}

// Found is the result of reading one opportunity.
type Found struct {
	ID string // as requested
	// Opportunity is what the opportunity holds; nil if it could not be read, in which case Failure says why.
	Opportunity getraze.Opportunity
	Failure     *Failure
}

// Get reads opportunities one by one and passes them on, from one goroutine at a time, in no particular order. Its
// errors are those of each and of [Run].
func (r Reader) Get(ctx, inFlight context.Context, ids iter.Seq[string], each func(Found) error) error {
	items := func(yield func(*item) bool) {
		number := 0
		for id := range ids {
			number++
			it := r.item(number, id)
			it.foreign = r.OnlyUUIDs && !crm.IsUUID(crm.CanonicalID(id))
			if !yield(it) {
				return
			}
		}
	}
	ask := func(ctx context.Context, it *item) (answer getraze.Answer, err error) {
		it.page.Answer, err = r.Client.Get(ctx, r.Dialect.Now().ID(it.Name))
		if err == nil {
			r.Dialect.Learn(it.page.Answer.Opportunity)
		}
		return it.page.Answer, err
	}
	return r.read(ctx, inFlight, &reading{ask: ask, done: func(it *item) error {
		if it.failure != nil {
			return each(Found{ID: it.Name, Failure: it.failure})
		}
		r.see(it.page.Answer.Opportunity)
		return each(Found{ID: it.Name, Opportunity: it.page.Answer.Opportunity})
	}}, items)
}

func (r Reader) see(all ...getraze.Opportunity) {
	for _, o := range all {
		if r.See != nil {
			r.See(o)
		}
		if r.showStages {
			stage.Show(o, r.Dialect.Now())
		}
	}
}
