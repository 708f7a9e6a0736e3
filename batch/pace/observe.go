package pace

import (
	"net/http"
	"time"

	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// Seen is what the pacer needs to know about the result of an attempt.
type Seen struct {
	Row    int
	Answer getraze.Answer
	// Failed reports a transient failure. Failure describes it, or another failure.
	Failed  bool
	Failure reason.Reasons
	// Repeated reports that the row has failed in the same way before: this says more about the row than about the
	// service.
	Repeated bool
	// Last reports that the row has no attempt left, unless the service as a whole fails. Page reports that it is not a
	// row, but a page of a list.
	Last, Page bool
}

// Verdict is what an attempt means for the run as a whole.
type Verdict struct {
	// Outage reports that the service as a whole fails.
	Outage bool
	// Recovered reports that a series of failures has ended with this answer.
	Recovered bool
	// Outages is the number of outages so far.
	Outages int
	// Fatal is why no request can ever succeed, such as [ErrBaseURLWrong]; nil if that is not known.
	Fatal error
}

// Observe learns from the result of a request that was granted.
func (p *Pacer) Observe(g Grant, seen Seen) Verdict {
	verdict, notes := p.observe(g, seen)
	select {
	case p.learnt <- struct{}{}:
	default:
	}
	for _, note := range notes {
		p.limits.Warn(note)
	}
	return verdict
}

func (p *Pacer) observe(g Grant, seen Seen) (v Verdict, notes []reason.Reason) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	p.state.inFlight--
	if p.state.address.learn(seen, g.sent) {
		p.fatal = reason.New("base_url_wrong", "address", p.limits.Address, "why", faultOf(seen.Failure), "answers", max(p.state.address.noRoute, p.state.address.others))
	}
	resets := p.learnQuota(g, seen.Answer, now)
	switch {
	case seen.Answer.HTTPStatus == http.StatusTooManyRequests:
		p.refused(g, seen, resets, now)
	case seen.Failed && seen.Repeated && p.state.address.isAPI && !p.state.outage.on:
		if g.scout {
			p.state.scout = noScout
		}
	case seen.Failed:
		p.failed(g, seen, now)
	default:
		v.Recovered = p.answered(g, now)
	}
	v.Outage, v.Outages, v.Fatal = p.state.outage.on, p.state.outage.count, p.fatal
	notes, p.notes = p.notes, nil
	return v, notes
}

// answered reports whether this answer ends a series of failures. An answer to a request from before an outage doesn't
// end the outage.
func (p *Pacer) answered(g Grant, now time.Time) bool {
	o := &p.state.outage
	if o.on && g.Outages != o.count {
		return false
	}
	if o.on {
		p.spent.Outages += now.Sub(o.since)
		p.warn(reason.New("service_recovered", "after", now.Sub(o.since).Round(time.Second)))
	}
	if o.on || g.scout {
		p.state.scout = noScout
	}
	p.state.worked = true
	recovered := o.failures > 0
	o.answered()
	return recovered
}

// learnQuota returns when the window that the answer refers to ends; the zero time if it refers to none.
func (p *Pacer) learnQuota(g Grant, a getraze.Answer, now time.Time) time.Time {
	w := &p.state.window
	if a.Quota == (getraze.Quota{}) {
		w.spend()
		return time.Time{}
	}
	server, resets := p.resets(g, a, now)
	a.Quota.Reset = server
	if isNew := w.learn(a.Quota, resets, g.scout, p.state.inFlight); isNew {
		w.last = p.lastOf(w, now)
	}
	if left := w.limit - p.limits.Reserve.Of(w.limit); left <= 0 && w.limit > 0 {
		p.fatal = reason.New("reserve_takes_all", "limit", w.limit)
	}
	return resets
}

// resets returns when the window ends in the service's clock and in ours. The service's own clock decides; without a
// Date it is assumed to be the same as ours.
func (p *Pacer) resets(g Grant, a getraze.Answer, now time.Time) (server, ours time.Time) {
	asked := a.Quota.Reset.Sub(serverTime(a, now))
	wait, isPlausible := p.believe("X-RateLimit-Reset", asked, a, now)
	switch {
	case !isPlausible:
		return serverTime(a, now).Add(wait), now.Add(wait)
	case a.Date.IsZero() || wait != asked:
		return a.Quota.Reset, now.Add(wait)
	}
	p.state.clock.learn(a.Date, g.sent, now)
	return a.Quota.Reset, p.state.clock.ours(a.Quota.Reset)
}

