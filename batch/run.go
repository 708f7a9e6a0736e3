package batch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"sync"
	"sync/atomic"

	"razebulk/batch/pace"

	"golang.org/x/sync/errgroup"

	"razebulk/csvmap"
	"razebulk/internal/getraze"
)

// Job is what a run needs.
type Job struct {
	Rows   iter.Seq2[csvmap.Row, error]
	Client *getraze.Client
	Pacer  *pace.Pacer
	// Workers is how many rows may be in flight at once.
	Workers int
	// Retries is how many further tries a row has after a failure that may pass.
	Retries int
	// MaxFailures ends the run when more of the rows that were sent have failed; a percentage counts once 50 rows are done.
	// nil is no limit.
	MaxFailures *pace.Share
	// Record is called once for each row, in order of completion, from one goroutine. Its error ends the run.
	Record func(Result) error
	Log    *slog.Logger
	// Known shrinks what is sent, and learns what was; nil sends the rows as they stand.
	Known *Known
	// Backup is called before the first request of a row with what that is going to change, from the row's worker. What it takes
	// down must be safe when it returns; its error ends the run, and the row is not sent. nil is for none.
	Backup func(id string, changes []Change) error
}

// run is one job under way.
type run struct {
	asker    asker
	pacer    *pace.Pacer
	retries  int
	log      *slog.Logger
	inFlight context.Context // for requests alone: it outlives the run's own context
	stop     context.CancelCauseFunc
	order    *order
	work     chan task
	results  chan task
	recorded chan struct{}                  // the answer to each result
	late     atomic.Pointer[pace.OutOfTime] // a row could not have its next attempt in time, though others could
	active   sync.WaitGroup                 // tasks that workers have, each with the rows of its id that wait behind it
}

// asker is what a run asks of the service.
type asker interface {
	// begin is called once for each task, before its first request. It may settle it; its error ends the run.
	begin(t *task) error
	// ask makes one request.
	ask(ctx context.Context, t *task) (getraze.Answer, error)
	// judge says what the attempt proves. done is false if the task takes another request.
	judge(t *task, answer getraze.Answer, err error, inFlight context.Context) (result Result, done bool)
	// keep is called once for each task that has its result, from one goroutine. Its error ends the run.
	keep(t task) error
}

// Run sends the rows and records one result for each. When ctx is done no further request begins and those under way
// finish; when inFlight is done too, they end at once. A run that can be gone on with (see [Resumable]) leaves the rows that
// it didn't come to without a result; one that can't records them as [NotAttempted].
//
// Run returns nil if nothing ended it before its end; otherwise what did: an error of Rows or Record, one that wraps
// [ErrKeyRejected] or [ErrTooManyFailures], an [*pace.OutOfTime], a [*PanicError], or the cause of ctx. No goroutine outlives it.
func Run(ctx, inFlight context.Context, job Job) error {
	return job.run(ctx, inFlight, updater{job}, plannedTasks(job.Rows))
}

// plannedTasks are the rows, each as it stands.
func plannedTasks(rows iter.Seq2[csvmap.Row, error]) iter.Seq2[task, error] {
	return func(yield func(task, error) bool) {
		for row, err := range rows {
			plan := PlanRow(row)
			if !yield(task{Plan: plan, last: plan.result(cmp.Or(plan.Settled, NotAttempted))}, err) {
				return
			}
		}
	}
}

func (job Job) run(ctx, inFlight context.Context, asker asker, tasks iter.Seq2[task, error]) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	r := &run{
		asker: asker, pacer: job.Pacer, retries: job.Retries, log: job.Log,
		inFlight: inFlight, stop: stop, order: newOrder(),
		work: make(chan task), results: make(chan task), recorded: make(chan struct{}),
	}
	var g errgroup.Group
	g.Go(func() error { return r.feed(ctx, tasks) })
	for range job.Workers {
		g.Go(func() error { r.serve(ctx); return nil })
	}
	var recorder errgroup.Group
	recorder.Go(func() error { return r.record(job.MaxFailures) })
	if err := g.Wait(); err != nil {
		stop(err)
	}
	close(r.results)
	err := recorder.Wait()
	late := r.late.Load()
	switch {
	case err != nil && !errors.Is(err, errNotRead):
		return err
	case late != nil && (err != nil || ctx.Err() == nil):
		return late
	}
	return context.Cause(ctx) // of what could not be read: a rejected key, if it was that
}

