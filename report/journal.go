package report

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"razebulk/batch"
	"razebulk/internal/files"
)

// syncEvery is how much of the newest results a power cut may cost at most.
const syncEvery = time.Second

// ErrNotRecorded is what a failure of [Journal.Record] wraps: nothing more may be sent.
var ErrNotRecorded = errors.New("a result can't be recorded")

// JournalPath is where the results lie, in order of completion, while the run that ends in the file results goes on.
func JournalPath(results string) string { return results + files.PartialSuffix }

// Journal takes results down one by one as they come, each with one write before [Journal.Record] returns, and on the disk
// within a second. It has the results file's columns and is readable by its owner alone. Record and Close are for one
// goroutine.
type Journal struct {
	file    *os.File
	encoder *encoder
	done    chan struct{}
	ended   sync.WaitGroup

	mu     sync.Mutex
	dirty  bool
	failed error // of a sync
}

// CreateJournal begins the journal of a results file. It fails if there is one already, and if the results
// could not be put in place at the end because something that is no file has their name.
func CreateJournal(results string, d Dialect) (*Journal, error) {
	if err := files.CheckReplaceable(results); err != nil {
		return nil, fmt.Errorf("results can't be recorded: %w", err)
	}
	f, err := os.OpenFile(JournalPath(results), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("results can't be recorded: %w", err)
	}
	return beginJournal(f, newEncoder(d))
}

// beginJournal writes the header, and leaves no file behind where that fails.
func beginJournal(f *os.File, e *encoder) (*Journal, error) {
	header, err := e.header([]line{})
	if err == nil {
		_, err = f.Write(header)
	}
	if err == nil {
		err = f.Sync()
	}
	if err != nil {
		_ = f.Close()
		_ = os.Remove(f.Name())
		return nil, fmt.Errorf("results can't be recorded: %w", err)
	}
	files.SyncDirectory(f.Name())
	return newJournal(f, e), nil
}

func newJournal(f *os.File, e *encoder) *Journal {
	j := &Journal{file: f, encoder: e, done: make(chan struct{})}
	j.ended.Go(j.keepSynced)
	return j
}

func (j *Journal) keepSynced() {
	ticker := time.NewTicker(syncEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			j.sync()
		case <-j.done:
			return
		}
	}
}

func (j *Journal) sync() {
	j.mu.Lock()
	dirty := j.dirty
	j.dirty = false
	j.mu.Unlock()
	if !dirty {
		return
	}
	if err := j.file.Sync(); err != nil {
		j.mu.Lock()
		j.failed = err
		j.mu.Unlock()
	}
}

// Record writes one result with one write. It fails, too, once an earlier result could not be brought to the disk.
func (j *Journal) Record(r batch.Result) error {
	text, err := j.encoder.lines([]line{lineOf(r)})
	if err == nil {
		_, err = j.file.Write(text)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.dirty = true
	if err = errors.Join(err, j.failed); err != nil {
		return fmt.Errorf("row %d: %w: %w", r.Row, ErrNotRecorded, err)
	}
	return nil
}

// Path is the journal's own.
func (j *Journal) Path() string { return j.file.Name() }

// Close brings the journal to the disk and leaves it as it is, for [Finish] or for a run that goes on with it.
func (j *Journal) Close() error {
	close(j.done)
	j.ended.Wait()
	return errors.Join(j.failed, j.file.Sync(), j.file.Close())
}
