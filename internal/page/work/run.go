package work

import (
	"context"
	"errors"
	"strings"
	"time"

	"razebulk/internal/event"
	"razebulk/internal/reason"
	"razebulk/internal/update"
	"razebulk/internal/words"
)

// Start says what to do with an earlier run of the sheet.
type Start int

// The ways to start.
const (
	NewRun  Start = iota // an earlier run that can be resumed is an error
	Resume               // resume it
	Restart              // set it aside
)

// freshFor is how long a preview may be confirmed without reading the CRM again.
const freshFor = 5 * time.Minute

// Prepare checks and compares the whole sheet, in the background, and ends with the preview. The files that the run
// leaves use these words.
func (w *Work) Prepare(serial int, ways Ways, start Start, said *words.Words) error {
	return w.act(serial, func() {
		w.view.Ways, w.job.Ways, w.view.Unfinished, w.view.Result, w.words = ways, ways, nil, nil, said
		w.begin(Preparing, func(ctx context.Context) { w.prepare(ctx, start, "") })
	}, Columns, Review, Done)
}

// Send sends what the preview shows, in the background. A preview that is no longer fresh is made again first, and is
// sent only if it is the same.
func (w *Work) Send(serial int) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.check(serial, Review); err != nil {
		return err
	}
	if w.view.Changes.Requests() == 0 || w.prepared == nil || w.prepared.Withheld() {
		return reason.New("ui_nothing_to_send")
	}
	w.view.Serial++
	w.view.Moved = false
	if time.Since(w.view.Changes.Made) <= freshFor {
		w.begin(Sending, w.send)
		return nil
	}
	confirmed, start := w.view.Changes.digest, w.start
	release := w.takePrepared()
	w.begin(Preparing, func(ctx context.Context) {
		release()
		w.prepare(ctx, start, confirmed)
	})
	return nil
}

// prepare makes the preview. If it is the one that was already confirmed, it is sent.
func (w *Work) prepare(ctx context.Context, start Start, confirmed string) {
	events := &live{}
	w.mu.Lock()
	w.live, w.start = events, start
	job := w.job
	job.Resume = start == Resume
	w.mu.Unlock()
	a, err := w.try(ctx, job, start, events)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.view.Serial++
	w.job = a.job
	if err != nil {
		w.view.Step, w.view.Err, w.view.Changes = Columns, err, nil
		_ = errors.As(err, &w.view.Unfinished)
		return
	}
	w.prepared, w.report, w.view.Changes, w.view.Step = a.prepared, a.report, a.changes, Review
	switch {
	case confirmed == "":
	case confirmed == a.changes.digest:
		w.begin(Sending, w.send) //nolint:contextcheck // that of the preview ends here
	default:
		w.view.Moved = true
	}
}

// attempt is the result of a preparation.
type attempt struct {
	job      Job
	prepared *update.Run
	report   Report
	changes  *Changes
}

// try makes the preview of a job. If it fails, everything that it has opened is closed.
func (w *Work) try(ctx context.Context, job Job, start Start, events *live) (attempt, error) {
	a := attempt{job: job}
	o, plan, err := w.options(ctx, &a.job, start)
	if err != nil {
		return a, err
	}
	if a.report, err = w.o.Report(a.job, w.words); err != nil {
		return a, err
	}
	if plan != "" {
		a.report.Applies(plan)
	}
	o.ID = a.report.ID
	known := &labels{owners: map[string]int{}}
	o.Handle = func(e event.Event) { a.report.Handle(e); events.handle(e); known.handle(e) }
	if a.prepared, err = update.Prepare(ctx, o); err != nil {
		return a, err
	}
	if a.changes, err = changesOf(ctx, a.prepared, known); err != nil {
		return a, errors.Join(err, a.prepared.Close())
	}
	return a, nil
}

// options returns the options of the run; plan is the identity of the plan that it applies, or "" if there is none.
func (w *Work) options(ctx context.Context, job *Job, start Start) (o update.Options, plan string, err error) {
	if job.Paths, err = update.PathsFor(job.File, "", ""); err != nil {
		return o, "", err
	}
	job.Report = strings.TrimSuffix(job.Paths.Plan, ".plan.csv") + ".report.html"
	requests, err := w.o.Requests(ctx)
	if err != nil {
		return o, "", err
	}
	o = update.Options{
		File: job.File, Paths: job.Paths, Sheet: job.Reading, Requests: requests, Address: w.o.Address, Version: w.o.Version,
		Resume: start == Resume, Restart: start == Restart, MayResume: w.o.MayResume, State: job.State, MaxFailures: update.MaxFailures, Abort: w.o.Abort,
		Words: func(why reason.Reason) string { return w.o.Message(w.words, why) },
	}
	if job.Plan {
		read, err := w.o.Plan(ctx, job.File)
		if err != nil {
			return o, "", err
		}
		o.Content, plan = read.Sheet, read.Name
		job.Ways.Compare, job.Ways.Stage = true, read.HasStage
	}
	o.Strict, o.Compare = job.Ways.Strict, job.Ways.Compare
	o.MatchOpen = job.Ways.MatchOpen && len(job.Reading.Match) > 0
	o.Sheet.Stage, o.Sheet.UpdatedAt = job.Ways.Stage, job.Ways.Compare
	return o, plan, nil
}

// send sends what was prepared.
func (w *Work) send(ctx context.Context) {
	w.mu.Lock()
	prepared, report := w.prepared, w.report
	w.mu.Unlock()
	prepared.CountFromNow()
	summary, err := prepared.Send(ctx)
	if closing := prepared.Close(); closing != nil {
		err = errors.Join(err, closing)
	}
	report.End(summary.Resumable, err)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.prepared = nil
	w.view.Serial++
	w.view.Step, w.view.Result = Done, &Result{Summary: summary, Err: err, Ended: time.Now()}
}
