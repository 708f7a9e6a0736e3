package cli

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"razebulk/batch"
	"razebulk/internal/cli/internal/diff"
	"razebulk/internal/cli/internal/logs"
	"razebulk/internal/cli/internal/statuses"
	"razebulk/internal/event"
	"razebulk/internal/reason"
	"razebulk/internal/update"
	"razebulk/internal/words"
)

// printer shows the events of a run to a person: a bar and coloured lines on a terminal, plain lines elsewhere, and
// with --quiet only what went wrong. Its handle is an [event.Handler].
type printer struct {
	console
	words    *words.Words
	progress progress
	command  *command      // that the run is of, for what to type next
	logs     *logs.Handler // takes the events in place of this; nil for none
}

func newPrinter(c console, w *words.Words, of *command) *printer {
	p := &printer{console: c, words: w, progress: progressOn(c), command: of}
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
		p.say("%s", p.text(e.Reason))
	case event.Warning:
		p.warn("%s", p.text(e.Reason))
	case event.Progress:
		if !p.quiet {
			p.progress.show(e)
		}
	case event.SheetRead:
		p.sheetRead(e)
	case event.Resumed:
		p.say("resuming an earlier run: %s of %s are finished", words.Thousands(e.Done), words.Plural(e.Rows, "row"))
	case event.DialectDetected:
		p.say("the service speaks %s", e.Dialect)
	case event.Compared:
		p.say("compared with the CRM: %s", howRead(e.Reading))
	case event.Planned:
		p.planned(e)
	case event.Finished:
		p.finished(e)
	case event.SetAside:
		p.say("%s", p.text(reason.New("set_aside", "file", e.File, "name", e.Name)))
	case event.FailedWritten:
		p.say("failed rows: %s", e.Path)
	case event.UndoWritten:
		p.say("to undo this run: %s", p.command.undo(e.Path))
	case event.ExportPlanned:
		p.exportPlanned(e)
	case event.Exported:
		p.exported(e)
	}
}

func (p *printer) sheetRead(e event.SheetRead) {
	p.say("%s: reading as %s", e.Name, p.text(e.Format))
	if len(e.ReadOnly) > 0 {
		p.say("columns that an update can't change are left out: %s", words.QuoteAll(e.ReadOnly))
	}
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

// cost says how many windows of the quota requests take, and when the last of them goes out.
func cost(c event.Cost) string {
	o := c.Outlook
	quota := "the usual quota of " + words.Thousands(o.Limit) + " requests an hour"
	if o.Reported {
		quota = "the quota of " + words.Thousands(o.Limit) + " requests"
	}
	text := fmt.Sprintf("%s of %s; done about %s (in %s)", words.Plural(o.Windows, "window"), quota, words.Clock(o.Done), words.Countdown(time.Until(o.Done)))
	if c.TooLong {
		text += "; that is more than --max-duration allows"
	}
	return text
}

// planned says what is going to happen, and what looks odd.
func (p *printer) planned(e event.Planned) {
	s := e.Survey
	p.say("%s: %s, %s to %s", e.Name, words.Plural(s.Rows, "row"), words.Plural(s.Requests, "request"), e.Host)
	if s.Requests > 0 {
		p.say("%s", cost(e.Cost)) // only an answer tells what the quota really is
	}
	for _, unsent := range []struct {
		rows int
		why  string
	}{
		{s.Invalid, "with errors"},
		{s.Unchanged, "in which nothing differs"},
		{s.NotStored, "that change only what this service does not store"},
		{s.Unread, "whose opportunity could not be found or read"},
	} {
		if unsent.rows > 0 {
			p.say("not sent: %s %s", words.Plural(unsent.rows, "row"), unsent.why)
		}
	}
	if s.Conflicts > 0 {
		p.warn("%s changed in the CRM since; skipped, or partly skipped (--force sends them)", words.Plural(s.Conflicts, "row"))
	}
	for _, field := range slices.Sorted(maps.Keys(s.Unreported)) {
		p.warn("the CRM does not report what it holds in %s (%s): it can't be compared or undone", field, words.Plural(s.Unreported[field], "row"))
	}
	if s.Empty > 0 {
		p.say("not sent: %s with nothing to send", words.Plural(s.Empty, "row"))
	}
	for _, doubt := range s.Warnings {
		p.warn("row %d: %s", doubt.Row, p.text(doubt.Reason))
	}
	if more := s.WarningCount - len(s.Warnings); more > 0 {
		p.warn("and %s more like these", words.Thousands(more))
	}
}

func (p *printer) finished(e event.Finished) {
	if !p.quiet {
		_ = statuses.Write(p.err, e.Counts)
	}
	p.repeats(e.Repeats)
	p.say("results: %s", e.Results)
}

// repeats warns of ids that several rows have.
func (p *printer) repeats(r batch.Repeats) {
	if r.Rows > 0 && !p.quiet {
		p.warn("%s the id of an earlier row (rows %d and %d are the first such): rows of one id are sent in the file's order, the last one counts",
			havePlural(r.Rows), r.First, r.Second)
	}
}

func havePlural(rows int) string {
	if rows == 1 {
		return "1 row has"
	}
	return words.Plural(rows, "row") + " have"
}

func (p *printer) exportPlanned(e event.ExportPlanned) {
	text := words.Plural(e.Pages, "page") + " of the list"
	if e.Gets > 0 {
		text += " and " + words.Plural(e.Gets, "opportunity") + " one by one"
	}
	text = fmt.Sprintf("%s at %s: %s", text, e.Host, words.Plural(e.Pages+e.Gets, "request"))
	if e.Cost.Requests > 0 {
		text += "; " + cost(e.Cost)
	}
	p.say("%s", text)
}

func (p *printer) exported(e event.Exported) {
	p.say("%s to %s (%s)", words.Plural(e.Rows, "opportunity"), cmp.Or(e.To, "standard output"), words.Plural(e.Requests, "request"))
	for _, field := range slices.Sorted(maps.Keys(e.Unreported)) {
		p.warn("the service's answers do not report %s for %s: left empty there", field, words.Plural(e.Unreported[field], "row"))
	}
}

// preview shows what a run changes in opportunities that were read.
func (p *printer) preview(of *update.Run) {
	if p.quiet || p.logs != nil {
		return
	}
	s := of.Survey()
	var plans []batch.Plan
	for _, plan := range s.First {
		plans = append(plans, of.Named(plan))
	}
	_ = p.err.print(diff.Text(plans, p.width(), p.coloured()))
	_ = diff.WriteByField(p.err, s.ByField)
}
