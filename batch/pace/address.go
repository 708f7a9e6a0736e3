package pace

import (
	"net/http"
	"slices"
	"time"

	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// ErrBaseURLWrong ends a run: no host has the base URL's name, the host's certificate is for another name, the API is
// not under its path, or it answers about other opportunities than the requested ones. The error that a run returns has
// the same code and, as parameters, the address and the reasons.
var ErrBaseURLWrong = reason.New("base_url_wrong")

// routesOfNothing is how many requests must be answered as if the address did not exist.
const routesOfNothing = 10

// othersInARow is how many requests in a row must be answered about other opportunities. It is small, as each of them
// may have changed one.
const othersInARow = 3

// address is what is known about whether the API is where the base URL says.
type address struct {
	answered bool      // something has answered at the address
	isAPI    bool      // the API itself has answered
	since    time.Time // when the first request without an answer went out
	noRoute  int       // number of answers so far that say that there is no such address
	others   int       // number of answers in a row that are about other opportunities
}

// learn learns from the result of a request that went out at this time. It returns true if that shows that the base URL
// is wrong, but only until something has answered there: later the same failures mean an outage. Answers about other
// opportunities always do.
func (a *address) learn(seen Seen, sent time.Time) (wrong bool) {
	if !seen.Failure.Has("answer_of_other_opportunity") {
		a.others = 0
	} else if a.others++; a.others >= othersInARow {
		return true
	}
	switch status := seen.Answer.HTTPStatus; {
	case status == 0 && !a.answered:
		if a.since.IsZero() {
			a.since = sent
		}
		return seen.Failure.Has("host_unknown", "certificate_unfit")
	case status == 0:
	case isNoRoute(seen):
		a.answered = true
		a.noRoute++
		return !a.isAPI && a.noRoute >= routesOfNothing
	default:
		a.answered = true
		a.isAPI = a.isAPI || len(seen.Failure) == 0 || seen.Failure.Has("service_refused", "service_error")
	}
	return false
}

// faultOf returns the reason of a failure that shows that the base URL is wrong.
func faultOf(failure reason.Reasons) reason.Reasons {
	at := max(0, slices.IndexFunc(failure, func(r reason.Reason) bool { return r.Code == "answer_of_other_opportunity" }))
	return failure[at : at+1]
}

// isNoRoute reports whether a 404 is not the API's own 404, which says that there is no such opportunity.
func isNoRoute(seen Seen) bool {
	return seen.Answer.HTTPStatus == http.StatusNotFound && seen.Failure.Has("unknown_route", "answer_not_json")
}

// NeverAnswered returns, for a request without an answer that was not interrupted, the reason that no other request had
// an answer either; nil once one has.
func (p *Pacer) NeverAnswered(answer getraze.Answer, err error, interrupted bool) []reason.Reason {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err == nil || answer.HTTPStatus != 0 || interrupted || p.state.address.answered || p.limits.Address == "" {
		return nil
	}
	return []reason.Reason{reason.New("never_answered", "address", p.limits.Address)}
}
