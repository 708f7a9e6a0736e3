// Package work is the work on one sheet at a time, from the drop to the undo, as the local page shows it. It drives
// package update as the command line does, and knows no HTTP. Anything that takes long runs in the background: the
// page may be closed and reopened meanwhile.
package work

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"razebulk/csvmap"
	"razebulk/internal/event"
	"razebulk/internal/reason"
	"razebulk/internal/run"
	"razebulk/internal/update"
	"razebulk/internal/words"
)

// Step is how far the work has come.
type Step int

// The steps, in their order.
const (
	Choosing  Step = iota // there is no sheet
	Columns               // the sheet is read, and its columns are shown
	Preparing             // the whole sheet is checked and compared
	Review                // what would be sent is shown
	Sending               // it is being sent
	Done                  // the run has ended
)

// Options are what the work needs from the program around it.
type Options struct {
	// Folder is where sheets and the files of runs are kept, in a folder for each sheet.
	Folder string
	// Address is where the API is, for what outlives the run, and Version is the program's.
	Address, Version string
	// Sheet specifies how sheets are read.
	Sheet csvmap.Options
	// Requests returns how requests are made. Its error is why there is no key.
	Requests func(context.Context) (run.Options, error)
	// Saved returns what was saved for sheets with these headers, and false if nothing was. Save saves it, and returns
	// the file.
	Saved func(headers []string) (csvmap.Options, bool, error)
	Save  func(sheet string, headers []string, said csvmap.Options) (string, error)
	// Plan turns a reviewed plan into a sheet.
	Plan func(ctx context.Context, path string) (Plan, error)
	// Report begins the report of a run, in these words. Message returns an error as users see it.
	Report  func(Job, *words.Words) (Report, error)
	Message func(*words.Words, error) string
	// MayResume is as in [update.Options].
	MayResume func(id string) error
	// Abort ends requests in flight.
	Abort context.Context
}

// Plan is a reviewed plan that may be applied.
type Plan struct {
	Name     string // equal for two plans only if they are the same plan
	Sheet    io.Reader
	HasStage bool
}

// Job is what a run is about.
type Job struct {
	File string
	Ways Ways
	// Reading specifies how the sheet is read.
	Reading csvmap.Options
	// Plan reports that the file is a plan, and Resume that the run resumes another one.
	Plan, Resume bool
	// State is the state file of the run that is undone; "" if it had none.
	State string
	Paths update.Paths
	// Report is the file of the report for the sheet's owner.
	Report string
}

// Ways are the user's choices of how to send.
type Ways struct {
	// Compare, Stage, Strict and MatchOpen are as in [update.Options].
	Compare, Stage, Strict, MatchOpen bool
}

// Report receives what happens in a run.
type Report struct {
	ID      string
	Handle  event.Handler
	Applies func(plan string)
	End     func(resumable bool, err error)
}

// Work is the work on a sheet. It is safe for concurrent use, and must be closed.
type Work struct {
	o Options

	mu       sync.Mutex
	view     View
	job      Job
	headers  []string // of the sheet, as it is read
	live     *live
	prepared *update.Run
	start    Start // of the prepared run
	report   Report
	words    *words.Words // of the files of the prepared run
	cancel   context.CancelCauseFunc
	closed   bool
	running  sync.WaitGroup
}

// New returns work without a sheet.
func New(o Options) *Work { return &Work{o: o, live: &live{}} }

var (
	// ErrStopped is returned if the user has stopped the work in progress.
	ErrStopped = errors.New("stopped")
	// errEnded is returned if the program ends.
	errEnded = fmt.Errorf("%w: the program ends", ErrStopped)
)

// View is the work at one moment. What it points to is never modified.
type View struct {
	Step Step
	// Serial grows with everything that the user must see before the next step. An action names the serial that was
	// seen.
	Serial int
	Sheet  *Sheet
	Ways   Ways
	// Err is why the last step was not taken; it is shown next to what caused it.
	Err error
	// Unfinished is the earlier run of the sheet that can be resumed; nil if there is none.
	Unfinished *update.UnfinishedError
	// SavedTo is the file in which the choices were last saved.
	SavedTo string
	Changes *Changes // from Review on
	Live    Live
	Result  *Result // of Done
	// Undoes reports that the sheet is an undo file of this program.
	Undoes bool
	// Moved reports that the CRM has changed between the confirmed preview and this one.
	Moved bool
	Job   Job
}

// Result is the result of a run.
type Result struct {
	update.Summary
	Err   error
	Ended time.Time
}

// Now returns the work at this moment.
func (w *Work) Now() View {
	w.mu.Lock()
	defer w.mu.Unlock()
	v := w.view
	v.Live, v.Job = w.live.now(), w.job
	return v
}

// Close stops the work in progress, and waits until it has ended.
func (w *Work) Close() {
	w.mu.Lock()
	w.closed = true
	if w.cancel != nil {
		w.cancel(errEnded)
	}
	w.mu.Unlock()
	w.running.Wait()
	w.mu.Lock()
	release := w.takePrepared()
	w.mu.Unlock()
	release()
}

// Wait returns when no work is in progress.
func (w *Work) Wait() { w.running.Wait() }

// Stop ends the work in progress, which still waits for requests that were sent.
func (w *Work) Stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.cancel != nil && (w.view.Step == Preparing || w.view.Step == Sending) {
		w.cancel(ErrStopped)
	}
}

// Leave releases the sheet, so that another one can be dropped.
func (w *Work) Leave(serial int) error {
	return w.act(serial, func() { w.reset() }, Columns, Review, Done)
}

// Back returns to the columns of the sheet.
func (w *Work) Back(serial int) error {
	return w.act(serial, func() { w.view.Step, w.view.Changes = Columns, nil }, Review, Done)
}

func (w *Work) reset() {
	w.view = View{Serial: w.view.Serial}
	w.job, w.headers, w.live = Job{}, nil, &live{}
}

// act does something that is allowed in these steps, and ends what was prepared.
func (w *Work) act(serial int, do func(), in ...Step) error {
	w.mu.Lock()
	if err := w.check(serial, in...); err != nil {
		w.mu.Unlock()
		return err
	}
	release := w.takePrepared()
	w.view.Serial++
	w.view.Err, w.view.Moved = nil, false
	w.mu.Unlock()
	release() // its events are handled under the lock
	w.mu.Lock()
	defer w.mu.Unlock()
	do()
	return nil
}

// check rejects an action of a user who sees an outdated page.
func (w *Work) check(serial int, in ...Step) error {
	switch {
	case w.view.Step == Preparing || w.view.Step == Sending:
		return reason.New("ui_busy")
	case serial != w.view.Serial:
		return reason.New("ui_outdated")
	}
	for _, step := range in {
		if step == w.view.Step {
			return nil
		}
	}
	return reason.New("ui_outdated")
}

func (w *Work) takePrepared() (release func()) {
	prepared := w.prepared
	w.prepared = nil
	return func() {
		if prepared != nil {
			_ = prepared.Close() // nothing was sent
		}
	}
}

// begin does something in the background.
func (w *Work) begin(step Step, do func(context.Context)) {
	ctx, cancel := context.WithCancelCause(context.Background())
	w.view.Step, w.cancel = step, cancel
	if w.closed {
		cancel(errEnded)
	}
	w.running.Go(func() {
		defer cancel(nil)
		do(ctx)
	})
}
