package report

import (
	"maps"
	"sync"
	"time"

	"razebulk/batch"
)

// Tally counts results as they come. It is safe for concurrent use.
type Tally struct {
	mu         sync.Mutex
	started    time.Time
	counts     Counts
	byStatus   map[batch.Status]int
	unverified map[string]int
}

// Counts are a tally at one moment.
type Counts struct {
	// Done are the rows that have a result, and Failed those of them that need attention.
	Done, Failed int
	// Retryable are those of the failed that are sent again when the run is resumed, and Sent the rows that took a
	// request.
	Retryable, Sent int
	Requests        int
	Elapsed         time.Duration
}

// NewTally begins to count, and to measure the time.
func NewTally() *Tally {
	return &Tally{started: time.Now(), byStatus: map[batch.Status]int{}, unverified: map[string]int{}}
}

// Count counts one result.
func (t *Tally) Count(r batch.Result) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.counts.Done++
	t.counts.Requests += r.Attempts
	if r.Attempts > 0 {
		t.counts.Sent++
	}
	if r.Status.NeedsAttention() {
		t.counts.Failed++
	}
	if !r.Status.Terminal() {
		t.counts.Retryable++
	}
	t.byStatus[r.Status]++
	for _, field := range r.Unverified {
		t.unverified[field]++
	}
}

// Counts returns what was counted so far.
func (t *Tally) Counts() Counts {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.counts
	c.Elapsed = time.Since(t.started)
	return c
}

// ByStatus counts the rows of each status.
func (t *Tally) ByStatus() map[batch.Status]int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return maps.Clone(t.byStatus)
}

// Unverified counts, for each field, the rows that were sent and whose answer doesn't say what the field holds.
func (t *Tally) Unverified() map[string]int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return maps.Clone(t.unverified)
}
