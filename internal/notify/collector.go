package notify

import (
	"maps"
	"path/filepath"
	"time"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/internal/event"
)

// Collector builds the summary of a run from its events. Like any event handler, it is not safe for concurrent use.
type Collector struct {
	summary Summary
	planned time.Time // when it became known what to send
}

// NewCollector begins the summary of the run with this id. Name is the name of the sheet.
func NewCollector(version, id, name string, dryRun bool) *Collector {
	return &Collector{summary: Summary{
		SchemaVersion: SchemaVersion, Version: version, RunID: id, State: Running, DryRun: dryRun, Started: time.Now().UTC(),
		Sheet: Sheet{Name: name}, Rows: Rows{ByStatus: map[string]int{}, ByReason: map[string]int{}},
	}}
}

// Handle is an [event.Handler].
func (c *Collector) Handle(e event.Event) {
	s := &c.summary
	switch e := e.(type) {
	case event.Opened:
		s.Sheet.SHA256 = e.SHA256
	case event.SheetRead:
		s.Rows.Total = &e.Rows
	case event.Resumed:
		c.resumed(e)
	case event.DialectDetected:
		s.Service.Dialect = e.Dialect.Name()
	case event.Planned:
		c.plan(e)
	case event.Began:
		s.RunID = e.ID
	case event.RowDone:
		c.count(e.Result)
	case event.Spent:
		c.spent(e)
	case event.Finished:
		s.Files.Results = absolute(e.Results)
	case event.FailedWritten:
		s.Files.Failed = absolute(e.Path)
	case event.UndoWritten:
		s.Files.Undo = absolute(e.Path)
	case event.PlanWritten:
		s.Files.Plan = absolute(e.Path)
	}
}

func (c *Collector) resumed(e event.Resumed) {
	s := &c.summary
	s.Resumed, s.Rows.Done, s.Rows.Earlier, s.Requests.Earlier = true, e.Done, e.Done, e.Requests
	for status, rows := range e.ByStatus {
		s.Rows.ByStatus[string(status)] += rows
		if status.NeedsAttention() {
			s.Rows.Failed += rows
		}
	}
	for code, rows := range e.ByReason {
		s.Rows.ByReason[code] += rows
	}
}

func (c *Collector) plan(e event.Planned) {
	p := e.Survey
	c.planned = time.Now()
	c.summary.Service.Host = e.Host
	c.summary.Plan = &Plan{
		Rows: p.Sends, Requests: p.Requests, Invalid: p.Invalid, Empty: p.Empty, Unchanged: p.Unchanged, Conflicts: p.Conflicts, Unread: p.Unread,
		NotStored: p.NotStored,
	}
}

func (c *Collector) count(r batch.Result) {
	rows := &c.summary.Rows
	rows.Done++
	rows.ByStatus[string(r.Status)]++
	if r.Status.NeedsAttention() {
		rows.Failed++
	}
	for _, code := range r.Codes() {
		rows.ByReason[code]++
	}
}

func (c *Collector) spent(e event.Spent) {
	s := &c.summary
	s.Requests.Sent, s.Requests.Read = e.Writes, e.Reads
	s.Waits = Waits{Quota: e.Waits.Quota.Seconds(), Service: e.Waits.Service.Seconds(), Outage: e.Waits.Outage.Seconds()}
	s.Outage = Outage{Count: e.Outages, Seconds: e.Waits.Outages.Seconds()}
	if e.Quota != (pace.Window{}) {
		s.Quota = &Quota{Limit: e.Quota.Limit, Remaining: e.Quota.Remaining, Resets: e.Quota.Resets}
	}
}

// End ends the summary. EndedBy may be "".
func (c *Collector) End(state State, exitCode int, endedBy string, resumable bool) {
	s := &c.summary
	ended := time.Now().UTC()
	s.State, s.ExitCode, s.EndedBy, s.Resumable, s.Ended = state, &exitCode, endedBy, resumable, &ended
}

// Summary returns what is known so far.
func (c *Collector) Summary() Summary {
	s := c.summary
	s.Rows.ByStatus, s.Rows.ByReason = maps.Clone(s.Rows.ByStatus), maps.Clone(s.Rows.ByReason)
	now := time.Now()
	if s.Ended != nil {
		now = *s.Ended
	}
	s.Durations.Total = now.Sub(s.Started).Seconds()
	s.Durations.Preparing = s.Durations.Total
	if !c.planned.IsZero() {
		s.Durations.Preparing = c.planned.Sub(s.Started).Seconds()
		s.Durations.Sending = now.Sub(c.planned).Seconds()
	}
	return s
}

// absolute returns the absolute path, or the path itself if there is none.
func absolute(path string) string {
	whole, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	return whole
}
