package ledger

import (
	"bytes"
	"maps"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"razebulk/internal/reason"
)

// commitWithin bounds how much the ledger may lose in a crash.
const commitWithin = time.Second

// maxChanges is the number of records at which a write begins early, so that a fast run doesn't keep many in memory.
// While the previous write is still in progress, up to twice as many may accumulate.
const maxChanges = 128

// batch is what one write changes in the file. The nil batch changes nothing.
type batch struct {
	changes map[opportunity]map[string]*Entry // by field; a nil entry forgets the field
	done    chan struct{}
	err     error // set before done is closed
}

// change returns the entry that the batch gives a field, and whether the batch changes the field at all.
func (b *batch) change(o opportunity, field string) (*Entry, bool) {
	if b == nil {
		return nil, false
	}
	entry, changed := b.changes[o][field]
	return entry, changed
}

func (b *batch) undo(o opportunity, field string) {
	if b != nil {
		delete(b.changes[o], field)
	}
}

// change adds a field to the next batch, and returns the batch. The caller must hold mu.
func (l *Ledger) change(o opportunity, field string, entry *Entry) *batch {
	if l.next == nil {
		l.next = &batch{changes: map[opportunity]map[string]*Entry{}, done: make(chan struct{})}
		l.timer.Reset(commitWithin)
	}
	if l.next.changes[o] == nil {
		l.next.changes[o] = map[string]*Entry{}
	}
	l.next.changes[o][field] = entry
	if len(l.next.changes) == maxChanges {
		select {
		case l.urgent <- struct{}{}:
		default:
		}
	}
	return l.next
}

// commitUntilClosed runs in the one goroutine that writes.
func (l *Ledger) commitUntilClosed() {
	defer close(l.finished)
	defer l.timer.Stop()
	for closing := false; !closing; {
		select {
		case <-l.timer.C:
		case <-l.urgent:
		case <-l.closing:
			closing = true
		}
		l.commit()
	}
}

// awaitRoom waits for the write in progress if the next one already has many changes.
func (l *Ledger) awaitRoom() {
	l.mu.Lock()
	next, writing := l.next, l.writing
	isFull := next != nil && writing != nil && len(next.changes) >= 2*maxChanges
	l.mu.Unlock()
	if isFull {
		<-writing.done
	}
}

func (l *Ledger) commit() {
	b, err := l.takeNext()
	if b == nil {
		return
	}
	if err == nil {
		err = guard(func() error { return l.db.Update(b.apply) })
	}
	l.mu.Lock()
	if err != nil {
		b.err = l.fail(reason.New("state_not_written", "path", l.path).Because(err))
	}
	l.endReading() // it may lack what has been written since
	l.writing = nil
	l.mu.Unlock()
	close(b.done)
}

func (l *Ledger) takeNext() (*batch, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.next, l.writing = nil, l.next
	if l.writing != nil {
		l.endReading() // the write may have to wait for it
	}
	return l.writing, l.err
}

// fail keeps the first error, and returns it. After that the ledger knows nothing, because changes have been lost. The
// caller must hold mu.
func (l *Ledger) fail(err error) error {
	if l.err == nil {
		l.err = err
	}
	return l.err
}

// apply changes records in key order, which is the order of the file's pages.
func (b *batch) apply(tx *bolt.Tx) error {
	stored := tx.Bucket(storedBucket)
	order := func(a, b opportunity) int { return bytes.Compare(a[:], b[:]) }
	for _, o := range slices.SortedFunc(maps.Keys(b.changes), order) {
		record, err := decode(stored.Get(o[:]))
		if err != nil {
			return err
		}
		for field, entry := range b.changes[o] {
			record[field] = entry
		}
		if err := put(stored, o, encode(record)); err != nil {
			return err
		}
	}
	return nil
}

func put(stored *bolt.Bucket, o opportunity, raw []byte) error {
	if len(raw) == 0 {
		return stored.Delete(o[:])
	}
	return stored.Put(o[:], raw)
}
