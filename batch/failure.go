package batch

import (
	"errors"
	"net/http"

	"razebulk/csvmap"
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

// failureOf interprets an error of the client. Interrupted reports that the run itself ended the request. Changes
// reports that the request was meant to store something: otherwise there is no doubt about what is stored.
func failureOf(err error, httpStatus int, interrupted, changes bool) Failure {
	f := Failure{HTTPStatus: httpStatus}
	var refused *getraze.APIError
	var unusable *getraze.AnswerError
	switch {
	case errors.As(err, &refused) && (refused.HTTPStatus >= 500 || Status(refused.Code).Reserved()):
		f.Status = ServerError
		f.because(reason.New("service_error", "http", refused.HTTPStatus, "code", refused.Code, "message", refused.Error()))
		return f
	case errors.As(err, &refused) && httpStatus == http.StatusNotFound && Status(refused.Code) != NotFound:
		f.Status = Status(refused.Code)
		f.because(reason.New("unknown_route", "status", httpStatus, "message", refused.Error()))
		return f
	case errors.As(err, &refused):
		f.Status = Status(refused.Code)
		f.because(reason.New("service_refused", "message", refused.Error()))
		return f
	case errors.As(err, &unusable):
		f.Status = ServerError
		f.because(unusable.Reason)
		if id, isOther := getraze.AboutOther(err); isOther && changes {
			f.Status = NotApplied // final, also for a run that resumes this one
			f.because(reason.New("other_maybe_changed", "id", id))
		}
		return f
	}
	f.Status = NetworkError
	if interrupted {
		f.because(reason.New("interrupted"))
	} else {
		f.because(typed(err, reason.New("no_answer", "message", err.Error())))
	}
	switch {
	case wasNotSent(err):
		f.because(reason.New("not_sent"))
	case changes:
		f.because(reason.New("maybe_stored"))
	}
	return f
}

func (f *Failure) because(reasons ...reason.Reason) { f.Reasons = append(f.Reasons, reasons...) }

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

// reasonsOf returns the problems of cells as reasons.
func reasonsOf(problems []csvmap.Problem) []reason.Reason {
	var reasons []reason.Reason
	for _, p := range problems {
		reasons = append(reasons, p.Reason())
	}
	return reasons
}

// namesOf returns the names of fields.
func namesOf(fields []getraze.Field) []string {
	if len(fields) == 0 {
		return nil
	}
	names := make([]string, len(fields))
	for i := range fields {
		names[i] = fields[i].Name
	}
	return names
}