// feed hands rows to the workers in the file's order, and settles by itself those that need no request. After a stop for
// good it goes on to the end of the file, so that the rows that are left get their result too.
func (r *run) feed(ctx context.Context, tasks iter.Seq2[task, error]) error {
	defer close(r.work)
	for t, err := range tasks {
		if err != nil {
			r.stop(err)
			return errors.Join(err, r.feedPutOff(ctx))
		}
		if Resumable(context.Cause(ctx)) {
			break
		}
		if t.Settled != "" {
			r.settle(t)
			continue
		}
		r.handOver(ctx, t)
	}
	return r.feedPutOff(ctx)
}

// feedPutOff brings back what was put off, when all else is done, until nothing is put off any more.
func (r *run) feedPutOff(ctx context.Context) error {
	for {
		r.active.Wait()
		tasks := r.order.takePutOff(func(task) bool { return true })
		if len(tasks) == 0 {
			return nil
		}
		for _, t := range tasks {
			if t.suspect && t.outages == r.pacer.Outages() {
				r.settle(t)
			} else {
				r.handOver(ctx, t)
			}
		}
	}
}

// handOver brings a row to a worker, or settles it as it is if the run is stopped before.
func (r *run) handOver(ctx context.Context, t task) {
	first, ready, err := r.order.enter(ctx, t)
	if err != nil {
		r.leave(ctx, t)
		return
	}
	if !ready {
		return
	}
	r.active.Add(1)
	select {
	case r.work <- first:
	case <-ctx.Done():
		for ok := true; ok; first, ok = r.order.next(first.Row.ID) {
			r.leave(ctx, first)
		}
		r.active.Done()
	}
}

// leave gives the result of a row that is in hand when the run has stopped.
func (r *run) leave(ctx context.Context, t task) {
	if t.last.Attempts > 0 || !Resumable(context.Cause(ctx)) {
		r.settle(t)
	}
}

func (r *run) serve(ctx context.Context) {
	for t := range r.work {
		for ok := true; ok; {
			if !r.send(ctx, &t) {
				break
			}
			r.leave(ctx, t)
			t, ok = r.order.next(t.Row.ID)
		}
		r.active.Done()
	}
}

// settle returns when the result is recorded: a worker that went on before could have two rows under way of which nothing is
// known after a crash. Only the one whose result was taken waits for the answer, so that it can't go to another.
func (r *run) settle(t task) {
	r.results <- t
	<-r.recorded
}

// record is the only goroutine that keeps results. After its first error it only empties the channel, so that
// no worker is left waiting.
func (r *run) record(most *pace.Share) error {
	var failed error
	var sent sentRows
	for t := range r.results {
		if failed == nil {
			failed = r.asker.keep(t)
			r.watch(&sent, t.last, failed, most)
		}
		r.recorded <- struct{}{}
	}
	return failed
}

// watch stops the run when a result can't be recorded, or when too many rows have failed.
func (r *run) watch(sent *sentRows, result Result, failed error, most *pace.Share) {
	if failed != nil {
		r.stop(failed)
	}
	if sent.count(result); most != nil && sent.tooManyFailed(*most) {
		r.stop(fmt.Errorf("%w: %d of %d rows that were sent have failed, row %d with %s %s",
			ErrTooManyFailures, sent.failed, sent.done, sent.last.Row, sent.last.Status, sent.last.Message))
	}
}

// Resumable tells whether a run that ended for this reason can be gone on with as it is. A rejected key or a wrong file
// have to be mended first; nil is a run that reached its end.
func Resumable(reason error) bool {
	return reason != nil && !errors.Is(reason, ErrKeyRejected) && !errors.Is(reason, ErrTooManyFailures)
}

// ErrTooManyFailures ends a run: it looks like the wrong file, or the wrong account.
var ErrTooManyFailures = errors.New("too many failures")

// rowsForPercent is how many rows must be done before a percentage of failures says anything.
const rowsForPercent = 50

// sentRows counts rows that were sent. A row that was refused here costs nothing and proves nothing about the account.
type sentRows struct {
	done, failed int
	last         Result // that failed
}

func (s *sentRows) count(r Result) {
	if r.Attempts == 0 {
		return
	}
	s.done++
	if r.Status.Failed() {
		s.failed++
		s.last = r
	}
}

func (s *sentRows) tooManyFailed(most pace.Share) bool {
	if most.Percent > 0 {
		return s.done >= rowsForPercent && float64(s.failed)*100 > most.Percent*float64(s.done)
	}
	return s.failed > most.Count
}
