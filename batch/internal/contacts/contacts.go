// Package contacts remembers which contact an opportunity has, where nothing else records it.
package contacts

import (
	"strings"
	"sync"

	"razebulk/internal/crm"
)

// minKept is the minimum number of opportunities whose contacts are kept; twice as many take about 3 MB. Forgetting one
// only affects the order of two rows that are this far apart.
const minKept = 1 << 13

// Contacts holds the contacts that answers have shown most recently. It is safe for concurrent use. A nil pointer knows
// none.
type Contacts struct {
	mu             sync.Mutex
	latest, before map[string]string // contacts by id key; before has the older ones
}

// Learn records the contact of an opportunity.
func (c *Contacts) Learn(id, contact string) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.latest == nil || len(c.latest) == minKept {
		c.latest, c.before = map[string]string{}, c.latest
	}
	c.latest[strings.Clone(crm.IDKey(id))] = contact // the id is part of a row
}

// Of returns the contact of an opportunity, or "".
func (c *Contacts) Of(id string) string {
	if c == nil {
		return ""
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.latest) == 0 {
		return ""
	}
	key := crm.IDKey(id)
	if contact, found := c.latest[key]; found {
		return contact
	}
	return c.before[key]
}
