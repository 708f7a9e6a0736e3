package result

import (
	"maps"
	"sync"
	"time"
)

// Tally counts results as they come. It is safe for concurrent use.
type Tally struct {
	mu      sync.Mutex
	started time.Time
	counts  Counts
}

// Counts is a snapshot of a tally.
type Counts struct {
	// Done and Failed count rows. Earlier is the part of Done that was counted before [Tally.Start].
	Done, Failed, Earlier int
	// Remaining is the part of Failed that another run may finish.
	Remaining int
	// Sent counts rows that requests were made for, SentFailed those of them that failed, and Missed those that failed
	// because the run ended before it reached them.
	Sent, SentFailed, Missed int
	// Planned is the number of requests that the rows were to take, and Requests the number that they took; both exclude
	// those of an earlier run.
	Planned, Requests int
	Elapsed           time.Duration
	ByStatus          map[Status]int
	// Unverified counts, for each field, the rows for which the service didn't say whether it was stored.
	Unverified map[string]int
	// NotStored counts, for each field that the service does not store, the rows that give it a value; nil if none.
	NotStored map[string]int
}

// NewTally returns a tally that starts counting, and timing, now.
func NewTally() *Tally {
	return &Tally{started: time.Now(), counts: Counts{ByStatus: map[Status]int{}, Unverified: map[string]int{}}}
}

// Start restarts the timing. The rows counted so far become those of an earlier run.
func (t *Tally) Start() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.started, t.counts.Earlier = time.Now(), t.counts.Done
}

// Count counts one result.
func (t *Tally) Count(r Result) {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := &t.counts
	c.count(r.Status, r.Attempts > 0)
	c.Planned += r.Planned
	c.Requests += r.Attempts
	for _, field := range r.Unverified {
		c.Unverified[field]++
	}
	for _, field := range r.NotStored {
		if c.NotStored == nil {
			c.NotStored = map[string]int{}
		}
		c.NotStored[field]++
	}
}

// CountEarlier counts a row of an earlier run, which may have been sent then.
func (t *Tally) CountEarlier(status Status, sent bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.counts.count(status, sent)
}

func (c *Counts) count(status Status, sent bool) {
	c.Done++
	c.ByStatus[status]++
	if sent {
		c.Sent++
	}
	if !status.Terminal() {
		c.Remaining++
	}
	if !status.NeedsAttention() {
		return
	}
	c.Failed++
	switch {
	case sent:
		c.SentFailed++
	case status == NotAttempted:
		c.Missed++
	}
}

// Counts returns what was counted so far.
func (t *Tally) Counts() Counts {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.counts
	c.ByStatus, c.Unverified, c.NotStored = maps.Clone(c.ByStatus), maps.Clone(c.Unverified), maps.Clone(c.NotStored)
	c.Elapsed = time.Since(t.started)
	return c
}
