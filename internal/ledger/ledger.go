// Package ledger remembers what was last stored in each opportunity, field by field, in one file that outlives the run.
// It keeps no value, only a keyed hash of each.
//
// What the ledger says is stored is left out of the next update. So it may forget too much, which costs a request, but
// it must never claim too much, which would leave a cell unwritten. Hence the order of calls around each request:
// [Ledger.Begin] before it goes out, then [Ledger.Note] for what the answer proved to be stored. A run may be killed
// anywhere in between.
//
// It knows nothing of changes that others make at the service, nor that its file was replaced by an older copy.
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

// Ledger is an open file. It is safe for concurrent use; what one goroutine has noted, all others see at once. The
// methods name an opportunity by its id; ids are the same as [crm.IDKey] has it.
type Ledger struct {
	path   string
	db     *bolt.DB
	file   *os.File // that db has open
	secret *secret

	mu      sync.Mutex // guards all below; never held while the file is written
	next    *batch     // what the next write changes; nil for nothing
	writing *batch     // what the write under way changes; nil for none
	reading *reading   // since the latest write has begun or ended; nil for none
	err     error      // that ended the use of the file
	closed  bool

	timer             *time.Timer // runs from the first change of next
	urgent            chan struct{}
	closing, finished chan struct{}
}

// Kind distinguishes values that have the same text.
type Kind byte

// The kinds of values. They are part of the file's format.
const (
	Text    Kind = 't'
	Number  Kind = 'n'
	Cleared Kind = 'c' // no value; its text is ignored
)

// Value is what a field was sent. Two are the same if kind and text are: the caller makes sure that equal numbers have
// equal texts.
type Value struct {
	Kind Kind
	Text string
}

// Entry is what is known of one field.
type Entry struct {
	Hash Hash
	// When the value was noted, to the second below.
	When time.Time
	// Verified reports that the service's answer had the value, and not only said success.
	Verified bool
}

// Noted is a field that was stored.
type Noted struct {
	Field    string // up to 255 bytes
	Value    Value
	Verified bool // as [Entry.Verified]
}

var errClosed = errors.New("the state file is closed")

// Stored returns what is known of a field; false for nothing, which is also what a ledger that failed knows.
func (l *Ledger) Stored(id, field string) (Entry, bool) {
	entry, _, known := l.storedIn(l.secret.opportunity(id), field)
	return entry, known
}

// Holds reports whether value is what the field was last known to be stored with, verified or not.
func (l *Ledger) Holds(id, field string, value Value) bool {
	entry, place, known := l.storedIn(l.secret.opportunity(id), field)
	return known && entry.Hash == l.secret.value(place, field, value)
}

// storedIn returns also the record that the field is in.
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

// entry is what is known of a field in a record; nil for nothing. It needs mu.
func (l *Ledger) entry(o opportunity, field string) *Entry {
	for _, b := range []*batch{l.next, l.writing} {
		if entry, changed := b.change(o, field); changed {
			return entry
		}
	}
	return l.read(o, field)
}

// Note records what an answer proved to be stored. It reaches the file within a second, or at Close; a crash before
// that loses it. Where many notes come faster than they can be written, Note waits for the disk. An error is that of an
// earlier write: the ledger is of no further use, and nothing was recorded.
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
// nobody would know what they hold. Without it a value from before such a request would count as stored, and a sheet
// that is set back to it would not be sent. When Begin returns nil, the file has forgotten the fields: it is safe to
// send. When it returns an error, the request must not go out.
//
// Fields that the file doesn't hold cost nothing. Otherwise Begin returns after the next write to the disk, which it
// shares with all who call meanwhile.
func (l *Ledger) Begin(id string, fields ...string) error {
	b, err := l.forget(id, fields)
	if b == nil {
		return err
	}
	select {
	case l.urgent <- struct{}{}:
	default: // the signal that is there already is for this batch, too
	}
	<-b.done
	return b.err
}

// Forget drops what is known of fields that turned out to hold something else. It reaches the file as a note does; what
// must not outlive a crash needs Begin. An error is as that of Note.
func (l *Ledger) Forget(id string, fields ...string) error {
	_, err := l.forget(id, fields)
	return err
}

// forget returns the batch after which the file doesn't hold the fields; nil if it doesn't hold them now.
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

// Close writes what remains and closes the file. It returns the error that ended the ledger's use, if any; a second
// call fails.
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
		_ = l.file.Close() // db may still hold the locks that its own Close takes
		return l.err
	}
	return errors.Join(l.err, l.db.Close())
}

// unusable needs mu.
func (l *Ledger) unusable() error {
	if l.closed {
		return errClosed
	}
	return l.err
}
