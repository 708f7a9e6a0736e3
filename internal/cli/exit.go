package cli

import (
	"errors"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/internal/check"
	"razebulk/internal/cli/internal/serve"
	"razebulk/internal/cli/internal/signals"
	"razebulk/internal/export"
	"razebulk/internal/files"
	"razebulk/internal/ledger"
	"razebulk/internal/reason"
	"razebulk/internal/update"
)

// The exit codes, for cron and scripts.
const (
	exitOK          = 0
	exitFailedRows  = 1
	exitUsage       = 2
	exitStopped     = 3
	exitOutOfTime   = 4
	exitHeld        = 5
	exitDiffers     = 6
	exitInterrupted = 130
)

// exitCodes is the table that --help prints.
const exitCodes = `Exit codes:
  0    every row is SUCCESS, UNCHANGED or EMPTY; or a dry run found no
       invalid row
  1    finished, and some rows failed; or a dry run found invalid rows
  2    wrong usage, unusable input, not confirmed, invalid rows with --strict,
       or a key that may not read; nothing was sent
  3    stopped early: the key was rejected, the base URL is wrong, too many
       rows failed, the CRM could not be read, the file changed, or a file
       could not be written
  4    stopped on quota, deadline or outage, or after the rows of --first;
       can be resumed
  5    another run is using the files
  6    with --dry-run --compare --exit-code: something differs from the CRM
  130  interrupted; can be resumed
`

// ending is what an error that ends a command means.
type ending struct {
	fits   func(error) bool
	code   int
	advice func(*ended) string // its text with what to do; nil: the error's own text
}

// endings is the table of what can end a command. The first matching line counts. An error that matches none is a usage
// error, as cobra's errors about flags and arguments are.
var endings = []ending{
	{both(stopped, interrupted), exitInterrupted, (*ended).stopped},
	{both(finishing, interrupted), exitInterrupted, (*ended).interruptedInTheEnd},
	{both(unsent, interrupted), exitInterrupted, (*ended).sentNothing},
	{interrupted, exitInterrupted, (*ended).interrupted},

	{as[*files.HeldError], exitHeld, nil},
	{is(ledger.ErrInUse), exitHeld, nil},

	{both(reading, outOfTime), exitOutOfTime, (*ended).readingOutOfTime},
	{both(stopped, outOfTime), exitOutOfTime, (*ended).stopped},
	{both(exporting, outOfTime), exitOutOfTime, (*ended).exportOutOfTime},
	{both(stopped, is(update.ErrFirst)), exitOutOfTime, (*ended).stopped},
	{is(check.ErrDown), exitOutOfTime, (*ended).notChecked},
	{outOfTime, exitOutOfTime, nil},

	{both(reading, batch.LacksPermission), exitUsage, (*ended).keyRefusedReading},
	{both(exporting, batch.LacksPermission), exitUsage, (*ended).keyRefusedExporting},
	{both(reading, is(pace.ErrReserve)), exitUsage, (*ended).sentNothing},
	{both(stopped, is(pace.ErrReserve)), exitUsage, (*ended).stopped},
	{both(exporting, is(pace.ErrReserve)), exitUsage, (*ended).exportStopped},

	{both(reading, keyRejected), exitStopped, (*ended).keyRefusedReading},
	{both(stopped, keyRejected), exitStopped, (*ended).keyRefusedSending},
	{both(exporting, keyRejected), exitStopped, (*ended).keyRefusedExporting},
	{reading, exitStopped, (*ended).sentNothing},
	{stopped, exitStopped, (*ended).stopped},
	{exporting, exitStopped, (*ended).exportStopped},
	{both(finishing, is(update.ErrFailedRows)), exitStopped, (*ended).failedRowsAndFiles},
	{resultsMissing, exitStopped, (*ended).resultsNotInPlace},
	{failedMissing, exitStopped, (*ended).failedNotWritten},
	{finishing, exitStopped, nil},
	{is(check.ErrRefused), exitStopped, (*ended).notChecked},
	{is(serve.ErrServing), exitStopped, nil},

	{is(errDiffers), exitDiffers, (*ended).rowsDiffer},

	{is(update.ErrFailedRows), exitFailedRows, (*ended).failedRows},
	{is(errInvalidRows), exitFailedRows, (*ended).invalidRows},
	{is(export.ErrIncomplete), exitFailedRows, (*ended).exportIncomplete},

	{unsent, exitUsage, (*ended).sentNothing},
	{is(update.ErrWithheld), exitUsage, (*ended).strictSentNothing},
	{is(errWouldWithhold), exitUsage, (*ended).invalidRows},
	{as[*update.UnfinishedError], exitUsage, (*ended).unfinished},
	{as[*update.JournalError], exitUsage, (*ended).journalDamaged},
	{is(reason.New("too_many_changes")), exitUsage, (*ended).tooManyChanges},
	{as[*export.IDsError], exitUsage, (*ended).idsNotRead},
	{as[*notConfirmedError], exitUsage, (*ended).notConfirmed},
}

// The errors of a dry run that finds something, for the table.
var (
	errInvalidRows = errors.New("invalid rows")
	// errWouldWithhold is the same with --strict.
	errWouldWithhold = errors.New("invalid rows, and nothing would be sent")
	errDiffers       = errors.New("the CRM differs")
)

// notConfirmedError is why a question was not answered with yes.
type notConfirmedError struct{ error }

func (e *notConfirmedError) Unwrap() error { return e.error }

// The conditions of the table.
var (
	interrupted = is(signals.ErrInterrupted)
	outOfTime   = as[*pace.OutOfTime]
	keyRejected = is(batch.ErrKeyRejected)
	reading     = as[*update.ReadingError]
	unsent      = as[*update.UnsentError]
	stopped     = as[*update.StoppedError]
	finishing   = as[*update.FinishError]
	exporting   = as[*export.StoppedError]
)

// resultsMissing and failedMissing report which file of a run that is complete is not in place.
func resultsMissing(err error) bool {
	var finish *update.FinishError
	return errors.As(err, &finish) && !finish.InPlace
}

func failedMissing(err error) bool {
	var finish *update.FinishError
	return errors.As(err, &finish) && finish.InPlace && finish.Failed
}

func is(target error) func(error) bool {
	return func(err error) bool { return errors.Is(err, target) }
}

func as[T error](err error) bool {
	var target T
	return errors.As(err, &target)
}

func both(one, other func(error) bool) func(error) bool {
	return func(err error) bool { return one(err) && other(err) }
}

// endingOf returns the line of the table for the error that ended a command.
func endingOf(err error) ending {
	for _, line := range endings {
		if line.fits(err) {
			return line
		}
	}
	return ending{code: exitUsage}
}

// codeOf returns the exit code for the error that ended a command; nil is success.
func codeOf(err error) int {
	if err == nil {
		return exitOK
	}
	return endingOf(err).code
}
