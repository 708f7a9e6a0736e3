package batch

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"log/slog"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"razebulk/batch/dialect"
	"razebulk/batch/internal/attempt"
	"razebulk/batch/internal/contacts"
	"razebulk/batch/internal/gather"
	"razebulk/batch/internal/late"
	"razebulk/batch/internal/order"
	"razebulk/batch/internal/outcome"
	"razebulk/batch/pace"
	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// Job is what a run needs.
type Job struct {
	Rows   iter.Seq2[csvmap.Row, error]
	Client *getraze.Client
	Pacer  *pace.Pacer
	// Workers is how many rows may be in flight at once.
	Workers int
	// Retries is how many times a row is retried after transient failures.
	Retries int
	// MaxFailures ends the run when more than this share of the rows that were sent have failed; a percentage applies once
	// 50 rows are done. nil means no limit.
	MaxFailures *pace.Share
	// Record is called once for each row, in order of completion, from one goroutine. Its error ends the run.
	Record func(Result) error
	// Flush is called after Record, once for all rows that have finished in the meantime. They count as done only when it
	// returns nil: the records are then written. Its error ends the run. nil is for a Record that writes immediately.
	Flush func() error
	Log   *slog.Logger
	// Known reduces what is sent, and learns what was sent; nil sends the rows unchanged.
	Known *Known
	// Undo is called before the first request of a row with what the row is going to change, from the row's worker. If the
	// service has stored other values than those that were sent, it is called again with the stored ones. What it records
	// must be durable when it returns. Its error ends the run; before the first request, the row is then not sent. nil
	// means no call.
	Undo func(id string, changes []Change) error
	// LeftBehind reports whether the run that this one resumes may have left a request for the opportunity unanswered. It
	// is called for each row; nil means that there is no such run.
	LeftBehind func(id string) bool
}

// task is a row on its way through the run.
type task struct {
	Plan
	key string // the opportunity's
	attempt.Attempts
	prepared bool              // whether it was compared with what is known
	sends    [][]getraze.Field // the fields of each of its requests
	renamed  map[string]bool   // fields that were also sent under their other name
	again    repeat            // of fields under their other name
	looks    bool              // the next request reads what a 500 has stored
	fields   outcome.Fields    // the outcome of those that were sent
	contact  string            // shown by an answer
	other    string            // the opportunity that an answer was about instead
	// misplaced says that the row's stage is of another pipeline than its opportunity, if an answer has shown that.
	misplaced []reason.Reason
	result    Result // of the latest attempt; the zero value before the first one
}

// keys returns the keys that no two rows in flight may have in common: the opportunity's, and its contact's if known.
func (k *Known) keys(t *task) (own, shared string) {
	if contact := k.contactKey(t.Row.ID); contact != "" {
		shared = "contact " + contact
	}
	return t.key, shared
}

// keyList returns the keys as a list.
func (k *Known) keyList(t *task) []string {
	own, shared := k.keys(t)
	if shared == "" {
		return []string{own}
	}
	return []string{own, shared}
}

func byNumber(a, b *task) int { return cmp.Compare(a.Row.Number, b.Row.Number) }

// run is one job in progress.
type run struct {
	attempt.Requester
	job      Job
	order    *order.Order[*task]
	late     *late.Requests
	work     chan *task
	results  chan *task
	recorded chan struct{} // acknowledges each result
	// mayNotRead: the service does not allow the key to read.
	mayNotRead atomic.Bool
	active     sync.WaitGroup // tasks in progress, each with the rows of its id that wait for it
}

// Run sends the rows and records one result for each. When ctx is done, no further request begins and those in flight
// finish; when inFlight is done too, they end at once. A run that can be resumed (see [Resumable]) leaves rows that it
// didn't reach without a result; one that can't records them as [NotAttempted].
//
// Run returns nil if it was completed. Otherwise it returns what ended it: an error of Rows, Record, Known or Undo, one
// that is [ErrKeyRejected], a [*TooManyFailures], a [*pace.OutOfTime], a [*PanicError], or the cause of ctx. No
// goroutine outlives it.
func Run(ctx, inFlight context.Context, job Job) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	known := Known{}
	if job.Known != nil {
		known = *job.Known
	}
	known.contacts = &contacts.Contacts{}
	if known.Dialect == nil {
		known.Dialect = dialect.New(getraze.Dialect{}, nil)
	}
	job.Known = &known
	r := &run{
		Requester: attempt.Requester{Pacer: job.Pacer, Log: job.Log, InFlight: inFlight, Stop: stop},
		job:       job, order: order.New(known.keys), late: late.New(job.Client.Timeout()),
		work: make(chan *task), results: make(chan *task), recorded: make(chan struct{}),
	}
	r.Recovered = r.finishSuspects
	var workers, recorder errgroup.Group
	workers.Go(func() error { return r.feed(ctx) })
	for range job.Workers {
		workers.Go(func() error { r.serve(ctx); return nil })
	}
	recorder.Go(r.record)
	if err := workers.Wait(); err != nil {
		stop(err)
	}
	close(r.results)
	return r.End(ctx, recorder.Wait())
}

// feed passes rows to the workers in file order. It finishes those that need no request itself. After a permanent stop
// it reads to the end of the file, so that the remaining rows get a result too.
func (r *run) feed(ctx context.Context) error {
	defer close(r.work)
	for row, err := range r.job.Rows {
		if err != nil {
			r.Stop(err)
			return errors.Join(err, r.feedPutOff(ctx))
		}
		if Resumable(context.Cause(ctx)) {
			break
		}
		t := newTask(row, r.job.Retries)
		if t.Status != "" {
			r.finish(t)
			continue
		}
		r.handOver(ctx, t)
	}
	return r.feedPutOff(ctx)
}

