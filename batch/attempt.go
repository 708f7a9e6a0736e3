package batch

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"runtime/debug"
	"time"

	"razebulk/batch/pace"

	"razebulk/internal/getraze"
)

const (
	firstBackoff = 500 * time.Millisecond
	mostBackoff  = 30 * time.Second
)

// ErrKeyRejected ends a run: the service answered 401 or 403, and would answer so to every further request.
var ErrKeyRejected = errors.New("the service rejects the API key")

// PanicError ends a run: this program has a fault.
type PanicError struct {
	Row    int
	Reason any
	// Stack is for those who mend it.
	Stack []byte
}

func (e *PanicError) Error() string {
	return fmt.Sprintf("razebulk itself failed on row %d: %v; please report this, with what --verbose shows", e.Row, e.Reason)
}

// send makes attempts until the row is settled, and returns true; or until it is better put off, and returns false. ctx
// being done lets no new attempt begin; the run's inFlight being done ends the one that is under way.
func (r *run) send(ctx context.Context, t *task) (settled bool) {
	if t.suspect && t.outages == r.pacer.Outages() {
		return true // another row of its id has come, and nothing has come to light that speaks for it
	}
	if err := r.begin(t); err != nil {
		r.stop(err)
		return true
	}
	if t.Settled != "" {
		return true
	}
	for {
		grant, err := r.pacer.Wait(ctx)
		if err != nil {
			if ctx.Err() == nil {
				r.stop(err)
			}
			t.cutShort()
			return true
		}
		if t.outages != grant.Outages { // what failed in an outage is not held against the row
			t.outages, t.failures, t.suspect = grant.Outages, 0, false
		}
		switch r.attempt(grant, t) {
		case settle:
			return true
		case putOff:
			return false
		case retryLater:
			if err := r.pacer.Pause(ctx, backoff(t.failures)); err != nil {
				if late := (*pace.OutOfTime)(nil); errors.As(err, &late) {
					r.late.Store(late)
				}
				t.cutShort()
				return true
			}
		}
	}
}

// begin holds what is known against a row that hasn't been looked at. Rows of one id come here one after the other.
func (r *run) begin(t *task) error {
	if t.begun {
		return nil
	}
	t.begun = true
	return r.asker.begin(t)
}

// cutShort is for a row that would have been tried again. A refusal such as 429 proves that it was not stored, and must
// not look as if the row were settled.
func (t *task) cutShort() {
	if t.last.HTTPStatus/100 == 4 {
		t.last.Message = fmt.Sprintf("stopped before it could be sent again; the last answer was %d %s", t.last.HTTPStatus, t.last.Status)
		t.last.Status = NotAttempted
	}
}

// step is what is to be done about a row after an attempt.
type step int

const (
	settle step = iota
	putOff
	retryNow // as soon as the pacer lets it
	retryLater
)

func (r *run) attempt(grant pace.Grant, t *task) (next step) {
	attempts := t.last.Attempts + 1
	defer func() {
		if reason := recover(); reason != nil {
			next = r.survive(t, attempts, reason)
		}
	}()
	answer, err := r.asker.ask(r.inFlight, t)
	result, done := r.asker.judge(t, answer, err, r.inFlight)
	t.last = result
	t.last.Attempts = attempts
	failed := mayPass(answer, err) && !t.ownFault
	r.log.Debug("answer", "row", t.Row.Number, "id", t.Row.ID, "attempt", attempts, "http", answer.HTTPStatus, "status", t.last.Status)
	if answer.HTTPStatus == http.StatusUnauthorized || answer.HTTPStatus == http.StatusForbidden {
		r.stop(fmt.Errorf("%w: %s %s", ErrKeyRejected, t.last.Status, t.last.Message)) // before the pacer lets others go
	}
	verdict := r.pacer.Observe(grant, pace.Seen{
		Row: t.Row.Number, Answer: answer, Failed: failed, Message: t.last.Message, Repeated: t.had500 && failedInside(answer),
	})
	t.had500 = t.had500 || failedInside(answer)
	if verdict.Recovered {
		r.clearSuspects(verdict.Outages)
	}
	switch {
	case r.inFlight.Err() != nil:
		return settle
	case !failed && !done:
		t.failures, t.again, t.suspect = 0, false, false
		return retryNow
	case !failed:
		return settle
	}
	return r.afterFailure(t, answer, verdict)
}

// survive makes a fault of this program that row's failure, and ends the run: the rows that were recorded stay recorded.
func (r *run) survive(t *task, attempts int, reason any) step {
	t.last = t.result(NetworkError)
	t.last.Attempts = attempts
	t.last.Message = fmt.Sprintf("razebulk itself failed on this row (%v); the update may have been stored", reason)
	r.stop(&PanicError{t.Row.Number, reason, debug.Stack()})
	return settle
}

// afterFailure decides about a row whose attempt failed in a way that may pass. Neither a 429 nor an outage is held
// against the row. A 500 is as often the row's own fault as the service's: it is tried once more, when all else is done.
func (r *run) afterFailure(t *task, answer getraze.Answer, verdict pace.Verdict) step {
	switch {
	case answer.HTTPStatus == http.StatusTooManyRequests:
		return retryNow
	case verdict.Outage && !failedInside(answer):
		return retryNow
	case verdict.Outage:
		return r.putOff(t, retryNow) // the next probe had better be another row
	case failedInside(answer) && !t.again && r.retries > 0:
		t.again = true
		return r.putOff(t, retryLater)
	case failedInside(answer) || t.failures >= r.retries:
		return r.suspect(t)
	}
	t.failures++
	return retryLater
}

func failedInside(answer getraze.Answer) bool {
	return answer.HTTPStatus == http.StatusInternalServerError
}

func (r *run) putOff(t *task, otherwise step) step {
	if r.order.later(*t) {
		return putOff
	}
	return otherwise
}

// suspect settles a row that has no attempts left, unless the service should turn out to have been failing as a whole.
func (r *run) suspect(t *task) step {
	t.suspect = true
	return r.putOff(t, settle)
}

// clearSuspects settles rows that failed for good when others before and after them did not. After an outage, they stay
// and get new attempts.
func (r *run) clearSuspects(outages int) {
	for _, t := range r.order.takePutOff(func(t task) bool { return t.suspect && t.outages == outages }) {
		r.settle(t)
	}
}

// mayPass tells whether the same request may succeed later: when no whole answer came, when the service says so, or
// when something that is not the API answered in its place.
func mayPass(answer getraze.Answer, err error) bool {
	if err == nil {
		return false
	}
	switch answer.HTTPStatus {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests, http.StatusInternalServerError,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	var refused *getraze.APIError
	var unusable *getraze.AnswerError
	switch {
	case errors.As(err, &refused):
		return false
	case errors.As(err, &unusable):
		return unusable.HTTPStatus/100 == 2
	}
	return true
}

// backoff is exponential with full jitter, so that workers that failed together don't come back together.
func backoff(failures int) time.Duration {
	most := mostBackoff
	if failures < 7 {
		most = min(most, firstBackoff<<max(0, failures-1))
	}
	return rand.N(most)
}
