// Package order keeps conflicting rows from being in flight together: those with the same id, and those of several ids
// that share a contact.
package order

import (
	"cmp"
	"context"
	"slices"
	"sync"
)

// maxWaiting bounds the number of rows that wait for another row or for the end of the run, and thus the memory that
// they take.
const maxWaiting = 1024

// Order keeps rows with a common key from being in flight together, and keeps them in the order in which they came. A
// row whose key is in use waits, and the worker that finishes a row takes the next one itself. A row that was put off
// returns at the end of the run, or before the next row with one of its keys. It is safe for concurrent use.
type Order[T any] struct {
	keys func(T) (own, shared string)

	mu      sync.Mutex
	groups  map[string]*group[T] // by each of their keys; only those in use
	spare   []*group[T]          // for reuse: most rows have one to themselves
	last    int                  // the turn of the row that came last
	waiting int                  // how many rows wait for others
	putOff  int
	room    chan struct{} // wakes the feeder when fewer rows wait
}

// group holds rows that have keys in common.
type group[T any] struct {
	keys    []string
	active  []place // of rows that workers have or are about to get: in most groups one
	waiting []turn[T]
	putOff  []turn[T]
}

// place is the place of a row that a worker has, if started, or is about to get.
type place struct {
	own     string // the row's key
	number  int
	started bool
}

type turn[T any] struct {
	number int
	row    T
}

// New returns an empty order. keys returns the keys of a row: its own, and one that it shares with others, which is ""
// while it is not known.
func New[T any](keys func(T) (own, shared string)) *Order[T] {
	return &Order[T]{keys: keys, groups: map[string]*group[T]{}, room: make(chan struct{}, 1)}
}

// Enter adds a row. It returns true with the row to pass to a worker, which begins with [Order.Start]; this is an
// earlier row if one was put off. It returns false if a worker will reach the row later. It blocks while too many rows
// wait, and fails only when ctx is done.
func (o *Order[T]) Enter(ctx context.Context, row T) (T, bool, error) {
	for {
		if first, ready, entered := o.tryEnter(row); entered {
			return first, ready, nil
		}
		select {
		case <-o.room:
		case <-ctx.Done():
			return row, false, ctx.Err()
		}
	}
}

func (o *Order[T]) tryEnter(row T) (first T, ready, entered bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	own, shared := o.keys(row)
	g := o.join(own, shared)
	isFree := len(g.active) == 0
	if !isFree && o.waiting >= maxWaiting {
		return first, false, false
	}
	o.last++
	switch {
	case isFree && len(g.putOff) > 0:
		g.waiting = append(g.waiting, turn[T]{o.last, row})
		o.waiting++
		return o.pop(g, false), true, true
	case isFree:
		g.active = append(g.active, place{own: own, number: o.last})
		return row, true, true
	}
	g.waiting = append(g.waiting, turn[T]{o.last, row})
	o.waiting++
	return first, false, true
}

// Start is called by the worker that gets a row. It returns the row to begin with, which is an earlier one if the two
// turned out to have a key in common; false if a worker will reach the row later.
func (o *Order[T]) Start(row T) (T, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	key, _ := o.keys(row)
	g := o.groups[key]
	p := g.place(key)
	number, isBusy := p.number, g.isStarted()
	if !isBusy && len(g.putOff) == 0 && (len(g.waiting) == 0 || g.waiting[0].number > number) {
		p.started = true
		return row, true
	}
	g.leave(key)
	g.waiting = append(g.waiting, turn[T]{number, row})
	g.sort()
	o.waiting++
	if isBusy {
		return row, false
	}
	return o.pop(g, true), true
}

// place returns the place of an active row.
func (g *group[T]) place(own string) *place {
	return &g.active[slices.IndexFunc(g.active, func(p place) bool { return p.own == own })]
}

// leave makes the row inactive.
func (g *group[T]) leave(own string) {
	g.active = slices.DeleteFunc(g.active, func(p place) bool { return p.own == own })
}

// isStarted reports whether a worker has started one of the rows.
func (g *group[T]) isStarted() bool {
	return slices.ContainsFunc(g.active, func(p place) bool { return p.started })
}

