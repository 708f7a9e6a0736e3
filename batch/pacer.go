package batch

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"razebulk/getraze"
)

// Limits are what the user allows.
type Limits struct {
	// PerSecond is how many requests a second may go out at most, evenly spaced; 0 is no limit.
	PerSecond float64
	// Reserve is how many requests of every window stay unspent.
	Reserve Share
	// Deadline is when the run's time is up; the zero time is never.
	Deadline time.Time
	// Warn is told of what the service does against the rules. It may be called by any worker; nil keeps silent.
	Warn func(format string, args ...any)
}

// Pacer is the one place that holds requests back: every request, first try or not, passes [Pacer.Wait], and every
// answer [Pacer.Observe]. It spends a window of the quota as fast as the rate allows and then waits for the next. It is
// safe for concurrent use.
type Pacer struct {
	limits  Limits
	limiter *rate.Limiter
	turn    chan struct{} // held by the one worker that decides and waits; the others queue for it
	learnt  chan struct{} // tells that worker that the state has changed

	mu     sync.Mutex
	state  state
	pace   pace
	warned map[string]bool // by the header that was absurd
	fatal  error           // no request can ever go out
}

// NewPacer makes a pacer that knows nothing yet of the service's quota. It lets one request go first, so that the others
// can follow what its answer says: several at once might be refused, or reach into the reserve.
func NewPacer(limits Limits) *Pacer {
	limit, burst := rate.Limit(limits.PerSecond), 1+int(limits.PerSecond/100) // one at a time would cap a fast limit at some 1,800 a second
	if limits.PerSecond == 0 {
		limit = rate.Inf
	}
	return &Pacer{
		limits: limits, limiter: rate.NewLimiter(limit, burst),
		turn: make(chan struct{}, 1), learnt: make(chan struct{}, 1),
		state: state{reserve: limits.Reserve, alone: aloneNext}, warned: map[string]bool{},
	}
}

// Grant is the leave to send one request. Its holder must send it and tell the pacer what came of it.
type Grant struct {
	alone bool
	sent  time.Time
	// Outages is how many outages there have been so far.
	Outages int
}

// Wait returns when a request may go out. Its error is ctx's, an [*OutOfTime], or one that says why none ever can.
func (p *Pacer) Wait(ctx context.Context) (Grant, error) {
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return Grant{}, ctx.Err()
	}
	for {
		d, err := p.look()
		if err != nil {
			return Grant{}, err
		}
		if !d.send {
			err = p.sleepUntil(ctx, d.until)
		} else if err = p.limiter.Wait(ctx); err == nil {
			if grant, ok := p.grant(); ok {
				return grant, nil
			}
		}
		if err != nil {
			return Grant{}, err
		}
	}
}

// look decides for now, and gives up where waiting would take longer than is allowed: at once, not when the time comes.
func (p *Pacer) look() (decision, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	d := p.state.decide(now)
	end, why := p.limits.Deadline, d.why
	if o := p.state.outage; o.on && (end.IsZero() || o.since.Add(longestOutage).Before(end)) {
		end, why = o.since.Add(longestOutage), ForOutage
	}
	switch {
	case p.fatal != nil:
		return d, p.fatal
	case !end.IsZero() && (!now.Before(end) || d.until.After(end)):
		return d, &OutOfTime{Next: d.until, Why: why, Failure: p.state.outage.last}
	}
	return d, nil
}

func (p *Pacer) grant() (Grant, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if !p.state.decide(now).send {
		return Grant{}, false
	}
	p.pace.granted(now)
	return Grant{p.state.grant(now), now, p.state.outage.count}, true
}

