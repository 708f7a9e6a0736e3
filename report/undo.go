package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"razebulk/batch"
	"razebulk/internal/crm"
	"razebulk/internal/files"
	"razebulk/internal/reason"
)

// Undo is the undo file of a run: a sheet of what the CRM held in the fields that the run changes, so that an update
// with it restores the previous values. A line has the id, the previous value of each changed field, in
// [crm.ClearColumn] the fields that were empty, and in [crm.UndoColumn], as JSON, what the run sends instead, which run
// it is, and checksums that identify the cells. If the run changes an opportunity several times, there is a line for
// each, and an update sends the lines from the last to the first. Cells are escaped as in an [Export]. Only its owner
// can read the file.
type Undo struct {
	path    string
	dialect Dialect
	run     string
	fields  []string
	header  []byte
	file    *os.File
	lines   *files.Appender
}

// undoNotWritable returns why an undo file can't be begun or continued.
func undoNotWritable(cause error) error { return reason.New("undo_not_writable").Because(cause) }

// ErrUndoOfOther is wrapped by the error of [ContinueUndo] for a file that is not the run's own.
var ErrUndoOfOther error = reason.New("undo_of_other_run")

// CreateUndo begins the undo file of the run that began at this time. Names are the headers of the columns for fields,
// the first of which is the id. It fails if the file already exists. Any error is a [reason.Reason].
func CreateUndo(path string, d Dialect, began time.Time, names, fields []string) (*Undo, error) {
	u, err := newUndo(path, d, began, names, fields)
	if err != nil {
		return nil, undoNotWritable(err)
	}
	f, err := files.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE|os.O_EXCL)
	if err != nil {
		return nil, undoNotWritable(err)
	}
	if err := u.begin(f); err != nil {
		_ = os.Remove(path)
		return nil, undoNotWritable(err)
	}
	return u, nil
}

// ContinueUndo continues the undo file of a run that ended early, as [CreateUndo] began it: it removes an incomplete
// last line. If there is no file, or only part of a header, it begins one. Any other file is left as it is. Any error
// is a [reason.Reason].
func ContinueUndo(path string, d Dialect, began time.Time, names, fields []string) (*Undo, error) {
	u, err := newUndo(path, d, began, names, fields)
	if err != nil {
		return nil, undoNotWritable(err)
	}
	f, err := files.OpenFile(path, os.O_RDWR|os.O_APPEND)
	if errors.Is(err, os.ErrNotExist) {
		return CreateUndo(path, d, began, names, fields)
	}
	if err != nil {
		return nil, undoNotWritable(err)
	}
	whole, err := u.wholeLines(f)
	if err == nil {
		err = files.CutOff(f, whole)
	}
	switch {
	case err != nil:
		_ = f.Close()
	case whole == 0:
		err = u.begin(f)
	default:
		u.open(f)
	}
	if err != nil {
		return nil, undoNotWritable(err)
	}
	return u, nil
}

func newUndo(path string, d Dialect, began time.Time, names, fields []string) (*Undo, error) {
	u := &Undo{path: path, dialect: d, run: began.UTC().Format(time.RFC3339Nano), fields: fields}
	line, err := u.line(slices.Concat(names, []string{crm.ClearColumn, crm.UndoColumn}))
	u.header = append([]byte(utf8BOM), line...)
	return u, err
}

func (u *Undo) open(f *os.File) { u.file, u.lines = f, files.NewAppender(f) }

// begin writes the header, and closes the file if that fails.
func (u *Undo) begin(f *os.File) error {
	u.open(f)
	if err := u.lines.Append(u.header); err != nil {
		_ = f.Close()
		return err
	}
	files.SyncDirectory(u.path)
	return nil
}

