// Package pace decides when a request may go out. What it knows about the quota, outages and clocks is one value, and
// the decision is a pure function of it; [Pacer.Wait] is the only place that waits.
package pace

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"razebulk/internal/reason"
)

// Limits are what the user allows.
type Limits struct {
	// PerSecond is how many requests per second may go out at most, evenly spaced; 0 means no limit.
	PerSecond float64
	// Reserve is how many requests of every window stay unused.
	Reserve Share
	// Deadline is when the run's time is up; the zero time means never.
	Deadline time.Time
	// Address is the API's address, for messages.
	Address string
	// MaxUnanswered is how long to try an address that has never answered; 0 means as long as any outage.
	MaxUnanswered time.Duration
	// Warn is called when the service breaks the rules, and when an outage begins and ends. Any worker may call it; nil
	// means no call.
	Warn func(reason.Reason)
}

// ErrReserve means that no request can ever go out, because the reserve is the whole of each window.
var ErrReserve error = reason.New("reserve_takes_all")

// Pacer is the only place that holds requests back: every request, first try or not, passes [Pacer.Wait], and every
// answer [Pacer.Observe]. It uses up a window of the quota as fast as the rate allows and then waits for the next one.
// It is safe for concurrent use.
type Pacer struct {
	limits  Limits
	limiter *rate.Limiter
	turn    chan struct{} // held by the one worker that decides and waits; the others queue for it
	learnt  chan struct{} // wakes that worker when the state has changed

	mu     sync.Mutex
	state  state
	pace   pace
	warned map[string]bool // by header that was absurd
	spent  Spent
	notes  []reason.Reason // for Warn, once mu is free: Warn may call the pacer
	fatal  error           // no request can ever go out
}

// maxBurst is how many requests may go out at one instant, however high the rate is.
const maxBurst = 1e6

// NewPacer returns a pacer that knows nothing yet about the service's quota. It lets one request go first, so that the
// others can use what its answer says: several at once might be refused, or use up part of the reserve.
func NewPacer(limits Limits) *Pacer {
	// One at a time would cap a fast limit at some 1,800 a second.
	limit, burst := rate.Limit(limits.PerSecond), 1+int(min(limits.PerSecond/100, maxBurst))
	if limits.PerSecond == 0 {
		limit = rate.Inf
	}
	return &Pacer{
		limits: limits, limiter: rate.NewLimiter(limit, burst),
		turn: make(chan struct{}, 1), learnt: make(chan struct{}, 1),
		state: state{reserve: limits.Reserve, scout: scoutDue}, warned: map[string]bool{},
	}
}

// EndBy sets when the run's time is up, instead of the deadline in its limits.
func (p *Pacer) EndBy(deadline time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.limits.Deadline = deadline
}

// Grant is the permission to send one request. Its holder must send it and pass the result to [Pacer.Observe].
type Grant struct {
	scout bool
	sent  time.Time
	// Outages is the number of outages so far.
	Outages int
}

// Wait returns when a request may go out. The error is that of ctx, an [*OutOfTime], or one that says why no request
// ever can.
func (p *Pacer) Wait(ctx context.Context) (Grant, error) {
	p.queue(1)
	defer p.queue(-1)
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return Grant{}, ctx.Err()
	}
	for {
		d, err := p.check()
		if err != nil {
			return Grant{}, err
		}
		if !d.send {
			err = p.hold(ctx, d)
		} else if err = p.keepRate(ctx); err == nil {
			if grant, ok := p.grant(); ok {
				return grant, nil
			}
		}
		if err != nil {
			return Grant{}, err
		}
	}
}

func (p *Pacer) queue(change int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.state.queue += change
}

// check makes a decision for the current time. It gives up if waiting would take longer than is allowed: at once, not
// when the time comes.
func (p *Pacer) check() (decision, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fatal != nil {
		return decision{}, p.fatal
	}
	now := time.Now()
	d := p.state.decide(now)
	end, outage := p.end()
	if end.IsZero() || now.Before(end) && (d.why == ForAnswer || !d.until.After(end)) {
		return d, nil
	}
	if outage {
		return d, p.outageEnd()
	}
	return d, &OutOfTime{Why: d.why, Next: d.until}
}

func (p *Pacer) outageEnd() *OutOfTime {
	return &OutOfTime{Why: ForOutage, Failure: p.state.outage.last}
}

// end returns when requests must stop: when the time is up, or an outage has lasted too long. The zero time means
// never.
func (p *Pacer) end() (end time.Time, outage bool) {
	end, outage = p.limits.Deadline, p.state.outage.on
	until := func(over time.Time) {
		if end.IsZero() || over.Before(end) {
			end, outage = over, true
		}
	}
	if p.state.outage.on {
		until(p.state.outage.since.Add(maxOutage))
	}
	if a := p.state.address; p.limits.MaxUnanswered > 0 && !a.answered && !a.since.IsZero() {
		until(a.since.Add(p.limits.MaxUnanswered))
	}
	return end, outage
}

// Pause lets a worker wait between two attempts. It gives up at once if the time will be up before the pause ends.
func (p *Pacer) Pause(ctx context.Context, d time.Duration) error {
	if late := p.tooLate(d); late != nil {
		return late
	}
	return sleep(ctx, d)
}

// tooLate returns the error that ends the run if its time is up before the duration is over; nil if it is not.
func (p *Pacer) tooLate(d time.Duration) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	end, outage := p.end()
	switch {
	case end.IsZero() || !time.Now().Add(d).After(end):
		return nil
	case outage:
		return p.outageEnd()
	}
	return &OutOfTime{}
}

func (p *Pacer) keepRate(ctx context.Context) error {
	if p.limits.PerSecond == 0 {
		return ctx.Err()
	}
	reserved := p.limiter.Reserve()
	err := p.Pause(ctx, reserved.Delay())
	if err != nil {
		reserved.Cancel()
	}
	return err
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

// sleepUntil waits for an instant or for an answer, but no longer than the run may take.
func (p *Pacer) sleepUntil(ctx context.Context, until time.Time) error {
	p.mu.Lock()
	end, _ := p.end()
	p.mu.Unlock()
	if until.IsZero() || !end.IsZero() && end.Before(until) {
		until = end
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

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Outages returns the number of outages so far.
func (p *Pacer) Outages() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state.outage.count
}

// Waiting reports what holds all requests back at this moment, and until when; false if nothing does, or nothing that
// lasts longer than a request.
func (p *Pacer) Waiting() (why Reason, until time.Time, waiting bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	d := p.state.decide(time.Now())
	return d.why, d.until, !d.send && d.why != ForAnswer
}
