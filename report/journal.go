package report

import (
	"errors"
	"os"
	"slices"
	"sync"
	"time"

	"razebulk/batch"
	"razebulk/internal/files"
	"razebulk/internal/reason"
)

// syncEvery bounds how many of the latest results a power cut may lose.
const syncEvery = time.Second

// ErrNotRecorded is the error of a failed [Journal.Record] or [Undo.Record]: nothing more may be sent.
var ErrNotRecorded error = reason.New("result_not_recorded")

// notRecorded names the row, or the file if the row is 0.
func notRecorded(path string, row int, cause error) error {
	return reason.New("result_not_recorded", "path", path, "row", row).Because(cause)
}

// notWritable returns why a journal can't be begun or continued.
func notWritable(cause error) error { return reason.New("results_not_writable").Because(cause) }

// JournalPath returns the path of the journal of a results file, which holds the results in order of completion during
// the run.
func JournalPath(results string) string { return results + files.PartialSuffix }

// Journal records results as they come: those that were added are written with one write before [Journal.Flush]
// returns, and are on the disk within a second. It has the columns of the results file, and only its owner can read it.
// Add, Flush, Record and Close must not be called concurrently.
type Journal struct {
	file    *os.File
	encoder *encoder
	words   Words
	added   []line // but not yet written
	first   int    // the row of the first added one
	sent    sentText
	done    chan struct{}
	ended   sync.WaitGroup

	mu     sync.Mutex
	dirty  bool
	failed error // of a sync
}

// CreateJournal begins the journal of a results file; words are for its messages. It fails if there is already a
// journal, or if no file could take the name of the results at the end. Any error is a [reason.Reason].
func CreateJournal(results string, d Dialect, words Words) (*Journal, error) {
	if err := files.CheckReplaceable(results); err != nil {
		return nil, notWritable(err)
	}
	f, err := files.OpenFile(JournalPath(results), os.O_WRONLY|os.O_CREATE|os.O_EXCL)
	if err != nil {
		return nil, notWritable(err)
	}
	return beginJournal(f, d, words)
}

// beginJournal writes the header, and leaves no file if that fails.
func beginJournal(f *os.File, d Dialect, words Words) (*Journal, error) {
	_, err := f.WriteString(d.headerLine(columns))
	if err == nil {
		err = f.Sync()
	}
	if err != nil {
		_ = f.Close()
		_ = os.Remove(f.Name())
		return nil, notWritable(err)
	}
	files.SyncDirectory(f.Name())
	return newJournal(f, d, words), nil
}

func newJournal(f *os.File, d Dialect, words Words) *Journal {
	j := &Journal{file: f, encoder: newEncoder(d), words: words, done: make(chan struct{})}
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

// Add adds a result for the next Flush.
func (j *Journal) Add(r batch.Result) {
	if len(j.added) == 0 {
		j.first = r.Row
	}
	j.added = append(j.added, lineOf(r, j.sent.of(r.Sent), j.words))
}

// sentText caches the text of the fields of the previous row: most rows send the same.
type sentText struct {
	fields []string
	text   string
}

func (s *sentText) of(fields []string) string {
	if !slices.Equal(s.fields, fields) {
		s.fields, s.text = fields, joined(fields)
	}
	return s.text
}

// Flush writes the results that were added with one write. It also fails if an earlier result could not be synced to
// the disk. Its error is [ErrNotRecorded]; in that case, some of these results may be written.
func (j *Journal) Flush() error {
	if len(j.added) == 0 {
		return nil
	}
	text, err := j.encoder.lines(j.added)
	j.added = j.added[:0]
	if err == nil {
		_, err = j.file.Write(text)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.dirty = true
	if err = errors.Join(err, j.failed); err != nil {
		return notRecorded(j.Path(), j.first, err)
	}
	return nil
}

// Record writes one result. Its errors are those of [Journal.Flush].
func (j *Journal) Record(r batch.Result) error {
	j.Add(r)
	return j.Flush()
}

// Path returns the path of the journal itself.
func (j *Journal) Path() string { return j.file.Name() }

// Close syncs the journal to the disk and leaves the file, for [Finish] or for a run that resumes this one.
func (j *Journal) Close() error {
	close(j.done)
	j.ended.Wait()
	return errors.Join(j.failed, j.file.Sync(), j.file.Close())
}
