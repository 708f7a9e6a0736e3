package cli

import (
	"errors"
	"fmt"
	"io/fs"
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

// worded is the text of a reason, and of the error behind it.
func worded(w *words.Words, r reason.Reason) string {
	text := w.Text(r.Code, r.Params)
	if r.Cause != nil {
		text += ": " + message(w, r.Cause)
	}
	return text
}

// message is an error as users see it: each reason in it is replaced by its words.
func message(w *words.Words, err error) string {
	switch e := err.(type) { //nolint:errorlint // what it wraps is worded below
	case explained:
		return e.text
	case reason.Reason:
		return worded(w, e)
	case interface{ Reason() reason.Reason }:
		return worded(w, e.Reason())
	case *files.HeldError:
		return held(e)
	case *fs.PathError:
		if e.Op == "open" || e.Op == "stat" {
			return e.Path + ": " + e.Err.Error()
		}
	}
	text := err.Error()
	for _, part := range wrapped(err) {
		text = strings.Replace(text, part.Error(), message(w, part), 1)
	}
	return text
}

// wrapped are the errors that stand in the text of another one.
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

func held(e *files.HeldError) string {
	who := "another run"
	if e.Process != "" {
		who += " (process " + e.Process + ")"
	}
	return fmt.Sprintf("%s: %s works on this file; wait until it is done", e.Path, who)
}

// outOfTime says why a run ends before its rows are done, and from when on the rest can be sent.
func outOfTime(w *words.Words, e *pace.OutOfTime) (why, from string) {
	switch e.Why {
	case pace.ForOutage:
		return "stopped: the service keeps failing, the last time: " + e.Failure.Worded(w.Text), " when it is back"
	case pace.ForQuota:
		return "stopped: the quota is spent, and the next window begins after --max-duration", " after " + words.Clock(e.Next)
	case pace.ForService:
		return "stopped: the service asks to wait for longer than --max-duration", " after " + words.Clock(e.Next)
	}
	return "stopped: --max-duration is over", ""
}

// beforeSending is what ended an update of which nothing was sent.
func (c *command) beforeSending(w *words.Words, err error) error {
	var late *pace.OutOfTime
	var unfinished *update.UnfinishedError
	var damaged *update.JournalError
	var reading *update.ReadingError
	reads := map[bool]string{false: "--compare", true: "--match"}[c.cmd.Flags().Changed("match")]
	switch {
	case errors.Is(err, signals.ErrInterrupted):
		return explained{err, "interrupted; nothing was sent"}
	case errors.As(err, &unfinished):
		return explained{err, fmt.Sprintf("an earlier run of this file has finished %s of %s\nresume it: --resume\nstart again: --restart",
			words.Thousands(unfinished.Done), words.Plural(unfinished.Rows, "row"))}
	case errors.As(err, &damaged):
		return explained{err, message(w, damaged.Cause) + "\nfix it, or start again with --restart"}
	case errors.As(err, &reading) && errors.As(err, &late):
		why, from := outOfTime(w, late)
		return explained{err, fmt.Sprintf("%s, while the opportunities were read; nothing was sent; run again%s", why, from)}
	case errors.As(err, &reading) && errors.Is(err, batch.ErrKeyRejected):
		return explained{err, c.keyRejected(w, err, reads+" reads the opportunities first: "+
			"give the key the permission opportunities:read, or leave "+reads+" out") + "; nothing was sent"}
	case errors.As(err, &reading):
		return explained{err, message(w, reading.Cause) + "; nothing was sent"}
	}
	return explained{err, message(w, err)}
}

// explained is an error with its words for the user.
type explained struct {
	error
	text string
}

func (e explained) Error() string { return e.text }
func (e explained) Unwrap() error { return e.error }

// afterSending is what ended an update, what was done, and what to do next.
func (c *command) afterSending(w *words.Words, s update.Summary, err error) error {
	var finish *update.FinishError
	var stopped *update.StoppedError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, update.ErrWithheld):
		return explained{err, fmt.Sprintf("%s with errors; nothing was sent, as --strict asks: see %s",
			words.Plural(s.Counts.ByStatus[batch.ValidationError], "row"), s.Paths.Results)}
	case s.Withheld:
		return explained{err, message(w, err) + "; nothing was sent"}
	case errors.As(err, &stopped) && s.Resumable:
		return explained{err, c.stoppedMidway(w, s, stopped.Cause)}
	case errors.As(err, &stopped) && errors.Is(err, batch.ErrKeyRejected):
		return explained{err, c.keyRejected(w, err, "an update needs a key with the permission opportunities:write") + "\n" + c.failedRows(s)}
	case errors.As(err, &stopped):
		return explained{err, message(w, stopped.Cause) + "\n" + c.failedRows(s)}
	case errors.As(err, &finish) && errors.Is(err, signals.ErrInterrupted):
		return explained{err, c.interruptedInTheEnd(s, finish.InPlace)}
	case errors.As(err, &finish) && !finish.InPlace:
		return explained{err, fmt.Sprintf("%s\nall results are in %s; when this is corrected, put them in place without sending anything again: %s",
			message(w, finish.Cause), s.Journal, c.resume())}
	case errors.As(err, &finish) && finish.InPlace && finish.Failed:
		return explained{err, fmt.Sprintf("the results are in %s, but the failed rows could not be written: %s\nwrite them without sending anything again: %s",
			s.Paths.Results, message(w, finish.Cause), c.resume())}
	case errors.Is(err, update.ErrFailedRows) && errors.As(err, &finish):
		return explained{err, c.failedRows(s) + "\n" + message(w, finish.Cause)}
	case errors.Is(err, update.ErrFailedRows):
		return explained{err, c.failedRows(s)}
	}
	return explained{err, message(w, err)}
}

