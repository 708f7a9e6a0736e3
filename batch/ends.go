package batch

import (
	"errors"

	"razebulk/batch/internal/attempt"
	"razebulk/batch/internal/failures"
	"razebulk/batch/pace"
)

// PanicError ends a run: this program has a bug.
type PanicError = attempt.PanicError

// ErrKeyRejected ends a run: the service answered 401 or 403, and would answer the same to every further request. The
// error that a run returns has the same code and, as parameters, the status and the reasons of the refusal.
var ErrKeyRejected error = attempt.ErrKeyRejected

// TooManyFailures ends a run: it looks like the wrong file, or the wrong account.
type TooManyFailures = failures.TooMany

// Resumable reports whether a run that ended for this cause can be resumed as it is. A rejected key, a wrong address or
// a wrong file has to be corrected first; nil means that the run was completed.
func Resumable(cause error) bool {
	if cause == nil {
		return false
	}
	var tooMany *TooManyFailures
	return !errors.Is(cause, ErrKeyRejected) && !errors.Is(cause, pace.ErrBaseURLWrong) && !errors.As(cause, &tooMany)
}
