package ledger

import (
	"crypto/hmac"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"razebulk/internal/reason"
)

// format is the version of the file's content. It increases with every change that older versions of this program would
// misread.
const format = 1

var (
	aboutBucket  = []byte("about") // formatKey, saltKey, proofKey
	storedBucket = []byte("stored")

	formatKey = []byte("format")
	saltKey   = []byte("salt")
	proofKey  = []byte("proof")
)

// Binding is the account that a file belongs to. Only a salted hash of it is stored.
type Binding struct {
	BaseURL string
	Key     string
}

// Errors of [Open], for use with [errors.Is]. The returned errors include the path of the file.
var (
	// ErrOtherAccount means that the file was made for another key or base URL.
	ErrOtherAccount error = reason.New("state_of_other_account")
	// ErrInUse means that another run has the file open.
	ErrInUse error = reason.New("state_in_use")
)

// Open opens the file. If there is none, or an empty one, it creates one that only its owner can read. A file that it
// can't use is left as it is: the error is a [reason.Reason]. Open reads the whole file once, to detect damage before
// anything relies on it; the ledger keeps none of it in memory.
func Open(path string, b Binding) (*Ledger, error) {
	l := &Ledger{
		path: path, timer: time.NewTimer(time.Hour), urgent: make(chan struct{}, 1),
		closing: make(chan struct{}), finished: make(chan struct{}),
	}
	l.timer.Stop()
	fresh := isEmpty(path)
	err := guard(l.openFile)
	if isForeign(err) {
		err = errNotOurs
	}
	if err == nil {
		err = guard(func() error { return l.prepare(b) })
	}
	if errors.Is(err, errDamaged) && !hasMagic(path) {
		err = errNotOurs
	}
	if err != nil {
		l.closeFiles()
		if fresh && !errors.Is(err, bolterrors.ErrTimeout) {
			l.removeHalf()
		}
		return nil, l.explain(err)
	}
	go l.commitUntilClosed()
	return l, nil
}

// isEmpty reports whether there is no file, or an empty one.
func isEmpty(path string) bool {
	info, err := os.Stat(path)
	return errors.Is(err, os.ErrNotExist) || err == nil && info.Mode().IsRegular() && info.Size() == 0
}

// removeHalf removes a new file that is incomplete, for example because the disk is full: no later run could use it.
func (l *Ledger) removeHalf() {
	if l.file != nil {
		_ = os.Remove(l.path)
	}
}

func (l *Ledger) openFile() (err error) {
	// Opening a pipe would block.
	if info, err := os.Stat(l.path); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return errNotOurs
	}
	l.db, err = bolt.Open(l.path, 0o600, &bolt.Options{
		Timeout:        time.Nanosecond, // 0 would wait forever
		FreelistType:   bolt.FreelistMapType,
		NoStatistics:   true,
		NoFreelistSync: true, // otherwise opening could write to a file that is not ours
		OpenFile: func(name string, flag int, mode os.FileMode) (file *os.File, err error) {
			l.file, err = os.OpenFile(name, flag, mode)
			return l.file, err
		},
	})
	return err
}

// isForeign reports whether bbolt has refused the file. A damaged file is one that bbolt opens, or panics on.
func isForeign(err error) bool {
	_, system := errors.AsType[syscall.Errno](err)
	return err != nil && !system && !errors.Is(err, errDamaged) && !errors.Is(err, bolterrors.ErrTimeout)
}

// hasMagic reports whether the file is a bbolt file, by the magic numbers of its first pages.
func hasMagic(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	const pageHeader, magic = 16, 0xED0CDAED
	for _, page := range []int64{0, 4 << 10, 8 << 10, 16 << 10, 64 << 10} { // the first one, and the second of each size
		var word [4]byte
		if _, err := f.ReadAt(word[:], page+pageHeader); err == nil && binary.NativeEndian.Uint32(word[:]) == magic {
			return true
		}
	}
	return false
}

