package cli

import (
	"errors"
	"io/fs"
	"os"
	"strings"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/internal/cli/internal/signals"
	"razebulk/internal/export"
	"razebulk/internal/files"
	"razebulk/internal/reason"
	"razebulk/internal/update"
	"razebulk/internal/words"
)

// worded returns the text of a reason and of its cause.
func worded(w *words.Words, r reason.Reason) string {
	text := w.Text(r.Code, r.Params)
	if r.Cause != nil {
		text += ": " + message(w, r.Cause)
	}
	return text
}

// message returns an error as users see it: each reason in it is replaced by its text.
func message(w *words.Words, err error) string {
	switch e := err.(type) { //nolint:errorlint // wrapped errors are handled below
	case explained:
		return e.text
	case reason.Reason:
		return worded(w, e)
	case interface{ Reason() reason.Reason }:
		return worded(w, e.Reason())
	case *update.ReadingError:
		return message(w, e.Cause)
	case *files.HeldError:
		return w.Say("file_in_use", "file", e.Path, "process", words.Ready(e.Process))
	case *fs.PathError:
		if e.Op == "open" || e.Op == "stat" {
			return e.Path + ": " + w.Term(e.Err.Error())
		}
		return w.Term(e.Op) + " " + e.Path + ": " + w.Term(e.Err.Error())
	case *os.LinkError:
		return w.Term(e.Op) + " " + e.Old + " " + e.New + ": " + w.Term(e.Err.Error())
	}
	parts, text := wrapped(err), err.Error()
	if len(parts) == 0 {
		return w.Term(text)
	}
	for _, part := range parts {
		text = strings.Replace(text, part.Error(), message(w, part), 1)
	}
	return text
}

// wrapped returns the errors that another one wraps.
func wrapped(err error) []error {
	switch e := err.(type) { //nolint:errorlint // it asks for what is wrapped
	case interface{ Unwrap() []error }:
		return e.Unwrap()
	case interface{ Unwrap() error }:
		if inner := e.Unwrap(); inner != nil {
			return []error{inner}
		}
	}
	return nil
}

// outOfTime returns why a run ends before its rows are done, and when the rest can be sent.
func outOfTime(w *words.Words, e *pace.OutOfTime) (why, from words.Ready) {
	said := func(code string, params ...any) words.Ready { return words.Ready(w.Say(code, params...)) }
	switch e.Why {
	case pace.ForOutage:
		return said("stopped_outage", "last", e.Failure), said("once_back")
	case pace.ForQuota:
		return said("stopped_quota"), said("once_time", "next", e.Next)
	case pace.ForService:
		return said("stopped_service"), said("once_time", "next", e.Next)
	}
	return said("stopped_duration"), ""
}

// ready returns an error's text, for use in another text.
func ready(w *words.Words, err error) words.Ready { return words.Ready(message(w, err)) }

// explain returns err with the text of a code as its message.
func explain(w *words.Words, err error, code string, params ...any) error {
	return explained{err, w.Say(code, params...)}
}

// beforeSending explains the error that ended an update before anything was sent.
func (c *command) beforeSending(w *words.Words, err error) error {
	var late *pace.OutOfTime
	var unfinished *update.UnfinishedError
	var damaged *update.JournalError
	var reading *update.ReadingError
	reads := map[bool]string{false: "--compare", true: "--match"}[c.cmd.Flags().Changed("match")]
	switch {
	case errors.Is(err, signals.ErrInterrupted):
		return explain(w, err, "interrupted_unsent")
	case errors.As(err, &unfinished):
		return explain(w, err, "unfinished_run", "done", unfinished.Done, "rows", unfinished.Rows)
	case errors.As(err, &damaged):
		return explain(w, err, "journal_damaged", "why", ready(w, damaged.Cause))
	case errors.As(err, &reading) && errors.As(err, &late):
		why, from := outOfTime(w, late)
		return explain(w, err, "stopped_reading", "why", why, "from", from)
	case errors.As(err, &reading) && errors.Is(err, batch.ErrKeyRejected):
		return explain(w, err, "nothing_sent", "why", words.Ready(c.keyRejected(w, err, w.Say("may_not_read", "reads", reads))))
	case errors.As(err, &reading):
		return explain(w, err, "nothing_sent", "why", ready(w, reading.Cause))
	}
	return explained{err, message(w, err)}
}

// explained is an error with its text for the user.
type explained struct {
	error
	text string
}

func (e explained) Error() string { return e.text }
func (e explained) Unwrap() error { return e.error }

