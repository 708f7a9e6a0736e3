package pace

import (
	"net/http"
	"time"

	"razebulk/internal/reason"
)

// Reason is why requests are held back.
type Reason int

// The reasons, from the least to the worst.
const (
	// ForAnswer: a pending answer decides; this takes as long as a request.
	ForAnswer Reason = iota
	// ForQuota: the window's requests are used up.
	ForQuota
	// ForService: the service has asked us to wait.
	ForService
	// ForOutage: the service as a whole fails; one request at a time checks whether it is back.
	ForOutage
)

// decision is whether a request may go out now, and if not, when to ask again; the zero time means once an answer has
// come.
type decision struct {
	send  bool
	until time.Time
	why   Reason
}

// scout is the state of the request that goes out before all others, so that they can use what its answer says.
type scout int

const (
	noScout scout = iota
	scoutDue
	scoutInFlight
)

// state is everything that the pacer knows. Its decision depends on nothing else.
type state struct {
	inFlight int
	queue    int // workers that want to send
	window   window
	clock    clock
	reserve  Share
	scout    scout
	hold     time.Time // the service has asked for no requests before this instant
	outage   outage
	address  address
	worked   bool // the service has given an answer that is not a transient failure
}

// decide is the whole policy. First comes what the service asked for, then the one request that goes ahead, then the
// window's count. A request in flight counts as used, whatever its answer will say.
func (s state) decide(now time.Time) decision {
	unspent := s.window.remaining - s.reserve.Of(s.window.limit)
	left := unspent - s.inFlight*s.window.share()
	switch {
	case now.Before(s.hold):
		return decision{until: s.hold, why: ForService}
	case s.scout == scoutInFlight:
		return decision{why: ForAnswer}
	case s.outage.on && now.Before(s.outage.probe):
		return decision{until: s.outage.probe, why: ForOutage}
	case left == 1 && s.queue > 1 && s.window.known && now.Before(s.window.last):
		return decision{until: s.window.last, why: ForAnswer}
	case !s.window.known, left > 0, !now.Before(s.window.resets):
		return decision{send: true}
	case s.inFlight > 0 && unspent > 0: // answers that come out of order make the remainder look smaller than it is
		return decision{until: s.window.resets, why: ForAnswer}
	}
	return decision{until: s.window.resets, why: ForQuota}
}

// grant counts a request that goes out at now, and reports whether it is the scout.
func (s *state) grant(now time.Time) (isScout bool) {
	if s.window.known && !now.Before(s.window.resets) {
		s.window.known = false
		s.scout = scoutDue
	}
	s.inFlight++
	if s.scout != scoutDue {
		return false
	}
	s.scout = scoutInFlight
	return true
}

// An outage begins after this many failures, is probed at these intervals, and is not waited out for longer than
// maxOutage.
const (
	failuresOfOutage = 10
	firstProbe       = time.Second
	maxProbe         = time.Minute
	maxOutage        = time.Hour
)

// outage watches the service as a whole for consecutive transient failures of more than one row, or for the failure of
// all attempts at the first thing requested.
type outage struct {
	failures int
	row      int  // the first row of those failures
	several  bool // there were others, too
	unclear  bool // one of them may be the fault of its row: a 500, or the refusal of a firewall
	last     reason.Reasons

	on    bool
	since time.Time
	probe time.Time // no request goes out before this instant
	pause time.Duration
	count int // number of outages so far
}

// failed counts a failure of a row, or of all, and reports whether it begins an outage; proven begins one at once.
func (o *outage) failed(seen Seen, proven bool, now time.Time) bool {
	if o.failures == 0 {
		o.row, o.several, o.unclear = seen.Row, false, false
	}
	o.failures++
	status := seen.Answer.HTTPStatus
	o.several = o.several || status == http.StatusTooManyRequests || seen.Row != o.row
	o.unclear = o.unclear || status == http.StatusInternalServerError || status/100 == 4 && status != http.StatusTooManyRequests
	o.last = seen.Failure
	if o.on || !proven && (o.failures < failuresOfOutage || !o.several) {
		return false
	}
	o.begin(now)
	return true
}

func (o *outage) begin(now time.Time) {
	o.on, o.since, o.pause = true, now, firstProbe
	o.probe = now.Add(o.pause)
	o.count++
}

// isLikely reports whether nothing has succeeded since several rows failed, none of which can be at fault.
func (o *outage) isLikely() bool { return !o.on && o.failures > 1 && o.several && !o.unclear }

// slower makes the next probe wait longer, after one that failed.
func (o *outage) slower(now time.Time) {
	o.pause = min(2*o.pause, maxProbe)
	o.probe = now.Add(o.pause)
}

// answered ends a series of failures, and the outage if there is one.
func (o *outage) answered() {
	*o = outage{count: o.count}
}

// OutOfTime ends a run that can be resumed later: its time is up, or it would be before the next request may go out.
type OutOfTime struct {
	// Next is when a request may go out again; the zero time if that isn't known.
	Next time.Time
	Why  Reason
	// Failure is the service's latest failure in an outage; otherwise nil.
	Failure reason.Reasons
}

// Error returns a message for developers; [OutOfTime.Reason] can be worded for users.
func (e *OutOfTime) Error() string { return e.Reason().Error() }

// Reason returns a reason that says that the service keeps failing, or that the time is up.
func (e *OutOfTime) Reason() reason.Reason {
	if len(e.Failure) > 0 {
		return reason.New("service_keeps_failing", "last", e.Failure)
	}
	return reason.New("out_of_time")
}
