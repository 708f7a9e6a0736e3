package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"

	"razebulk/batch"
	"razebulk/internal/files"
)

// The last two columns of an undo file, as csvmap reads them.
const (
	undoClears = "raze_clear"
	undoStored = "raze_undo"
)

// Undo is a sheet of what the CRM held in the fields that a run changes, so that an update with it brings that back. A line has
// the id, what each changed field held, in raze_clear the fields that held nothing, and in raze_undo, as JSON, what the run stores
// instead. Texts stand there as they were, but escaped as [Outcome.Cells] are. It is readable by its owner alone.
type Undo struct {
	path    string
	dialect Dialect
	fields  []string
	header  []byte
	file    *os.File

	disk   sync.Mutex // held by the one that writes for all who wait
	failed error      // of a write

	mu   sync.Mutex
	next *undoGroup
}

// undoGroup are lines that are written and brought to the disk together.
type undoGroup struct {
	text []byte // to be held with mu
	done bool   // and err to be held with disk
	err  error
}

// CreateUndo begins an undo file. names head the columns fields, of which the first is the id. It fails if there is one already.
func CreateUndo(path string, d Dialect, names, fields []string) (*Undo, error) {
	u, err := newUndo(path, d, names, fields)
	if err == nil {
		u.file, err = os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE|os.O_EXCL, 0o600)
	}
	if err != nil {
		return nil, fmt.Errorf("what the CRM holds can't be recorded: %w", err)
	}
	if err := u.begin(); err != nil {
		_ = os.Remove(path)
		return nil, err
	}
	return u, nil
}

// ContinueUndo goes on with the undo file of a run that ended before its time, as [CreateUndo] began it: it cuts off a last line that
// was not written to its end. If there is none, or nothing but half a header, it begins one. Another file is an error.
func ContinueUndo(path string, d Dialect, names, fields []string) (*Undo, error) {
	u, err := newUndo(path, d, names, fields)
	if err == nil {
		u.file, err = os.OpenFile(path, os.O_RDWR|os.O_APPEND, 0)
	}
	if errors.Is(err, os.ErrNotExist) {
		return CreateUndo(path, d, names, fields)
	}
	if err != nil {
		return nil, fmt.Errorf("what the CRM holds can't be recorded: %w", err)
	}
	whole, err := u.whole()
	if err == nil {
		err = errors.Join(u.file.Truncate(whole), hasRoom(u.file), u.file.Truncate(whole))
	}
	if err != nil {
		_ = u.file.Close()
		return nil, fmt.Errorf("what the CRM holds can't be recorded: %w", err)
	}
	if whole == 0 {
		return u, u.begin()
	}
	return u, nil
}

func newUndo(path string, d Dialect, names, fields []string) (*Undo, error) {
	u := &Undo{path: path, dialect: d, fields: fields, next: &undoGroup{}}
	line, err := u.line(slices.Concat(names, []string{undoClears, undoStored}))
	u.header = append([]byte(utf8BOM), line...)
	return u, err
}

// begin writes the header.
func (u *Undo) begin() error {
	_, err := u.file.Write(u.header)
	if err == nil {
		err = u.file.Sync()
	}
	if err != nil {
		_ = u.file.Close()
		return fmt.Errorf("what the CRM holds can't be recorded: %w", err)
	}
	files.SyncDirectory(u.path)
	return nil
}

// Path is the undo file's own.
func (u *Undo) Path() string { return u.path }

// Record takes down what is about to be done to an opportunity, and returns when it is on the disk. Callers may be many: those who
// come while the disk is at work are then served all at once. A change of what is unknown can't be undone and is passed over. After a
// failure, which wraps [ErrNotRecorded], all further ones fail.
func (u *Undo) Record(id string, changes []batch.Change) error {
	known := slices.DeleteFunc(slices.Clone(changes), func(c batch.Change) bool { return c.Unknown })
	if len(known) == 0 {
		return nil
	}
	line, err := u.lineOf(id, known)
	if err == nil {
		err = u.write(line)
	}
	if err != nil {
		return fmt.Errorf("%s: %w: %w", u.path, ErrNotRecorded, err)
	}
	return nil
}

func (u *Undo) write(line []byte) error {
	u.mu.Lock()
	group := u.next
	group.text = append(group.text, line...)
	u.mu.Unlock()

	u.disk.Lock()
	defer u.disk.Unlock()
	if !group.done {
		u.commit(group)
	}
	return group.err
}

// commit writes a group for all who are in it; who comes now is in the next one.
func (u *Undo) commit(group *undoGroup) {
	u.mu.Lock()
	u.next = &undoGroup{}
	u.mu.Unlock()
	if u.failed == nil {
		_, err := u.file.Write(group.text)
		u.failed = errors.Join(err, u.file.Sync())
	}
	group.done, group.err, group.text = true, u.failed, nil
}

func (u *Undo) lineOf(id string, changes []batch.Change) ([]byte, error) {
	row := make([]string, len(u.fields)+2)
	row[0] = inert(id)
	var empty []string
	stored := make(map[string]any, len(changes))
	for _, c := range changes {
		i := slices.Index(u.fields, c.Field)
		if i < 1 {
			return nil, fmt.Errorf("%s: the undo file has no such column", c.Field)
		}
		if c.Empty || c.Before == "" {
			empty = append(empty, c.Field)
		} else {
			row[i] = inert(c.Before)
		}
		stored[c.Field] = storedBy(c)
	}
	text, err := undoJSON(stored)
	row[len(u.fields)], row[len(u.fields)+1] = strings.Join(empty, " "), text
	if err != nil {
		return nil, err
	}
	return u.line(row)
}

func storedBy(c batch.Change) any {
	switch {
	case c.Clear:
		return nil
	case c.Number:
		return json.Number(c.After)
	}
	return c.After
}

func undoJSON[V any](stored map[string]V) (string, error) {
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(stored)
	return strings.TrimSuffix(text.String(), "\n"), err
}

// line leaves the line breaks within cells as they are: encoding/csv would turn them into its own.
func (u *Undo) line(cells []string) ([]byte, error) {
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	w.Comma = u.delimiter()
	err := w.Write(cells)
	w.Flush()
	if u.dialect.CRLF {
		text.Truncate(text.Len() - 1)
		text.WriteString("\r\n")
	}
	return text.Bytes(), errors.Join(err, w.Error())
}
