package batch

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"razebulk/internal/crm"
	"razebulk/internal/getraze"
)

// maxWaiting bounds the rows that wait, behind a row of the same id or for the end of the run, and with them the memory
// they take.
const maxWaiting = 1024

// task is a row on its way through the run.
type task struct {
	Plan
	attempts
	prepared bool              // it was compared with what is known
	sends    [][]getraze.Field // the fields of each of its requests
	fields   []fieldOutcome    // what became of those that were sent
	result   Result            // what the latest attempt came to; before the first one, that there was none
}

// order keeps two rows of one id from being in flight together, and keeps them in the order of the file. A row whose id
// is in work waits behind it, and the worker that finishes a row takes the next row of its id itself. A row that was
// put off returns at the end of the run, or before the next row of its id.
type order struct {
	mu      sync.Mutex
	inWork  map[string][]task // the rows that wait, by their id; an id is a key as long as it is in work
	waiting int               // how many rows wait behind others
	putOff  map[string]task
	room    chan struct{} // wakes the feeder when one row less waits
}

func newOrder() *order {
	return &order{inWork: map[string][]task{}, putOff: map[string]task{}, room: make(chan struct{}, 1)}
}

// enter puts a row into work. It returns true with the task that is to be handed to a worker, which is an earlier row
// of the same id if that was put off; false if the worker that has the id will come to it. It waits while too many
// rows wait, and then fails only with ctx.
func (o *order) enter(ctx context.Context, t task) (task, bool, error) {
	for {
		if first, ready, entered := o.tryEnter(t); entered {
			return first, ready, nil
		}
		select {
		case <-o.room:
		case <-ctx.Done():
			return task{}, false, ctx.Err()
		}
	}
}

func (o *order) tryEnter(t task) (first task, ready, entered bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	id := crm.IDKey(t.Row.ID)
	waiting, busy := o.inWork[id]
	earlier, putOff := o.putOff[id]
	switch {
	case putOff:
		delete(o.putOff, id)
		o.inWork[id] = []task{t}
		o.waiting++
		return earlier, true, true
	case !busy:
		o.inWork[id] = nil
		return t, true, true
	case o.waiting < maxWaiting:
		o.inWork[id] = append(waiting, t)
		o.waiting++
		return task{}, false, true
	}
	return task{}, false, false
}

// next is called by the worker that finished a row: it returns the row of the same id that waits first, or frees the
// id.
func (o *order) next(id string) (task, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	id = crm.IDKey(id)
	rows := o.inWork[id]
	if len(rows) == 0 {
		delete(o.inWork, id)
		return task{}, false
	}
	o.inWork[id] = rows[1:]
	o.waiting--
	select {
	case o.room <- struct{}{}:
	default:
	}
	return rows[0], true
}

// later puts off a row that is in work and frees its id. It refuses when another row of the id waits, which must not
// overtake it, and when too many rows are put off already.
func (o *order) later(t task) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	id := crm.IDKey(t.Row.ID)
	if len(o.inWork[id]) > 0 || len(o.putOff) >= maxWaiting {
		return false
	}
	delete(o.inWork, id)
	o.putOff[id] = t
	return true
}

// takePutOff gives out the rows that were put off and are wanted, in the order of the file, and forgets them.
func (o *order) takePutOff(wanted func(task) bool) []task {
	o.mu.Lock()
	defer o.mu.Unlock()
	tasks := slices.SortedFunc(maps.Values(o.putOff), func(a, b task) int { return cmp.Compare(a.Row.Number, b.Row.Number) })
	tasks = slices.DeleteFunc(tasks, func(t task) bool { return !wanted(t) })
	for _, t := range tasks {
		delete(o.putOff, crm.IDKey(t.Row.ID))
	}
	return tasks
}
