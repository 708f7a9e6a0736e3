package ledger

import (
	"bytes"
	"errors"

	bolt "go.etcd.io/bbolt"

	"razebulk/internal/reason"
)

// reading caches the records that were read between two writes, or during one. A row asks for each of its fields, which
// are in the record of the opportunity or of its contact, and many rows are in flight at once.
type reading struct {
	// stored is nil during a write, which an open transaction would keep from ending.
	stored  *bolt.Bucket
	records map[opportunity][]byte // valid as long as the reading is
}

// maxRecords bounds the records that are kept.
const maxRecords = 256

// record returns the record of an opportunity; nil if there is none.
func (r *reading) record(o opportunity, db *bolt.DB) (raw []byte, err error) {
	if raw, found := r.records[o]; found {
		return raw, nil
	}
	if r.stored != nil {
		raw = r.stored.Get(o[:])
	} else {
		err = db.View(func(tx *bolt.Tx) error {
			raw = bytes.Clone(tx.Bucket(storedBucket).Get(o[:]))
			return nil
		})
	}
	if err != nil {
		return nil, err
	}
	if len(r.records) == maxRecords {
		clear(r.records)
	}
	r.records[o] = raw
	return raw, nil
}

// read returns what the file holds for a field; nil if nothing. The caller must hold mu. The file may or may not have
// the changes of a write in progress.
func (l *Ledger) read(o opportunity, field string) (entry *Entry) {
	err := guard(func() error {
		if l.reading == nil {
			if err := l.beginReading(); err != nil {
				return err
			}
		}
		raw, err := l.reading.record(o, l.db)
		if err == nil {
			entry, err = find(raw, field)
		}
		return err
	})
	if err != nil {
		_ = l.fail(reason.New("state_damaged", "path", l.path).Because(err))
		return nil
	}
	return entry
}

func (l *Ledger) beginReading() error {
	begun := &reading{records: map[opportunity][]byte{}}
	if l.writing == nil {
		tx, err := l.db.Begin(false)
		if err != nil {
			return err
		}
		begun.stored = tx.Bucket(storedBucket)
	}
	l.reading = begun
	return nil
}

// endReading ends the reading in progress, if any. The caller must hold mu. If the file is damaged, db may hold the
// locks that this would acquire.
func (l *Ledger) endReading() {
	if l.reading == nil || errors.Is(l.err, errDamaged) {
		return
	}
	if stored := l.reading.stored; stored != nil {
		_ = stored.Tx().Rollback()
	}
	l.reading = nil
}
