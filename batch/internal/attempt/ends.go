package attempt

import (
	"context"
	"fmt"

	"razebulk/internal/reason"
)

// PanicError ends a run: this program has a fault.
type PanicError struct {
	// Row is the row that was sent; for what was read, the number of the page or of the opportunity.
	Row   int
	Value any
	// Stack is for those who correct it.
	Stack []byte
}

// Error is for developers; [PanicError.Reason] is what can be worded.
func (e *PanicError) Error() string { return e.Reason().Error() }

// Reason names the row and what the panic said.
func (e *PanicError) Reason() reason.Reason {
	return reason.New("program_fault", "row", e.Row, "fault", fmt.Sprint(e.Value))
}

// End is what ended the requests, of a failure to handle what came of them, a stop, and an attempt that there was no
// time for.
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
