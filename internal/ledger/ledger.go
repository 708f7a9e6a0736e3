// Package ledger remembers what was last stored in each opportunity, field by field, in one file that persists between
// runs. It keeps no value, only a keyed hash of each.
//
// The next update omits whatever the ledger says is stored. So it may forget too much, which costs a request, but it
// must never claim too much, which would leave a cell unwritten. Hence the order of calls around each request:
// [Ledger.Begin] before it goes out, then [Ledger.Note] for what the answer proved to be stored. A run may be killed
// anywhere in between.
//
// It doesn't know about changes that others make at the service, or about its file being replaced by an older copy.
package ledger

import (
	"errors"
	"os"
	"slices"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"

	"razebulk/internal/reason"
)

// Ledger is an open file. It is safe for concurrent use; what one goroutine notes, all others see immediately. The
// methods identify an opportunity by its id; ids are compared by [crm.IDKey].
type Ledger struct {
	path   string
	db     *bolt.DB
	file   *os.File // opened by db
	secret *secret

	mu      sync.Mutex // guards all below; never held while the file is written
	next    *batch     // what the next write changes; nil if nothing
	writing *batch     // what the write in progress changes; nil if none
	reading *reading   // since the latest write began or ended; nil if none
	err     error      // the error that ended the use of the file
	closed  bool

	timer             *time.Timer // started by the first change of next
	urgent            chan struct{}
	closing, finished chan struct{}
}

// Kind distinguishes values with the same text.
type Kind byte

// The kinds of values. They are part of the file's format.
const (
	Text    Kind = 't'
	Number  Kind = 'n'
	Cleared Kind = 'c' // no value; its text is ignored
)

// Value is a value that was sent for a field. Two values are the same if kind and text are: the caller makes sure that
// equal numbers have the same text.
type Value struct {
	Kind Kind
	Text string
}

// Entry is what is known about one field.
type Entry struct {
	Hash Hash
	// When is the time when the value was noted, rounded down to the second.
	When time.Time
	// Verified reports that the service's answer contained the value, and didn't only report success.
	Verified bool
}

// Noted is a field that was stored.
type Noted struct {
	Field    string // up to 255 bytes
	Value    Value
	Verified bool // like [Entry.Verified]
}

var errClosed = errors.New("the state file is closed")

// Stored returns what is known about a field; false if nothing is known, as in a ledger that has failed.
func (l *Ledger) Stored(id, field string) (Entry, bool) {
	entry, _, known := l.storedIn(l.secret.opportunity(id), field)
	return entry, known
}

// Holds reports whether the field was last known to be stored with value, verified or not.
func (l *Ledger) Holds(id, field string, value Value) bool {
	entry, place, known := l.storedIn(l.secret.opportunity(id), field)
	return known && entry.Hash == l.secret.value(place, field, value)
}

// storedIn returns what Stored does, and also the record that holds the field.
func (l *Ledger) storedIn(o opportunity, field string) (Entry, opportunity, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.unusable() != nil {
		return Entry{}, o, false
	}
	o = l.place(o, field)
	entry := l.entry(o, field)
	if entry == nil {
		return Entry{}, o, false
	}
	return *entry, o, true
}

// entry returns what is known about a field in a record; nil if nothing is known. The caller must hold mu.
func (l *Ledger) entry(o opportunity, field string) *Entry {
	for _, b := range []*batch{l.next, l.writing} {
		if entry, changed := b.change(o, field); changed {
			return entry
		}
	}
	return l.read(o, field)
}

// Note records what an answer proved to be stored. It reaches the file within a second, or at Close; a crash before
// that loses it. If notes come faster than they can be written, Note waits for the disk. An error comes from an earlier
// write: the ledger can no longer be used, and nothing was recorded.
func (l *Ledger) Note(id string, stored ...Noted) error {
	l.awaitRoom()
	o := l.secret.opportunity(id)
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.unusable(); err != nil {
		return err
	}
	for _, n := range stored {
		if len(n.Field) > maxField {
			return reason.New("state_field_too_long", "bytes", len(n.Field), "max", maxField)
		}
		now := time.Unix(time.Now().Unix(), 0)
		place := l.place(o, n.Field)
		entry := Entry{l.secret.value(place, n.Field, n.Value), now, n.Verified}
		l.change(place, n.Field, &entry)
	}
	return nil
}

// Begin invalidates the fields: a request is about to change them, and if this process died before the answer is noted,
// nobody would know their values. Without Begin, a value from before such a request would count as stored, and a sheet
// that sets it again would not be sent. If Begin returns nil, the file has forgotten the fields: it is safe to send. If
// it returns an error, the request must not go out.
//
// Fields that the file doesn't hold cost nothing. Otherwise Begin returns after the next write to the disk, which it
// shares with all concurrent callers.
func (l *Ledger) Begin(id string, fields ...string) error {
	b, err := l.forget(id, fields)
	if b == nil {
		return err
	}
	select {
	case l.urgent <- struct{}{}:
	default: // the pending signal covers this batch, too
	}
	<-b.done
	return b.err
}

// Forget drops what is known about fields that turned out to have other values. The change reaches the file like a
// note; if it must survive a crash, use Begin. Errors are as for Note.
func (l *Ledger) Forget(id string, fields ...string) error {
	_, err := l.forget(id, fields)
	return err
}

// forget returns the batch after which the file doesn't hold the fields; nil if the file doesn't hold them now.
func (l *Ledger) forget(id string, fields []string) (*batch, error) {
	o := l.secret.opportunity(id)
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.unusable(); err != nil {
		return nil, err
	}
	var after *batch
	for _, field := range fields {
		for _, place := range slices.Compact([]opportunity{o, l.place(o, field)}) { // a crash may lose which contact it is
			_, inFlight := l.writing.change(place, field)
			if inFlight || l.read(place, field) != nil {
				after = l.change(place, field, nil)
			} else {
				l.next.undo(place, field)
			}
		}
	}
	return after, l.unusable()
}

// Close writes the remaining changes and closes the file. It returns the error that ended the use of the ledger, if
// any; a second call fails.
func (l *Ledger) Close() error {
	l.mu.Lock()
	again := l.closed
	l.closed = true
	l.mu.Unlock()
	if again {
		return errClosed
	}
	close(l.closing)
	<-l.finished
	l.mu.Lock()
	defer l.mu.Unlock()
	l.endReading()
	if errors.Is(l.err, errDamaged) {
		_ = l.file.Close() // db may still hold the locks that its own Close acquires
		return l.err
	}
	return errors.Join(l.err, l.db.Close())
}

// unusable returns why the ledger can't be used; nil if it can. The caller must hold mu.
func (l *Ledger) unusable() error {
	if l.closed {
		return errClosed
	}
	return l.err
}
