package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"

	"razebulk/batch/pace"
	"razebulk/internal/files"
	"razebulk/internal/words"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/report"
)

// updating is one call of update under way.
type updating struct {
	flags   *updateFlags
	file    string // as the user named it
	console console
	reading *csvmap.Reading // as the check has found it
	paths   paths
	input   *files.Input
	access  access
	pacer   *pace.Pacer
	survey  batch.Survey
	less
	allRows int                 // also those that an earlier run has settled
	earlier *report.PreviousRun // the run that this one goes on with, or nil
	sending atomic.Bool
	// next ends with the first interrupt, inFlight with the second
	next, inFlight context.Context
}

// runUpdate checks everything that can be checked, asks, and sends.
func runUpdate(flags *updateFlags, file string, console console) (err error) {
	u := &updating{flags: flags, file: file, console: console}
	u.pacer = flags.newPacer(console)
	next, inFlight, release := onInterrupt(func() {
		if u.sending.Load() {
			console.say("interrupted: waiting for the requests under way; interrupt again to end them too")
		}
	})
	defer release()
	u.next, u.inFlight = next, inFlight
	held, err := u.lock(file)
	if err != nil {
		return err
	}
	defer held.Release()
	if err := u.prepare(file); err != nil {
		return u.explain(usageError(err))
	}
	defer u.access.close()
	defer u.input.Close()
	defer func() { err = errors.Join(err, withCode(exitStopped, u.closeKnown())) }()
	if flags.dryRun {
		return u.explain(u.writePlan())
	}
	if u.isWithheld() {
		return u.explain(u.withhold())
	}
	if err := u.confirm(); err != nil {
		return u.explain(usageError(err))
	}
	return u.send()
}

// lock keeps other runs from the input and the results of this one. A dry run writes nothing that could be spoilt.
func (u *updating) lock(file string) (files.Locks, error) {
	var err error
	if u.paths, err = pathsFor(file, u.flags.results, u.flags.backup); err != nil {
		return nil, usageError(err)
	}
	if u.flags.dryRun {
		return nil, nil
	}
	held, err := files.Lock(u.lockedPaths()...)
	if err != nil {
		return nil, heldCode(err)
	}
	if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() { // a pipe, or a name that opening will complain of
		return held, nil
	}
	input, err := files.Lock(file)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return held, nil // a directory that only others write to; the results are locked all the same
	}
	if err != nil {
		held.Release()
		return nil, heldCode(err)
	}
	return append(held, input...), nil
}

func heldCode(err error) error {
	var held *files.HeldError
	if !errors.As(err, &held) {
		return err
	}
	who := "another run"
	if held.Process != "" {
		who += " (process " + held.Process + ")"
	}
	return withCode(exitHeld, fmt.Errorf("%s: %s works on this file; wait until it is done", held.Path, who))
}

// lockedPaths are the files that this run writes at its end, and that no other may write meanwhile.
func (u *updating) lockedPaths() []string {
	if u.flags.compare {
		return []string{u.paths.results, u.paths.undo}
	}
	return []string{u.paths.results}
}

// explain gives an interrupt its own exit code, wherever it struck.
func (u *updating) explain(err error) error {
	if errors.Is(err, errInterrupted) {
		return withCode(exitInterrupted, fmt.Errorf("%w; nothing was sent", errInterrupted))
	}
	return err
}

func (u *updating) prepare(file string) (err error) {
	options, err := u.flags.sheet.options()
	if err != nil {
		return err
	}
	options.Stage, options.UpdatedAt = u.flags.stage, u.flags.compare
	if u.input, err = files.OpenInput(u.next, file, u.console.in); err != nil {
		return err
	}
	if u.access, err = u.flags.openAccess(u.flags.dryRun); err == nil {
		if err = u.check(options); err == nil {
			return nil
		}
		err = errors.Join(err, u.closeKnown())
		u.access.close()
	}
	u.input.Close()
	return err
}

// check reads the whole input, so that nothing is sent if a part of it can't be read.
func (u *updating) check(options csvmap.Options) (err error) {
	u.reading, err = csvmap.Inspect(fromStart(u.input), options, u.surveyRows)
	if err != nil {
		return fmt.Errorf("%s: %w", u.input.Name(), err)
	}
	u.allRows = u.survey.Rows
	if err := u.paths.failedAs(u.reading.Extension()); err != nil {
		return err
	}
	u.announceReading()
	if err := u.survey.Damage.Err(); err != nil {
		return fmt.Errorf("%s: %w", u.input.Name(), err)
	}
	if err := u.lookBack(); err != nil {
		return err
	}
	if !u.isWithheld() { // reading would be a waste
		if err := u.learn(); err != nil {
			return err
		}
	}
	u.announce()
	return nil
}

// isWithheld tells that nothing is to be sent, as some row is invalid.
func (u *updating) isWithheld() bool { return u.flags.strict && u.survey.Invalid > 0 }

func (u *updating) surveyRows(rows iter.Seq2[csvmap.Row, error]) (err error) {
	u.survey, err = batch.SurveyRows(u.unsettled(rows), os.TempDir())
	return err
}

