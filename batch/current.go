package batch

import (
	"sync"

	"razebulk/internal/crm"
	"razebulk/internal/getraze"
)

// Current is what the service was seen to hold, by opportunity. It is safe for concurrent use.
type Current struct {
	mu     sync.Mutex
	byID   map[string]getraze.Opportunity
	failed map[string]Failure         // opportunities that could not be read
	doubts map[string]map[string]bool // fields that were sent, and may hold that or still the value before
}

func newCurrent() *Current {
	return &Current{byID: map[string]getraze.Opportunity{}, failed: map[string]Failure{}, doubts: map[string]map[string]bool{}}
}

func (c *Current) of(id string) (getraze.Opportunity, *Failure) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if failure, found := c.failed[crm.IDKey(id)]; found {
		return nil, &failure
	}
	return c.byID[crm.IDKey(id)], nil
}

func (c *Current) put(id string, o getraze.Opportunity) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byID[crm.IDKey(id)] = o
}

func (c *Current) fail(id string, f Failure) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failed[crm.IDKey(id)] = f
}

// note records what became of the fields that were sent. Of a field that may not have been stored, what it held
// before stays known, for undoing.
func (c *Current) note(id string, fields []fieldOutcome) {
	c.mu.Lock()
	defer c.mu.Unlock()
	id = crm.IDKey(id)
	if c.doubts[id] == nil && len(fields) > 0 {
		c.doubts[id] = map[string]bool{}
	}
	var stored []getraze.Field
	for _, f := range fields {
		switch {
		case f.isStored():
			stored = append(stored, f.field)
			c.doubts[id][f.field.Name] = false
		case f.isDoubtful():
			c.doubts[id][f.field.Name] = true
		}
	}
	if o, found := c.byID[id]; found && len(stored) > 0 {
		c.byID[id] = o.With(stored)
	}
}

func (c *Current) doubtful(id, field string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.doubts[crm.IDKey(id)][field]
}
