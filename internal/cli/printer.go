package cli

import (
	"maps"
	"slices"

	"razebulk/batch"
	"razebulk/internal/cli/internal/diff"
	"razebulk/internal/cli/internal/logs"
	"razebulk/internal/cli/internal/statuses"
	"razebulk/internal/event"
	"razebulk/internal/reason"
	"razebulk/internal/update"
	"razebulk/internal/words"
)

// printer shows the events of a run to a person: a progress bar and coloured lines on a terminal, plain lines
// elsewhere, and only problems with --quiet. Its handle method is an [event.Handler].
type printer struct {
	console
	progress progress
	command  *command      // of the run, to suggest the next command
	logs     *logs.Handler // receives the events instead; nil for none
}

func newPrinter(c console, w *words.Words, of *command) *printer {
	c.words = w
	p := &printer{console: c, progress: progressOn(c), command: of}
	if c.logger != nil {
		p.logs = logs.NewHandler(c.logger, w)
	}
	return p
}

func (p *printer) text(r reason.Reason) string { return worded(p.words, r) }

func (p *printer) warnOf(r reason.Reason) { p.handle(event.Warning{Reason: r}) }

func (p *printer) handle(e event.Event) {
	if p.logs != nil {
		p.logs.Handle(e)
		return
	}
	switch e := e.(type) {
	case event.Notice:
		p.sayText(p.text(e.Reason))
	case event.Warning:
		p.warnText(p.text(e.Reason))
	case event.Progress:
		if !p.quiet {
			p.progress.show(e)
		}
	case event.SheetRead:
		p.sheetRead(e)
	case event.Resumed:
		p.say("resuming", "done", e.Done, "rows", e.Rows)
	case event.DialectDetected:
		p.say("dialect_detected", "dialect", e.Dialect.String())
	case event.Compared:
		p.say("compared", "requests", e.Reading.Requests(), "pages", e.Reading.Pages, "gets", e.Reading.Gets)
	case event.Planned:
		p.planned(e)
	case event.Finished:
		p.finished(e)
	case event.SetAside:
		p.say("set_aside", "file", e.File, "name", e.Name)
	case event.FailedWritten:
		p.say("failed_in", "file", e.Path)
	case event.UndoWritten:
		p.say("undo_with", "command", p.command.undo(e.Path))
	case event.ExportPlanned:
		p.exportPlanned(e)
	case event.Exported:
		p.exported(e)
	}
}

func (p *printer) sheetRead(e event.SheetRead) {
	if p.command == nil || p.command.cmd.Name() != "apply" { // its sheet is made from the plan
		p.say("reading_as", "file", e.Name, "format", words.Ready(p.text(e.Format)))
	}
	if len(e.ReadOnly) > 0 {
		p.say("read_only_columns", "columns", e.ReadOnly)
	}
}

// cost returns how many quota windows the requests take, and when the last of them is sent.
func (p *printer) cost(c event.Cost) string {
	o := c.Outlook
	return p.words.Say("run_cost", "windows", o.Windows, "reported", o.Reported, "limit", o.Limit, "done", o.Done, "too_long", c.TooLong)
}

// planned says what is about to happen, and what looks odd.
func (p *printer) planned(e event.Planned) {
	s := e.Survey
	p.say("run_planned", "file", e.Name, "rows", s.Rows, "requests", s.Requests, "host", e.Host)
	if s.Requests > 0 {
		p.sayText(p.cost(e.Cost)) // only an answer shows the real quota
	}
	p.unsent("unsent_invalid", s.Invalid)
	p.unsent("unsent_unchanged", s.Unchanged)
	p.unsent("unsent_not_stored", s.NotStored)
	p.unsent("unsent_unread", s.Unread)
	if s.Conflicts > 0 {
		p.warn("conflicts_skipped", "rows", s.Conflicts)
	}
	for _, field := range slices.Sorted(maps.Keys(s.Unreported)) {
		p.warn("field_unreported", "field", field, "rows", s.Unreported[field])
	}
	p.unsent("unsent_empty", s.Empty)
	for _, doubt := range s.Warnings {
		p.warn("row_in_doubt", "row", doubt.Row, "why", words.Ready(p.text(doubt.Reason)))
	}
	if more := s.WarningCount - len(s.Warnings); more > 0 {
		p.warn("more_rows_in_doubt", "rows", more)
	}
}

// unsent reports how many rows are not sent for the code's reason.
func (p *printer) unsent(code string, rows int) {
	if rows > 0 {
		p.say(code, "rows", rows)
	}
}

func (p *printer) finished(e event.Finished) {
	if !p.quiet {
		_ = statuses.Write(p.err, p.words, e.Counts)
	}
	p.repeats(e.Repeats)
	p.say("results_in", "file", e.Results)
}

// repeats warns about ids that occur in several rows.
func (p *printer) repeats(r batch.Repeats) {
	if r.Rows > 0 && !p.quiet {
		p.warn("ids_repeated", "rows", r.Rows, "first", r.First, "second", r.Second)
	}
}

func (p *printer) exportPlanned(e event.ExportPlanned) {
	cost := ""
	if e.Cost.Requests > 0 {
		cost = p.cost(e.Cost)
	}
	p.say("export_planned", "pages", e.Pages, "gets", e.Gets, "host", e.Host, "requests", e.Pages+e.Gets, "cost", words.Ready(cost))
}

func (p *printer) exported(e event.Exported) {
	p.say("exported", "rows", e.Rows, "file", e.To, "requests", e.Requests)
	for _, field := range slices.Sorted(maps.Keys(e.Unreported)) {
		p.warn("export_unreported", "field", field, "rows", e.Unreported[field])
	}
}

// preview shows what a run changes in the opportunities that were read.
func (p *printer) preview(of *update.Run) {
	if p.quiet || p.logs != nil {
		return
	}
	s := of.Survey()
	var plans []batch.Plan
	for _, plan := range s.First {
		plans = append(plans, of.Named(plan))
	}
	_ = p.err.print(diff.Text(p.words, plans, p.width(), p.coloured()))
	_ = diff.WriteByField(p.err, p.words, s.ByField)
}
