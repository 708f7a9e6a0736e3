package cli

import (
	"maps"
	"slices"

	"razebulk/batch"
	"razebulk/internal/cli/internal/console"
	"razebulk/internal/cli/internal/diff"
	"razebulk/internal/cli/internal/logs"
	"razebulk/internal/cli/internal/message"
	"razebulk/internal/cli/internal/statuses"
	"razebulk/internal/event"
	"razebulk/internal/reason"
	"razebulk/internal/update"
	"razebulk/internal/words"
)

// printer shows the events of a run to a person: a progress bar and coloured lines on a terminal, plain lines
// elsewhere, and only problems with --quiet. Its handle method is an [event.Handler].
type printer struct {
	console.Console
	progress console.Progress
	command  *command      // of the run, to suggest the next command
	logs     *logs.Handler // receives the events instead; nil for none
}

func newPrinter(c console.Console, w *words.Words, of *command) *printer {
	c.Words = w
	p := &printer{Console: c, progress: console.NewProgress(c), command: of}
	if c.Logger != nil {
		p.logs = logs.NewHandler(c.Logger, w)
	}
	return p
}

func (p *printer) text(r reason.Reason) string { return message.OfReason(p.Words, r) }

func (p *printer) warnOf(r reason.Reason) { p.handle(event.Warning{Reason: r}) }

func (p *printer) handle(e event.Event) {
	if p.logs != nil {
		p.logs.Handle(e)
		return
	}
	switch e := e.(type) {
	case event.Notice:
		p.SayText(p.text(e.Reason))
	case event.Warning:
		p.WarnText(p.text(e.Reason))
	case event.Progress:
		if !p.Quiet {
			p.progress.Show(e)
		}
	case event.SheetRead:
		p.sheetRead(e)
	case event.Resumed:
		p.Say("resuming", "done", e.Done, "rows", e.Rows)
	case event.DialectDetected:
		p.Say("dialect_detected", "dialect", e.Dialect.String())
	case event.Compared:
		p.Say("compared", "requests", e.Reading.Requests(), "pages", e.Reading.Pages, "gets", e.Reading.Gets)
	case event.Planned:
		p.planned(e)
	case event.Finished:
		p.finished(e)
	case event.SetAside:
		p.Say("set_aside", "file", e.File, "name", e.Name)
	case event.FailedWritten:
		p.Say("failed_in", "file", e.Path)
	case event.UndoWritten:
		p.Say("undo_with", "command", p.command.undo(e.Path))
	case event.ExportPlanned:
		p.exportPlanned(e)
	case event.Exported:
		p.exported(e)
	}
}

func (p *printer) sheetRead(e event.SheetRead) {
	if p.command == nil || p.command.cmd.Name() != "apply" { // its sheet is made from the plan
		p.Say("reading_as", "file", e.Name, "format", words.Ready(p.text(e.Format)))
	}
	if len(e.ReadOnly) > 0 {
		p.Say("read_only_columns", "columns", e.ReadOnly)
	}
}

// cost returns how many quota windows the requests take, and when the last of them is sent.
func (p *printer) cost(c event.Cost) string {
	o := c.Outlook
	return p.Words.Say("run_cost", "windows", o.Windows, "reported", o.Reported, "limit", o.Limit, "done", o.Done, "too_long", c.TooLong)
}

// planned says what is about to happen, and what looks odd.
func (p *printer) planned(e event.Planned) {
	s := e.Survey
	p.Say("run_planned", "file", e.Name, "rows", s.Rows, "requests", s.Requests, "host", e.Host)
	if s.Requests > 0 {
		p.SayText(p.cost(e.Cost)) // only an answer shows the real quota
	}
	p.unsent("unsent_invalid", s.Invalid)
	p.unsent("unsent_unchanged", s.Unchanged)
	p.unsent("unsent_not_stored", s.NotStored)
	p.unsent("unsent_unread", s.Unread)
	if s.Conflicts > 0 {
		p.Warn("conflicts_skipped", "rows", s.Conflicts)
	}
	for _, field := range slices.Sorted(maps.Keys(s.Unreported)) {
		p.Warn("field_unreported", "field", field, "rows", s.Unreported[field])
	}
	p.unsent("unsent_empty", s.Empty)
	for _, doubt := range s.Warnings {
		p.Warn("row_in_doubt", "row", doubt.Row, "why", words.Ready(p.text(doubt.Reason)))
	}
	if more := s.WarningCount - len(s.Warnings); more > 0 {
		p.Warn("more_rows_in_doubt", "rows", more)
	}
}

// unsent reports how many rows are not sent for the code's reason.
func (p *printer) unsent(code string, rows int) {
	if rows > 0 {
		p.Say(code, "rows", rows)
	}
}

func (p *printer) finished(e event.Finished) {
	if !p.Quiet {
		_ = statuses.Write(p.Err, p.Words, e.Counts)
	}
	p.repeats(e.Repeats)
	p.Say("results_in", "file", e.Results)
}

// repeats warns about ids that occur in several rows.
func (p *printer) repeats(r batch.Repeats) {
	if r.Rows > 0 && !p.Quiet {
		p.Warn("ids_repeated", "rows", r.Rows, "first", r.First, "second", r.Second)
	}
}

func (p *printer) exportPlanned(e event.ExportPlanned) {
	cost := ""
	if e.Cost.Requests > 0 {
		cost = p.cost(e.Cost)
	}
	p.Say("export_planned", "pages", e.Pages, "gets", e.Gets, "host", e.Host, "requests", e.Pages+e.Gets, "cost", words.Ready(cost))
}

func (p *printer) exported(e event.Exported) {
	p.Say("exported", "rows", e.Rows, "file", e.To, "requests", e.Requests)
	for _, field := range slices.Sorted(maps.Keys(e.Unreported)) {
		p.Warn("export_unreported", "field", field, "rows", e.Unreported[field])
	}
}

// preview shows what a run changes in the opportunities that were read.
func (p *printer) preview(of *update.Run) {
	if p.Quiet || p.logs != nil {
		return
	}
	s := of.Survey()
	var plans []batch.Plan
	for _, plan := range s.First {
		plans = append(plans, of.Named(plan))
	}
	_ = p.Err.Print(diff.Text(p.Words, plans, p.Width(), p.Coloured()))
	_ = diff.WriteByField(p.Err, p.Words, s.ByField)
}
