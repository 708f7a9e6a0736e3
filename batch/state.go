package batch

// phase is where a request stands that has no success yet.
type phase int

const (
	// pending: it has attempts left.
	pending phase = iota
	// lastTry: it got a 500. That is as often the row's own fault as the service's, so it is tried once more, when
	// all else is done.
	lastTry
	// suspected: it has no attempts left. Whether the fault is its own shows when others succeed, or when the service
	// turns out to fail as a whole.
	suspected
)

// state is what is known of the attempts at a row, or at something that is read.
type state struct {
	phase phase
	// retries is how many transient failures are followed by another attempt.
	retries int
	// failures are the transient ones that count.
	failures int
	// outages is how many outages there had been before the latest attempt.
	outages int
	// had500 reports that one of the attempts got a 500: another one says little about the service.
	had500 bool
	// request is which of the row's requests comes next: first the fields, then those of them that have to be sent once
	// more under another name, then the stage.
	request int
}

// outcome is what an attempt came to, as far as the next step depends on it.
type outcome int

const (
	// concluded: another attempt would come to the same.
	concluded outcome = iota
	// storedInPart: a success, and the row has another request to make.
	storedInPart
	// misnamed: the service knows none of the names that were sent, and the fields have others.
	misnamed
	// refusedForNow: a 429.
	refusedForNow
	// failedInside: a 500.
	failedInside
	// failedTransiently: no whole answer, or one that says that another attempt may help.
	failedTransiently
	// failedUnclear: a 500 that may have stored a part, which is read before anything else is done.
	failedUnclear
)

func (o outcome) isTransient() bool { return o >= refusedForNow }

// outage is how the service as a whole is: whether it fails now, and how many outages there had been before the
// attempt.
type outage struct {
	on     bool
	before int
}

// action is what is done after an attempt.
type action int

const (
	finish   action = iota
	retryNow        // as soon as the pacer lets it
	retryLater
)

// step is what follows an attempt: the row is put off, where postpone says so and that is possible; else the action.
type step struct {
	postpone bool
	then     action
}

// next is the whole policy of further attempts. Neither a 429 nor what fails in an outage counts against the row.
func next(s state, seen outcome, service outage) (state, step) {
	if service.before != s.outages {
		s.outages, s.phase, s.failures = service.before, pending, 0
	}
	s.had500 = s.had500 || seen == failedInside || seen == failedUnclear
	switch {
	case seen == concluded:
		return s, step{then: finish}
	case seen == storedInPart:
		s.request, s.phase, s.failures = s.request+1, pending, 0
		return s, step{then: retryNow}
	case seen == misnamed, seen == failedUnclear:
		return s, step{then: retryNow}
	case seen == refusedForNow, service.on && seen != failedInside:
		return s, step{then: retryNow}
	case service.on: // the next probe had better be another row
		return s, step{postpone: true, then: retryNow}
	case seen == failedInside && s.phase == pending && s.retries > 0:
		s.phase = lastTry
		return s, step{postpone: true, then: retryLater}
	case seen == failedInside, s.failures >= s.retries:
		s.phase = suspected
		return s, step{postpone: true, then: finish}
	}
	s.failures++
	return s, step{then: retryLater}
}

// isOver reports whether the row is finished without another attempt: it is suspected, and there has been no outage
// since that would speak for it.
func (s state) isOver(outages int) bool { return s.phase == suspected && s.outages == outages }