// sleepUntil waits for an instant or for something to be learnt, and no longer than the run may take.
func (p *Pacer) sleepUntil(ctx context.Context, until time.Time) error {
	if until.IsZero() {
		until = p.limits.Deadline
	}
	var due <-chan time.Time
	if !until.IsZero() {
		timer := time.NewTimer(time.Until(until))
		defer timer.Stop()
		due = timer.C
	}
	select {
	case <-due:
	case <-p.learnt:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// Seen is what an attempt has brought, as far as the pacer cares.
type Seen struct {
	Row    int
	Answer getraze.Answer
	// Failed tells of a failure that may pass, and Message what it was.
	Failed  bool
	Message string
	// Repeated tells that the row has failed just so before: that says more about the row than about the service.
	Repeated bool
}

// Verdict is what an attempt means for the run as a whole.
type Verdict struct {
	// Outage tells that the service as a whole fails.
	Outage bool
	// Recovered tells that failures in a row have ended with this answer.
	Recovered bool
}

// Observe learns from what came of a request that was granted.
func (p *Pacer) Observe(g Grant, seen Seen) Verdict {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	p.state.inFlight--
	p.learnQuota(g, seen.Answer, now)
	var v Verdict
	switch {
	case seen.Answer.HTTPStatus == http.StatusTooManyRequests:
		p.refused(seen.Answer, now)
	case seen.Failed && seen.Repeated && !p.state.outage.on:
		if g.alone {
			p.state.alone = notAlone
		}
	case seen.Failed:
		p.failed(g, seen, now)
	default:
		v.Recovered = p.answered(g, now)
	}
	v.Outage = p.state.outage.on
	select {
	case p.learnt <- struct{}{}:
	default:
	}
	return v
}

// answered tells whether failures have ended with this answer.
func (p *Pacer) answered(g Grant, now time.Time) bool {
	o := &p.state.outage
	if o.on {
		p.warn("the service answers again, after %s", now.Sub(o.since).Round(time.Second))
	}
	if o.on || g.alone {
		p.state.alone = notAlone
	}
	recovered := o.failures > 0
	o.answered()
	return recovered
}

func (p *Pacer) learnQuota(g Grant, a getraze.Answer, now time.Time) {
	w := &p.state.window
	if a.Quota == (getraze.Quota{}) {
		w.spend()
		return
	}
	if isNew := w.learn(a.Quota, p.resets(g, a, now), g.alone); isNew {
		w.last = p.lastOf(w, now)
	}
	if left := w.limit - p.limits.Reserve.Of(w.limit); left <= 0 && w.limit > 0 {
		p.fatal = fmt.Errorf("--quota-reserve leaves nothing of a quota of %d requests", w.limit)
	}
}

// resets is when the window ends in our clock. The service's own clock decides; without a Date it is taken to be ours.
func (p *Pacer) resets(g Grant, a getraze.Answer, now time.Time) time.Time {
	asked := a.Quota.Reset.Sub(serverTime(a, now))
	wait := p.believe("X-RateLimit-Reset", asked, a, now)
	if a.Date.IsZero() || wait != asked {
		return now.Add(wait)
	}
	p.state.clock.learn(a.Date, g.sent, now)
	return p.state.clock.ours(a.Quota.Reset)
}

// lastOf is when the last request of a window is best sent. It costs no time: after it there is nothing to do but to wait
// for the next window, and the better the service's clock is known, the sooner that can begin.
func (p *Pacer) lastOf(w *window, now time.Time) time.Time {
	c := p.state.clock
	if !c.known || c.most-c.least < wellKnown {
		return time.Time{}
	}
	if last := c.tick(now); w.resets.Sub(last) > time.Second {
		return last
	}
	return time.Time{}
}

// refused answers a 429: no one goes out before the longest of what the service names has passed, and then one goes first.
func (p *Pacer) refused(a getraze.Answer, now time.Time) {
	wait := p.believe("Retry-After", a.RetryAfter, a, now)
	if a.Quota != (getraze.Quota{}) {
		wait = max(wait, p.state.window.resets.Sub(now))
	}
	if wait == 0 {
		wait = slowestProbe // it doesn't say how long
	}
	p.state.window.remaining = 0
	p.holdFor(wait, now)
	p.state.alone = aloneNext
}

func (p *Pacer) holdFor(wait time.Duration, now time.Time) {
	if until := now.Add(wait); until.After(p.state.hold) {
		p.state.hold = until
	}
}

func (p *Pacer) failed(g Grant, seen Seen, now time.Time) {
	if seen.Answer.RetryAfter != 0 {
		p.holdFor(p.believe("Retry-After", seen.Answer.RetryAfter, seen.Answer, now), now)
	}
	o := &p.state.outage
	switch began := o.failed(seen.Row, seen.Message, now); {
	case began:
		p.state.alone = aloneNext
		p.warn("the service fails: %d times in a row, the last so: %s\nnow one request at a time tries whether it is back", o.failures, o.last)
	case g.alone && o.on:
		o.slower(now)
		p.state.alone = aloneNext
	case g.alone:
		p.state.alone = aloneNext
	}
}

// believe returns a wait that the service asks for, unless it is absurd; then until the next full hour of the service's
// clock, when its windows end (api.md, part 2).
func (p *Pacer) believe(what string, wait time.Duration, a getraze.Answer, now time.Time) time.Duration {
	if wait > -2*time.Second && wait < 0 {
		return 0 // the window ended while the answer was on its way
	}
	if wait >= 0 && wait <= longestWait {
		return wait
	}
	date := serverTime(a, now)
	if !p.warned[what] {
		p.warned[what] = true
		p.warn("the service asks to wait for %s (%s); taking it for the next full hour", wait, what)
	}
	return date.Truncate(time.Hour).Add(time.Hour).Sub(date)
}

func (p *Pacer) warn(format string, args ...any) {
	if p.limits.Warn != nil {
		p.limits.Warn(format, args...)
	}
}

// serverTime is the instant of an answer in the service's clock, which alone gives its resets a meaning; ours may be hours
// off. A service that doesn't tell the time is taken to have ours.
func serverTime(a getraze.Answer, now time.Time) time.Time {
	if a.Date.IsZero() {
		return now
	}
	return a.Date
}

// Outages is how many outages there have been so far.
func (p *Pacer) Outages() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state.outage.count
}

// Waiting tells what holds all requests back at this moment, and until when; false if nothing does, or nothing that
// lasts longer than a request.
func (p *Pacer) Waiting() (why Reason, until time.Time, waiting bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	d := p.state.decide(time.Now())
	return d.why, d.until, !d.send && !d.until.IsZero()
}

// Outlook tells how long a number of further requests will take, by what is known of the quota and of the service's
// speed; as long as the service hasn't said anything, by the usual quota of 1,000 a clock hour.
func (p *Pacer) Outlook(requests int) Outlook {
	p.mu.Lock()
	defer p.mu.Unlock()
	gap := p.pace.gap
	if p.limits.PerSecond > 0 {
		gap = max(gap, time.Duration(float64(time.Second)/p.limits.PerSecond))
	}
	return p.state.window.outlook(requests, time.Now(), gap, p.limits.Reserve)
}

// pace is how fast requests go out when nothing holds them back: workers that wait for slow answers may not reach the rate.
type pace struct {
	last time.Time
	gap  time.Duration // a moving average
}

// longestGap tells a slow service from a wait for quota.
const longestGap = 10 * time.Second

func (p *pace) granted(now time.Time) {
	gap := now.Sub(p.last)
	switch {
	case p.last.IsZero() || gap > longestGap:
	case p.gap == 0:
		p.gap = gap
	default:
		p.gap += (gap - p.gap) / 20
	}
	p.last = now
}
