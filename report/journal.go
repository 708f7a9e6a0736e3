package report

import (
	"errors"
	"fmt"
	"os"

	"razebulk/batch"
)

const partialSuffix = ".partial"

// ErrNotRecorded is what a failure of [Journal.Record] wraps: nothing more may be sent.
var ErrNotRecorded = errors.New("a result can't be recorded")

// JournalPath is where the results lie, in order of completion, while the run that ends in the file results goes on.
func JournalPath(results string) string { return results + partialSuffix }

// Journal takes results down one by one as they come. It has the results file's columns and is readable by its owner
// alone. It is for one goroutine.
type Journal struct {
	file    *os.File
	encoder *encoder
}

// CreateJournal begins the journal of a results file. It fails if there is one already, and if the results
// could not be put in place at the end because a directory has their name.
func CreateJournal(results string) (*Journal, error) {
	if info, err := os.Stat(results); err == nil && info.IsDir() {
		return nil, fmt.Errorf("results can't be recorded: %w", notAFile(results))
	}
	f, err := os.OpenFile(JournalPath(results), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("results can't be recorded: %w", err)
	}
	j := &Journal{f, newEncoder()}
	header, err := j.encoder.header([]line{})
	if err == nil {
		_, err = f.Write(header)
	}
	if err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("results can't be recorded: %w", err)
	}
	return j, nil
}

// Record writes one result with one write.
func (j *Journal) Record(r batch.Result) error {
	text, err := j.encoder.lines([]line{lineOf(r)})
	if err == nil {
		_, err = j.file.Write(text)
	}
	if err != nil {
		return fmt.Errorf("row %d: %w: %w", r.Row, ErrNotRecorded, err)
	}
	return nil
}

// Path is the journal's own.
func (j *Journal) Path() string { return j.file.Name() }

// Close leaves the journal as it is, for [Finish].
func (j *Journal) Close() error {
	return errors.Join(j.file.Sync(), j.file.Close())
}
