package attempt

import (
	"errors"
	"net/http"

	"razebulk/internal/getraze"
)

// IsTransient reports whether the same request may succeed later: when no complete answer came, when the service says
// so, or when something other than the API answered.
func IsTransient(answer getraze.Answer, err error) bool {
	if err == nil {
		return false
	}
	byAPI := errors.As(err, new(*getraze.APIError))
	if !byAPI && !errors.As(err, new(*getraze.AnswerError)) {
		return true
	}
	switch status := answer.HTTPStatus; status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	case http.StatusNotImplemented:
		return false
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusProxyAuthRequired: // or a proxy says so
		return !byAPI
	default:
		if _, isOther := getraze.AboutOther(err); isOther { // the same request might change the other one again
			return false
		}
		return status >= 500 || status/100 == 2 && !byAPI
	}
}

// OutcomeOf classifies the result of an attempt by what may follow it.
func OutcomeOf(answer getraze.Answer, err error) Outcome {
	var unusable *getraze.AnswerError
	switch {
	case errors.As(err, &unusable) && unusable.Undocumented:
		return Undocumented
	case !IsTransient(answer, err):
		return Concluded
	case answer.HTTPStatus == http.StatusTooManyRequests:
		return RefusedForNow
	case answer.HTTPStatus == http.StatusInternalServerError:
		return FailedInside
	}
	return FailedTransiently
}