// interruptedInTheEnd is for a run whose rows are all done, and not all files are in place.
func (c *command) interruptedInTheEnd(s update.Summary, inPlace bool) string {
	if inPlace {
		return fmt.Sprintf("interrupted\nthe results are in %s; write the failed rows without sending anything again: %s", s.Paths.Results, c.resume())
	}
	return fmt.Sprintf("interrupted\nall rows are done, and all results are in %s; put them in place without sending anything again: %s",
		s.Journal, c.resume())
}

// failedRows is the line that cron mails. Rows that were not attempted are no failures, though they are in the file of
// those.
func (c *command) failedRows(s update.Summary) string {
	text := fmt.Sprintf("%s of %s failed: see %s and %s", words.Thousands(s.Counts.Failed), words.Plural(s.Counts.Done, "row"),
		s.Paths.Results, s.Paths.Failed)
	if s.Counts.Missed > 0 {
		text = fmt.Sprintf("%s: see %s and %s, which has them all", failuresOfSent(s.Counts), s.Paths.Results, s.Paths.Failed)
	}
	if again := c.again(s.Paths.Failed); again != "" {
		text += "\nwhen they are corrected: " + again
	}
	return text
}

func failuresOfSent(c batch.Counts) string {
	text := "no row was sent"
	switch {
	case c.Sent == 1:
		text = fmt.Sprintf("%d of 1 row that was sent failed", c.SentFailed)
	case c.Sent > 1:
		text = fmt.Sprintf("%s of %s that were sent failed", words.Thousands(c.SentFailed), words.Plural(c.Sent, "row"))
	}
	if before := c.Failed - c.SentFailed - c.Missed; before > 0 {
		text += "; " + words.Thousands(before) + " failed before they were sent"
	}
	if c.Missed == 1 {
		return text + "; 1 was not attempted"
	}
	return text + "; " + words.Thousands(c.Missed) + " were not attempted"
}

// stoppedMidway says why a run that can be resumed has ended, and how to resume it.
func (c *command) stoppedMidway(w *words.Words, s update.Summary, cause error) string {
	why, from := message(w, cause), ""
	var late *pace.OutOfTime
	if errors.As(cause, &late) {
		why, from = outOfTime(w, late)
	}
	switch done := words.Thousands(s.Counts.Done - s.Counts.Remaining); {
	case s.NotRecorded:
		return fmt.Sprintf("%s\nwhat was recorded is in %s; resume with: %s", why, s.Journal, c.resume())
	case errors.Is(cause, pace.ErrReserve):
		return fmt.Sprintf("%s\n%s of %s are done; resume with a smaller one, or without: %s", why, done, words.Plural(s.Rows, "row"),
			c.resume("quota-reserve"))
	case errors.Is(cause, update.ErrFirst):
		return fmt.Sprintf("stopped behind the first rows, as --first asks; %s of %s are done; send the rest with: %s", done, words.Plural(s.Rows, "row"), c.resume())
	case errors.Is(cause, files.ErrChanged):
		return fmt.Sprintf("%s; nothing more is sent of it: run again when it is complete\n%s of %s are done: see %s", why, done,
			words.Plural(s.Rows, "row"), s.Journal)
	default:
		return fmt.Sprintf("%s\n%s of %s are done; resume%s with: %s", why, done, words.Plural(s.Rows, "row"), from, c.resume())
	}
}

// keyRejected is the refusal of a key in words: what it may not do, or where the wrong one came from.
func (c *command) keyRejected(w *words.Words, err error, permission string) string {
	var refusal reason.Reason
	if !errors.As(err, &refusal) {
		return message(w, err) + "; " + permission
	}
	if status, _ := refusal.Params["status"].(string); strings.Contains(status, "PERMISSION") {
		return worded(w, refusal) + "; " + permission
	}
	return worded(w, refusal) + "; the key came from " + c.keyFrom
}

// endOfExport is what ended an export before it was whole, and what was written: rows on a writer that are not all.
func (c *command) endOfExport(w *words.Words, rows int, err error) error {
	written := "nothing was written"
	if rows > 0 {
		written = fmt.Sprintf("the %s that were written are not all", words.Plural(rows, "row"))
	}
	var late *pace.OutOfTime
	var stopped *export.StoppedError
	var ids *export.IDsError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, signals.ErrInterrupted):
		return explained{err, "interrupted; " + written}
	case errors.As(err, &ids):
		return explained{err, "--ids-from " + ids.Name + ": " + message(w, ids.Cause)}
	case errors.Is(err, batch.ErrKeyRejected):
		return explained{err, c.keyRejected(w, err, "an export needs a key with the permission opportunities:read") + "; " + written}
	case errors.As(err, &late):
		why, from := outOfTime(w, late)
		return explained{err, fmt.Sprintf("%s; %s; run again%s", why, written, from)}
	case errors.As(err, &stopped):
		return explained{err, message(w, stopped.Cause) + "; " + written}
	}
	return explained{err, message(w, err)}
}
