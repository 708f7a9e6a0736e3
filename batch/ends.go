package batch

import (
	"errors"
	"strings"

	"razebulk/batch/internal/attempt"
	"razebulk/batch/internal/failures"
	"razebulk/batch/pace"
	"razebulk/internal/reason"
)

// PanicError ends a run: this program has a bug.
type PanicError = attempt.PanicError

// ErrKeyRejected ends a run: the service answered 401 or 403, and would answer the same to every further request. The
// error that a run returns has the same code and, as parameters, the status and the reasons of the refusal.
var ErrKeyRejected error = attempt.ErrKeyRejected

// LacksPermission reports whether the service knows the key, but does not let it do what was asked. Such an error is
// also [ErrKeyRejected].
func LacksPermission(err error) bool {
	var why reason.Reason
	if !errors.Is(err, ErrKeyRejected) || !errors.As(err, &why) {
		return false
	}
	status, _ := why.Params["status"].(string)
	return strings.Contains(status, "PERMISSION")
}

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
