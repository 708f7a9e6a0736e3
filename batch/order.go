package batch

import (
	"context"
	"sync"
)

// mostWaiting bounds the rows that wait behind a row of the same id, and with them the memory they take.
const mostWaiting = 1024

// order keeps two rows of one id from being in flight together, and keeps them in the order of the file. A row whose id
// is in work waits behind it, and the worker that finishes an id takes the next row of that id itself.
type order struct {
	mu      sync.Mutex
	inWork  map[string][]Plan // the rows that wait, by their id; an id is a key as long as it is in work
	waiting chan struct{}     // one token for each row that waits
}

func newOrder() *order {
	return &order{inWork: map[string][]Plan{}, waiting: make(chan struct{}, mostWaiting)}
}

// enter puts a row into work if its id is free and returns true; otherwise it leaves the row to the worker that has the
// id. It waits while too many rows wait, and then fails only with ctx.
func (o *order) enter(ctx context.Context, plan Plan) (bool, error) {
	if o.begin(plan.Row.ID) {
		return true, nil
	}
	select {
	case o.waiting <- struct{}{}:
	case <-ctx.Done():
		return false, ctx.Err()
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if _, busy := o.inWork[plan.Row.ID]; !busy {
		<-o.waiting
		o.inWork[plan.Row.ID] = nil
		return true, nil
	}
	o.inWork[plan.Row.ID] = append(o.inWork[plan.Row.ID], plan)
	return false, nil
}

func (o *order) begin(id string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if _, busy := o.inWork[id]; busy {
		return false
	}
	o.inWork[id] = nil
	return true
}

// next is called by the worker that finished a row: it returns the row of the same id that waits first, or frees the id.
func (o *order) next(id string) (Plan, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	rows := o.inWork[id]
	if len(rows) == 0 {
		delete(o.inWork, id)
		return Plan{}, false
	}
	o.inWork[id] = rows[1:]
	<-o.waiting
	return rows[0], true
}
