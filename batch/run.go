package batch

import (
	"context"
	"iter"
	"log/slog"

	"golang.org/x/sync/errgroup"

	"razebulk/csvmap"
	"razebulk/getraze"
)

// Job is what a run needs.
type Job struct {
	Rows   iter.Seq2[csvmap.Row, error]
	Client *getraze.Client
	Pacer  *Pacer
	// Workers is how many rows may be in flight at once.
	Workers int
	// Retries is how many further tries a row has after a failure that may pass.
	Retries int
	// Record is called once for each row, in order of completion, from one goroutine. Its error ends the run.
	Record func(Result) error
	Log    *slog.Logger
}

// run is one job under way.
type run struct {
	client   *getraze.Client
	pacer    *Pacer
	retries  int
	log      *slog.Logger
	inFlight context.Context // for requests alone: it outlives the run's own context
	stop     context.CancelCauseFunc
	order    *order
	work     chan Plan
	results  chan Result
}

// Run sends the rows and records one result for each. When ctx is done no further request begins, those under way
// finish, and the rows that are left are recorded as [NotAttempted]; when inFlight is done too, those under way end at
// once. Run returns nil when all rows were settled; otherwise what ended it: an error of Rows or Record, one that
// wraps [ErrKeyRejected], or the cause of ctx. No goroutine outlives it.
func Run(ctx, inFlight context.Context, job Job) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	r := &run{
		client: job.Client, pacer: job.Pacer, retries: job.Retries, log: job.Log,
		inFlight: inFlight, stop: stop, order: newOrder(),
		work: make(chan Plan), results: make(chan Result, job.Workers),
	}
	var g errgroup.Group
	g.Go(func() error { return r.feed(ctx, job.Rows) })
	for range job.Workers {
		g.Go(func() error { r.serve(ctx); return nil })
	}
	var recorder errgroup.Group
	recorder.Go(func() error { return r.record(job.Record) })
	if err := g.Wait(); err != nil {
		stop(err)
	}
	close(r.results)
	if err := recorder.Wait(); err != nil {
		return err
	}
	return context.Cause(ctx)
}

// feed hands rows to the workers in the file's order, and settles by itself those that need no request. After a stop it
// goes on to the end of the file, so that the rows that are left get their result too.
func (r *run) feed(ctx context.Context, rows iter.Seq2[csvmap.Row, error]) error {
	defer close(r.work)
	for row, err := range rows {
		if err != nil {
			r.stop(err)
			return err
		}
		plan := PlanRow(row)
		if plan.Settled != "" {
			r.results <- plan.result(plan.Settled)
			continue
		}
		if !r.handOver(ctx, plan) {
			r.results <- plan.result(NotAttempted)
		}
	}
	return nil
}

// handOver returns false if the run was stopped before anyone took the row.
func (r *run) handOver(ctx context.Context, plan Plan) bool {
	free, err := r.order.enter(ctx, plan)
	if err != nil {
		return false
	}
	if !free {
		return true
	}
	select {
	case r.work <- plan:
		return true
	case <-ctx.Done():
		r.order.next(plan.Row.ID) // frees the id: no row can wait behind it, since only the feeder adds rows
		return false
	}
}

func (r *run) serve(ctx context.Context) {
	for plan := range r.work {
		for ok := true; ok; plan, ok = r.order.next(plan.Row.ID) {
			r.results <- r.send(ctx, plan)
		}
	}
}

// record is the only goroutine that calls the job's Record. After its first error it only empties the channel, so that
// no worker is left waiting.
func (r *run) record(write func(Result) error) error {
	var failed error
	for result := range r.results {
		if failed != nil {
			continue
		}
		if failed = write(result); failed != nil {
			r.stop(failed)
		}
	}
	return failed
}
