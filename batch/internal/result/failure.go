package result

import (
	"errors"
	"net/http"

	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// Failure says why a request failed.
type Failure struct {
	Status  Status
	Reasons []reason.Reason
	// HTTPStatus is the status of the answer; 0 if none came.
	HTTPStatus int
}

// FailureOf interprets an error of the client. Interrupted reports that the run itself ended the request. Changes
// reports that the request was meant to store something: otherwise there is no doubt about what is stored.
func FailureOf(err error, httpStatus int, interrupted, changes bool) Failure {
	f := Failure{HTTPStatus: httpStatus}
	var refused *getraze.APIError
	var unusable *getraze.AnswerError
	switch {
	case errors.As(err, &refused) && (refused.HTTPStatus >= 500 || Status(refused.Code).Reserved()):
		f.Status = ServerError
		f.Because(reason.New("service_error", "http", refused.HTTPStatus, "code", refused.Code, "message", refused.Error()))
		return f
	case errors.As(err, &refused) && httpStatus == http.StatusNotFound && Status(refused.Code) != NotFound:
		f.Status = Status(refused.Code)
		f.Because(reason.New("unknown_route", "status", httpStatus, "message", refused.Error()))
		return f
	case errors.As(err, &refused):
		f.Status = Status(refused.Code)
		f.Because(reason.New("service_refused", "message", refused.Error()))
		return f
	case errors.As(err, &unusable):
		f.Status = ServerError
		f.Because(unusable.Reason)
		if id, isOther := getraze.AboutOther(err); isOther && changes {
			f.Status = NotApplied // final, also for a run that resumes this one
			f.Because(reason.New("other_maybe_changed", "id", id))
		}
		return f
	}
	f.Status = NetworkError
	if interrupted {
		f.Because(reason.New("interrupted"))
	} else {
		f.Because(typed(err, reason.New("no_answer", "message", err.Error())))
	}
	switch {
	case wasNotSent(err):
		f.Because(reason.New("not_sent"))
	case changes:
		f.Because(reason.New("maybe_stored"))
	}
	return f
}

// Because adds reasons.
func (f *Failure) Because(reasons ...reason.Reason) { f.Reasons = append(f.Reasons, reasons...) }

// typed returns the reason that an error wraps, or otherwise if there is none.
func typed(err error, otherwise reason.Reason) reason.Reason {
	var own reason.Reason
	if errors.As(err, &own) {
		return own
	}
	return otherwise
}

// wasNotSent reports whether the service cannot have seen any part of the request.
func wasNotSent(err error) bool { return errors.As(err, new(*getraze.NotSentError)) }
