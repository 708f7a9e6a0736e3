package update

import (
	"errors"
	"fmt"
)

// SheetError is returned for a sheet that can't be used; it names the sheet.
type SheetError struct {
	Name  string
	Cause error
}

func (e *SheetError) Error() string { return fmt.Sprintf("%s: %v", e.Name, e.Cause) }

// Unwrap returns the cause.
func (e *SheetError) Unwrap() error { return e.Cause }

// ReadingError is returned if the CRM could not be read before anything was sent.
type ReadingError struct{ Cause error }

func (e *ReadingError) Error() string { return "reading the CRM: " + e.Cause.Error() }

// Unwrap returns the cause.
func (e *ReadingError) Unwrap() error { return e.Cause }

// UnfinishedError is returned if an earlier run of the sheet is incomplete and the options don't say what to do with
// it.
type UnfinishedError struct{ Done, Rows int }

func (e *UnfinishedError) Error() string {
	return fmt.Sprintf("an earlier run has finished %d of %d rows", e.Done, e.Rows)
}

// JournalError is returned if the journal of an earlier run is damaged.
type JournalError struct{ Cause error }

func (e *JournalError) Error() string { return e.Cause.Error() }

// Unwrap returns the cause.
func (e *JournalError) Unwrap() error { return e.Cause }

// StoppedError is what ended a run early. Summary.Resumable reports whether it can be resumed.
type StoppedError struct{ Cause error }

func (e *StoppedError) Error() string { return e.Cause.Error() }

// Unwrap returns the cause.
func (e *StoppedError) Unwrap() error { return e.Cause }

// UnsentError is returned if nothing was sent because one of the run's files could not be written.
type UnsentError struct{ Cause error }

func (e *UnsentError) Error() string { return e.Cause.Error() }

// Unwrap returns the cause.
func (e *UnsentError) Unwrap() error { return e.Cause }

// FinishError is returned if the run is complete but one of its files could not be put in place or closed.
type FinishError struct {
	// InPlace reports that the results file is in place, Failed that the file of failed rows is not.
	InPlace, Failed bool
	Cause           error
}

func (e *FinishError) Error() string { return e.Cause.Error() }

// Unwrap returns the cause.
func (e *FinishError) Unwrap() error { return e.Cause }

var (
	// ErrWithheld is returned if nothing was sent because rows are invalid and the options are strict. The results say
	// which.
	ErrWithheld = errors.New("rows are invalid; nothing was sent")
	// ErrFailedRows is returned if the run is complete but some rows failed.
	ErrFailedRows = errors.New("some rows failed")
)
