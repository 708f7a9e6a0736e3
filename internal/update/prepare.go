package update

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"syscall"

	"razebulk/batch"
	"razebulk/internal/crm"
	"razebulk/internal/event"
	"razebulk/internal/files"
	"razebulk/internal/reason"
	"razebulk/internal/run"
	"razebulk/report"
)

// Run is a prepared run: the sheet is read and checked, the files are locked, and nothing was sent. It must be
// closed.
type Run struct {
	options  Options
	events   *run.Events
	locks    files.Locks
	requests *run.Requests
	*sheet
	paths   Paths
	earlier *report.PreviousRun // the run that this one resumes, or nil
	again   bool                // that run was complete, but was killed before all files were in place
	run     runRecord
	known   *batch.Known // what shrinks the rows; nil sends them unchanged
	later   int          // the first row that is left for a later run; 0 means none
}

// Prepare does everything that comes before the first update. With Compare it reads the CRM. Its error is ctx's
// cause, a [*SheetError], an [*UnfinishedError], a [*JournalError], a [*ReadingError], a [*files.HeldError], a
// [*ledger.LockedError], or says what is wrong with the options; nothing was sent in that case.
func Prepare(ctx context.Context, o Options) (*Run, error) {
	r := &Run{options: o, events: run.NewEvents(o.Handle), paths: o.Paths}
	if err := o.checkState(); err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context) error{r.lock, r.read, r.lookBack, r.learn, r.refuseChanges} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, r.Close())
		}
	}
	r.input.Until(context.Background()) //nolint:contextcheck // what is sent from now on must be recorded
	r.events.Emit(event.Planned{Name: r.input.Name(), Host: r.Host(), Survey: r.survey, Cost: r.requests.Cost(r.survey.Requests)})
	if err := r.emitPlans(ctx); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// CountFromNow counts the run's maximum duration from now on, and not from [Prepare], if somebody has looked at the
// plan meanwhile.
func (r *Run) CountFromNow() { r.requests.CountFromNow() }

// Close releases the files and ends what Prepare has begun.
func (r *Run) Close() error {
	err := r.closeLedger()
	if r.requests != nil {
		r.events.Emit(r.requests.Spent())
		r.requests.Close()
	}
	if r.sheet != nil {
		r.close()
	}
	r.locks.Release()
	r.locks = nil
	return err
}

// refuseChanges refuses a run that sends too much. A dry run should show what that is.
func (r *Run) refuseChanges(context.Context) error {
	if r.options.DryRun {
		return nil
	}
	return r.named(r.CheckChanges())
}

// Host returns the name of the host that the updates go to.
func (r *Run) Host() string { return r.requests.Client.Host() }

// Name returns what messages call the sheet.
func (r *Run) Name() string { return r.input.Name() }

// Survey returns what is to be done with the rows that remain.
func (r *Run) Survey() batch.Survey { return r.survey }

// Repeats returns the ids that several rows have, if the order in which these are sent matters. The lines of an undo
// file are sent from last to first, so repeated ids in it are no cause for a warning.
func (r *Run) Repeats() batch.Repeats {
	if r.reading.Undoes() {
		return batch.Repeats{}
	}
	return r.survey.Repeats
}

// Reviewed reports whether the sheet has reviewed changes, and says what the CRM must hold for each.
func (r *Run) Reviewed() bool { return r.reading.Reviewed() }

// Paths returns the files that the run leaves.
func (r *Run) Paths() Paths { return r.paths }

// Rows returns the number of rows in the sheet, including those that an earlier run has finished.
func (r *Run) Rows() int { return r.sheet.rows }

// Withheld reports whether nothing is to be sent because a row is invalid.
func (r *Run) Withheld() bool { return r.options.Strict && r.survey.Invalid > 0 }

// lock keeps other runs away from this run's sheet and results. A dry run writes nothing that could be damaged.
func (r *Run) lock(context.Context) (err error) {
	if r.options.DryRun {
		return nil
	}
	paths := []string{r.paths.Results}
	if r.options.Compare {
		paths = append(paths, r.paths.Undo)
	}
	if r.locks, err = files.Lock(paths...); err != nil {
		return err
	}
	files.RemoveLeftovers(append(r.paths.All(), report.RunFiles(r.paths.Results)...)...)
	// A pipe, or a file that opening will refuse.
	if info, err := os.Stat(r.options.File); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	sheet, err := files.Lock(r.options.File)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return nil // a directory that only others write to; the results are locked anyway
	}
	r.locks = append(r.locks, sheet...)
	return err
}

// read reads the whole sheet, so that nothing is sent if part of it can't be read.
func (r *Run) read(ctx context.Context) (err error) {
	o := r.options.Requests
	o.API.ReadOnly = r.options.DryRun
	o.Detected = r.run.detected
	if r.requests, err = run.Open(o, r.events); err != nil {
		return err
	}
	if r.sheet, err = readSheet(ctx, r.options, r.events); err != nil {
		return err
	}
	if err := r.paths.failedAs(r.reading.Extension()); err != nil {
		return err
	}
	if report.IsBook(r.paths.Results) && r.survey.LastRow > report.MaxBookRows {
		return reason.New("results_too_long", "file", r.paths.Results, "max", report.MaxBookRows)
	}
	if r.reading.Reviewed() && !r.options.Compare {
		return &SheetError{Name: r.input.Name(), Cause: reason.New("reviewed_without_compare")}
	}
	r.announce()
	if r.rows < r.options.MinRows {
		return &SheetError{Name: r.input.Name(), Cause: reason.New("too_few_rows", "rows", r.rows, "min", r.options.MinRows)}
	}
	if err := r.survey.Damage.Err(); err != nil {
		return &SheetError{Name: r.input.Name(), Cause: err}
	}
	return nil
}

// announce reports how the sheet is read, and what looks odd about it.
func (r *Run) announce() {
	readOnly := r.reading.ReadOnly()
	r.events.Emit(event.SheetRead{Name: r.input.Name(), Format: r.reading.Format(), ReadOnly: readOnly, Rows: r.rows, Undoes: r.reading.Undoes()})
	stage := r.options.Sheet.Stage
	if stage && !slices.Contains(r.reading.Columns(), crm.Status) {
		r.events.Warn(reason.New("no_status_column"))
	}
	if r.reading.Undoes() && !stage && len(readOnly) > 0 { // an undo file has no other such column
		r.events.Warn(reason.New("undo_without_stage"))
	}
	if r.reading.Undoes() && !r.options.Compare {
		r.events.Warn(reason.New("undo_without_compare"))
	}
	if r.rows == 0 {
		r.events.Warn(reason.New("sheet_without_rows"))
	}
	for _, notice := range r.reading.Notices() {
		r.events.Warn(notice)
	}
	for _, unseen := range r.reading.Unseen().Reasons() {
		r.events.Warn(unseen)
	}
}

// remains reports whether no earlier run has finished the row and this one comes to it.
func (r *Run) remains(row int) bool {
	return (r.earlier == nil || !r.earlier.Done(row)) && !r.isLater(row)
}

// dialect returns the CSV dialect of the files that are written next to the sheet.
func (r *Run) dialect() report.Dialect {
	return report.Dialect{Delimiter: r.reading.Delimiter(), CRLF: r.reading.CRLF()}
}

// abort returns the context that ends the requests in flight.
func (r *Run) abort() context.Context {
	if r.options.Abort == nil {
		return context.Background()
	}
	return r.options.Abort
}

func (r *Run) named(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", r.input.Name(), err)
}
