// Package notify tells machines what became of a run of update: a summary in JSON, the same as metrics for
// node_exporter, and pings of a service that watches over scheduled jobs. All of them are made from the events of the
// run, and none of them has a cell of the sheet.
package notify

import (
	"encoding/json"
	"time"
)

// SchemaVersion is that of the summary. It grows when something in it changes its meaning or is removed; what is only
// added doesn't change it. docs/summary.schema.json is the schema.
const SchemaVersion = 1

// State is how far a run has come.
type State string

// The states.
const (
	// Running: the run has not ended, or was killed.
	Running State = "running"
	// Finished: the run came to its end. Rows may have failed.
	Finished State = "finished"
	// Stopped: the run ended before its end.
	Stopped State = "stopped"
	// Refused: the run has sent nothing, as something was wrong from the start.
	Refused State = "refused"
)

// Summary is what a run has done. It is data, and has all there is to say once it is no longer [Running].
type Summary struct {
	SchemaVersion int    `json:"schema_version"`
	Version       string `json:"version"` // of the program
	RunID         string `json:"run_id"`
	State         State  `json:"state"`
	// ExitCode is that of the program; nil while it runs.
	ExitCode *int `json:"exit_code"`
	// EndedBy is a code for what ended a run that was stopped or refused, as far as there is one.
	EndedBy string `json:"ended_by,omitempty"`
	// Resumable reports that rows remain, and that a run can resume this one. Resumed reports that this one resumes
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
	// Plan is what was to be done, once that was known.
	Plan     *Plan    `json:"plan"`
	Requests Requests `json:"requests"`
	// Quota is what was last seen of it; nil if no answer has shown any.
	Quota  *Quota `json:"quota"`
	Waits  Waits  `json:"waits"`
	Outage Outage `json:"outage"`
	Files  Files  `json:"files"`
}

// Durations are seconds of this process: in all, until it was known what to send, and from then on.
type Durations struct {
	Total     float64 `json:"total_seconds"`
	Preparing float64 `json:"preparing_seconds"`
	Sending   float64 `json:"sending_seconds"`
}

// Sheet is the sheet by its name and its content. SHA256 is "" of one that could not be read.
type Sheet struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// Service is the API that the run speaks to.
type Service struct {
	Host    string `json:"host"`
	Dialect string `json:"dialect"`
}

// Rows counts the rows of the sheet, also those that the run had finished before it was resumed.
type Rows struct {
	Total *int `json:"total"` // nil if the sheet could not be read
	// Done have a result, Failed are those of them that need attention, and Earlier those that were done before the run
	// was resumed.
	Done     int            `json:"done"`
	Failed   int            `json:"failed"`
	Earlier  int            `json:"earlier"`
	ByStatus map[string]int `json:"by_status"`
	// ByReason counts the failed rows by each code of the column reason of the results file.
	ByReason map[string]int `json:"by_reason"`
}

// Plan is what was to be done with the rows that remained, before anything was sent.
type Plan struct {
	Rows      int `json:"rows"` // of which something is sent
	Requests  int `json:"requests"`
	Invalid   int `json:"invalid"`
	Empty     int `json:"empty"`
	Unchanged int `json:"unchanged"`
	Conflicts int `json:"conflicts"`
	Unread    int `json:"unread"`
	NotStored int `json:"not_stored"`
}

// Requests are those of this process, repeated ones included: Sent may change something, Read don't. Earlier are those
// for rows before the run was resumed, as far as results of theirs were recorded.
type Requests struct {
	Sent    int `json:"sent"`
	Read    int `json:"read"`
	Earlier int `json:"earlier"`
}

// Quota is a window of the quota.
type Quota struct {
	Limit     int       `json:"limit"`
	Remaining int       `json:"remaining"`
	Resets    time.Time `json:"resets"`
}

// Waits are seconds of this process in which no request could go out.
type Waits struct {
	Quota   float64 `json:"quota_seconds"`
	Service float64 `json:"service_seconds"` // the service has asked for that
	Outage  float64 `json:"outage_seconds"`
}

// Outage is how often and how long the service as a whole has failed.
type Outage struct {
	Count   int     `json:"count"`
	Seconds float64 `json:"seconds"`
}

// Files are those that the run has left, by their whole paths; "" for none. Results is the journal of a run that can be
// resumed.
type Files struct {
	Results string `json:"results,omitempty"`
	Failed  string `json:"failed,omitempty"`
	Undo    string `json:"undo,omitempty"`
	Plan    string `json:"plan,omitempty"`
}

// JSON is the summary as it stands in its file.
func (s Summary) JSON() []byte {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		panic(err) // it has nothing that has no form in JSON
	}
	return append(text, '\n')
}
