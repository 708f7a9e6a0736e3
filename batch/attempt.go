package batch

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

// ErrKeyRejected ends a run: the service answered 401 or 403, and would answer so to every further request. The error
// that a run returns has the same code and, as parameters, the status and the reasons of the refusal.
var ErrKeyRejected = reason.New("key_rejected")

// requester makes attempts for rows and for what is read.
type requester struct {
	pacer    *pace.Pacer
	log      *slog.Logger
	inFlight context.Context // for requests alone: it outlives the context of the run
	stop     context.CancelCauseFunc
	// recovered is called when a series of failures has ended, with the number of outages so far; nil is for nobody.
	recovered func(outages int)
	outOfTime atomic.Pointer[pace.OutOfTime] // something could not have its next attempt in time, though others could
}

// attempts are those at one row, or at something that is read.
type attempts struct {
	number int // for the pacer, which distinguishes rows by it
	name   string
	state  state
	made   int
	fault  *PanicError // what one of them died of
}

// attempted is what came of one attempt.
type attempted struct {
	answer  getraze.Answer
	outcome outcome
	status  Status
	reasons []reason.Reason
}

// ending is how a series of attempts ended.
type ending int

const (
	finished ending = iota
	postponed
	cutShort // before an attempt that was still due
)

// try makes attempts until nothing more is to be done, or postpone says that it has put them off. ctx being done lets
// no new attempt begin; inFlight being done ends the one that is under way.
func (r *requester) try(ctx context.Context, a *attempts, ask func(context.Context) attempted, postpone func() bool) ending {
	for {
		grant, err := r.pacer.Wait(ctx)
		if err != nil {
			if ctx.Err() == nil {
				r.stop(err)
			}
			return cutShort
		}
		step := r.attempt(grant, a, ask)
		switch {
		case step.postpone && postpone():
			return postponed
		case step.then == finish:
			return finished
		case step.then == retryLater && !r.rest(ctx, backoff(a.state.failures)):
			return cutShort
		}
	}
}

// rest waits before the next attempt. It returns false if there is to be none.
func (r *requester) rest(ctx context.Context, pause time.Duration) bool {
	err := r.pacer.Pause(ctx, pause)
	if outOfTime := (*pace.OutOfTime)(nil); errors.As(err, &outOfTime) {
		r.outOfTime.Store(outOfTime)
	}
	return err == nil
}

// attempt makes one, and learns from it. A panic ends the run.
func (r *requester) attempt(grant pace.Grant, a *attempts, ask func(context.Context) attempted) (s step) {
	a.made++
	defer func() {
		if value := recover(); value != nil {
			a.fault = &PanicError{Row: a.number, Value: value, Stack: debug.Stack()}
			r.stop(a.fault)
			s = step{then: finish}
		}
	}()
	got := ask(r.inFlight)
	r.log.Debug("answer", "row", a.number, "id", a.name, "attempt", a.made, "http", got.answer.HTTPStatus, "status", got.status)
	if rejectsKey(got.answer) {
		// before another request goes out
		r.stop(reason.New("key_rejected", "status", string(got.status), "why", reason.Reasons(got.reasons)))
	}
	verdict := r.pacer.Observe(grant, pace.Seen{
		Row: a.number, Answer: got.answer, Failed: got.outcome.isTransient(), Failure: got.reasons,
		Repeated: a.state.had500 && got.outcome == failedInside,
	})
	if errors.Is(verdict.Fatal, pace.ErrBaseURLWrong) {
		r.stop(verdict.Fatal)
	}
	if verdict.Recovered && r.recovered != nil {
		r.recovered(verdict.Outages)
	}
	if r.inFlight.Err() != nil {
		return step{then: finish}
	}
	a.state, s = next(a.state, got.outcome, outage{on: verdict.Outage, before: grant.Outages})
	return s
}

func rejectsKey(answer getraze.Answer) bool {
	return answer.HTTPStatus == http.StatusUnauthorized || answer.HTTPStatus == http.StatusForbidden
}

// outcomeOf sorts what came of an attempt by what may follow it.
func outcomeOf(answer getraze.Answer, err error) outcome {
	switch {
	case !isTransient(answer, err):
		return concluded
	case answer.HTTPStatus == http.StatusTooManyRequests:
		return refusedForNow
	case answer.HTTPStatus == http.StatusInternalServerError:
		return failedInside
	}
	return failedTransiently
}

// backoff is exponential with full jitter, so that workers that failed together don't come back together.
func backoff(failures int) time.Duration {
	limit := maxBackoff
	if failures < 7 {
		limit = min(limit, firstBackoff<<max(0, failures-1))
	}
	return rand.N(limit)
}
