package update

import (
	"context"
	"errors"
	"iter"
	"os"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/csvmap"
	"razebulk/internal/event"
	"razebulk/internal/files"
	"razebulk/internal/reason"
	"razebulk/report"
)

// Summary is the outcome of a run.
type Summary struct {
	Counts batch.Counts
	// Rows is the number of rows in the sheet.
	Rows  int
	Paths Paths
	// Resumable reports that rows remain, and that a run with Resume sends them. Journal then has the results so far;
	// otherwise the results file has them all.
	Resumable bool
	Journal   string
	// NotRecorded reports that the run stopped because a result could not be recorded.
	NotRecorded bool
}

// Send carries out the plan. It puts the results in place when the run is complete or can't be resumed; otherwise the
// journal stays. When ctx is done, no more rows are sent, and requests in flight finish. Its error is
// [ErrFailedRows], [ErrWithheld], an [*UnsentError], a [*StoppedError] or a [*FinishError], or a [reason.Reason] if
// rows that an earlier run has left are invalid.
func (r *Run) Send(ctx context.Context) (Summary, error) {
	if r.earlier == nil {
		about, err := r.record()
		if err != nil {
			return r.summary(nil), &UnsentError{r.named(err)}
		}
		about.Window = r.windowOf(r.requests.Pacer.Window(), about)
		r.run.is(about)
	}
	r.events.Emit(event.Began{ID: r.run.id(), Began: r.run.started()})
	if r.Withheld() {
		return r.withhold(ctx)
	}
	undo, err := r.openUndo()
	if err != nil {
		return r.summary(nil), &UnsentError{err}
	}
	summary, err := r.sendRows(ctx, undo)
	if failed := errors.Join(r.closeUndo(undo), r.closeLedger()); failed != nil {
		err = errors.Join(err, &FinishError{InPlace: true, Cause: failed})
	}
	return summary, err
}

func (r *Run) sendRows(ctx context.Context, undo *report.Undo) (Summary, error) {
	journal, tally, err := r.openJournal()
	if err != nil {
		return r.summary(nil), &UnsentError{err}
	}
	stopped := r.endedBy(r.runBatch(ctx, undo, journal, tally))
	if stopped != nil {
		r.recordWindow(pace.Window{})
	}
	failed := journal.Close()
	if errors.Is(stopped, report.ErrNotRecorded) || failed != nil {
		s := r.summary(tally)
		s.Resumable, s.NotRecorded = true, true
		return s, &StoppedError{errors.Join(notRecorded(stopped), failed)}
	}
	c := tally.Counts()
	if ctx.Err() != nil && errors.Is(stopped, context.Cause(ctx)) && c.Done == r.Rows() && c.Remaining == 0 {
		stopped = nil // it was to end early, but was complete already
	}
	if batch.Resumable(stopped) {
		s := r.summary(tally)
		s.Resumable = true
		r.events.Emit(r.finished(s, s.Journal))
		return s, &StoppedError{stopped}
	}
	return r.finish(r.toTheEnd(ctx), tally, stopped)
}

// toTheEnd returns the context for what follows the sending. The interrupt that ended the sending does not end that as
// well, but another one does.
func (r *Run) toTheEnd(ctx context.Context) context.Context {
	if ctx.Err() != nil {
		return r.abort()
	}
	return ctx
}

// notRecorded returns the error that kept a result from being recorded, if that ended the run.
func notRecorded(stopped error) error {
	if errors.Is(stopped, report.ErrNotRecorded) {
		return stopped
	}
	return nil
}

func (r *Run) summary(tally *batch.Tally) Summary {
	s := Summary{Rows: r.Rows(), Paths: r.paths, Journal: report.JournalPath(r.paths.Results)}
	if tally != nil {
		s.Counts = tally.Counts()
	}
	return s
}

// finished returns the event of a run whose results are in the file.
func (r *Run) finished(s Summary, results string) event.Finished {
	return event.Finished{Counts: s.Counts, Results: results, Repeats: r.Repeats()}
}

func (r *Run) runBatch(ctx context.Context, undo *report.Undo, journal *report.Journal, tally *batch.Tally) error {
	tally.Start()
	defer r.keepWindow()()
	defer r.events.Track(r.requests.Pacer, func() (event.Progress, int) {
		c := tally.Counts()
		p := event.Progress{
			Phase: event.Sending, Done: c.Done, Total: r.Rows(), Earlier: c.Earlier, Failed: c.Failed,
			Requests: c.Requests, Elapsed: c.Elapsed,
		}
		return p, r.survey.Requests - c.Planned
	})()
	job := r.requests.Job()
	job.Known, job.MaxFailures = r.known, &r.options.MaxFailures
	job.Record, job.Flush = r.recorder(journal, tally)
	if undo != nil {
		job.Undo = undo.Record
	}
	if r.earlier != nil {
		job.LeftBehind = r.survey.Repeats.Has
	}
	return r.each(ctx, r.remains, func(rows iter.Seq2[csvmap.Row, error]) error {
		job.Rows = rows
		return batch.Run(ctx, r.abort(), job)
	})
}

