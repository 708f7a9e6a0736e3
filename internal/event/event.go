// Package event defines the events of a run: pure data. A run of update or export hands them to one handler, one at a
// time and in order. A terminal, a log, a page and a summary for machines are handlers.
package event

import (
	"time"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/csvmap"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// Event is one of the types of this package.
type Event interface{ event() }

// Handler handles the events of a run. It is never called by two goroutines at once, and should return soon: the run
// waits for it.
type Handler func(Event)

// Notice is worth mentioning, but no reason to worry.
type Notice struct{ Reason reason.Reason }

// Warning may need attention.
type Warning struct{ Reason reason.Reason }

// Opened identifies the sheet by its file name and content. It is emitted once, when the content was read, even if the
// sheet can't be used.
type Opened struct{ Name, SHA256 string }

// SheetRead says how the sheet is read. It is emitted once, when the whole sheet was read.
type SheetRead struct {
	// Name is what the user calls the sheet, and Format how it is read.
	Name   string
	Format reason.Reason
	// ReadOnly are the headers of columns that an update can't change.
	ReadOnly []string
	Rows     int
	// Undoes reports that the sheet is an undo file.
	Undoes bool
}

// Resumed says that the run resumes an earlier one, which has finished Done of Rows rows.
type Resumed struct {
	Done, Rows int
	// ByStatus counts the rows that are done, ByReason those of them that need attention, by each of their reason codes.
	ByStatus map[batch.Status]int
	ByReason map[string]int
	// Requests counts those that were made for rows, as far as their results were recorded.
	Requests int
}

// DialectDetected says which dialect the service speaks. It is emitted at most once, with the first answer that shows
// it, and not if the dialect was already known.
type DialectDetected struct{ Dialect getraze.Dialect }

// Compared says that the current values of the sheet's opportunities were read, and what that took.
type Compared struct{ Reading batch.Reading }

// Planned says what a run of update is going to do. It is emitted once, before anything is sent.
type Planned struct {
	Name   string
	Host   string
	Survey batch.Survey
	Cost   Cost
}

// RowPlanned says what is to be done for a remaining row. Names of stages and users replace their ids. It is emitted
// for all rows, in the order in which they are sent: in a dry run when the plan is written, otherwise before anything
// is sent, if the run's options ask for it. Cells are the row's. Both may be used only until the handler returns.
type RowPlanned struct {
	Plan  batch.Plan
	Cells []csvmap.Cell
}

// Began says that a run of update begins to send, and will leave files. ID is the run's id, and Began the time when it
// began. If the run resumes an earlier one, both are the earlier run's.
type Began struct {
	ID    string
	Began time.Time
}

// ExportPlanned says what an export is going to read. It is emitted once, when the first page was read.
type ExportPlanned struct {
	Host        string
	Pages, Gets int
	Cost        Cost // of the requests that remain
}

// Cost is what requests will take.
type Cost struct {
	Requests int
	Outlook  pace.Outlook
	// TooLong reports that this is longer than the run may take.
	TooLong bool
}

// Phase is the part of a run that a [Progress] reports.
type Phase string

// The phases.
const (
	Checking Phase = "checking" // goes through the sheet for the first time
	Planning Phase = "planning" // goes through it again
	Reading  Phase = "reading"  // counts requests
	Sending  Phase = "sending"  // counts rows
)

// OfSheet reports whether a phase goes through the sheet and counts its bytes.
func (p Phase) OfSheet() bool { return p == Checking || p == Planning }

// Progress says how far a phase has got. It is emitted several times a second during the phase, the last time with
// Ended set.
type Progress struct {
	Phase Phase
	// Sheet is what the user calls the sheet, if the phase goes through it.
	Sheet string
	// Done and Total count rows, requests, or bytes of the sheet; Total is 0 until it is known. Earlier is the part of
	// Done that an earlier run did.
	Done, Total, Earlier int
	Failed               int
	// Requests counts those that were made in Elapsed.
	Requests int
	Elapsed  time.Duration
	// Wait is what holds all requests back, or nil.
	Wait *Wait
	// DoneAbout is when the remaining requests will have been sent; the zero time if none remain.
	DoneAbout time.Time
	Ended     bool
}

// Wait is a pause that holds all requests back.
type Wait struct {
	Why   pace.Reason
	Until time.Time
}

// RowDone says that the result of a row was recorded.
type RowDone struct{ Result batch.Result }

// Finished gives the result of a run of update, for all its rows or those that it reached.
type Finished struct {
	Counts batch.Counts
	// Repeats are ids that occur in several rows.
	Repeats batch.Repeats
	// Results is the file that has the results: the results file, or the journal of a run that can be resumed.
	Results string
}

// Spent says what a run of update has used. It is emitted last, if requests were possible.
type Spent struct {
	Reads, Writes int // requests
	Quota         pace.Window
	Waits         pace.Spent
	Outages       int
}

// SetAside says that an earlier file was renamed because a new one takes its place.
type SetAside struct{ File, Name string }

// PlanWritten says that the plan of a dry run is in place.
type PlanWritten struct{ Path string }

// FailedWritten says that the file of failed rows is in place.
type FailedWritten struct{ Path string }

// UndoWritten says that the file that can undo the run is in place.
type UndoWritten struct{ Path string }

// Exported says what an export has written. Unreported counts, by field, the rows for which the service reports no
// value.
type Exported struct {
	To             string // the file; "" for a writer
	Rows, Requests int
	Unreported     map[string]int
}

func (Notice) event()          {}
func (Warning) event()         {}
func (Opened) event()          {}
func (SheetRead) event()       {}
func (Resumed) event()         {}
func (DialectDetected) event() {}
func (Compared) event()        {}
func (Planned) event()         {}
func (RowPlanned) event()      {}
func (Began) event()           {}
func (ExportPlanned) event()   {}
func (Progress) event()        {}
func (RowDone) event()         {}
func (Finished) event()        {}
func (Spent) event()           {}
func (SetAside) event()        {}
func (PlanWritten) event()     {}
func (FailedWritten) event()   {}
func (UndoWritten) event()     {}
func (Exported) event()        {}
