package batch

import "razebulk/batch/internal/result"

// Result is the result of one row: a line of the results file.
type Result = result.Result

// Status is the outcome of a row. Besides the ones listed here, it can be any error code of the API, unchanged.
type Status = result.Status

// Failure says why a request failed.
type Failure = result.Failure

// The statuses that this program itself assigns.
const (
	Success         = result.Success
	NotApplied      = result.NotApplied
	Unchanged       = result.Unchanged
	Conflict        = result.Conflict
	Empty           = result.Empty
	ValidationError = result.ValidationError
	NotFound        = result.NotFound
	ServerError     = result.ServerError
	NetworkError    = result.NetworkError
	NotAttempted    = result.NotAttempted
)

// Tally counts results as they come. It is safe for concurrent use.
type Tally = result.Tally

// Counts is a snapshot of a tally.
type Counts = result.Counts

// NewTally returns a tally that starts counting, and timing, now.
func NewTally() *Tally { return result.NewTally() }
