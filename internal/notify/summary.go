// Package notify tells machines how a run of update went: a summary in JSON, the same as metrics for node_exporter,
// and pings to a service that monitors scheduled jobs. All of them are made from the run's events, and none contains
// a cell of the sheet.
package notify

import (
	"encoding/json"
	"time"
)

// SchemaVersion is the version of the summary's schema, docs/summary.schema.json. It increases when something changes
// its meaning or is removed, not when something is added.
const SchemaVersion = 1

// State is the state of a run.
type State string

// The states.
const (
	// Running: the run has not ended, or was killed.
	Running State = "running"
	// Finished: the run is complete. Rows may have failed.
	Finished State = "finished"
	// Stopped: the run ended before it was complete.
	Stopped State = "stopped"
	// Refused: the run sent nothing, because something was wrong from the start.
	Refused State = "refused"
)

// Summary is what a run has done. It is plain data, and is complete once the state is no longer [Running].
type Summary struct {
	SchemaVersion int    `json:"schema_version"`
	Version       string `json:"version"` // of the program
	RunID         string `json:"run_id"`
	State         State  `json:"state"`
	// ExitCode is the program's exit code; nil while it runs.
	ExitCode *int `json:"exit_code"`
	// EndedBy is a code for what stopped or refused the run, if there is one.
	EndedBy string `json:"ended_by,omitempty"`
	// Resumable reports that rows remain and that another run can resume this one. Resumed reports that this one resumes
	// another.
	Resumable bool `json:"resumable"`
	Resumed   bool `json:"resumed"`
	DryRun    bool `json:"dry_run"`
	// Started and Ended are of this process.
	Started   time.Time  `json:"started"`
	Ended     *time.Time `json:"ended"`
	Durations Durations  `json:"durations"`
	Sheet     Sheet      `json:"sheet"`
	Service   Service    `json:"service"`
	Rows      Rows       `json:"rows"`
	// Plan is what was to be done; nil until that is known.
	Plan     *Plan    `json:"plan"`
	Requests Requests `json:"requests"`
	// Quota is the last one seen; nil if no answer has shown any.
	Quota  *Quota `json:"quota"`
	Waits  Waits  `json:"waits"`
	Outage Outage `json:"outage"`
	Files  Files  `json:"files"`
}

// Durations are seconds of this process: in total, until it was known what to send, and after that.
type Durations struct {
	Total     float64 `json:"total_seconds"`
	Preparing float64 `json:"preparing_seconds"`
	Sending   float64 `json:"sending_seconds"`
}

// Sheet identifies the sheet by name and content. SHA256 is "" if it could not be read.
type Sheet struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// Service is the API that the run talks to.
type Service struct {
	Host    string `json:"host"`
	Dialect string `json:"dialect"`
}

// Rows counts the rows of the sheet, including those that were finished before the run was resumed.
type Rows struct {
	Total *int `json:"total"` // nil if the sheet could not be read
	// Done counts the rows with a result, Failed those of them that need attention, and Earlier those done before the run
	// was resumed.
	Done     int            `json:"done"`
	Failed   int            `json:"failed"`
	Earlier  int            `json:"earlier"`
	ByStatus map[string]int `json:"by_status"`
	// ByReason counts the failed rows by the codes in the column reason of the results file.
	ByReason map[string]int `json:"by_reason"`
}

// Plan is what was to be done with the remaining rows before anything was sent.
type Plan struct {
	Rows      int `json:"rows"` // that send something
	Requests  int `json:"requests"`
	Invalid   int `json:"invalid"`
	Empty     int `json:"empty"`
	Unchanged int `json:"unchanged"`
	Conflicts int `json:"conflicts"`
	Unread    int `json:"unread"`
	NotStored int `json:"not_stored"`
}

// Requests counts the requests of this process, including retries: Sent are those that may change something, Read are
// the others. Earlier counts those before the run was resumed, as far as results were recorded.
type Requests struct {
	Sent    int `json:"sent"`
	Read    int `json:"read"`
	Earlier int `json:"earlier"`
}

// Quota is the state of a quota window.
type Quota struct {
	Limit     int       `json:"limit"`
	Remaining int       `json:"remaining"`
	Resets    time.Time `json:"resets"`
}

// Waits are seconds of this process in which no request could be sent.
type Waits struct {
	Quota   float64 `json:"quota_seconds"`
	Service float64 `json:"service_seconds"` // the service asked for it
	Outage  float64 `json:"outage_seconds"`
}

// Outage is how often and how long the whole service has failed.
type Outage struct {
	Count   int     `json:"count"`
	Seconds float64 `json:"seconds"`
}

// Files are the absolute paths of the files that the run has left; "" for none. Results is the journal if the run can
// be resumed.
type Files struct {
	Results string `json:"results,omitempty"`
	Failed  string `json:"failed,omitempty"`
	Undo    string `json:"undo,omitempty"`
	Plan    string `json:"plan,omitempty"`
}

// JSON returns the content of the summary file.
func (s Summary) JSON() []byte {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		panic(err) // every field can be encoded
	}
	return append(text, '\n')
}
