package cli

import (
	"errors"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/internal/check"
	"razebulk/internal/cli/internal/message"
	"razebulk/internal/cli/internal/signals"
	"razebulk/internal/export"
	"razebulk/internal/files"
	"razebulk/internal/reason"
	"razebulk/internal/update"
	"razebulk/internal/words"
)

// ended is a command that an error has ended. Its methods return the texts of the table of endings: what happened, what
// was done, and what to do next.
type ended struct {
	*command
	w   *words.Words
	err error
}

// explain returns the error that ended the command with the text of the table of endings; nil for nil.
func (c *command) explain(w *words.Words, err error) error {
	if err == nil {
		return nil
	}
	if advice := endingOf(err).advice; advice != nil {
		return message.Explained{Err: err, Text: advice(&ended{c, w, err})}
	}
	return message.Explained{Err: err, Text: message.Of(w, err)}
}

// ready returns an error's text, for use in another text.
func ready(w *words.Words, err error) words.Ready { return words.Ready(message.Of(w, err)) }

// cause returns the text of an error in the one that ended the command.
func cause[T error](e *ended) words.Ready {
	var found T
	errors.As(e.err, &found)
	return ready(e.w, errors.Unwrap(found))
}

// interrupted is for an interrupt before anything was sent, or perhaps before anything was read.
func (e *ended) interrupted() string {
	switch e.cmd.Name() {
	case "export":
		return e.exportEnded(ready(e.w, signals.ErrInterrupted), "", false) // and not where
	case "check":
		return message.Of(e.w, e.err)
	}
	return e.w.Say("interrupted_unsent")
}

func (e *ended) sentNothing() string {
	return e.w.Say("nothing_sent", "why", ready(e.w, e.err))
}

func (e *ended) unfinished() string {
	var earlier *update.UnfinishedError
	errors.As(e.err, &earlier)
	return e.w.Say("unfinished_run", "done", earlier.Done, "rows", earlier.Rows)
}

func (e *ended) journalDamaged() string {
	return e.w.Say("journal_damaged", "why", cause[*update.JournalError](e))
}

func (e *ended) readingOutOfTime() string {
	why, from := e.outOfTime()
	return e.w.Say("stopped_reading", "why", why, "from", from)
}

func (e *ended) keyRefusedReading() string {
	reads := map[bool]string{false: "--compare", true: "--match"}[e.cmd.Flags().Changed("match")]
	return e.w.Say("nothing_sent", "why", e.keyRejected("may_not_read", "reads", reads))
}

// outOfTime returns why a run ends before its rows are done, and when the rest can be sent.
func (e *ended) outOfTime() (why, from words.Ready) {
	said := func(code string, params ...any) words.Ready { return words.Ready(e.w.Say(code, params...)) }
	var late *pace.OutOfTime
	errors.As(e.err, &late)
	switch late.Why {
	case pace.ForOutage:
		return said("stopped_outage", "last", late.Failure), said("once_back")
	case pace.ForQuota:
		return said("stopped_quota"), said("once_time", "next", late.Next)
	case pace.ForService:
		return said("stopped_service"), said("once_time", "next", late.Next)
	}
	return said("stopped_duration"), ""
}

// keyRejected returns the text for a refused key: what it may not do, or where a wrong key came from.
func (e *ended) keyRejected(permission string, params ...any) words.Ready {
	why, advice := ready(e.w, e.err), e.w.Say(permission, params...)
	var refusal reason.Reason
	if errors.As(e.err, &refusal) {
		why = words.Ready(message.OfReason(e.w, refusal))
		if !batch.LacksPermission(e.err) {
			advice = e.w.Say("key_came_from", "from", e.keyFrom)
		}
	}
	return why + "; " + words.Ready(advice)
}

func (e *ended) strictSentNothing() string {
	return e.w.Say("strict_sent_nothing", "rows", e.sent.Counts.ByStatus[batch.ValidationError], "file", e.sent.Paths.Results)
}

func (e *ended) keyRefusedSending() string {
	if e.sent.Resumable { // a result could not be recorded, either
		return e.stopped()
	}
	return string(e.keyRejected("may_not_update")) + "\n" + e.failedRows()
}

