package logs

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"time"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/internal/cli/internal/message"
	"razebulk/internal/event"
	"razebulk/internal/reason"
	"razebulk/internal/words"
)

// progressEvery is how often the progress of a phase is logged.
const progressEvery = 30 * time.Second

// firstProgress is when progress is first logged in a phase of the sheet, whose duration is unknown.
const firstProgress = 5 * time.Second

// Handler writes the events of a run to a log. Its method Handle is an [event.Handler].
type Handler struct {
	log   *slog.Logger
	words *words.Words

	begun  time.Time // the phase
	lines  int       // of progress due so far
	waited time.Time // the end of the wait that was last logged
}

// NewHandler returns a handler that uses these texts for reasons.
func NewHandler(log *slog.Logger, w *words.Words) *Handler { return &Handler{log: log, words: w} }

// Handle writes an event.
func (h *Handler) Handle(e event.Event) {
	switch e := e.(type) {
	case event.Notice:
		h.reason(slog.LevelInfo, "notice", e.Reason)
	case event.Warning:
		h.reason(slog.LevelWarn, "warning", e.Reason)
	case event.SheetRead:
		h.log.Info("sheet_read", "sheet", e.Name, "format", message.OfReason(h.words, e.Format), "read_only", len(e.ReadOnly))
	case event.Resumed:
		h.log.Info("resumed", "rows", e.Rows, "done", e.Done)
	case event.DialectDetected:
		h.log.Info("dialect_detected", "dialect", e.Dialect.Name())
	case event.Compared:
		h.log.Info("compared", "pages", e.Reading.Pages, "gets", e.Reading.Gets, "requests", e.Reading.Requests())
	case event.Planned:
		h.planned(e)
	case event.Progress:
		h.progress(e)
	case event.RowDone:
		h.row(e.Result)
	case event.Finished:
		h.finished(e)
	case event.SetAside:
		h.log.Info("set_aside", "file", e.File, "name", e.Name)
	case event.PlanWritten:
		h.log.Info("plan_written", "file", e.Path)
	case event.FailedWritten:
		h.log.Info("failed_rows_written", "file", e.Path)
	case event.UndoWritten:
		h.log.Info("undo_file_written", "file", e.Path)
	case event.ExportPlanned:
		h.log.Info("export_planned", "host", e.Host, "pages", e.Pages, "gets", e.Gets, "requests", e.Pages+e.Gets)
	case event.Exported:
		h.log.Info("exported", "file", e.To, "rows", e.Rows, "requests", e.Requests)
	}
}

func (h *Handler) reason(level slog.Level, name string, r reason.Reason, more ...any) {
	h.log.Log(context.Background(), level, name, append([]any{"code", r.Code, "message", message.OfReason(h.words, r)}, more...)...)
}

func (h *Handler) planned(e event.Planned) {
	s := e.Survey
	h.log.Info("planned", "sheet", e.Name, "host", e.Host, "rows", s.Rows, "requests", s.Requests, "invalid", s.Invalid, "unchanged", s.Unchanged,
		"empty", s.Empty, "conflicts", s.Conflicts, "quota", e.Cost.Outlook.Limit, "windows", e.Cost.Outlook.Windows, "done_about", e.Cost.Outlook.Done)
	for _, doubt := range s.Warnings {
		h.reason(slog.LevelWarn, "row_in_doubt", doubt.Reason, "row", doubt.Row)
	}
	if more := s.WarningCount - len(s.Warnings); more > 0 {
		h.log.Warn("more_rows_in_doubt", "rows", more)
	}
}

// progress writes a line at intervals, and one for each wait.
func (h *Handler) progress(e event.Progress) {
	now := time.Now()
	switch {
	case e.Ended:
		h.begun, h.lines, h.waited = time.Time{}, 0, time.Time{}
		return
	case h.begun.IsZero():
		h.begun = now
	}
	if e.Wait != nil && !e.Wait.Until.Equal(h.waited) {
		h.waited = e.Wait.Until
		h.log.Info("waiting", "for", waitsFor(e.Wait.Why), "until", e.Wait.Until)
	}
	lasted := now.Sub(h.begun)
	if e.Phase.OfSheet() {
		lasted += progressEvery - firstProgress
	}
	due := int(lasted / progressEvery)
	if due <= h.lines {
		return
	}
	h.lines = due
	if e.Phase.OfSheet() {
		h.log.Info("progress", "phase", e.Phase, "sheet", e.Sheet, "done", e.Done, "total", e.Total)
	} else {
		h.log.Info("progress", "phase", e.Phase, "done", e.Done, "total", e.Total, "failed", e.Failed, "requests", e.Requests, "done_about", e.DoneAbout)
	}
}

func waitsFor(why pace.Reason) string {
	switch why {
	case pace.ForService:
		return "service"
	case pace.ForOutage:
		return "outage"
	}
	return "quota"
}

// row writes the result of a row, but only as a detail: a run may have a million rows.
func (h *Handler) row(r batch.Result) {
	if !h.log.Enabled(context.Background(), slog.LevelDebug) {
		return
	}
	codes := []string{}
	for _, one := range r.Reasons {
		codes = append(codes, one.Code)
	}
	h.log.Debug("row", "row", r.Row, "id", r.ID, "status", r.Status, "reasons", codes)
}

func (h *Handler) finished(e event.Finished) {
	c := e.Counts
	var statuses []any
	for _, status := range slices.Sorted(maps.Keys(c.ByStatus)) {
		statuses = append(statuses, slog.Int(string(status), c.ByStatus[status]))
	}
	h.log.Info("finished", slog.Group("rows", "done", c.Done, "failed", c.Failed, "missed", c.Missed, "remaining", c.Remaining),
		slog.Group("by_status", statuses...), "requests", c.Requests, "seconds", c.Elapsed.Seconds(), "results", e.Results)
	if e.Repeats.Rows > 0 {
		h.log.Warn("repeated_ids", "rows", e.Repeats.Rows, "first", e.Repeats.First, "second", e.Repeats.Second)
	}
}
