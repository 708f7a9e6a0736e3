package cli

import "errors"

// The exit codes, for cron and scripts.
const (
	exitOK          = 0
	exitFailedRows  = 1
	exitUsage       = 2
	exitStopped     = 3
	exitOutOfTime   = 4
	exitHeld        = 5
	exitInterrupted = 130
)

// exitCodes is the table that --help prints.
const exitCodes = `Exit codes:
  0    every row is SUCCESS, UNCHANGED or EMPTY; or a dry run found no invalid row
  1    finished, and some rows failed
  2    usage or unusable input, not confirmed, or invalid rows with --strict; nothing was sent
  3    stopped early: the key was rejected, too many rows failed, the file changed, or a file could not be written
  4    stopped on quota, deadline or outage; can be resumed
  5    another run holds the files
  130  interrupted; can be resumed
`

// exitError ends the program with a code.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

// usageError marks what the user has to change before anything can be sent, unless the error has a code of its own.
func usageError(err error) error {
	if coded := (*exitError)(nil); errors.As(err, &coded) {
		return err
	}
	return withCode(exitUsage, err)
}

func withCode(code int, err error) error {
	if err == nil {
		return nil
	}
	return &exitError{code, err}
}

// codeOf takes an error without a code of its own for one of usage: it is cobra's, about flags and arguments.
func codeOf(err error) int {
	var e *exitError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &e):
		return e.code
	}
	return exitUsage
}