// stopped is for an update that has ended before its rows were done.
func (e *ended) stopped() string {
	why, from := cause[*update.StoppedError](e), words.Ready("")
	if !e.sent.Resumable {
		return string(why) + "\n" + e.failedRows()
	}
	if as[*pace.OutOfTime](e.err) {
		why, from = e.outOfTime()
	}
	say := func(code string, more ...any) string {
		return e.w.Say(code, append(more, "why", why, "done", e.sent.Counts.Done-e.sent.Counts.Remaining, "rows", e.sent.Rows)...)
	}
	switch {
	case e.sent.NotRecorded:
		return say("not_recorded", "file", e.sent.Journal, "command", e.resume())
	case errors.Is(e.err, pace.ErrReserve):
		return say("reserve_stops", "command", e.resume("quota-reserve"))
	case errors.Is(e.err, update.ErrFirst):
		return say("first_done", "command", e.resume())
	case errors.Is(e.err, files.ErrChanged):
		return say("file_changed", "file", e.sent.Journal)
	default:
		return say("resume_with", "from", from, "command", e.resume())
	}
}

// interruptedInTheEnd is for a run that was interrupted when all rows were done, but not all files were in place.
func (e *ended) interruptedInTheEnd() string {
	if resultsMissing(e.err) {
		return e.w.Say("interrupted_in_the_end", "file", e.sent.Journal, "command", e.resume())
	}
	return e.w.Say("interrupted_in_place", "file", e.sent.Paths.Results, "command", e.resume())
}

func (e *ended) resultsNotInPlace() string {
	return e.w.Say("results_not_in_place", "why", cause[*update.FinishError](e), "file", e.sent.Journal, "command", e.resume())
}

func (e *ended) failedNotWritten() string {
	return e.w.Say("failed_not_written", "file", e.sent.Paths.Results, "why", cause[*update.FinishError](e), "command", e.resume(),
		"locked", errors.Is(e.err, reason.New("sheet_folder_not_writable")))
}

func (e *ended) failedRowsAndFiles() string {
	return e.failedRows() + "\n" + string(cause[*update.FinishError](e))
}

// failedRows returns the line that cron mails. Rows that were not attempted are not failures, although the file of
// failed rows contains them.
func (e *ended) failedRows() string {
	n, paths := e.sent.Counts, e.sent.Paths
	again := e.again(paths.Failed)
	if n.Missed > 0 {
		return e.w.Say("rows_unsent", "sent", n.Sent, "sent_failed", n.SentFailed, "before", max(0, n.Failed-n.SentFailed-n.Missed), "missed", n.Missed,
			"results", paths.Results, "file", paths.Failed, "command", again)
	}
	return e.w.Say("rows_failed", "failed", n.Failed, "rows", n.Done, "results", paths.Results, "file", paths.Failed, "command", again)
}

func (e *ended) tooManyChanges() string {
	if e.plan == "" {
		return message.Of(e.w, e.err)
	}
	return e.w.Say("see_plan", "why", ready(e.w, e.err), "file", e.plan)
}

func (e *ended) invalidRows() string {
	return e.w.Say("invalid_rows", "rows", e.survey.Invalid, "file", e.plan)
}

func (e *ended) rowsDiffer() string {
	return e.w.Say("rows_differ", "rows", differing(e.survey), "file", e.plan)
}

func (e *ended) notConfirmed() string {
	return e.w.Say("not_done", "why", cause[*notConfirmedError](e), "written", e.cmd.Name() == "export")
}

// exportEnded is for an export that ended before it was complete. again reports that it may be run again, from that
// time on.
func (e *ended) exportEnded(why, from words.Ready, again bool) string {
	return e.w.Say("export_ended", "why", why, "rows", e.written, "again", again, "from", from)
}

func (e *ended) exportOutOfTime() string {
	why, from := e.outOfTime()
	return e.exportEnded(why, from, true)
}

func (e *ended) keyRefusedExporting() string {
	return e.exportEnded(e.keyRejected("may_not_export"), "", false)
}

func (e *ended) exportStopped() string {
	return e.exportEnded(cause[*export.StoppedError](e), "", false)
}

func (e *ended) idsNotRead() string {
	var ids *export.IDsError
	errors.As(e.err, &ids)
	return "--ids-from " + ids.Name + ": " + message.Of(e.w, ids.Cause)
}

func (e *ended) exportIncomplete() string { return e.w.Say("export_incomplete", "missing", e.missing) }

func (e *ended) notChecked() string {
	var failed *check.Error
	errors.As(e.err, &failed)
	return e.w.Say("check_failed", "host", failed.Host, "why", ready(e.w, failed.Cause), "from", e.keyFrom)
}
