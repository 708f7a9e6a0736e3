package batch

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"time"

	"razebulk/internal/getraze"
	"razebulk/internal/ledger"
)

// Known is what is known of the opportunities before they are updated. It only ever shrinks what a row sends. It is safe for
// concurrent use. The nil pointer knows nothing.
type Known struct {
	// Ledger is what earlier runs have stored; nil for none.
	Ledger *ledger.Ledger
	// Current is what the service was found to hold; nil if it wasn't read.
	Current *Current
	// Force sends also what somebody has changed meanwhile.
	Force bool
	// Tried tells of opportunities that the run which this one goes on with has tried to change: that they are newer than the sheet is
	// its own doing. nil is for none.
	Tried func(id string) bool
}

// shrink leaves out of a plan what is stored already, and what somebody else has changed since.
func (k *Known) shrink(p *Plan) {
	if k == nil || p.Settled != "" {
		return
	}
	held, failed := k.held(p.Row.ID)
	if failed != nil {
		p.Settled, p.why, p.httpStatus = failed.Status, failed.Message, failed.HTTPStatus
		if failed.Status != NotFound {
			p.why += "; what it holds could not be read, so nothing was sent"
		}
		p.Send, p.Stage = nil, ""
		return
	}
	send := p.Send
	p.Send = nil
	for _, field := range send {
		if k.isNeeded(p, held, field) {
			p.Send = append(p.Send, field)
		}
	}
	if p.Stage != "" && !k.isNeeded(p, held, p.stageField()) {
		p.Stage = ""
	}
	if p.Requests() == 0 {
		p.settleUnsent()
		return
	}
	k.refuseStale(p, held)
}

func (k *Known) held(id string) (getraze.Opportunity, *Result) {
	if k.Current == nil {
		return nil, nil
	}
	return k.Current.of(id)
}

// isNeeded tells whether a field is to be sent. What it learns by the way goes into the plan.
func (k *Known) isNeeded(p *Plan, held getraze.Opportunity, field getraze.Field) bool {
	if assumed, found := p.assumed[field.Name]; found {
		if ledgerValue(assumed) == ledgerValue(field) {
			return false
		}
		p.Changes = append(p.Changes, changeOf(field, getraze.Value{Text: assumed.Text, Empty: assumed.Clear}, true))
		return true
	}
	undoes := len(p.Row.Undoes) > 0 // what the run to be undone has stored, this ledger may not have seen
	if k.Ledger != nil && !undoes && k.Ledger.Holds(p.Row.ID, field.Name, ledgerValue(field)) {
		return false
	}
	if k.Current == nil {
		return true
	}
	current, told := held.Value(field.Name)
	switch {
	case told && held.Holds(field) && !k.Current.doubtful(p.Row.ID, field.Name):
		p.proved = append(p.proved, field)
		return false
	case told && !k.Force && p.wasChangedSince(held, field.Name):
		p.Left = append(p.Left, changeOf(field, current, true))
		return false
	}
	p.Changes = append(p.Changes, changeOf(field, current, told))
	return true
}

// wasChangedSince tells, of a row that takes back what a run has stored, whether that is no longer what the field holds.
func (p *Plan) wasChangedSince(held getraze.Opportunity, field string) bool {
	for _, stored := range p.Row.Undoes {
		if stored.Field == field {
			return !held.Holds(fieldOf(stored))
		}
	}
	return false
}

// settleUnsent is for a row that has nothing left to send.
func (p *Plan) settleUnsent() {
	if len(p.Left) == 0 {
		p.Settled = Unchanged
		return
	}
	p.Settled, p.why = Conflict, p.leftAlone()
}

func (p *Plan) leftAlone() string {
	names := make([]string, len(p.Left))
	for i, change := range p.Left {
		names[i] = change.Field
	}
	return fmt.Sprintf("changed by somebody since, and left alone: %s (--force sends all the same)", strings.Join(names, ", "))
}

// refuseStale settles a row whose sheet is older than what the service holds.
func (k *Known) refuseStale(p *Plan, held getraze.Opportunity) {
	updated, err := held.UpdatedAt()
	tried := k.Tried != nil && k.Tried(p.Row.ID)
	if err != nil || updated.IsZero() || tried || k.Force || k.Current == nil || !p.Row.Older(updated) {
		return
	}
	p.Settled = Conflict
	p.why = fmt.Sprintf("changed in the CRM at %s, which is after the sheet's own updated_at; not sent (--force sends all the same)",
		updated.UTC().Format(time.RFC3339))
	p.Send, p.Stage, p.Changes = nil, "", nil
}

// begin is called before the first request of a row.
func (k *Known) begin(t *task) error {
	if k == nil || k.Ledger == nil {
		return nil
	}
	fields := t.Fields()
	names := make([]string, len(fields))
	for i, field := range fields {
		names[i] = field.Name
	}
	return k.Ledger.Begin(t.Row.ID, names...)
}

// note takes down what became of a row, when its result is recorded.
func (k *Known) note(t task) error {
	if k == nil {
		return nil
	}
	if k.Current != nil {
		k.Current.change(t.Row.ID, t.fate.stored, true)
		k.Current.change(t.Row.ID, t.fate.doubtful, false)
	}
	if k.Ledger == nil {
		return nil
	}
	var noted []ledger.Noted
	for _, field := range t.proved {
		noted = append(noted, ledger.Noted{Field: field.Name, Value: ledgerValue(field), Verified: true})
	}
	for i, field := range t.fate.stored {
		noted = append(noted, ledger.Noted{Field: field.Name, Value: ledgerValue(field), Verified: t.fate.verified[i]})
	}
	var doubtful []string
	for _, field := range t.fate.doubtful {
		doubtful = append(doubtful, field.Name)
	}
	if err := k.Ledger.Note(t.Row.ID, noted...); err != nil || len(doubtful) == 0 {
		return err
	}
	return k.Ledger.Forget(t.Row.ID, doubtful...)
}

// Current is what the service was found to hold, by opportunity. It is safe for concurrent use.
type Current struct {
	mu     sync.Mutex
	byID   map[string]getraze.Opportunity
	failed map[string]Result          // opportunities that could not be read
	doubts map[string]map[string]bool // fields that were sent, and may hold that or still the value before
}

func newCurrent() *Current {
	return &Current{byID: map[string]getraze.Opportunity{}, failed: map[string]Result{}, doubts: map[string]map[string]bool{}}
}

var uuidForm = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)

// IDKey is the same for two ids if they mean one opportunity: a UUID in capitals and small letters (RFC 9562, section 4).
func IDKey(id string) string {
	if len(id) == 36 && uuidForm.MatchString(id) {
		return strings.ToLower(id)
	}
	return id
}

func (c *Current) of(id string) (getraze.Opportunity, *Result) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if failure, found := c.failed[IDKey(id)]; found {
		return nil, &failure
	}
	return c.byID[IDKey(id)], nil
}

func (c *Current) put(id string, o getraze.Opportunity) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byID[IDKey(id)] = o
}

func (c *Current) fail(id string, r Result) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failed[IDKey(id)] = r
}

// change takes down that fields were sent. If they may not have been stored, what they held before stays known, for undoing.
func (c *Current) change(id string, fields []getraze.Field, stored bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	id = IDKey(id)
	for _, field := range fields {
		if c.doubts[id] == nil {
			c.doubts[id] = map[string]bool{}
		}
		c.doubts[id][field.Name] = !stored
	}
	if o, found := c.byID[id]; found && stored {
		c.byID[id] = o.With(fields)
	}
}

func (c *Current) doubtful(id, field string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.doubts[IDKey(id)][field]
}
