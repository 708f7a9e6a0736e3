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

// exitTable maps the error that ended a command to its exit code. The first matching line counts. An error that matches
// none is a usage error, as cobra's errors about flags and arguments are.
var exitTable = []struct {
	fits func(error) bool
	code int
}{
	{is(signals.ErrInterrupted), exitInterrupted},
	{as[*files.HeldError], exitHeld},
	{is(ledger.ErrInUse), exitHeld},
	{as[*pace.OutOfTime], exitOutOfTime},
	{func(err error) bool { return as[*readingError](err) && lacksPermission(err) }, exitUsage},
	{func(err error) bool { return as[*export.StoppedError](err) && lacksPermission(err) }, exitUsage},
	{is(pace.ErrReserve), exitUsage},
	{is(check.ErrDown), exitOutOfTime},
	{is(check.ErrRefused), exitStopped},
	{as[*readingError], exitStopped},
	{is(update.ErrFirst), exitOutOfTime},
	{as[*update.StoppedError], exitStopped},
	{as[*update.FinishError], exitStopped},
	{as[*export.StoppedError], exitStopped},
	{is(serve.ErrServing), exitStopped},
	{is(errDiffers), exitDiffers},
	{is(update.ErrFailedRows), exitFailedRows},
	{is(errInvalidRows), exitFailedRows},
	{is(export.ErrIncomplete), exitFailedRows},
}

// readingError is the error of an update that failed while reading.
type readingError = update.ReadingError

var (
	// errInvalidRows: a dry run has found invalid rows.
	errInvalidRows = errors.New("invalid rows")
	// errDiffers: a dry run has found that the CRM differs from the sheet.
	errDiffers = errors.New("the CRM differs")
)

// lacksPermission reports whether the service knows the key but does not let it do what was asked.
func lacksPermission(err error) bool {
	var rejected reason.Reason
	return errors.Is(err, batch.ErrKeyRejected) && errors.As(err, &rejected) && rejected.Params["status"] == "INSUFFICIENT_PERMISSIONS"
}

func is(target error) func(error) bool {
	return func(err error) bool { return errors.Is(err, target) }
}

func as[T error](err error) bool {
	var target T
	return errors.As(err, &target)
}

// codeOf returns the exit code for the error that ended a command.
func codeOf(err error) int {
	if err == nil {
		return exitOK
	}
	for _, line := range exitTable {
		if line.fits(err) {
			return line.code
		}
	}
	return exitUsage
}
