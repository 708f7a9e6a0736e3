// Package result defines the results of rows and the failures of requests, and counts results.
package result

import (
	"slices"
	"time"

	"razebulk/internal/reason"
)

// Status is the outcome of a row. Besides the ones listed here, it can be any error code of the API, unchanged.
type Status string

// The statuses that this program itself assigns.
const (
	// Success: the service answered that it stored the row, and nothing in its answer says otherwise.
	Success Status = "SUCCESS"
	// NotApplied: the service answered with success, but with a value other than the one that was sent.
	NotApplied Status = "NOT_APPLIED"
	// Unchanged: everything in the row is already stored.
	Unchanged Status = "UNCHANGED"
	// Conflict: somebody has changed the opportunity in the meantime, and the row was not sent, or not completely. The API
	// has a code of this name, too.
	Conflict Status = "CONFLICT"
	// Empty: the row has an id and nothing else.
	Empty Status = "EMPTY"
	// ValidationError: a cell can't be sent, or the service refused it.
	ValidationError Status = "VALIDATION_ERROR"
	// NotFound: the service knows no opportunity with this id.
	NotFound Status = "NOT_FOUND"
	// ServerError: the service failed, or something other than the API answered; further attempts did not help.
	ServerError Status = "SERVER_ERROR"
	// NetworkError: no complete answer came; the update may have been stored anyway.
	NetworkError Status = "NETWORK_ERROR"
	// NotAttempted: the run ended before the row was sent.
	NotAttempted Status = "NOT_ATTEMPTED"
)

// NeedsAttention reports whether somebody has to look at a row with this status. Such rows go into the failed file.
func (s Status) NeedsAttention() bool { return s != Success && s != Unchanged && s != Empty }

// Terminal reports whether another attempt would have the same result. A row with any other status is sent again when a
// run is resumed.
func (s Status) Terminal() bool { return s != NetworkError && s != ServerError && s != NotAttempted }

// Reserved reports whether only this program can know what the status says, so that an API code of the same name is not
// passed on as the status.
func (s Status) Reserved() bool {
	switch s {
	case Success, NotApplied, Unchanged, Empty, ServerError, NetworkError, NotAttempted:
		return true
	}
	return false
}

// Result is the result of one row: a line of the results file.
type Result struct {
	Row    int // as in csvmap.Row
	Line   int
	ID     string
	Status Status
	// Reasons say why, in the order in which they are given; for a row that was stored they are the doubts about its
	// cells.
	Reasons []reason.Reason
	// Sent, NotApplied and Unverified are names of fields.
	Sent       []string
	NotApplied []string
	Unverified []string
	// NotStored lists those of NotApplied that the service does not store in any row.
	NotStored []string
	// HTTPStatus is the status of the last answer; 0 if none came.
	HTTPStatus int
	// Planned is the number of requests that the row takes if none has to be repeated, Attempts the number of those made.
	Planned, Attempts int
	FinishedAt        time.Time
}

// Codes returns the codes of the reasons why the row needs attention, each once. A row that doesn't need any has no
// codes: its reasons are doubts, or say that there was nothing to do.
func (r Result) Codes() []string {
	if !r.Status.NeedsAttention() {
		return nil
	}
	var codes []string
	for _, why := range r.Reasons {
		if !slices.Contains(codes, why.Code) {
			codes = append(codes, why.Code)
		}
	}
	return codes
}
