package ledger

import (
	"errors"

	bolt "go.etcd.io/bbolt"

	"razebulk/internal/reason"
)

// reading is a transaction in which many records are read, and the latest of these: a row asks for each of its fields,
// which are in the record of the opportunity or in that of its contact.
type reading struct {
	tx     *bolt.Tx
	stored *bolt.Bucket
	latest [2]struct {
		of  opportunity
		raw []byte // good as long as the transaction
	}
	older int // of the two
}

// record returns the record of an opportunity; none if there is none.
func (r *reading) record(o opportunity) []byte {
	for i := range r.latest {
		if r.latest[i].of == o {
			r.older = 1 - i
			return r.latest[i].raw
		}
	}
	kept := &r.latest[r.older]
	r.older = 1 - r.older
	kept.of, kept.raw = o, r.stored.Get(o[:])
	return kept.raw
}

// read returns what the file holds of a field; nil for nothing. It needs mu.
func (l *Ledger) read(o opportunity, field string) (entry *Entry) {
	err := guard(func() (err error) {
		if l.writing != nil { // a transaction that stays open would keep the write from ending
			return l.db.View(func(tx *bolt.Tx) error {
				entry, err = find(tx.Bucket(storedBucket).Get(o[:]), field)
				return err
			})
		}
		if l.reading == nil {
			if err = l.beginReading(); err != nil {
				return err
			}
		}
		entry, err = find(l.reading.record(o), field)
		return err
	})
	if err != nil {
		_ = l.fail(reason.New("state_damaged", "path", l.path).Because(err))
		return nil
	}
	return entry
}

func (l *Ledger) beginReading() error {
	tx, err := l.db.Begin(false)
	if err != nil {
		return err
	}
	l.reading = &reading{tx: tx, stored: tx.Bucket(storedBucket)}
	return nil
}

// endReading needs mu. Where the file is damaged, db may hold the locks that this would take.
func (l *Ledger) endReading() {
	if l.reading != nil && !errors.Is(l.err, errDamaged) {
		_ = l.reading.tx.Rollback()
		l.reading = nil
	}
}
