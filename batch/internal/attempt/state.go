package attempt

// phase is the phase of a request that has not succeeded yet.
type phase int

const (
	// pending: the request has attempts left.
	pending phase = iota
	// lastTry: the request got a 500. That is as often the row's own fault as the service's, so it is retried once, when
	// everything else is done.
	lastTry
	// suspected: the request has no attempts left. Whether it is at fault itself shows when others succeed, or when the
	// service turns out to fail as a whole.
	suspected
)

// State is what is known about the attempts at a row, or at an item to read.
type State struct {
	phase phase
	// Retries is how many transient failures are followed by another attempt.
	Retries int
	// failures counts the transient failures that matter.
	failures int
	// outages is the number of outages before the latest attempt.
	outages int
	// Had500 reports that one of the attempts got a 500: another one says little about the service.
	Had500 bool
	// Request is which of the row's requests comes next: first the fields, then those of them that have to be sent again
	// under another name, then the stage.
	Request int
}

// Outcome is what the next step needs to know about the outcome of an attempt.
type Outcome int

// The outcomes of an attempt.
const (
	// Concluded: another attempt would have the same outcome.
	Concluded Outcome = iota
	// StoredInPart: a success, but the row has another request to make.
	StoredInPart
	// Misnamed: the service knows none of the names that were sent, and the fields have others.
	Misnamed
	// Undocumented: a success of the API that can't be read. Another attempt may help, but waiting for the service does
	// not.
	Undocumented
	// RefusedForNow: a 429.
	RefusedForNow
	// FailedInside: a 500.
	FailedInside
	// FailedTransiently: no complete answer, or one that says that another attempt may help.
	FailedTransiently
	// FailedUnclear: a 500 that may have stored a part, which has to be read before anything else.
	FailedUnclear
)

// IsTransient reports whether another attempt may have a different outcome.
func (o Outcome) IsTransient() bool { return o >= RefusedForNow }

// outage is the state of the service as a whole: whether it fails now, and how many outages there had been before the
// attempt.
type outage struct {
	on     bool
	before int
}

// action is what to do after an attempt.
type action int

const (
	finish   action = iota
	retryNow        // as soon as the pacer allows it
	retryLater
)

// step is what follows an attempt: the row is put off, if postpone is set and that is possible; otherwise the action is
// taken.
type step struct {
	postpone bool
	then     action
}

// next is the whole retry policy. Neither a 429 nor a failure during an outage counts against the row.
func next(s State, seen Outcome, service outage) (State, step) {
	if service.before != s.outages {
		s.outages, s.phase, s.failures = service.before, pending, 0
	}
	s.Had500 = s.Had500 || seen == FailedInside || seen == FailedUnclear
	switch {
	case seen == Undocumented && s.failures < s.Retries:
		s.failures++
		return s, step{then: retryLater}
	case seen == Concluded, seen == Undocumented:
		return s, step{then: finish}
	case seen == StoredInPart:
		s.Request, s.phase, s.failures = s.Request+1, pending, 0
		return s, step{then: retryNow}
	case seen == Misnamed, seen == FailedUnclear:
		return s, step{then: retryNow}
	case seen == RefusedForNow, service.on && seen != FailedInside:
		return s, step{then: retryNow}
	case service.on: // the next probe should use another row
		return s, step{postpone: true, then: retryNow}
	case seen == FailedInside && s.phase == pending && s.Retries > 0:
		s.phase = lastTry
		return s, step{postpone: true, then: retryLater}
	case seen == FailedInside, s.failures >= s.Retries:
		s.phase = suspected
		return s, step{postpone: true, then: finish}
	}
	s.failures++
	return s, step{then: retryLater}
}

// isLast reports whether a failure leaves no further attempt. A single failure of a row says little if there are no
// retries; a page can't be at fault itself.
func (s State) isLast(seen Outcome, page bool) bool {
	switch {
	case s.Retries == 0 && !page:
		return false
	case seen == FailedInside:
		return s.phase != pending
	case seen == FailedTransiently:
		return s.failures >= s.Retries
	}
	return false
}

// IsOver reports whether the row is finished without another attempt: it is suspected, and no outage since then excuses
// it.
func (s State) IsOver(outages int) bool { return s.phase == suspected && s.outages == outages }
