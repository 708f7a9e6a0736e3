package batch

import (
	"context"
	"iter"
	"sync"

	"razebulk/batch/internal/attempt"
	"razebulk/batch/internal/result"
	"razebulk/internal/getraze"
)

// pagesAhead is how many more pages than workers may be read before their turn. That many pages can be put off at once,
// after using up their attempts, so that an outage of the service is detected even with few workers.
const pagesAhead = 2

// item is a page or an opportunity to be read.
type item struct {
	attempt.Attempts
	foreign bool         // the service has no ids of this form: a 500 is the id's own fault
	page    getraze.Page // for a single opportunity, only its answer is set
	failure *Failure
	ending  attempt.Ending
}

// reading is one series of requests of a reader. Only the goroutine that calls run touches the fields that its workers
// do not need.
type reading struct {
	attempt.Requester
	ask  func(context.Context, *item) (getraze.Answer, error)
	done func(*item) error // called for each item that is finished
	// ahead is how many items may be unfinished or waiting for their turn; 0 means no limit, and items have no order then.
	ahead int
	turn  int // the number of the item that comes next

	workers int
	count   func(requests int)
	next    func() (*item, bool) // the next item that was not tried yet
	active  int                  // items that workers have
	putOff  []*item
	again   []*item       // items that were put off, and are to be tried now
	early   map[int]*item // items finished before their turn
}

// read makes the requests for items, and passes each that is finished to the reading's done, from this goroutine.
func (r Reader) read(ctx, inFlight context.Context, what *reading, items iter.Seq[*item]) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	next, end := iter.Pull(items)
	defer end()
	what.Pacer, what.Log, what.InFlight, what.Stop = r.Pacer, r.Log, inFlight, stop
	what.workers, what.count, what.next, what.early = r.Workers, r.Count, next, map[int]*item{}
	return what.End(ctx, what.run(ctx))
}

// run returns the first error of done.
func (r *reading) run(ctx context.Context) error {
	work, results := make(chan *item), make(chan *item, r.workers)
	var workers sync.WaitGroup
	defer workers.Wait()
	defer close(work)
	for range r.workers {
		workers.Go(func() { r.serve(ctx, work, results) })
	}
	var due *item
	var failed error
	for {
		if due == nil {
			due = r.pick()
		}
		to := work
		if due == nil || ctx.Err() != nil {
			to = nil
		}
		if to == nil && r.active == 0 {
			return failed
		}
		select {
		case to <- due:
			r.active++
			due = nil
		case it := <-results:
			r.active--
			if err := r.take(ctx, it); err != nil && failed == nil {
				failed = err
				r.Stop(err)
			}
		}
	}
}

func (r *reading) serve(ctx context.Context, work <-chan *item, results chan<- *item) {
	for it := range work {
		r.send(ctx, it)
		results <- it
	}
}

// pick returns the item to try next; nil if there is none for now. Items that were put off are tried when there is
// nothing else to try.
func (r *reading) pick() *item {
	waiting := len(r.putOff) + len(r.again) + len(r.early)
	if len(r.again) == 0 && (r.ahead == 0 || r.active+waiting < r.ahead) {
		if it, found := r.next(); found {
			return it
		}
	}
	if len(r.again) == 0 && r.active == 0 && len(r.putOff) > 0 {
		r.again, r.putOff = r.putOff, nil
		r.Pacer.OnlyFailed()
	}
	if len(r.again) == 0 {
		return nil
	}
	it := r.again[0]
	r.again = r.again[1:]
	return it
}

// take receives an item from a worker. Pages are passed on in order.
func (r *reading) take(ctx context.Context, it *item) error {
	if it.ending == attempt.Postponed {
		r.putOff = append(r.putOff, it)
		return nil
	}
	if r.count != nil && it.Made > 0 {
		r.count(it.Made)
	}
	switch {
	case it.ending == attempt.CutShort || it.Fault != nil:
		return nil
	case it.failure != nil && ctx.Err() != nil: // the cause of the stop says more
		return nil
	case r.ahead == 0:
		return r.done(it)
	}
	for r.early[it.Number] = it; r.early[r.turn] != nil; r.turn++ {
		it := r.early[r.turn]
		delete(r.early, r.turn)
		if err := r.done(it); err != nil {
			return err
		}
	}
	return nil
}

// send makes attempts until the item is finished, or put off, or the reading is stopped.
func (r *reading) send(ctx context.Context, it *item) {
	if it.State.IsOver(r.Pacer.Outages()) {
		it.ending = attempt.Finished
		return
	}
	it.ending = r.Try(ctx, &it.Attempts, func(ctx context.Context) attempt.Attempted {
		answer, err := r.ask(ctx, it)
		return r.conclude(it, answer, err, ctx.Err() != nil)
	}, func() bool { return true })
}

func (r *reading) conclude(it *item, answer getraze.Answer, err error, interrupted bool) attempt.Attempted {
	it.failure = nil
	got := attempt.Attempted{Answer: answer, Outcome: attempt.OutcomeOf(answer, err), Status: string(Success)}
	if err != nil {
		failure := result.FailureOf(err, answer.HTTPStatus, interrupted, false)
		failure.Because(r.Pacer.NeverAnswered(answer, err, interrupted)...)
		it.failure = &failure
		got.Status, got.Reasons = string(failure.Status), failure.Reasons
	}
	switch isPage := r.ahead > 0; {
	case got.Outcome == attempt.FailedInside && it.foreign:
		got.Outcome = attempt.Concluded
	case got.Outcome == attempt.FailedInside && isPage: // a page can't be at fault itself
		got.Outcome = attempt.FailedTransiently
	}
	return got
}
