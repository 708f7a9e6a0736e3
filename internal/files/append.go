package files

import (
	"errors"
	"os"
	"sync"
)

// Appender appends to a file, and returns when the data is on the disk. Callers that append while the disk is busy
// share the next write and the next sync. It is safe for concurrent use.
type Appender struct {
	write func([]byte) (int, error)
	sync  func() error

	disk   sync.Mutex // held by the caller that writes for all waiting callers
	failed error      // error of a write; guarded by disk

	mu   sync.Mutex
	next *appendGroup
}

// appendGroup is text that is written and synced together.
type appendGroup struct {
	text []byte // guarded by mu
	done bool   // guarded by disk, like err
	err  error
}

// NewAppender returns an appender to a file. The caller closes the file when no call of Append is in progress.
func NewAppender(f *os.File) *Appender {
	return &Appender{write: f.Write, sync: f.Sync, next: &appendGroup{}}
}

// Append writes the text with one write, and returns when it is on the disk. After a failure all further calls fail
// with the same error.
func (a *Appender) Append(text []byte) error {
	a.mu.Lock()
	group := a.next
	group.text = append(group.text, text...)
	a.mu.Unlock()

	a.disk.Lock()
	defer a.disk.Unlock()
	if !group.done {
		a.commit(group)
	}
	return group.err
}

// commit writes a group for all callers in it; later callers join the next one.
func (a *Appender) commit(group *appendGroup) {
	a.mu.Lock()
	a.next = &appendGroup{}
	a.mu.Unlock()
	if a.failed == nil {
		_, err := a.write(group.text)
		a.failed = errors.Join(err, a.sync())
	}
	group.done, group.err, group.text = true, a.failed, nil
}

// Failed returns the error of the first write that failed. No call of Append may be in progress.
func (a *Appender) Failed() error { return a.failed }

// CutOff truncates a file that is about to be continued. It fails if the disk is still full, which may be what ended
// the earlier run.
func CutOff(f *os.File, length int64) error {
	return errors.Join(f.Truncate(length), writeBlock(f), f.Truncate(length))
}

func writeBlock(f *os.File) error {
	_, err := f.Write(make([]byte, 4096))
	return errors.Join(err, f.Sync())
}
