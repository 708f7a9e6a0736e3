// Package batch decides which row is sent, when, and how often: it plans the rows, sends them with a fixed number of
// workers behind one [pace.Pacer], tries again what may pass, and gives every row exactly one [Result].
package batch

import (
	"time"
)

// Status says what became of a row. Besides the ones named here it can be any error code of the API, as it came.
type Status string

// The statuses that this program itself gives.
const (
	// Success: the service answered that it stored the row, and nothing it answered says otherwise.
	Success Status = "SUCCESS"
	// NotApplied: the service answered with success, and with another value than the one that was sent.
	NotApplied Status = "NOT_APPLIED"
	// Unchanged: all that the row says is stored already.
	Unchanged Status = "UNCHANGED"
	// Conflict: somebody has changed the opportunity meanwhile, and the row was not sent, or not all of it. The API has a code of
	// this name, too.
	Conflict Status = "CONFLICT"
	// Empty: the row has an id and nothing else.
	Empty Status = "EMPTY"
	// ValidationError: a cell can't be sent, or the service refused it.
	ValidationError Status = "VALIDATION_ERROR"
	// NotFound: the service knows no opportunity of this id.
	NotFound Status = "NOT_FOUND"
	// ServerError: the service failed, or what answered was not the API; further tries were of no use.
	ServerError Status = "SERVER_ERROR"
	// NetworkError: no whole answer came; the update may have been stored all the same.
	NetworkError Status = "NETWORK_ERROR"
	// NotAttempted: the run ended before the row was sent.
	NotAttempted Status = "NOT_ATTEMPTED"
)

// Failed tells whether a row of this status needs someone to look at it.
func (s Status) Failed() bool { return s != Success && s != Unchanged && s != Empty }

// Final tells whether another try would come to the same. A row of any other status is sent again when a run is gone on with.
func (s Status) Final() bool { return s != NetworkError && s != ServerError && s != NotAttempted }

// ownMeaning tells that a status says something that only this program can know, so that an API's code of the same
// name can't be passed on for it.
func (s Status) ownMeaning() bool {
	switch s {
	case Success, NotApplied, Unchanged, Empty, ServerError, NetworkError, NotAttempted:
		return true
	}
	return false
}

// Result is what became of one row: a line of the results file.
type Result struct {
	Row     int // as [csvmap.Row.Number]
	Line    int
	ID      string
	Status  Status
	Message string
	// Sent, NotApplied and Unverified are names of fields.
	Sent       []string
	NotApplied []string
	Unverified []string
	// HTTPStatus is that of the last answer; 0 when none came.
	HTTPStatus int
	// Attempts is the number of requests that were made for the row.
	Attempts   int
	FinishedAt time.Time
}