// recorder returns functions that record a result, and that turn the recorded results into done ones: written,
// counted and reported.
func (r *Run) recorder(journal *report.Journal, tally *batch.Tally) (record func(batch.Result) error, flush func() error) {
	var added []batch.Result
	record = func(result batch.Result) error {
		journal.Add(result)
		added = append(added, result)
		return nil
	}
	flush = func() error {
		if err := journal.Flush(); err != nil {
			return err
		}
		for _, result := range added {
			tally.Count(result)
			r.events.Emit(event.RowDone{Result: result})
		}
		added = added[:0]
		return nil
	}
	return record, flush
}

// withhold ends a run that sends all or nothing: every row gets its result, and nothing is sent. If it is not
// completed, there is nothing to keep.
func (r *Run) withhold(ctx context.Context) (Summary, error) {
	if r.earlier != nil {
		return r.summary(nil), reason.New("remaining_invalid", "rows", r.survey.Invalid)
	}
	r.run.withheld()
	journal, tally, err := r.openJournal()
	if err != nil {
		return r.summary(nil), &UnsentError{err}
	}
	if err = r.recordWithheld(ctx, journal, tally); err == nil {
		var name string
		name, err = report.Finish(ctx, r.paths.Results, r.dialect(), false)
		r.noteSetAside(r.paths.Results, name)
	}
	if err != nil {
		return r.summary(nil), &UnsentError{errors.Join(err, report.EndRun(r.paths.Results))}
	}
	s := r.summary(tally)
	if err := errors.Join(r.setAside(r.paths.Failed), report.EndRun(r.paths.Results)); err != nil {
		return s, &UnsentError{err}
	}
	r.events.Emit(r.finished(s, r.paths.Results))
	return s, ErrWithheld
}

func (r *Run) recordWithheld(ctx context.Context, journal *report.Journal, tally *batch.Tally) error {
	err := r.each(ctx, r.remains, func(rows iter.Seq2[csvmap.Row, error]) error {
		return batch.Withhold(rows, r.known, func(result batch.Result) error {
			tally.Count(result)
			r.events.Emit(event.RowDone{Result: result})
			return journal.Record(result)
		})
	})
	return errors.Join(err, journal.Close())
}

// finish puts the results in place, and writes the failed rows to a file.
func (r *Run) finish(ctx context.Context, tally *batch.Tally, stopped error) (Summary, error) {
	s := r.summary(tally)
	if err := r.run.ended(); err != nil {
		return s, &FinishError{Cause: err}
	}
	earlier, err := report.Finish(ctx, r.paths.Results, r.dialect(), r.again)
	r.noteSetAside(r.paths.Results, earlier)
	if err != nil {
		return s, &FinishError{Cause: err}
	}
	r.events.Emit(r.finished(s, r.paths.Results))
	if err := r.finishFailed(ctx, s.Counts.Failed); err != nil {
		return s, &FinishError{InPlace: true, Failed: true, Cause: err}
	}
	if err := report.EndRun(r.paths.Results); err != nil {
		return s, &FinishError{InPlace: true, Cause: err}
	}
	switch {
	case stopped != nil:
		return s, &StoppedError{stopped}
	case s.Counts.Failed > 0:
		return s, ErrFailedRows
	}
	return s, nil
}

func (r *Run) finishFailed(ctx context.Context, failed int) error {
	if failed == 0 {
		return r.setAside(r.paths.Failed)
	}
	if err := r.writeFailed(ctx); err != nil {
		return err
	}
	r.events.Emit(event.FailedWritten{Path: r.paths.Failed})
	return nil
}

func (r *Run) setAside(path string) error {
	name, err := files.SetAside(path)
	r.noteSetAside(path, name)
	return err
}

func (r *Run) noteSetAside(path, name string) {
	if name != "" {
		r.events.Emit(event.SetAside{File: path, Name: name})
	}
}

// openUndo begins the file with which this run can be undone, or continues the file of the run that it resumes. It
// returns nil without Compare. Another run's file stays in place if nothing is to be sent, and is set aside
// otherwise.
func (r *Run) openUndo() (*report.Undo, error) {
	_, missing := os.Stat(r.paths.Undo)
	resumes := r.earlier != nil && missing == nil
	sends := r.survey.Requests > 0
	if !r.options.Compare || !sends && !resumes {
		return nil, nil
	}
	names, fields := r.reading.UndoHeader()
	if resumes {
		undo, err := report.ContinueUndo(r.paths.Undo, r.dialect(), r.run.started(), names, fields)
		switch isOther := errors.Is(err, report.ErrUndoOfOther); {
		case !isOther:
			return undo, err
		case !sends:
			return nil, nil
		}
	}
	if err := r.setAside(r.paths.Undo); err != nil {
		return nil, err
	}
	return report.CreateUndo(r.paths.Undo, r.dialect(), r.run.started(), names, fields)
}

func (r *Run) closeUndo(undo *report.Undo) error {
	if undo == nil {
		return nil
	}
	if err := undo.Close(); err != nil {
		return err
	}
	if _, err := os.Stat(r.paths.Undo); err == nil {
		r.events.Emit(event.UndoWritten{Path: r.paths.Undo})
	}
	return nil
}