func (u *updating) announceReading() {
	u.console.say("%s: reading as %s", u.input.Name(), u.reading)
	if columns := u.reading.ReadOnly(); len(columns) > 0 {
		u.console.say("columns that an update can't change are left out: %s", quoted(columns))
	}
	if u.flags.stage && !slices.Contains(u.reading.Columns(), csvmap.StatusField) {
		u.console.warn("--stage: the sheet has no column for the status")
	}
	if u.reading.Undoes() && !u.flags.stage && slices.Contains(u.reading.ReadOnly(), csvmap.StatusField) {
		u.console.warn("the status is put back only with --stage")
	}
	if u.reading.Undoes() && !u.flags.compare {
		u.console.warn("this takes a run back without a look at what was changed since; --compare leaves that alone")
	}
	if hidden := u.reading.HiddenRows(); hidden > 0 {
		u.console.warn("the sheet hides %s; hidden rows are sent like all others", words.Plural(hidden, "row"))
	}
}

func fromStart(in *files.Input) func() (io.Reader, error) {
	return func() (io.Reader, error) { return io.NewSectionReader(in, 0, in.Size()), nil }
}

func (u *updating) openSheet() (*csvmap.Sheet, error) {
	raw, err := fromStart(u.input)()
	if err != nil {
		return nil, err
	}
	sheet, err := u.reading.Open(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", u.input.Name(), err)
	}
	return sheet, nil
}

// rows are those of the sheet that are still to be settled. Those of an undo file come from the last to the first: where a run has
// changed an opportunity twice, it is taken back step by step.
func (u *updating) rows(sheet *csvmap.Sheet) iter.Seq2[csvmap.Row, error] {
	if !u.reading.Undoes() {
		return u.unsettled(sheet.Rows())
	}
	var rows []csvmap.Row
	for row, err := range u.unsettled(sheet.Rows()) {
		if err != nil {
			return func(yield func(csvmap.Row, error) bool) { yield(csvmap.Row{}, err) }
		}
		row.Cells = slices.Clone(row.Cells)
		rows = append(rows, row)
	}
	return func(yield func(csvmap.Row, error) bool) {
		for _, row := range slices.Backward(rows) {
			if !yield(row, nil) {
				return
			}
		}
	}
}

// unsettled are the rows that an earlier run hasn't settled, until the first interrupt.
func (u *updating) unsettled(rows iter.Seq2[csvmap.Row, error]) iter.Seq2[csvmap.Row, error] {
	return func(yield func(csvmap.Row, error) bool) {
		for row, err := range rows {
			if err == nil {
				err = context.Cause(u.next)
			}
			if err == nil && u.earlier != nil && u.earlier.Done(row.Number) {
				continue
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// announce tells what is going to happen, and what looks odd.
func (u *updating) announce() {
	s, c := u.survey, u.console
	c.say("%s: %s, %s to %s", u.input.Name(), words.Plural(s.Rows, "row"), words.Plural(s.Requests, "request"), u.access.client.Host())
	if s.Requests > 0 {
		c.say("%s", u.flags.timeNeeded(u.pacer, s.Requests)) // what the quota really is, only an answer tells
	}
	if s.Invalid > 0 {
		c.say("not sent: %s with errors", words.Plural(s.Invalid, "row"))
	}
	if s.Unchanged > 0 {
		c.say("not sent: %s in which nothing differs", words.Plural(s.Unchanged, "row"))
	}
	if s.Unread > 0 {
		c.say("not sent: %s whose opportunity could not be found or read", words.Plural(s.Unread, "row"))
	}
	if s.Conflicts > 0 {
		c.warn("not sent, or not wholly: %s that somebody has changed meanwhile (--force sends them)", words.Plural(s.Conflicts, "row"))
	}
	for _, field := range slices.Sorted(maps.Keys(s.Unreported)) {
		c.warn("the CRM doesn't tell what it holds in %s (%s): it can't be compared or taken back", field, words.Plural(s.Unreported[field], "row"))
	}
	if s.Empty > 0 {
		c.say("not sent: %s with nothing to send", words.Plural(s.Empty, "row"))
	}
	for _, warning := range s.Warnings {
		c.warn("row %d: %s", warning.Row, inWords(warning.Reason))
	}
	if more := s.WarningCount - len(s.Warnings); more > 0 {
		c.warn("and %s more like these", words.Thousands(more))
	}
}

func (u *updating) confirm() error {
	if !u.console.canAsk || u.flags.yes || u.flags.sandbox || u.survey.Requests == 0 {
		return nil
	}
	u.preview()
	yes, err := u.console.confirm(u.next, "Send "+words.Plural(u.survey.Requests, "update")+"?")
	if err == nil && !yes {
		err = errors.New("not confirmed; nothing was sent")
	}
	return err
}

// dialect is how the files are written that lie beside the input.
func (u *updating) dialect() report.Dialect {
	return report.Dialect{Delimiter: u.reading.Delimiter(), CRLF: u.reading.CRLF()}
}

func quoted(names []string) string {
	words := make([]string, len(names))
	for i, name := range names {
		words[i] = strconv.Quote(name)
	}
	return strings.Join(words, ", ")
}