// isNext reports whether the first waiting row came before those that workers are about to get.
func (g *group[T]) isNext() bool {
	if len(g.waiting) == 0 || g.isStarted() {
		return false
	}
	for _, p := range g.active {
		if p.number < g.waiting[0].number {
			return false
		}
	}
	return true
}

// pop removes and returns the row of the group that came first.
func (o *Order[T]) pop(g *group[T], started bool) T {
	from, count := &g.waiting, &o.waiting
	if len(g.putOff) > 0 {
		from, count = &g.putOff, &o.putOff
	}
	first := (*from)[0]
	*from = (*from)[1:]
	*count--
	own, _ := o.keys(first.row)
	g.active = append(g.active, place{own, first.number, started})
	return first.row
}

// Join updates the keys of a row.
func (o *Order[T]) Join(row T) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.join(o.keys(row))
}

// join returns the group of both keys.
func (o *Order[T]) join(own, shared string) *group[T] {
	joined := o.groups[own]
	if joined == nil {
		joined = o.newGroup()
		o.add(joined, own)
	}
	if shared == "" {
		return joined
	}
	switch other := o.groups[shared]; other {
	case joined:
	case nil:
		o.add(joined, shared)
	default:
		joined.take(other)
		for _, k := range other.keys {
			o.groups[k] = joined
		}
	}
	return joined
}

func (o *Order[T]) newGroup() *group[T] {
	last := len(o.spare) - 1
	if last < 0 {
		return &group[T]{}
	}
	g := o.spare[last]
	o.spare = o.spare[:last]
	return g
}

func (o *Order[T]) add(g *group[T], key string) {
	g.keys = append(g.keys, key)
	o.groups[key] = g
}

func (g *group[T]) take(other *group[T]) {
	g.keys = append(g.keys, other.keys...)
	g.active = append(g.active, other.active...)
	g.waiting = append(g.waiting, other.waiting...)
	g.putOff = append(g.putOff, other.putOff...)
	g.sort()
}

func (g *group[T]) sort() {
	byTurn := func(a, b turn[T]) int { return cmp.Compare(a.number, b.number) }
	slices.SortFunc(g.waiting, byTurn)
	slices.SortFunc(g.putOff, byTurn)
}

// Next is called by the worker that finished a row: it returns the first row that waits for it, or frees its keys.
func (o *Order[T]) Next(finished T) (T, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var none T
	key, _ := o.keys(finished)
	g := o.groups[key]
	g.leave(key)
	if !g.isNext() {
		o.free(g)
		return none, false
	}
	next := o.pop(g, true)
	select {
	case o.room <- struct{}{}:
	default:
	}
	return next, true
}

// free forgets a group that nothing uses.
func (o *Order[T]) free(g *group[T]) {
	if len(g.active) > 0 || len(g.waiting)+len(g.putOff) > 0 {
		return
	}
	for _, key := range g.keys {
		delete(o.groups, key)
	}
	g.keys, g.waiting, g.putOff = g.keys[:0], nil, nil
	if len(o.spare) < maxWaiting {
		o.spare = append(o.spare, g)
	}
}

// Later puts off an active row and frees its keys. It returns false if another row is waiting for it, which must not
// overtake it, or if too many rows have already been put off.
func (o *Order[T]) Later(row T) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	key, _ := o.keys(row)
	g := o.groups[key]
	if len(g.waiting) > 0 || o.putOff >= maxWaiting {
		return false
	}
	g.putOff = append(g.putOff, turn[T]{g.place(key).number, row})
	g.sort()
	g.leave(key)
	o.putOff++
	return true
}

// TakePutOff removes and returns the rows that were put off and are wanted, in the order defined by compare.
func (o *Order[T]) TakePutOff(wanted func(T) bool, compare func(a, b T) int) []T {
	o.mu.Lock()
	defer o.mu.Unlock()
	var taken []T
	for _, g := range o.groups {
		g.putOff = slices.DeleteFunc(g.putOff, func(t turn[T]) bool {
			if !wanted(t.row) {
				return false
			}
			taken = append(taken, t.row)
			o.putOff--
			return true
		})
		o.free(g)
	}
	slices.SortFunc(taken, compare)
	return taken
}