// closeFiles closes what is open. If bbolt has panicked while opening, the lock stays until the process ends: it
// belongs to a memory map that is no longer reachable.
func (l *Ledger) closeFiles() {
	switch {
	case l.db != nil:
		_ = l.db.Close()
	case l.file != nil:
		_ = l.file.Close()
	}
}

var (
	errNewer         = errors.New("made by a newer version of this program")
	errNotOurs       = errors.New("not a state file")
	errDamaged error = reason.New("state_part_damaged")
)

// prepare initializes an empty file, or checks the whole of any other.
func (l *Ledger) prepare(b Binding) error {
	fresh := false
	err := l.db.View(func(tx *bolt.Tx) error {
		if first, _ := tx.Cursor().First(); first == nil {
			fresh = true
			return nil
		}
		return l.check(tx, b)
	})
	if err != nil {
		return err
	}
	l.db.NoFreelistSync = false
	if fresh {
		return l.db.Update(func(tx *bolt.Tx) error { return l.create(tx, b) })
	}
	return nil
}

func (l *Ledger) create(tx *bolt.Tx, b Binding) error {
	about, err := tx.CreateBucket(aboutBucket)
	if err != nil {
		return err
	}
	if _, err := tx.CreateBucket(storedBucket); err != nil {
		return err
	}
	salt := make([]byte, 32)
	rand.Read(salt) // never fails
	l.secret = newSecret(salt, b)
	return errors.Join(
		about.Put(formatKey, binary.AppendUvarint(nil, format)),
		about.Put(saltKey, salt),
		about.Put(proofKey, l.secret.proof()),
	)
}

func (l *Ledger) check(tx *bolt.Tx, b Binding) error {
	about, stored := tx.Bucket(aboutBucket), tx.Bucket(storedBucket)
	if about == nil || about.Get(formatKey) == nil {
		return errNotOurs
	}
	switch version, _ := binary.Uvarint(about.Get(formatKey)); {
	case version > format:
		return errNewer
	case version == 0 || stored == nil:
		return reason.New("state_part_damaged").Because(reason.New("state_parts_missing"))
	}
	l.secret = newSecret(about.Get(saltKey), b)
	if !hmac.Equal(about.Get(proofKey), l.secret.proof()) {
		return ErrOtherAccount
	}
	return checkRecords(tx, stored)
}

// checkRecords reads every record before it lets bbolt check its own pages: bbolt does that in a goroutine whose panics
// can't be recovered.
func checkRecords(tx *bolt.Tx, stored *bolt.Bucket) error {
	err := stored.ForEach(func(key, raw []byte) error {
		if len(key) != len(opportunity{}) || len(raw) == 0 {
			return errRecord
		}
		return each(raw, func(_, _ []byte) bool { return true })
	})
	if err != nil {
		return err
	}
	for problem := range tx.Check() { // to the end, since its goroutine would never end otherwise
		if err == nil {
			err = problem
		}
	}
	return err
}

// explain returns the reason for an error from opening the file.
func (l *Ledger) explain(err error) error {
	_, system := errors.AsType[syscall.Errno](err)
	switch {
	case errors.Is(err, ErrOtherAccount):
		return reason.New("state_of_other_account", "path", l.path)
	case system:
		return reason.New("state_not_opened", "path", l.path).Because(err)
	case errors.Is(err, bolterrors.ErrTimeout):
		return reason.New("state_in_use", "path", l.path)
	case errors.Is(err, errNewer):
		return reason.New("state_newer", "path", l.path)
	case errors.Is(err, errNotOurs):
		return reason.New("state_not_ours", "path", l.path)
	}
	return reason.New("state_damaged", "path", l.path).Because(err)
}

// guard turns bbolt's panics, and faults in its memory map, into errors. This is how bbolt reacts to a damaged file.
func guard(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = reason.New("state_part_damaged").Because(fmt.Errorf("%v", p))
		}
	}()
	return f()
}
