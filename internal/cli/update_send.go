package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"razebulk/batch/pace"
	"razebulk/internal/files"
	"razebulk/internal/words"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/report"
)

// send does what was planned. Results are put in place when the run has reached its end, or can't be gone on with;
// otherwise the journal stays for a run that resumes it.
func (u *updating) send() error {
	if err := u.openUndo(); err != nil {
		return usageError(err)
	}
	journal, tally, err := u.openJournal()
	if err != nil {
		return usageError(err)
	}
	u.sending.Store(true)
	stopped := u.runBatch(journal, tally)
	u.sending.Store(false)
	if err := errors.Join(notRecorded(stopped), journal.Close()); err != nil {
		return withCode(exitStopped, fmt.Errorf("%w\nwhat was recorded is in %s; go on with: %s", err, journal.Path(), u.resumeCommand()))
	}
	if c := tally.Counts(); errors.Is(stopped, errInterrupted) && c.Done == u.allRows && c.Retryable == 0 {
		stopped = nil // it was to end before its time, and had come to its end already
	}
	if batch.Resumable(stopped) {
		u.summarize(tally, journal.Path())
		return u.halted(stopped, tally.Counts())
	}
	if err := u.finish(tally); err != nil {
		return withCode(exitStopped, err)
	}
	return u.verdict(stopped, tally.Counts())
}

// withhold is the end of a run that is to send all or nothing: every row gets its result, and nothing is sent.
func (u *updating) withhold() error {
	invalid := words.Plural(u.survey.Invalid, "row")
	if u.earlier != nil {
		return usageError(fmt.Errorf("%s with errors are left of an earlier run, and --strict is to send nothing then; go on without --strict", invalid))
	}
	sheet, err := u.openSheet()
	if err != nil {
		return usageError(err)
	}
	defer sheet.Close()
	journal, tally, err := u.openJournal()
	if err != nil {
		return usageError(err)
	}
	err = batch.Withhold(u.rows(sheet), func(r batch.Result) error {
		tally.Count(r)
		return journal.Record(r)
	})
	if err := errors.Join(err, journal.Close()); err != nil {
		return withCode(exitStopped, err)
	}
	earlier, err := report.Finish(u.paths.results, u.dialect())
	u.sayIsNow(u.paths.results, earlier)
	if err := errors.Join(err, u.setAside(u.paths.failed), report.EndRun(u.paths.results)); err != nil {
		return withCode(exitStopped, err)
	}
	u.summarize(tally, u.paths.results)
	return usageError(fmt.Errorf("%s with errors; nothing was sent, as --strict asks: see %s", invalid, u.paths.results))
}

func notRecorded(err error) error {
	if errors.Is(err, report.ErrNotRecorded) {
		return err
	}
	return nil
}

func (u *updating) setAside(path string) error {
	name, err := files.SetAside(path)
	u.sayIsNow(path, name)
	return err
}

func (u *updating) sayIsNow(path, name string) {
	if name != "" {
		u.console.say("an earlier %s is now %s", path, name)
	}
}

func (u *updating) runBatch(journal *report.Journal, tally *report.Tally) error {
	sheet, err := u.openSheet()
	if err != nil {
		return err
	}
	defer sheet.Close()
	stop := u.console.showProgress(progressOf{Tally: tally, Pacer: u.pacer, What: "rows", Rows: u.allRows, Requests: u.survey.Requests})
	defer stop()
	job := u.flags.job(u.access.client, u.pacer, u.console, func(r batch.Result) error {
		if err := journal.Record(r); err != nil {
			return err
		}
		tally.Count(r)
		return nil
	})
	job.Rows, job.Known, job.MaxFailures = u.rows(sheet), u.known, &u.flags.maxFailures
	if u.undo != nil {
		job.Undo = u.backup
	}
	return inWordsOf(batch.Run(u.next, u.inFlight, job))
}

func (u *updating) finish(tally *report.Tally) error {
	earlier, err := report.Finish(u.paths.results, u.dialect())
	u.sayIsNow(u.paths.results, earlier)
	if err != nil {
		return err
	}
	u.summarize(tally, u.paths.results)
	if err := u.finishFailed(tally.Counts().Failed); err != nil {
		return fmt.Errorf("the results are in %s, but the failed rows could not be written: %w\nwrite them without sending anything again: %s",
			u.paths.results, err, u.resumeCommand())
	}
	return report.EndRun(u.paths.results)
}

func (u *updating) finishFailed(failed int) error {
	if err := u.setAside(u.paths.failed); err != nil || failed == 0 {
		return err
	}
	if err := u.writeFailed(); err != nil {
		return fmt.Errorf("%s: %w", u.paths.failed, err)
	}
	u.console.say("failed rows: %s", u.paths.failed)
	return nil
}

