package cli

import (
	"context"
	"errors"

	"razebulk/batch/pace"
	"razebulk/internal/cli/internal/message"
	"razebulk/internal/cli/internal/reporting"
	"razebulk/internal/cli/internal/signals"
	"razebulk/internal/notify"
	"razebulk/internal/reason"
	"razebulk/internal/update"
	"razebulk/report"
)

// reported runs the command and reports how it ends, whatever ends it.
func (f *updateFlags) reported(c *command) error {
	w := talkWords(c.cmd)
	p := newPrinter(f.console(c.cmd, c.file == "-"), w, c)
	to, err := f.report.Begin(context.Background(), f.about(c), func(what string, err error) { p.Warn("report_failed", "what", what, "why", ready(w, err)) })
	if err != nil {
		return c.explain(w, err)
	}
	err = c.explain(w, f.run(c, p, to))
	code := codeOf(err)
	to.End(stateOf(code), code, endedBy(err), err)
	return err
}

// about returns what the report says about the run before it begins.
func (f *updateFlags) about(c *command) reporting.Run {
	file, inFiles := c.file, c.words()
	about := reporting.Run{
		ID: invocationOf(c.cmd).id, Version: version(), Sheet: file, Address: f.address(), DryRun: f.dryRun, Compared: f.compare, Stage: f.stage, StateFile: f.state,
		Applies: f.begin != nil, Words: inFiles, Message: func(err error) string { return message.Of(inFiles, err) },
	}
	if paths, err := update.PathsFor(file, f.results, f.undoFile); err == nil {
		about.Leaves, about.Undo, about.Others = paths.All(), paths.Undo, report.RunFiles(paths.Results)
	}
	for _, other := range []string{file, f.state, f.keyFile} {
		if other != "" && other != "-" {
			about.Others = append(about.Others, other)
		}
	}
	return about
}

// stateOf returns the state of a run that ends with the exit code.
func stateOf(code int) notify.State {
	switch code {
	case exitOK, exitFailedRows, exitDiffers:
		return notify.Finished
	case exitUsage, exitHeld:
		return notify.Refused
	}
	return notify.Stopped
}

// endedBy returns a code for what ended a run; "" if there is none.
func endedBy(err error) string {
	var late *pace.OutOfTime
	var why reason.Reason
	var worded interface{ Reason() reason.Reason }
	switch {
	case errors.Is(err, signals.ErrInterrupted):
		return "interrupted"
	case errors.Is(err, update.ErrFirst):
		return "first_rows"
	case errors.As(err, &late) && late.Why == pace.ForQuota:
		return "quota_spent"
	case errors.As(err, &why):
		return why.Code
	case errors.As(err, &worded):
		return worded.Reason().Code
	}
	return ""
}
