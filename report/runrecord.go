package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"time"

	"razebulk/internal/files"
)

// RunRecord says what a run is about, so that another one can tell whether it may go on with it. It lies beside the
// journal as long as that does.
type RunRecord struct {
	Version string    `json:"version"`
	Started time.Time `json:"started"`
	Input   InputFile `json:"input"`
	// BaseURL and Options are what shapes the requests.
	BaseURL string     `json:"base_url"`
	Options RunOptions `json:"options"`
}

// InputFile is a file by its content.
type InputFile struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// RunOptions are how a sheet was read: its dialect in words, what each of its columns was taken for, and the text that clears; and
// what of it is sent.
type RunOptions struct {
	Reading     string   `json:"reading"`
	Columns     []string `json:"columns"`
	ClearMarker string   `json:"clear_marker,omitempty"`
	// State, Compare and Force are the options that make a run send less, or not.
	State   bool `json:"state,omitempty"`
	Compare bool `json:"compare,omitempty"`
	Force   bool `json:"force,omitempty"`
}

// SameRun tells whether a run that this record is of would send what the other one would. The version, the time and the
// place of the input don't matter.
func (r RunRecord) SameRun(other RunRecord) bool {
	r.Version, r.Started, r.Input.Path = other.Version, other.Started, other.Input.Path
	return reflect.DeepEqual(r, other)
}

func runRecordPath(results string) string { return results + ".run.json" }

// WriteRunRecord puts the record of the run that ends in the file results in place, all at once.
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

// ReadRunRecord reads the record back. The zero record, which is of no run, stands for one that is missing or damaged.
func ReadRunRecord(results string) (RunRecord, error) {
	var r RunRecord
	text, err := os.ReadFile(runRecordPath(results))
	if errors.Is(err, os.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		return r, fmt.Errorf("the record of an earlier run: %w", err)
	}
	if json.Unmarshal(text, &r) != nil {
		return RunRecord{}, nil
	}
	return r, nil
}

// RemoveRunRecord removes the record; that there is none is no error.
func RemoveRunRecord(results string) error {
	if err := os.Remove(runRecordPath(results)); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// SetAsideRun sets the journal of a results file aside, and the record of its run under the same name.
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
