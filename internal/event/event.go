// Package event has the events of a run: data, and nothing else. A run of update or export hands them to one handler,
// one at a time and in order. A terminal, a log, a page and a summary for machines are handlers.
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

// Handler takes the events of a run. It is never called by two goroutines at once, and should return soon: the run
// waits for it.
type Handler func(Event)

// Notice is worth a line, and nothing to worry about.
type Notice struct{ Reason reason.Reason }

// Warning may have to be looked into.
type Warning struct{ Reason reason.Reason }

// Opened says which file the sheet is, by its content. It comes once, when that was read, also if it can't be used.
type Opened struct{ Name, SHA256 string }

// SheetRead says how the sheet is read. It comes once, when the whole sheet was read.
type SheetRead struct {
	// Name is what the user calls the sheet, and Format how it is read.
	Name   string
	Format reason.Reason
	// ReadOnly are the headers of columns that an update can't change.
	ReadOnly []string
	Rows     int
	// Undoes tells that the sheet is an undo file.
	Undoes bool
}

// Resumed says that the run resumes an earlier one, which has finished Done of Rows rows.
type Resumed struct {
	Done, Rows int
	// ByStatus counts the rows that are done, ByReason those of them that need attention, by each of their codes.
	ByStatus map[batch.Status]int
	ByReason map[string]int
	// Requests are those that were made for rows, as far as their results were recorded.
	Requests int
}

// DialectDetected says which dialect the service speaks. It comes at most once, with the first answer that shows it,
// and not if that was known before.
type DialectDetected struct{ Dialect getraze.Dialect }

// Compared says that what the opportunities of the sheet hold was read, and what that took.
type Compared struct{ Reading batch.Reading }

// Planned says what a run of update is going to do. It comes once, before anything is sent.
type Planned struct {
	Name   string
	Host   string
	Survey batch.Survey
	Cost   Cost
}

// RowPlanned says what is to be done about a row that remains, with the names of stages and users in place of their
// ids. It comes for all rows, in the order in which they are sent: in a dry run when the plan is written, else before
// anything is sent, where the run's options ask for it. Cells are those of the row. Both may be used only until the
// handler returns.
type RowPlanned struct {
	Plan  batch.Plan
	Cells []csvmap.Cell
}

// Began says that a run of update begins to send, and leaves files: the run of this ID, which began at this time. Both
// are those of the run that it resumes, if it resumes one.
type Began struct {
	ID    string
	Began time.Time
}

// ExportPlanned says what an export is going to read. It comes once, when the first page was read.
type ExportPlanned struct {
	Host        string
	Pages, Gets int
	Cost        Cost // of the requests that remain
}

// Cost is what requests take.
type Cost struct {
	Requests int
	Outlook  pace.Outlook
	// TooLong tells that the run may not take so long.
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

// OfSheet tells whether a phase goes through the sheet, and counts its bytes.
func (p Phase) OfSheet() bool { return p == Checking || p == Planning }

// Progress says how far a phase is. It comes several times a second as long as the phase lasts, and last with Ended.
type Progress struct {
	Phase Phase
	// Sheet is what the user calls the sheet, if the phase is of it.
	Sheet string
	// Done and Total are rows, requests, or bytes of the sheet; Total is 0 as long as it is not known how long that is.
	// Earlier are those of Done that an earlier run has done.
	Done, Total, Earlier int
	Failed               int
	// Requests are those that were made in Elapsed.
	Requests int
	Elapsed  time.Duration
	// Wait is what holds all requests back, or nil.
	Wait *Wait
	// DoneAbout is when the remaining requests will have been sent; the zero time if none remain.
	DoneAbout time.Time
	Ended     bool
}

// Wait holds all requests back.
type Wait struct {
	Why   pace.Reason
	Until time.Time
}

// RowDone says that the result of a row was recorded.
type RowDone struct{ Result batch.Result }

// Finished says what became of a run of update: of all its rows, or of those that it came to.
type Finished struct {
	Counts batch.Counts
	// Repeats are ids that several rows have.
	Repeats batch.Repeats
	// Results is the file that has the results: the results file, or the journal of a run that can be resumed.
	Results string
}

// Spent says what a run of update has spent. It comes last, when requests were possible.
type Spent struct {
	Reads, Writes int // requests
	Quota         pace.Window
	Waits         pace.Spent
	Outages       int
}

// SetAside says that an earlier file was renamed, as another takes its place.
type SetAside struct{ File, Name string }

// PlanWritten says that the plan of a dry run is in place.
type PlanWritten struct{ Path string }

// FailedWritten says that the file of failed rows is in place.
type FailedWritten struct{ Path string }

// UndoWritten says that the file is in place with which the run can be undone.
type UndoWritten struct{ Path string }

// Exported says what an export has written. Unreported has, by field, for how many rows the service reports no value.
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
