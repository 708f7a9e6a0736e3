package batch

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"razebulk/getraze"
)

const (
	firstBackoff = 500 * time.Millisecond
	mostBackoff  = 30 * time.Second
)

// ErrKeyRejected ends a run: the service answered 401 or 403, and would answer so to every further request.
var ErrKeyRejected = errors.New("the service rejects the API key")

// send makes attempts until the row is settled: one answer that says so, no more retries, or no more time. ctx being
// done lets no new attempt begin; inFlight being done ends the one that is under way.
func (r *run) send(ctx context.Context, plan Plan) Result {
	result := plan.result(NotAttempted)
	for try := 1; ; try++ {
		if r.pacer.Wait(ctx) != nil {
			return result
		}
		answer, err := r.client.Update(r.inFlight, plan.Row.ID, plan.Send)
		result = r.judge(plan, answer, err)
		result.Attempts = try
		r.log.Debug("answer", "row", plan.Row.Number, "id", plan.Row.ID, "try", try, "http", answer.HTTPStatus, "status", result.Status)
		if answer.RetryAfter > 0 {
			r.pacer.Hold(answer.RetryAfter)
		}
		if rejected(answer) {
			r.stop(fmt.Errorf("%w: %s %s", ErrKeyRejected, result.Status, result.Message))
		}
		if !mayPass(answer, err) || try > r.retries || r.inFlight.Err() != nil {
			return result
		}
		if answer.RetryAfter == 0 && sleep(ctx, backoff(try)) != nil {
			return result
		}
	}
}

// judge says what an attempt proves.
func (r *run) judge(plan Plan, answer getraze.Answer, err error) Result {
	result := plan.result(Success)
	result.HTTPStatus = answer.HTTPStatus
	for _, field := range plan.Send {
		result.Sent = append(result.Sent, field.Name)
	}
	if err != nil {
		result.Status, result.Message = r.failure(err)
		return result
	}
	result.Message = joinProblems(plan.Row.Warnings)
	result.NotApplied, result.Unverified = answer.Verify(plan.Send)
	if len(result.NotApplied) > 0 {
		result.Status = NotApplied
		result.Message = "the service answered with success, but holds another value than the one sent for " +
			strings.Join(result.NotApplied, ", ")
	}
	return result
}

func (r *run) failure(err error) (Status, string) {
	var refused *getraze.APIError
	var unusable *getraze.AnswerError
	switch {
	case errors.As(err, &refused) && (refused.HTTPStatus >= 500 || Status(refused.Code).ownMeaning()):
		return ServerError, fmt.Sprintf("answered %d %s: %s", refused.HTTPStatus, refused.Code, refused)
	case errors.As(err, &refused):
		return Status(refused.Code), refused.Error()
	case errors.As(err, &unusable):
		return ServerError, unusable.Error()
	case r.inFlight.Err() != nil:
		return NetworkError, "interrupted while the request was under way; the update may have been stored"
	}
	return NetworkError, err.Error() + "; the update may have been stored"
}

func rejected(answer getraze.Answer) bool {
	return answer.HTTPStatus == http.StatusUnauthorized || answer.HTTPStatus == http.StatusForbidden
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
func backoff(try int) time.Duration {
	most := mostBackoff
	if try < 7 {
		most = min(most, firstBackoff<<(try-1))
	}
	return rand.N(most)
}
