package batch

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Pacer is the one place that holds requests back: every request, first try or not, passes [Pacer.Wait]. It is safe for
// concurrent use.
type Pacer struct {
	limiter *rate.Limiter

	mu        sync.Mutex
	notBefore time.Time
}

// NewPacer lets perSecond requests a second pass at most, evenly spaced; 0 is no limit.
func NewPacer(perSecond float64) *Pacer {
	limit, burst := rate.Limit(perSecond), 1+int(perSecond/100) // one at a time would cap a fast limit at some 1,800 a second
	if perSecond == 0 {
		limit = rate.Inf
	}
	return &Pacer{limiter: rate.NewLimiter(limit, burst)}
}

// Wait returns when a request may go out, or with ctx's error.
func (p *Pacer) Wait(ctx context.Context) error {
	for {
		if err := p.limiter.Wait(ctx); err != nil {
			return err
		}
		hold := p.held()
		if hold <= 0 {
			return ctx.Err()
		}
		if err := sleep(ctx, hold); err != nil {
			return err
		}
	}
}

// Hold keeps every request back for d from now on; a hold that ends later stays.
func (p *Pacer) Hold(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if until := time.Now().Add(d); until.After(p.notBefore) {
		p.notBefore = until
	}
}

func (p *Pacer) held() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Until(p.notBefore)
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
