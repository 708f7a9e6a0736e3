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

// Counts are a tally at one moment.
type Counts struct {
	// Done and Failed are rows. Earlier are those of Done that were counted before [Tally.Start].
	Done, Failed, Earlier int
	// Remaining are those of Failed that another run may finish.
	Remaining int
	// Planned are the requests that the rows were to take, and Requests those that they took; neither has those of an
	// earlier run.
	Planned, Requests int
	Elapsed           time.Duration
	ByStatus          map[Status]int
	// Unverified has, for each field, in how many rows the service didn't say whether it was stored.
	Unverified map[string]int
	// NotStored has, for each field that the service does not store, how many rows give it a value; nil for none.
	NotStored map[string]int
}

// NewTally begins counting, and the time.
func NewTally() *Tally {
	return &Tally{started: time.Now(), counts: Counts{ByStatus: map[Status]int{}, Unverified: map[string]int{}}}
}

// Start begins the time anew, with the rows that were counted so far as those of an earlier run.
func (t *Tally) Start() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.started, t.counts.Earlier = time.Now(), t.counts.Done
}

// Count takes one result in.
func (t *Tally) Count(r Result) {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := &t.counts
	c.Done++
	c.Planned += r.Planned
	c.Requests += r.Attempts
	if r.Status.NeedsAttention() {
		c.Failed++
	}
	if !r.Status.Terminal() {
		c.Remaining++
	}
	c.ByStatus[r.Status]++
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

// Counts returns what was counted so far.
func (t *Tally) Counts() Counts {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.counts
	c.ByStatus, c.Unverified, c.NotStored = maps.Clone(c.ByStatus), maps.Clone(c.Unverified), maps.Clone(c.NotStored)
	c.Elapsed = time.Since(t.started)
	return c
}