// wholeLines returns the size of the file without an incomplete last line; 0 if not even the header is complete. Cells
// may contain line breaks, so the lines have to be read.
func (u *Undo) wholeLines(f *os.File) (whole int64, err error) {
	start := make([]byte, len(u.header))
	n, err := f.ReadAt(start, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	if !bytes.HasPrefix(u.header, start[:n]) {
		return 0, reason.New("undo_of_other_run", "path", u.path)
	}
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return u.readLines(f, info.Size())
}

func (u *Undo) readLines(f io.ReaderAt, size int64) (whole int64, err error) {
	lines := csv.NewReader(io.NewSectionReader(f, 0, size))
	lines.Comma, lines.ReuseRecord = u.dialect.delimiter(), true
	for {
		cells, err := lines.Read()
		var parse *csv.ParseError
		end := lines.InputOffset()
		switch {
		case errors.Is(err, io.EOF), end == size && (errors.As(err, &parse) || err == nil && !endsLine(f, end)):
			return whole, nil
		case err != nil:
			return 0, reason.New("undo_damaged", "path", u.path).Because(err)
		case whole > 0 && !u.isOwn(cells):
			return 0, reason.New("undo_of_other_run", "path", u.path)
		}
		whole = end
	}
}

// isOwn reports whether this run has written the line.
func (u *Undo) isOwn(cells []string) bool {
	var of struct {
		Run string `json:"raze_run"`
	}
	return json.Unmarshal([]byte(cells[len(cells)-1]), &of) == nil && of.Run == u.run
}

// endsLine reports whether a line break precedes this position.
func endsLine(f io.ReaderAt, place int64) bool {
	var last [1]byte
	_, err := f.ReadAt(last[:], place-1)
	return err == nil && last[0] == '\n'
}

// Record records what is about to be done to an opportunity, and returns when it is on the disk. It is safe for
// concurrent use: callers that come while the disk is busy share the next write. A change of a field whose value is
// unknown can't be undone and is left out. Its error is [ErrNotRecorded]; after an error, all further calls fail.
func (u *Undo) Record(id string, changes []batch.Change) error {
	known := slices.DeleteFunc(slices.Clone(changes), func(c batch.Change) bool { return c.Unknown })
	if len(known) == 0 {
		return nil
	}
	line, err := u.lineOf(id, known)
	if err == nil {
		err = u.lines.Append(line)
	}
	if err != nil {
		return notRecorded(u.path, 0, err)
	}
	return nil
}

// Close closes the file, and removes it if nothing was recorded. No call of Record may be in progress.
func (u *Undo) Close() error {
	info, err := u.file.Stat()
	if err = errors.Join(u.lines.Failed(), err, u.file.Close()); err != nil {
		return err
	}
	if info.Size() == int64(len(u.header)) {
		return os.Remove(u.path)
	}
	return nil
}

func (u *Undo) lineOf(id string, changes []batch.Change) ([]byte, error) {
	row := make([]string, len(u.fields)+2)
	row[0] = crm.EscapeFormula(id)
	var empty, nulls []string
	undo, sums := map[string]any{crm.UndoRun: u.run}, map[string]string{}
	for _, c := range changes {
		i := slices.Index(u.fields, c.Field)
		if i < 1 {
			return nil, fmt.Errorf("the undo file has no column %s", c.Field)
		}
		if c.Empty || c.Before == "" {
			empty = append(empty, c.Field)
		} else {
			row[i], sums[c.Field] = undoCell(c), crm.Sum(c.Before)
		}
		undo[c.Field] = storedBy(c)
		if c.Null {
			nulls = append(nulls, c.Field)
		}
		if c.LosesTitle() {
			undo[crm.UndoTitle] = *c.Title
		}
	}
	if nulls != nil {
		undo[crm.UndoNulls] = nulls
	}
	undo[crm.UndoSums] = sums
	text, err := undoJSON(undo)
	row[len(u.fields)], row[len(u.fields)+1] = strings.Join(empty, " "), crm.EscapeFormula(text)
	if err != nil {
		return nil, err
	}
	return u.line(row)
}

// undoCell escapes a plain number only in a text field, where a spreadsheet would drop the plus.
func undoCell(c batch.Change) string {
	if c.Number {
		return escape(c.Before)
	}
	return crm.EscapeFormula(c.Before)
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

func undoJSON(stored map[string]any) (string, error) {
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(stored)
	return strings.TrimSuffix(text.String(), "\n"), err
}

// line keeps the line breaks within cells as they are: encoding/csv would convert them to its own.
func (u *Undo) line(cells []string) ([]byte, error) {
	var text bytes.Buffer
	w := Dialect{Delimiter: u.dialect.Delimiter}.newWriter(&text)
	err := w.Write(cells)
	w.Flush()
	text.Truncate(max(0, text.Len()-1))
	text.WriteString(u.dialect.lineEnd())
	return text.Bytes(), errors.Join(err, w.Error())
}