// lastOf returns when the last request of a window is best sent if others are waiting. That costs no time: they have to
// wait for the next window, and the better the service's clock is known, the sooner that can begin.
func (p *Pacer) lastOf(w *window, now time.Time) time.Time {
	c := p.state.clock
	if !c.known || c.max-c.min < wellKnown {
		return time.Time{}
	}
	if last := c.tick(now); w.resets.Sub(last) > time.Second {
		return last
	}
	return time.Time{}
}

// refused handles a 429: no request goes out before the longest wait that the service names has passed, and then a
// scout goes first. A refusal that was in flight when its window ended delays nothing in the next window. Scouts that
// are refused although the service reports unused quota count towards an outage: such a service may refuse forever.
func (p *Pacer) refused(g Grant, seen Seen, resets, now time.Time) {
	a := seen.Answer
	spent := !resets.IsZero() && a.Quota.Remaining == 0
	wait, isPlausible := p.believe("Retry-After", max(0, a.RetryAfter), a, now)
	switch {
	case spent && !isPlausible:
		wait = resets.Sub(now)
	case spent:
		wait = max(wait, resets.Sub(now))
	case a.RetryAfter == 0:
		wait = maxProbe // the answer doesn't say how long to wait
	}
	p.holdFor(wait, now)
	p.state.scout = scoutDue
	if g.scout && !spent {
		p.failed(g, seen, now)
	}
}

func (p *Pacer) holdFor(wait time.Duration, now time.Time) {
	if until := now.Add(wait); until.After(p.state.hold) {
		p.state.hold = until
	}
}

func (p *Pacer) failed(g Grant, seen Seen, now time.Time) {
	if wait := max(0, seen.Answer.RetryAfter); wait > 0 {
		wait, _ = p.believe("Retry-After", wait, seen.Answer, now)
		p.holdFor(wait, now)
	}
	o := &p.state.outage
	// There may be no later request that could show an outage. A 500 from the API itself may be the fault of the row.
	proven := seen.Last && !p.state.worked && (seen.Page || !p.state.address.isAPI)
	switch began := o.failed(seen, proven, now); {
	case began:
		p.outageBegan()
	case g.scout && o.on:
		o.slower(now)
		p.state.scout = scoutDue
	case g.scout:
		p.state.scout = scoutDue
	}
}

func (p *Pacer) outageBegan() {
	p.state.scout = scoutDue
	p.warn(reason.New("service_failing", "failures", p.state.outage.failures, "last", p.state.outage.last))
}

// OnlyFailed is called when only items that have used up their attempts remain. If nothing else has succeeded since,
// that is an outage: no later request could show it.
func (p *Pacer) OnlyFailed() {
	p.mu.Lock()
	if p.state.outage.isLikely() {
		p.state.outage.begin(time.Now())
		p.outageBegan()
	}
	notes := p.notes
	p.notes = nil
	p.mu.Unlock()
	for _, note := range notes {
		p.limits.Warn(note)
	}
}

// believe returns the wait that the service asks for, if it is plausible. Otherwise it returns the wait until the next
// full hour of the service's clock, when its windows end (docs/api.md).
func (p *Pacer) believe(what string, asked time.Duration, a getraze.Answer, now time.Time) (wait time.Duration, isPlausible bool) {
	if asked > -2*time.Second && asked < 0 {
		return 0, true // the window ended while the answer was in transit
	}
	if asked >= 0 && asked <= getraze.MaxWait+time.Second { // numbers of seconds were rounded down, and have a second more
		return asked, true
	}
	date := serverTime(a, now)
	if !p.warned[what] {
		p.warned[what] = true
		p.warn(reason.New("wait_absurd", "header", what))
	}
	return date.Truncate(time.Hour).Add(time.Hour).Sub(date), false
}

func (p *Pacer) warn(about reason.Reason) {
	if p.limits.Warn != nil {
		p.notes = append(p.notes, about)
	}
}

// serverTime returns the instant of an answer in the service's clock, the only clock in which its resets have a
// meaning; ours may be hours off. If the service sends no Date, its clock is assumed to be the same as ours.
func serverTime(a getraze.Answer, now time.Time) time.Time {
	if a.Date.IsZero() {
		return now
	}
	return a.Date
}
