// Package failures counts the rows of a run that fail, and detects when they are too many.
package failures

import (
	"razebulk/batch/internal/result"
	"razebulk/batch/pace"
	"razebulk/internal/reason"
)

// TooMany ends a run: it looks like the wrong file, or the wrong account. It is not safe for concurrent use.
type TooMany struct {
	// Failed is how many of the Sent rows have failed; Last is the last of those.
	Failed, Sent int
	Last         result.Result
}

// Error returns a message for developers; [TooMany.Reason] can be worded for users.
func (e *TooMany) Error() string { return e.Reason().Error() }

// Reason returns a reason with the counts and the result of the last row that failed.
func (e *TooMany) Reason() reason.Reason {
	return reason.New("too_many_failures", "failed", e.Failed, "sent", e.Sent, "row", e.Last.Row, "status", string(e.Last.Status),
		"why", reason.Reasons(e.Last.Reasons))
}

// rowsForPercent is how many rows must be done before a percentage of failures means anything.
const rowsForPercent = 50

// Count counts a row. A row that was refused by this program costs nothing and proves nothing about the account, and a
// row that only lacks what the service never stores proves nothing about the file.
func (e *TooMany) Count(r result.Result) {
	if r.Attempts == 0 {
		return
	}
	e.Sent++
	onlyUnstored := r.Status == result.NotApplied && len(r.NotStored) > 0 && len(r.NotStored) == len(r.NotApplied)
	if r.Status.NeedsAttention() && !onlyUnstored {
		e.Failed++
		e.Last = r
	}
}

// Exceed reports whether more rows have failed than allowed; nil means no limit.
func (e *TooMany) Exceed(allowed *pace.Share) bool {
	switch {
	case allowed == nil:
		return false
	case allowed.Percent > 0:
		return e.Sent >= rowsForPercent && float64(e.Failed)*100 > allowed.Percent*float64(e.Sent)
	}
	return e.Failed > allowed.Count
}