func newTask(row csvmap.Row, retries int) *task {
	return &task{
		Plan: PlanRow(row), key: crm.IDKey(row.ID), Attempts: attempt.Attempts{Number: row.Number, Name: row.ID, State: attempt.State{Retries: retries}},
	}
}

// feedPutOff feeds the rows that were put off, once everything else is done, until none remain.
func (r *run) feedPutOff(ctx context.Context) error {
	for {
		r.active.Wait()
		tasks := r.order.TakePutOff(func(*task) bool { return true }, byNumber)
		if len(tasks) == 0 {
			return nil
		}
		r.Pacer.OnlyFailed()
		for _, t := range tasks {
			if t.State.IsOver(r.Pacer.Outages()) {
				r.finish(t)
			} else {
				r.handOver(ctx, t)
			}
		}
	}
}

// handOver passes a row to a worker, or calls leave if the run is stopped first.
func (r *run) handOver(ctx context.Context, t *task) {
	first, ready, err := r.order.Enter(ctx, t)
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
		for ok := true; ok; first, ok = r.order.Next(first) {
			r.leave(ctx, first)
		}
		r.active.Done()
	}
}

// leave gives a row its result, unless the run stopped before the row was sent and can be resumed.
func (r *run) leave(ctx context.Context, t *task) {
	if t.result.Attempts > 0 || !Resumable(context.Cause(ctx)) {
		r.finish(t)
	}
}

func (r *run) serve(ctx context.Context) {
	for t := range r.work {
		t, ok := r.order.Start(t)
		for ok {
			how := r.send(ctx, t)
			if behind := r.job.LeftBehind; behind != nil && behind(t.Row.ID) {
				r.late.LeftBefore(r.job.Known.keyList(t))
			}
			if how == attempt.Postponed {
				break
			}
			r.leave(ctx, t)
			t, ok = r.order.Next(t)
		}
		r.active.Done()
	}
}

// send makes attempts until the row is finished or put off, or the run is stopped.
func (r *run) send(ctx context.Context, t *task) attempt.Ending {
	if t.State.IsOver(r.Pacer.Outages()) { // another row of its id has come, and there was no outage
		return attempt.Finished
	}
	if ctx.Err() != nil || !r.awaitLate(ctx, t) {
		t.cutShort()
		return attempt.CutShort
	}
	if err := r.prepare(t); err != nil {
		r.Stop(err)
		return attempt.Finished
	}
	if t.Status != "" || r.isHopeless(t) {
		return attempt.Finished
	}
	how := r.Try(ctx, &t.Attempts, func(ctx context.Context) attempt.Attempted { return r.ask(ctx, t) }, func() bool { return r.order.Later(t) })
	switch {
	case t.Fault != nil:
		t.failOf(t.Fault)
	case how == attempt.CutShort:
		t.cutShort()
	}
	return how
}

// awaitLate holds a row back while a request of an earlier row of its id or its contact may still be stored: that would
// overwrite this row's values. It returns false if the row is not to be sent.
func (r *run) awaitLate(ctx context.Context, t *task) bool {
	if t.prepared || r.late.None() {
		return true
	}
	wait := r.late.Wait(r.job.Known.keyList(t))
	return wait == 0 || r.Rest(ctx, wait)
}

// finishSuspects finishes rows that failed permanently while others before and after them did not. After an outage,
// they stay and get new attempts.
func (r *run) finishSuspects(outages int) {
	for _, t := range r.order.TakePutOff(func(t *task) bool { return t.State.IsOver(outages) }, byNumber) {
		r.finish(t)
	}
}

// finish returns once the result is recorded: a worker that continued earlier could have two rows in flight whose state
// is unknown after a crash. Only the worker whose result was taken waits for the acknowledgment, so no other worker can
// receive it.
func (r *run) finish(t *task) {
	if t.result.Attempts == 0 {
		t.result = t.Plan.result()
	}
	r.results <- t
	<-r.recorded
}

// record runs in the only goroutine that keeps results. After its first error it only drains the channel, so that no
// worker is left waiting.
func (r *run) record() error {
	var failed error
	var finished []*task
	failures := &TooManyFailures{}
	for t := range r.results {
		finished = gather.Waiting(r.results, append(finished[:0], t)) // so that they share one write
		if failed == nil {
			failed = r.keep(finished)
			r.watch(failures, finished, failed)
		}
		for range finished {
			r.recorded <- struct{}{}
		}
	}
	return failed
}

// keep records results, and then notes in Known what they show.
func (r *run) keep(finished []*task) error {
	for _, t := range finished {
		if err := r.job.Record(t.result); err != nil {
			return err
		}
	}
	if r.job.Flush != nil {
		if err := r.job.Flush(); err != nil {
			return err
		}
	}
	for _, t := range finished {
		if err := r.job.Known.note(t); err != nil {
			return err
		}
	}
	return nil
}

// watch stops the run when a result can't be recorded, or when too many rows have failed.
func (r *run) watch(failures *TooManyFailures, finished []*task, failed error) {
	if failed != nil {
		r.Stop(failed)
	}
	for _, t := range finished {
		if failures.Count(t.result); failures.Exceed(r.job.MaxFailures) {
			end := *failures
			r.Stop(&end)
		}
	}
}