func (u *updating) summarize(tally *report.Tally, results string) {
	if u.console.quiet {
		return
	}
	_ = writeSummary(u.console.err, tally)
	if r := u.survey.Repeats; r.Rows > 0 {
		u.console.warn("%s the id of an earlier row (rows %d and %d are the first such): rows of one id are sent in the file's order, the last one counts",
			havePlural(r.Rows), r.First, r.Second)
	}
	u.console.say("results: %s", results)
}

func havePlural(rows int) string {
	if rows == 1 {
		return "1 row has"
	}
	return words.Plural(rows, "row") + " have"
}

// writeFailed goes through the input and the results side by side.
func (u *updating) writeFailed() error {
	sheet, err := u.openSheet()
	if err != nil {
		return err
	}
	defer sheet.Close()
	results, err := os.Open(u.paths.results)
	if err != nil {
		return err
	}
	defer results.Close()
	file, err := files.Create(u.paths.failed)
	if err != nil {
		return err
	}
	if err := copyFailed(file, sheet, report.Outcomes(results, u.dialect())); err != nil {
		file.Discard()
		return err
	}
	return file.Commit()
}

func copyFailed(to io.Writer, sheet *csvmap.Sheet, outcomes iter.Seq2[report.Outcome, error]) error {
	buffered := bufio.NewWriter(to)
	rows, err := sheet.NewCopy(buffered, csvmap.StatusColumn, csvmap.MessageColumn)
	if err != nil {
		return err
	}
	nextRow, stop := iter.Pull2(sheet.Originals())
	defer stop()
	for outcome, err := range outcomes {
		if err != nil {
			return err
		}
		if !outcome.Status.NeedsAttention() {
			continue
		}
		row, err, ok := nextRow()
		for ; ok && err == nil && row.Number < outcome.Row; row, err, ok = nextRow() {
		}
		if err != nil {
			return err
		}
		if !ok {
			return fmt.Errorf("row %d is no longer in the input", outcome.Row)
		}
		if err := rows.Add(row, outcome.Cells()...); err != nil {
			return err
		}
	}
	return errors.Join(rows.Close(), buffered.Flush())
}

// verdict is the exit code of a run whose results are in place, and the line that cron mails.
func (u *updating) verdict(stopped error, c report.Counts) error {
	if c.Failed == 0 {
		return nil
	}
	failed := fmt.Errorf("%s of %s failed: see %s and %s",
		words.Thousands(c.Failed), words.Plural(c.Done, "row"), u.paths.results, u.paths.failed)
	if command := u.failedCommand(); command != "" {
		failed = fmt.Errorf("%w\nwhen they are mended: %s", failed, command)
	}
	if stopped != nil {
		return withCode(exitStopped, fmt.Errorf("%w\n%w", stopped, failed))
	}
	return withCode(exitFailedRows, failed)
}

// halted is the exit code of a run that can be gone on with, and says how.
func (u *updating) halted(stopped error, c report.Counts) error {
	code, reason, from := exitStopped, stopped.Error(), ""
	var outOfTime *pace.OutOfTime
	var fault *batch.PanicError
	switch {
	case errors.As(stopped, &fault):
		u.console.log().Error("panic", "stack", string(fault.Stack))
	case errors.Is(stopped, errInterrupted):
		code = exitInterrupted
	case errors.As(stopped, &outOfTime):
		code = exitOutOfTime
		reason, from = explainTime(outOfTime)
	}
	if errors.Is(stopped, files.ErrChanged) {
		return withCode(code, fmt.Errorf("%s\n%s of %s are done: see %s", reason, words.Thousands(c.Done-c.Retryable),
			words.Plural(u.allRows, "row"), report.JournalPath(u.paths.results)))
	}
	return withCode(code, fmt.Errorf("%s\n%s of %s are done; go on%s with: %s", reason, words.Thousands(c.Done-c.Retryable),
		words.Plural(u.allRows, "row"), from, u.resumeCommand()))
}

// explainTime says why a run ends before its rows are done, and from when on the rest can be sent.
func explainTime(e *pace.OutOfTime) (reason, from string) {
	switch e.Why {
	case pace.ForOutage:
		return "stopped: the service keeps failing, the last time so: " + inWords(e.Failure...), " when it is back"
	case pace.ForQuota:
		return "stopped: the quota is spent, and the next window begins after --max-duration", " after " + words.Clock(e.Next)
	case pace.ForService:
		return "stopped: the service asks to wait for longer than --max-duration", " after " + words.Clock(e.Next)
	}
	return "stopped: --max-duration is over", ""
}
