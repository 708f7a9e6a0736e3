// Package contacts remembers which contact an opportunity has, where nothing else does.
package contacts

import (
	"strings"
	"sync"

	"razebulk/internal/crm"
)

// minKept is of how many opportunities the contacts are known at least; twice as many take about 3 MB. What is
// forgotten costs nothing but the order of two rows that are so far apart.
const minKept = 1 << 13

// Contacts are those that answers have shown latest. It is safe for concurrent use. The nil pointer knows none.
type Contacts struct {
	mu             sync.Mutex
	latest, before map[string]string // by the keys of ids; before has what came before latest
}

// Learn takes in the contact of an opportunity.
func (c *Contacts) Learn(id, contact string) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.latest == nil || len(c.latest) == minKept {
		c.latest, c.before = map[string]string{}, c.latest
	}
	c.latest[strings.Clone(crm.IDKey(id))] = contact // the id is a part of a row
}

// Of is the contact of an opportunity, or "".
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
