package batch

import (
	"errors"

	"razebulk/batch/internal/attempt"
	"razebulk/batch/pace"
	"razebulk/internal/reason"
)

// PanicError ends a run: this program has a fault.
type PanicError = attempt.PanicError

// ErrKeyRejected ends a run: the service answered 401 or 403, and would answer so to every further request. The error
// that a run returns has the same code and, as parameters, the status and the reasons of the refusal.
var ErrKeyRejected error = attempt.ErrKeyRejected

// TooManyFailures ends a run: it looks like the wrong file, or the wrong account.
type TooManyFailures struct {
	// Failed of the Sent rows have failed, Last the last of them.
	Failed, Sent int
	Last         Result
}

// Error is for developers; [TooManyFailures.Reason] is what can be worded.
func (e *TooManyFailures) Error() string { return e.Reason().Error() }

// Reason has the figures, and what became of the last row that failed.
func (e *TooManyFailures) Reason() reason.Reason {
	return reason.New("too_many_failures", "failed", e.Failed, "sent", e.Sent, "row", e.Last.Row, "status", string(e.Last.Status),
		"why", reason.Reasons(e.Last.Reasons))
}

// Resumable reports whether a run that ended for this cause can be resumed as it is. A rejected key, a wrong address or
// a wrong file has to be corrected first; nil is a run that reached its end.
func Resumable(cause error) bool {
	var tooMany *TooManyFailures
	return cause != nil && !errors.Is(cause, ErrKeyRejected) && !errors.Is(cause, pace.ErrBaseURLWrong) && !errors.As(cause, &tooMany)
}

// rowsForPercent is how many rows must be done before a percentage of failures says anything.
const rowsForPercent = 50

// count takes in a row. One that was refused here costs nothing and proves nothing about the account, and one that
// lacks nothing but what the service never stores proves nothing about the file.
func (e *TooManyFailures) count(r Result) {
	if r.Attempts == 0 {
		return
	}
	e.Sent++
	onlyUnstored := r.Status == NotApplied && len(r.NotStored) > 0 && len(r.NotStored) == len(r.NotApplied)
	if r.Status.NeedsAttention() && !onlyUnstored {
		e.Failed++
		e.Last = r
	}
}

// exceeds reports whether more rows have failed than allowed; nil is no limit.
func (e *TooManyFailures) exceeds(allowed *pace.Share) bool {
	switch {
	case allowed == nil:
		return false
	case allowed.Percent > 0:
		return e.Sent >= rowsForPercent && float64(e.Failed)*100 > allowed.Percent*float64(e.Sent)
	}
	return e.Failed > allowed.Count
}
