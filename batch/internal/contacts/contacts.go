// Package contacts remembers which contact an opportunity has, where nothing else does.
package contacts

import (
	"sync"

	"razebulk/internal/crm"
)

// maxKept bounds the memory that it takes, to about 25 MiB. What it forgets costs nothing but the order of two rows.
const maxKept = 1 << 17

// Contacts are those that answers have shown. It is safe for concurrent use. The nil pointer knows none.
type Contacts struct {
	mu   sync.Mutex
	byID map[string]string
}

// Learn takes in the contact of an opportunity.
func (c *Contacts) Learn(id, contact string) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byID == nil {
		c.byID = map[string]string{}
	}
	if len(c.byID) < maxKept {
		c.byID[crm.IDKey(id)] = contact
	}
}

// Of is the contact of an opportunity, or "".
func (c *Contacts) Of(id string) string {
	if c == nil {
		return ""
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.byID[crm.IDKey(id)]
}
