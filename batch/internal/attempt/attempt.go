// Package attempt makes attempts at requests. A pure function decides from the result of each whether another one
// follows, and when.
package attempt

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"runtime/debug"
	"sync/atomic"
	"time"

	"razebulk/batch/pace"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

const (
	firstBackoff = 500 * time.Millisecond
	maxBackoff   = 30 * time.Second
)

// ErrKeyRejected ends a run: the service answered 401 or 403, and would answer the same to every further request. The
// error that a run returns has the same code and, as parameters, the status and the reasons of the refusal.
var ErrKeyRejected = reason.New("key_rejected")

// Requester makes attempts for rows and for reading.
type Requester struct {
	Pacer    *pace.Pacer
	Log      *slog.Logger
	InFlight context.Context // for requests only: it outlives the context of the run
	Stop     context.CancelCauseFunc
	// Recovered is called when a series of failures has ended, with the number of outages so far; nil means no call.
	Recovered func(outages int)
	outOfTime atomic.Pointer[pace.OutOfTime] // an attempt could not be made in time, though others could
}

// Attempts are the attempts at one row, or at one item to read.
type Attempts struct {
	Number int  // the pacer distinguishes rows by it
	Reads  bool // the number is that of a request that reads, not of a row
	Name   string
	Page   bool // a page of a list: if it fails, the service has failed
	State  State
	Made   int
	Fault  *PanicError // a panic during one of them
}

// counted returns what the number counts, for the log.
func (a *Attempts) counted() string {
	if a.Reads {
		return "reading"
	}
	return "row"
}

// Attempted is the result of one attempt.
type Attempted struct {
	Answer  getraze.Answer
	Outcome Outcome
	Looked  bool   // it read what an earlier attempt has stored, and the service has answered
	Status  string // for the log
	Reasons []reason.Reason
}

// Ending is how a series of attempts ended.
type Ending int

// The ways in which a series of attempts ends.
const (
	Finished Ending = iota
	Postponed
	CutShort // before an attempt that was still due
)

// Try makes attempts until there is nothing more to do, or postpone reports that it has put them off. When ctx is done,
// no new attempt begins; when inFlight is done, the one in flight ends.
func (r *Requester) Try(ctx context.Context, a *Attempts, ask func(context.Context) Attempted, postpone func() bool) Ending {
	for {
		grant, err := r.Pacer.Wait(ctx)
		if err != nil {
			if ctx.Err() == nil {
				r.Stop(err)
			}
			return CutShort
		}
		step := r.attempt(grant, a, ask)
		switch {
		case step.postpone && postpone():
			return Postponed
		case step.then == finish:
			return Finished
		case step.then == retryLater && !r.Rest(ctx, backoff(a.State.failures)):
			return CutShort
		}
	}
}

// Rest waits before the next attempt. It returns false if there is none.
func (r *Requester) Rest(ctx context.Context, pause time.Duration) bool {
	err := r.Pacer.Pause(ctx, pause)
	if outOfTime := (*pace.OutOfTime)(nil); errors.As(err, &outOfTime) {
		r.outOfTime.Store(outOfTime)
	}
	return err == nil
}

// attempt makes one attempt, and learns from it. A panic ends the run.
func (r *Requester) attempt(grant pace.Grant, a *Attempts, ask func(context.Context) Attempted) (s step) {
	a.Made++
	defer func() {
		if value := recover(); value != nil {
			a.Fault = &PanicError{Row: a.Number, Value: value, Stack: debug.Stack()}
			r.Stop(a.Fault)
			s = step{then: finish}
		}
	}()
	got := ask(r.InFlight)
	if r.Log.Enabled(r.InFlight, slog.LevelDebug) { // the arguments alone take time
		r.Log.Debug("answer", a.counted(), a.Number, "id", a.Name, "attempt", a.Made, "http", got.Answer.HTTPStatus, "status", got.Status)
	}
	if got.rejectsKey() {
		// Stop before another request goes out.
		r.Stop(reason.New("key_rejected", "status", got.Status, "http", got.Answer.HTTPStatus, "why", reason.Reasons(got.Reasons)))
	}
	verdict := r.Pacer.Observe(grant, pace.Seen{
		Row: a.Number, Answer: got.Answer, Failed: got.Outcome.IsTransient() && !got.Looked, Failure: got.Reasons,
		Repeated: a.State.Had500 && got.Outcome == FailedInside && !a.Page, Last: a.State.isLast(got.Outcome, a.Page), Page: a.Page,
	})
	if errors.Is(verdict.Fatal, pace.ErrBaseURLWrong) {
		r.Stop(verdict.Fatal)
	}
	if verdict.Recovered && r.Recovered != nil {
		r.Recovered(verdict.Outages)
	}
	if r.InFlight.Err() != nil {
		return step{then: finish}
	}
	a.State, s = next(a.State, got.Outcome, outage{on: verdict.Outage, before: grant.Outages})
	return s
}

// rejectsKey reports whether the API itself says that the key is not valid; a 401 from anything else is a transient
// failure.
func (a Attempted) rejectsKey() bool {
	status := a.Answer.HTTPStatus
	return a.Outcome == Concluded && (status == http.StatusUnauthorized || status == http.StatusForbidden)
}

// backoff is exponential with full jitter, so that workers that failed together don't retry together.
func backoff(failures int) time.Duration {
	limit := maxBackoff
	if failures < 7 {
		limit = min(limit, firstBackoff<<max(0, failures-1))
	}
	return rand.N(limit)
}
