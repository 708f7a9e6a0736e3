package batch

import (
	"slices"
	"sync"

	"razebulk/internal/crm"
	"razebulk/internal/getraze"
)

// Current is what the service was seen to hold, by opportunity. It is safe for concurrent use.
type Current struct {
	mu     sync.Mutex
	byID   map[string]getraze.Opportunity
	shared map[string][]string        // the opportunities of each contact
	failed map[string]Failure         // opportunities that could not be read
	doubts map[string]map[string]bool // fields that were sent, and may hold that or still the value before
}

func newCurrent() *Current {
	return &Current{byID: map[string]getraze.Opportunity{}, shared: map[string][]string{}, failed: map[string]Failure{}, doubts: map[string]map[string]bool{}}
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
	id = crm.IDKey(id)
	if contact := crm.IDKey(o.ContactID()); contact != "" && !slices.Contains(c.shared[contact], id) {
		c.shared[contact] = append(c.shared[contact], id)
	}
	c.byID[id] = o
}

func (c *Current) fail(id string, f Failure) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failed[crm.IDKey(id)] = f
}

// note records what became of the fields that were sent, also for the other opportunities of the contact. Of a field
// that may not have been stored, what it held before stays known, for undoing.
func (c *Current) note(id string, fields []fieldOutcome) {
	c.mu.Lock()
	defer c.mu.Unlock()
	id = crm.IDKey(id)
	c.noteOf(id, fields, true)
	ofContact := slices.DeleteFunc(slices.Clone(fields), func(f fieldOutcome) bool { return !crm.IsContact(f.field.Name) })
	for _, other := range c.shared[crm.IDKey(c.byID[id].ContactID())] {
		if other != id && len(ofContact) > 0 {
			c.noteOf(other, ofContact, false)
		}
	}
}

// noteOf notes fields of one opportunity. Another one's name leaves its title alone.
func (c *Current) noteOf(id string, fields []fieldOutcome, withTitle bool) {
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
		after := o.With(stored)
		if title, has := o["title"]; has && !withTitle {
			after["title"] = title
		}
		c.byID[id] = after
	}
}

func (c *Current) doubtful(id, field string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.doubts[crm.IDKey(id)][field]
}
