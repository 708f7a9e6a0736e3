package report

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"reflect"
	"strings"
	"time"

	"razebulk/internal/files"
	"razebulk/internal/reason"
)

// RunRecord describes a run, so that another run knows whether it may resume it. It exists next to the journal as long
// as the journal does.
type RunRecord struct {
	// ID is the id of the run, and of those that resume it; "" for a run of an earlier version.
	ID      string    `json:"id,omitempty"`
	Version string    `json:"version"`
	Started time.Time `json:"started"`
	Input   InputFile `json:"input"`
	// BaseURL and Options are what the requests depend on.
	BaseURL string     `json:"base_url"`
	Options RunOptions `json:"options"`
	// Dialect is the dialect that the service was seen to speak, or "".
	Dialect string `json:"dialect,omitempty"`
	// Ended reports that every row has its result: only the files remain to be put in place.
	Ended bool `json:"ended,omitempty"`
	// Withheld reports that nothing of the sheet is sent because some row is invalid: there is nothing to resume.
	Withheld bool `json:"withheld,omitempty"`
	// Window is what was known about the quota when the run was last seen alive; nil if nothing.
	Window *Window `json:"window,omitempty"`
}

// Window is a window of the quota of a key; Key is a fingerprint of that key. Length is how long a window lasts, 0 if
// unknown.
type Window struct {
	Key       string        `json:"key"`
	Limit     int           `json:"limit"`
	Remaining int           `json:"remaining"`
	Resets    time.Time     `json:"resets"`
	Length    time.Duration `json:"length,omitempty"`
}

// InputFile identifies a file by its content.
type InputFile struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// RunOptions say how a sheet was read and what of it is sent: its dialect in words, the field of each column, the text
// that clears.
type RunOptions struct {
	Reading     string   `json:"reading"`
	Columns     []string `json:"columns"`
	ClearMarker string   `json:"clear_marker,omitempty"`
	// HeaderRow is the number of the header's row, if rows above it are not empty.
	HeaderRow int `json:"header_row,omitempty"`
	// EmptyWords are the values that mean an empty cell.
	EmptyWords []string `json:"empty_words,omitempty"`
	// State, Compare and Force are the options that decide what need not be sent.
	State   bool `json:"state,omitempty"`
	Compare bool `json:"compare,omitempty"`
	Force   bool `json:"force,omitempty"`
	// StageMap holds the meanings of stage names; nil if none.
	StageMap map[string]string `json:"stage_map,omitempty"`
	// OwnerMap holds the ids that owner values mean; nil if none.
	OwnerMap map[string]string `json:"owner_map,omitempty"`
	// IgnoreUnstored decides whether it is a failure if the service doesn't store a value.
	IgnoreUnstored bool `json:"ignore_unstored,omitempty"`
	// OnlyBlank and Append are the fields that have these rules.
	OnlyBlank []string `json:"only_blank,omitempty"`
	Append    []string `json:"append,omitempty"`
	// Match are the fields by which rows without an id are matched, and MatchOpen reports that of several opportunities
	// the open one is meant.
	Match     []string `json:"match,omitempty"`
	MatchOpen bool     `json:"match_open,omitempty"`
}

// SameRun reports whether two runs would send the same data. The id, the version, the time, the path of the input, what
// was detected and how far the run has got don't matter.
func (r RunRecord) SameRun(other RunRecord) bool {
	r.ID, r.Version, r.Started, r.Input.Path, r.Dialect = other.ID, other.Version, other.Started, other.Input.Path, other.Dialect
	r.Ended, r.Withheld, r.Window = other.Ended, other.Withheld, other.Window
	return reflect.DeepEqual(r, other)
}

// RunFiles returns the files next to a results file that exist while its run can be resumed: the journal and the
// record.
func RunFiles(results string) []string { return []string{JournalPath(results), runRecordPath(results)} }

func runRecordPath(results string) string { return results + ".run.json" }

// WriteRunRecord atomically writes the record of the run with this results file, replacing an earlier record.
func WriteRunRecord(results string, r RunRecord) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	f, err := files.Create(runRecordPath(results))
	if err != nil {
		return err
	}
	if _, err := f.Write(append(text, '\n')); err != nil {
		f.Discard()
		return err
	}
	return f.Commit()
}

// ReadRunRecord reads the record back. If it is missing or damaged, it returns the zero record, which belongs to no
// run. Any error is a [reason.Reason].
func ReadRunRecord(results string) (RunRecord, error) {
	var r RunRecord
	text, err := readRegular(runRecordPath(results))
	if errors.Is(err, os.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		return r, reason.New("run_record_unreadable").Because(err)
	}
	if json.Unmarshal(text, &r) != nil {
		return RunRecord{}, nil
	}
	return r, nil
}

func readRegular(path string) ([]byte, error) {
	f, err := files.OpenFile(path, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// RemoveRunRecord removes the record, if there is one.
func RemoveRunRecord(results string) error {
	if err := os.Remove(runRecordPath(results)); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// SetAsideRun sets the journal of a results file aside, and the record of its run with a matching name. It returns the
// journal's new name, or "" if there is no journal.
func SetAsideRun(results string) (string, error) {
	name, err := files.SetAside(JournalPath(results))
	if err != nil || name == "" {
		return name, err
	}
	err = os.Rename(runRecordPath(results), runRecordPath(strings.TrimSuffix(name, files.PartialSuffix)))
	if errors.Is(err, os.ErrNotExist) {
		err = nil
	}
	return name, err
}
