package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/report"
)

// updating is one call of update under way.
type updating struct {
	flags   *updateFlags
	file    string // as the user named it
	console console
	options csvmap.Options
	paths   paths
	input   *input
	access  access
	pacer   *batch.Pacer
	survey  batch.Survey
	sheet   *csvmap.Sheet   // as the check has found it
	allRows int             // also those that an earlier run has settled
	earlier *report.Earlier // the run that this one goes on with, or nil
	sending atomic.Bool
	// next ends with the first interrupt, inFlight with the second
	next, inFlight context.Context
}

// runUpdate checks everything that can be checked, asks, and sends.
func runUpdate(flags *updateFlags, file string, console console) error {
	u := &updating{flags: flags, file: file, console: console}
	u.pacer = u.newPacer()
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
	defer held.release()
	if err := u.prepare(file); err != nil {
		return u.explain(usageError(err))
	}
	defer u.access.close()
	defer u.input.close()
	if flags.dryRun {
		return u.explain(u.writePlan())
	}
	if err := u.confirm(); err != nil {
		return u.explain(usageError(err))
	}
	return u.send()
}

// lock keeps other runs from the input and the results of this one. A dry run writes nothing that could be spoilt.
func (u *updating) lock(file string) (locks, error) {
	var err error
	if u.paths, err = pathsFor(file, u.flags.results); err != nil {
		return nil, usageError(err)
	}
	if u.flags.dryRun {
		return nil, nil
	}
	held, err := lockAll(u.paths.results)
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() { // a pipe, or a name that opening will complain of
		return held, nil
	}
	input, err := lockAll(file)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return held, nil // a directory that only others write to; the results are locked all the same
	}
	if err != nil {
		held.release()
		return nil, err
	}
	return append(held, input...), nil
}

func (u *updating) newPacer() *batch.Pacer {
	limits := batch.Limits{PerSecond: u.flags.rate, Reserve: u.flags.quotaReserve, Warn: u.console.warn}
	if u.flags.maxDuration > 0 {
		limits.Deadline = time.Now().Add(u.flags.maxDuration)
	}
	return batch.NewPacer(limits)
}

// explain gives an interrupt its own exit code, wherever it struck.
func (u *updating) explain(err error) error {
	if errors.Is(err, errInterrupted) {
		return withCode(exitInterrupted, fmt.Errorf("%w; nothing was sent", errInterrupted))
	}
	return err
}

func (u *updating) prepare(file string) (err error) {
	if u.options, err = u.flags.sheetOptions(); err != nil {
		return err
	}
	if u.input, err = openInput(u.next, file, u.console.in); err != nil {
		return err
	}
	if u.access, err = u.flags.openAccess(); err == nil {
		if err = u.check(); err == nil {
			return nil
		}
		u.access.close()
	}
	u.input.close()
	return err
}

// check reads the whole input once, so that nothing is sent if a part of it can't be read.
func (u *updating) check() error {
	sheet, err := u.openSheet()
	if err != nil {
		return err
	}
	if len(sheet.ReadOnly) > 0 {
		u.console.say("columns that an update can't change are left out: %s", quoted(sheet.ReadOnly))
	}
	u.sheet = sheet
	if u.survey, err = batch.SurveyRows(u.rows(sheet), os.TempDir()); err != nil {
		return fmt.Errorf("%s: %w", u.input.name, err)
	}
	u.allRows = u.survey.Rows
	if err := u.lookBack(); err != nil {
		return err
	}
	u.announce()
	return nil
}

func (u *updating) openSheet() (*csvmap.Sheet, error) {
	text, err := u.input.fromStart()
	if err != nil {
		return nil, err
	}
	sheet, err := csvmap.Open(text, u.options)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", u.input.name, err)
	}
	return sheet, nil
}

// rows are the sheet's that an earlier run hasn't settled, until the first interrupt.
func (u *updating) rows(sheet *csvmap.Sheet) iter.Seq2[csvmap.Row, error] {
	return func(yield func(csvmap.Row, error) bool) {
		for row, err := range sheet.Rows() {
			if err == nil {
				err = context.Cause(u.next)
			}
			if err == nil && u.earlier != nil && u.earlier.Settled(row.Number) {
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
	c.say("%s: %s, %s to %s", u.input.name, report.Plural(s.Rows, "row"), report.Plural(s.Requests, "request"), u.access.client.Host())
	if s.Requests > 0 {
		c.say("%s", u.timeNeeded())
	}
	if s.Invalid > 0 {
		c.say("not sent: %s with errors", report.Plural(s.Invalid, "row"))
	}
	if s.Empty > 0 {
		c.say("not sent: %s with nothing to send", report.Plural(s.Empty, "row"))
	}
	for _, warning := range s.Warnings {
		c.warn("%s", warning)
	}
	if more := s.WarningCount - len(s.Warnings); more > 0 {
		c.warn("and %s more like these", report.Thousands(more))
	}
}

// timeNeeded tells the windows of the quota that the requests take. What the quota really is isn't known before the first
// answer, and a request to ask for it would be one less.
func (u *updating) timeNeeded() string {
	o := u.pacer.Outlook(u.survey.Requests)
	needed := time.Until(o.Done)
	text := fmt.Sprintf("%s of the usual quota of %s requests an hour; done about %s (in %s)",
		report.Plural(o.Windows, "window"), report.Thousands(o.Limit), report.Clock(o.Done), report.Countdown(needed))
	if d := u.flags.maxDuration; d > 0 && needed > d {
		text += "; that is more than --max-duration allows"
	}
	return text
}

func (u *updating) confirm() error {
	if !u.console.canAsk || u.flags.yes || u.flags.sandbox || u.survey.Requests == 0 {
		return nil
	}
	yes, err := u.console.confirm(u.next, "Send "+report.Plural(u.survey.Requests, "update")+"?")
	if err == nil && !yes {
		err = errors.New("not confirmed; nothing was sent")
	}
	return err
}

// writePlan is the end of a dry run.
func (u *updating) writePlan() error {
	sheet, err := u.openSheet()
	if err != nil {
		return err
	}
	if replaceable, err := report.IsPlan(u.paths.plan); err != nil || !replaceable {
		return usageError(errors.Join(err, fmt.Errorf("%s is no plan and is kept; name another file with --results", u.paths.plan)))
	}
	plan, err := report.CreatePlan(u.paths.plan)
	if err != nil {
		return usageError(err)
	}
	for row, err := range u.rows(sheet) {
		if err == nil {
			err = plan.Add(batch.PlanRow(row))
		}
		if err != nil {
			plan.Discard()
			return err
		}
	}
	if err := plan.Commit(); err != nil {
		return err
	}
	u.console.say("dry run: nothing was sent; the plan is in %s", u.paths.plan)
	if u.survey.Invalid > 0 {
		return withCode(exitFailedRows, fmt.Errorf("%s: see %s", report.Plural(u.survey.Invalid, "invalid row"), u.paths.plan))
	}
	return nil
}

func quoted(names []string) string {
	words := make([]string, len(names))
	for i, name := range names {
		words[i] = strconv.Quote(name)
	}
	return strings.Join(words, ", ")
}
