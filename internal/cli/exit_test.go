package cli

import (
	"errors"
	"strings"
	"testing"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/internal/check"
	"razebulk/internal/cli/internal/serve"
	"razebulk/internal/cli/internal/signals"
	"razebulk/internal/export"
	"razebulk/internal/files"
	"razebulk/internal/reason"
	"razebulk/internal/update"
	"razebulk/internal/words"
)

// endingExamples has an error for each line of the table, in its order, with the exit code and what its text says.
func endingExamples() []endingExample {
	spent := &pace.OutOfTime{Why: pace.ForQuota}
	forbidden := reason.New("key_rejected", "status", "INSUFFICIENT_PERMISSIONS", "http", 403)
	wrong := reason.New("key_rejected", "status", "UNAUTHORIZED", "http", 401)
	full := errors.New("disk full")
	reading := func(err error) error { return &update.ReadingError{Cause: err} }
	stopped := func(err error) error { return &update.StoppedError{Cause: err} }
	exporting := func(err error) error { return &export.StoppedError{Cause: err} }
	return []endingExample{
		{stopped(signals.ErrInterrupted), 130, "interrupted\n3 of 9 rows are done; resume with: razebulk update --resume d.csv"},
		{&update.FinishError{Cause: signals.ErrInterrupted}, 130, "all rows are done"},
		{&update.UnsentError{Cause: signals.ErrInterrupted}, 130, "interrupted; nothing was sent"},
		{signals.ErrInterrupted, 130, "interrupted; nothing was sent"},
		{&files.HeldError{Path: "d.csv", Process: "process 7"}, 5, "d.csv: another run (process process 7) is using this file; wait until it is done"},
		{reason.New("state_in_use", "path", "s"), 5, "state file s: another run has it open"},
		{reading(spent), 4, "nothing was sent"},
		{stopped(spent), 4, "the quota is spent"},
		{exporting(spent), 4, "nothing was written; run again"},
		{stopped(update.ErrFirst), 4, "stopped after the first rows"},
		{&check.Error{Host: "crm.example", Kind: check.ErrDown, Cause: full}, 4, "crm.example: disk full; the key came from"},
		{spent, 4, "the time is up"},
		{reading(forbidden), 2, "--compare reads the opportunities first"},
		{exporting(forbidden), 2, "nothing was written"},
		{reading(pace.ErrReserve), 2, "nothing was sent"},
		{stopped(pace.ErrReserve), 2, "resume with a smaller one"},
		{exporting(pace.ErrReserve), 2, "nothing was written"},
		{reading(wrong), 3, "the key came from the test; nothing was sent"},
		{stopped(wrong), 3, "the key came from the test"},
		{exporting(wrong), 3, "the key came from the test; nothing was written"},
		{reading(full), 3, "disk full; nothing was sent"},
		{stopped(full), 3, "disk full\n2 of 4 rows failed"},
		{exporting(full), 3, "disk full; nothing was written"},
		{errors.Join(update.ErrFailedRows, &update.FinishError{InPlace: true, Cause: full}), 3, "2 of 4 rows failed: see d.results.csv and d.failed.csv\ndisk full"},
		{&update.FinishError{Cause: full}, 3, "all results are in d.partial"},
		{&update.FinishError{InPlace: true, Failed: true, Cause: full}, 3, "write them without sending anything again"},
		{&update.FinishError{InPlace: true, Cause: full}, 3, "disk full"},
		{&check.Error{Host: "crm.example", Kind: check.ErrRefused, Cause: full}, 3, "crm.example: disk full; the key came from"},
		{serve.ErrServing, 3, "serving"},
		{errDiffers, 6, "3 rows differ from the CRM: see d.plan.csv"},
		{update.ErrFailedRows, 1, "2 of 4 rows failed"},
		{errInvalidRows, 1, "1 invalid row: see d.plan.csv"},
		{export.ErrIncomplete, 1, "4 opportunities could not be read"},
		{&update.UnsentError{Cause: full}, 2, "disk full; nothing was sent"},
		{update.ErrWithheld, 2, "nothing was sent because of --strict"},
		{errWouldWithhold, 2, "1 invalid row: see d.plan.csv"},
		{&update.UnfinishedError{Done: 3, Rows: 9}, 2, "3 of 9 rows"},
		{&update.JournalError{Cause: full}, 2, "disk full\nfix it, or start again with --restart"},
		{reason.New("too_many_changes", "changes", 5, "rows", 6), 2, ": see d.plan.csv"},
		{&export.IDsError{Name: "ids.csv", Cause: full}, 2, "--ids-from ids.csv: disk full"},
		{&notConfirmedError{reason.New("not_confirmed")}, 2, "not confirmed; nothing was sent"},
	}
}

type endingExample struct {
	err  error
	code int
	text string // a part of it
}

func TestEachLineOfTheTableOfEndingsIsReached(t *testing.T) {
	examples := endingExamples()
	if len(examples) != len(endings) {
		t.Fatalf("%d examples for %d lines", len(examples), len(endings))
	}
	c := &command{cmd: newUpdate(), file: "d.csv", keyFrom: "the test", plan: "d.plan.csv", missing: 4}
	c.survey = batch.Survey{Rows: 4, Invalid: 1}
	c.sent = update.Summary{Rows: 9, Counts: batch.Counts{Done: 4, Remaining: 1, Failed: 2}, Journal: "d.partial", Paths: update.Paths{Results: "d.results.csv", Failed: "d.failed.csv"}}
	for i, example := range examples {
		if first := firstLine(example.err); first != i {
			t.Errorf("%v: line %d instead of %d", example.err, first, i)
		}
		resumable := example.code == exitOutOfTime || example.code == exitInterrupted || errors.Is(example.err, pace.ErrReserve)
		c.sent.Resumable = resumable
		err := c.explain(words.For(nil), example.err)
		if code := codeOf(err); code != example.code || !errors.Is(err, example.err) {
			t.Errorf("%v: exit code %d instead of %d", err, code, example.code)
		}
		if !strings.Contains(err.Error(), example.text) {
			t.Errorf("line %d: %q lacks %q", i, err, example.text)
		}
	}
}

// firstLine returns the number of the line that an error matches first.
func firstLine(err error) int {
	for i, line := range endings {
		if line.fits(err) {
			return i
		}
	}
	return -1
}

func TestAnyOtherErrorIsAUsageError(t *testing.T) {
	if code := codeOf(errors.New("unknown flag")); code != exitUsage {
		t.Errorf("exit code %d", code)
	}
	if code := codeOf(nil); code != exitOK {
		t.Errorf("exit code %d without an error", code)
	}
}
