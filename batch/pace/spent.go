package pace

import (
	"context"
	"time"
)

// Spent is the time in which no request could go out, by cause, and how long the service as a whole has failed.
type Spent struct {
	Quota, Service, Outage time.Duration
	Outages                time.Duration
}

// Spent returns the time spent so far, including an ongoing outage.
func (p *Pacer) Spent() Spent {
	p.mu.Lock()
	defer p.mu.Unlock()
	spent := p.spent
	if o := p.state.outage; o.on {
		spent.Outages += time.Since(o.since)
	}
	return spent
}

// hold waits as the decision says, and counts that time.
func (p *Pacer) hold(ctx context.Context, d decision) error {
	began := time.Now()
	err := p.sleepUntil(ctx, d.until)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.spent.count(d.why, time.Since(began))
	return err
}

func (s *Spent) count(why Reason, took time.Duration) {
	switch why {
	case ForQuota:
		s.Quota += took
	case ForService:
		s.Service += took
	case ForOutage:
		s.Outage += took
	case ForAnswer:
	}
}
