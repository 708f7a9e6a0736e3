package batch

import "razebulk/batch/internal/result"

// Result is what became of one row: a line of the results file.
type Result = result.Result

// Status says what became of a row. Besides the ones named here it can be any error code of the API, as it came.
type Status = result.Status

// The statuses that this program itself gives.
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

// Counts are a tally at one moment.
type Counts = result.Counts

// NewTally begins counting, and the time.
func NewTally() *Tally { return result.NewTally() }
