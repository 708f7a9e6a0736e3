package attempt

import (
	"context"
	"fmt"

	"razebulk/internal/reason"
)

// PanicError ends a run: this program has a bug.
type PanicError struct {
	// Row is the row that was sent; for reading, the number of the page or of the opportunity.
	Row   int
	Value any
	// Stack is for developers.
	Stack []byte
}

// Error returns a message for developers; [PanicError.Reason] can be worded for users.
func (e *PanicError) Error() string { return e.Reason().Error() }

// Reason returns a reason with the row and the panic's message.
func (e *PanicError) Reason() reason.Reason {
	return reason.New("program_fault", "row", e.Row, "fault", fmt.Sprint(e.Value))
}

// End returns what ended the requests: a failure to handle their results, a stop, or an attempt for which there was no
// time.
func (r *Requester) End(ctx context.Context, err error) error {
	outOfTime := r.outOfTime.Load()
	switch {
	case err != nil:
		return err
	case outOfTime != nil && ctx.Err() == nil:
		return outOfTime
	}
	return context.Cause(ctx)
}
