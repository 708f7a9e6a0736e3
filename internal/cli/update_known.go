package cli

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"razebulk/batch/pace"

	"razebulk/batch"
	"razebulk/internal/ledger"
	"razebulk/internal/words"
	"razebulk/report"
)

// less is what makes a run send less than the sheet says, and lets it be taken back. Its zero value is nothing of that.
type less struct {
	known *batch.Known // nil sends the rows as they stand
	undo  *report.Undo // nil without --compare
}

// learn finds out what need not be sent, and counts anew what does.
func (u *updating) learn() error {
	if u.flags.state == "" && !u.flags.compare {
		return nil
	}
	u.known = &batch.Known{Force: u.flags.force}
	if u.earlier != nil {
		u.known.Tried = u.earlier.Tried
	}
	if err := u.openLedger(); err != nil {
		return err
	}
	if u.flags.compare {
		if err := u.readCurrent(); err != nil {
			return err
		}
	}
	sheet, err := u.openSheet()
	if err != nil {
		return err
	}
	defer sheet.Close()
	u.survey, err = u.survey.Against(u.rows(sheet), u.known)
	return err
}

// openLedger opens the file of --state. A dry run makes none where there is none.
func (u *updating) openLedger() error {
	if u.flags.state == "" {
		return nil
	}
	if _, err := os.Stat(u.flags.state); u.flags.dryRun && errors.Is(err, os.ErrNotExist) {
		return nil
	}
	opened, err := ledger.Open(u.flags.state, ledger.Binding{BaseURL: u.address(), Key: u.access.key})
	if errors.Is(err, ledger.ErrInUse) {
		return withCode(exitHeld, err)
	}
	if err != nil {
		return fmt.Errorf("--state: %w", err)
	}
	u.known.Ledger = opened
	return nil
}

// readCurrent reads what the opportunities hold, behind a progress of its own.
func (u *updating) readCurrent() error {
	sheet, err := u.openSheet()
	if err != nil {
		return err
	}
	defer sheet.Close()
	tally := report.NewTally()
	reader := u.flags.reader(u.access.client, u.pacer, u.console, tally)
	stop := func() {}
	reading, err := reader.ReadCurrent(u.next, u.inFlight, u.rows(sheet), u.known, func(requests int) {
		stop()
		stop = u.console.showProgress(progressOf{Tally: tally, Pacer: u.pacer, What: "requests", Rows: requests, Requests: requests})
	})
	stop()
	if err != nil {
		return u.readingFailed(err)
	}
	u.console.say("compared with the CRM: %s", howRead(reading))
	return nil
}

func howRead(r batch.Reading) string {
	switch {
	case r.Requests() == 0:
		return "nothing had to be read"
	case r.Pages == 0:
		return "read " + words.Plural(r.Gets, "opportunity") + " one by one"
	}
	text := fmt.Sprintf("read %s of the list", words.Plural(r.Pages, "page"))
	if r.Gets > 0 {
		text += " and " + words.Plural(r.Gets, "opportunity") + " one by one"
	}
	return fmt.Sprintf("%s (%s)", text, words.Plural(r.Requests(), "request"))
}

// readingFailed gives an end while nothing has been sent its exit code and words.
func (u *updating) readingFailed(err error) error {
	err = inWordsOf(err)
	var outOfTime *pace.OutOfTime
	switch {
	case errors.Is(err, errInterrupted):
		return err
	case errors.Is(err, batch.ErrKeyRejected):
		return fmt.Errorf("%w; --compare reads the opportunities first: give the key the permission opportunities:read, or leave --compare out; nothing was sent", err)
	case errors.As(err, &outOfTime):
		reason, from := explainTime(outOfTime)
		return withCode(exitOutOfTime, fmt.Errorf("%s, while the opportunities were read; nothing was sent; run again%s", reason, from))
	}
	return withCode(exitStopped, fmt.Errorf("%w; nothing was sent", err))
}

// openUndo begins the file that takes this run back, or goes on with the one of the run that this one goes on with.
func (u *updating) openUndo() error {
	_, missing := os.Stat(u.paths.undo)
	goesOn := u.earlier != nil && missing == nil
	if !u.flags.compare || u.survey.Requests == 0 && !goesOn { // another run's file stays where it is
		return nil
	}
	names, fields := u.reading.UndoHeader()
	var err error
	if goesOn {
		u.undo, err = report.ContinueUndo(u.paths.undo, u.dialect(), names, fields)
		return err
	}
	if err := u.setAside(u.paths.undo); err != nil {
		return err
	}
	u.undo, err = report.CreateUndo(u.paths.undo, u.dialect(), names, fields)
	return err
}

// backup takes down what a row is about to change, so that it can be put back.
func (u *updating) backup(id string, changes []batch.Change) error {
	if err := u.undo.Record(id, changes); err != nil {
		return fmt.Errorf("what %q holds can't be kept for undoing: %w", id, err)
	}
	return nil
}

// closeKnown ends what learn and openUndo have begun.
func (u *updating) closeKnown() error {
	var failed error
	if u.undo != nil {
		if err := u.undo.Close(); err != nil {
			failed = fmt.Errorf("%s: %w", u.paths.undo, err)
		} else if _, err := os.Stat(u.paths.undo); err == nil {
			u.console.say("to take this run back: %s", u.undoCommand())
		}
		u.undo = nil
	}
	if u.known != nil && u.known.Ledger != nil {
		failed = errors.Join(failed, u.known.Ledger.Close())
		u.known.Ledger = nil
	}
	return failed
}

func (u *updating) undoCommand() string {
	words := []string{"razebulk", "update", "--compare"}
	for _, flag := range u.flags.given {
		if slices.Contains([]string{"stage", "state", "base-url", "api-key-file", "sandbox"}, flag.name) {
			words = append(words, flag.words...)
		}
	}
	return commandLine(append(words, u.paths.undo))
}

// address is where the API is, for what outlives the run: that of the sandbox differs each time.
func (u *updating) address() string {
	if u.flags.sandbox {
		return "sandbox"
	}
	return u.flags.baseURL
}