// afterSending explains what ended an update, what was done, and what to do next.
func (c *command) afterSending(w *words.Words, s update.Summary, err error) error {
	var finish *update.FinishError
	var stopped *update.StoppedError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, update.ErrWithheld):
		return explain(w, err, "strict_sent_nothing", "rows", s.Counts.ByStatus[batch.ValidationError], "file", s.Paths.Results)
	case s.Withheld:
		return explain(w, err, "nothing_sent", "why", ready(w, err))
	case errors.As(err, &stopped) && s.Resumable:
		return explained{err, c.stoppedMidway(w, s, stopped.Cause)}
	case errors.As(err, &stopped) && errors.Is(err, batch.ErrKeyRejected):
		return explained{err, c.keyRejected(w, err, w.Say("may_not_update")) + "\n" + c.failedRows(w, s)}
	case errors.As(err, &stopped):
		return explained{err, message(w, stopped.Cause) + "\n" + c.failedRows(w, s)}
	case errors.As(err, &finish) && errors.Is(err, signals.ErrInterrupted):
		return explained{err, c.interruptedInTheEnd(w, s, finish.InPlace)}
	case errors.As(err, &finish) && !finish.InPlace:
		return explain(w, err, "results_not_in_place", "why", ready(w, finish.Cause), "file", s.Journal, "command", c.resume())
	case errors.As(err, &finish) && finish.InPlace && finish.Failed:
		return explain(w, err, "failed_not_written", "file", s.Paths.Results, "why", ready(w, finish.Cause), "command", c.resume(),
			"locked", is(reason.New("sheet_folder_not_writable"))(err))
	case errors.Is(err, update.ErrFailedRows) && errors.As(err, &finish):
		return explained{err, c.failedRows(w, s) + "\n" + message(w, finish.Cause)}
	case errors.Is(err, update.ErrFailedRows):
		return explained{err, c.failedRows(w, s)}
	}
	return explained{err, message(w, err)}
}

// interruptedInTheEnd returns the text for a run that was interrupted when all rows were done, but not all files were
// in place.
func (c *command) interruptedInTheEnd(w *words.Words, s update.Summary, inPlace bool) string {
	if inPlace {
		return w.Say("interrupted_in_place", "file", s.Paths.Results, "command", c.resume())
	}
	return w.Say("interrupted_in_the_end", "file", s.Journal, "command", c.resume())
}

// failedRows returns the line that cron mails. Rows that were not attempted are not failures, although the file of
// failed rows contains them.
func (c *command) failedRows(w *words.Words, s update.Summary) string {
	n, again := s.Counts, c.again(s.Paths.Failed)
	if n.Missed > 0 {
		return w.Say("rows_unsent", "sent", n.Sent, "sent_failed", n.SentFailed, "before", max(0, n.Failed-n.SentFailed-n.Missed), "missed", n.Missed,
			"results", s.Paths.Results, "file", s.Paths.Failed, "command", again)
	}
	return w.Say("rows_failed", "failed", n.Failed, "rows", n.Done, "results", s.Paths.Results, "file", s.Paths.Failed, "command", again)
}

// stoppedMidway returns why a run that can be resumed has ended, and how to resume it.
func (c *command) stoppedMidway(w *words.Words, s update.Summary, cause error) string {
	why, from := ready(w, cause), words.Ready("")
	var late *pace.OutOfTime
	if errors.As(cause, &late) {
		why, from = outOfTime(w, late)
	}
	say := func(code string, more ...any) string {
		return w.Say(code, append(more, "why", why, "done", s.Counts.Done-s.Counts.Remaining, "rows", s.Rows)...)
	}
	switch {
	case s.NotRecorded:
		return say("not_recorded", "file", s.Journal, "command", c.resume())
	case errors.Is(cause, pace.ErrReserve):
		return say("reserve_stops", "command", c.resume("quota-reserve"))
	case errors.Is(cause, update.ErrFirst):
		return say("first_done", "command", c.resume())
	case errors.Is(cause, files.ErrChanged):
		return say("file_changed", "file", s.Journal)
	default:
		return say("resume_with", "from", from, "command", c.resume())
	}
}

// keyRejected returns the text for a refused key: what it may not do, or where a wrong key came from.
func (c *command) keyRejected(w *words.Words, err error, permission string) string {
	var refusal reason.Reason
	if !errors.As(err, &refusal) {
		return message(w, err) + "; " + permission
	}
	if status, _ := refusal.Params["status"].(string); strings.Contains(status, "PERMISSION") {
		return worded(w, refusal) + "; " + permission
	}
	return worded(w, refusal) + "; " + w.Say("key_came_from", "from", c.keyFrom)
}

// endOfExport explains what ended an export before it was complete. rows is the number of rows already written to a
// stream.
func (c *command) endOfExport(w *words.Words, rows int, err error) error {
	ended := func(why, from words.Ready, again bool) error {
		return explain(w, err, "export_ended", "why", why, "rows", rows, "again", again, "from", from)
	}
	var late *pace.OutOfTime
	var stopped *export.StoppedError
	var ids *export.IDsError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, signals.ErrInterrupted): // perhaps before anything was read
		return ended(ready(w, signals.ErrInterrupted), "", false)
	case errors.As(err, &ids):
		return explained{err, "--ids-from " + ids.Name + ": " + message(w, ids.Cause)}
	case errors.Is(err, batch.ErrKeyRejected):
		return ended(words.Ready(c.keyRejected(w, err, w.Say("may_not_export"))), "", false)
	case errors.As(err, &late):
		why, from := outOfTime(w, late)
		return ended(why, from, true)
	case errors.As(err, &stopped):
		return ended(ready(w, stopped.Cause), "", false)
	}
	return explained{err, message(w, err)}
}
