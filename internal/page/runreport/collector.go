// Package runreport is the page that tells a sheet's owner the outcome of an update: one HTML file, made from the
// events of the run and its summary. It contains cells of the sheet and of the CRM, and never the key.
package runreport

import (
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"razebulk/batch"
	"razebulk/internal/event"
	"razebulk/internal/reason"
	"razebulk/internal/review"
	"razebulk/internal/words"
)

// The space on a page, in bytes of HTML. What doesn't fit is counted. Together these keep a page below MaxSize.
const (
	failuresRoom  = 400_000
	conflictsRoom = 200_000
	changesRoom   = 1_150_000
	// MaxSize is the maximum size of a page.
	MaxSize = 2_000_000
)

const (
	maxGroups    = 60  // of failed rows
	maxGroupRows = 500 // per group
	maxWarnings  = 20
	maxStatuses  = 100 // whose changes and rows are counted under their own names
	maxMessage   = 600 // characters of a message
)

// change is one value that is sent or left alone.
type change struct {
	row               int
	id, field         string
	before, after     string
	isEmpty, isClear  bool // before, after
	isUnknown, isSeen bool // before
	outcome           outcome
}

// span is where the changes of a row are among those that are kept.
type span struct{ first, end int }

// Collector handles the events of a run, and keeps what its page shows. Its memory does not grow with the number of
// rows. Like any handler of events, it is for one goroutine at a time.
type Collector struct {
	text   func(reason.Reason) string
	dryRun bool

	undoes, compared bool
	planned          *event.Planned
	byStatus         map[string]int // of the plan of a dry run
	warnings         []string
	warningCount     int

	changes       []change
	changeCount   int
	changesLeft   int // bytes
	spans         map[int]span
	conflicts     []change
	conflictCount int
	conflictsLeft int
	conflictRows  int
	groups        []*group
	byReason      map[string]*group
	failuresLeft  int
}

// NewCollector begins a page. Text returns the words for a reason.
func NewCollector(dryRun bool, text func(reason.Reason) string) *Collector {
	return &Collector{
		text: text, dryRun: dryRun, byStatus: map[string]int{}, spans: map[int]span{}, byReason: map[string]*group{},
		changesLeft: changesRoom, conflictsLeft: conflictsRoom, failuresLeft: failuresRoom,
	}
}

// Handle is an [event.Handler].
func (c *Collector) Handle(e event.Event) {
	switch e := e.(type) {
	case event.SheetRead:
		c.undoes = e.Undoes
	case event.Compared:
		c.compared = true
	case event.Planned:
		c.planned = &e
		for _, doubt := range e.Survey.Warnings {
			c.warn(reason.New("page_warning_row", "row", doubt.Row, "text", c.text(doubt.Reason)))
		}
		c.warningCount += e.Survey.WarningCount - len(e.Survey.Warnings)
	case event.Warning:
		c.warn(e.Reason)
	case event.RowPlanned:
		c.plan(e.Plan)
	case event.RowDone:
		c.done(e.Result)
	}
}

func (c *Collector) warn(r reason.Reason) {
	if c.warningCount++; len(c.warnings) < maxWarnings {
		c.warnings = append(c.warnings, shownText(c.text(r), maxMessage))
	}
}

// plan adds what is to be done about a row. In a dry run, a row that needs no request has no other event.
func (c *Collector) plan(p batch.Plan) {
	status := p.Status
	if status == "" {
		status = planned
	}
	if c.dryRun {
		c.countStatus(status)
		if status != planned && status.NeedsAttention() {
			c.fail(p.Row.Number, p.Row.ID, status, p.Reasons)
		}
	}
	first := len(c.changes)
	for _, d := range p.Decisions {
		switch d.Choice {
		case batch.Send, batch.Unknown:
			c.addChange(p, d)
		case batch.Leave:
			c.addConflict(p, d)
		}
	}
	if slices.ContainsFunc(p.Decisions, func(d batch.Decision) bool { return d.Choice == batch.Leave }) {
		c.conflictRows++
	}
	if len(c.changes) > first {
		c.spans[p.Row.Number] = span{first, len(c.changes)}
	}
}

func (c *Collector) countStatus(status batch.Status) {
	if _, known := c.byStatus[string(status)]; known || len(c.byStatus) < maxStatuses {
		c.byStatus[string(status)]++
	}
}

func (c *Collector) addChange(p batch.Plan, d batch.Decision) {
	if d.Choice == batch.Send && p.Status != "" {
		return // the row is not sent for another reason
	}
	overwrites := d.Title != nil && *d.Title != d.Field.Text
	if c.changesLeft == 0 { // no space left
		c.changeCount++
		if overwrites {
			c.changeCount++
		}
		return
	}
	c.keepChange(changeOf(p, d))
	if overwrites {
		title := changeOf(p, d)
		title.field, title.isSeen, title.isUnknown, title.isEmpty = review.TitleField, true, false, *d.Title == ""
		title.before, title.after = cut(*d.Title, d.Field.Text)
		c.keepChange(title)
	}
}

func (c *Collector) keepChange(one change) {
	c.changeCount++
	if c.changesLeft -= one.size(); c.changesLeft >= 0 {
		c.changes = append(c.changes, one)
	} else {
		c.changesLeft = 0 // a smaller one must not take the place of an earlier, larger one
	}
}

func (c *Collector) addConflict(p batch.Plan, d batch.Decision) {
	c.conflictCount++
	if c.conflictsLeft == 0 { // no space left
		return
	}
	one := changeOf(p, d)
	if c.conflictsLeft -= one.size(); c.conflictsLeft >= 0 {
		c.conflicts = append(c.conflicts, one)
	} else {
		c.conflictsLeft = 0
	}
}

// changeOf retains no part of the strings that it is made from, as these are parts of whole rows.
func changeOf(p batch.Plan, d batch.Decision) change {
	one := change{
		row: p.Row.Number, id: shownText(p.Row.ID, maxID), field: shownText(d.Field.Name, maxID), isSeen: d.Seen, isUnknown: d.Choice == batch.Unknown,
		isEmpty: d.Seen && d.Before.Empty, isClear: d.Field.Clear, outcome: outcomePlanned,
	}
	before := ""
	if d.Seen {
		before = d.Before.Text
	}
	one.before, one.after = cut(before, d.Field.Text)
	return one
}

// done adds the outcome of a row.
func (c *Collector) done(r batch.Result) {
	if at, found := c.spans[r.Row]; found {
		for i := at.first; i < at.end; i++ {
			c.changes[i].outcome = outcomeOf(r, c.changes[i].field)
		}
	}
	if r.Status.NeedsAttention() {
		c.fail(r.Row, r.ID, r.Status, r.Reasons)
	}
}

// The size of a table row without its texts: its elements, its number and an outcome; and of a note in place of a
// value.
const (
	rowSize  = 85
	noteSize = 40
)

func (c change) size() int {
	size := rowSize + htmlSize(c.id) + htmlSize(c.field) + htmlSize(c.before) + htmlSize(c.after)
	for _, value := range []string{c.before, c.after} {
		if value == "" {
			size += noteSize
		}
	}
	return size
}

// htmlSize returns at least the size that a text has once it is escaped.
func htmlSize(text string) int {
	return len(html.EscapeString(text)) + 4*strings.Count(text, "+") + 2*strings.Count(text, "\x00")
}

const (
	maxID    = 80  // characters of an id or of a name
	maxValue = 300 // characters of a value
)

// shownText returns text from others as a page shows it: invisible characters are written as escapes, and long text
// is cut.
func shownText(text string, most int) string {
	if len(text) > most*utf8.UTFMax { // no more than that is ever shown
		text = text[:most*utf8.UTFMax]
	}
	return words.Shorten(words.VisibleCell(text), most)
}

// cut returns two values of a field as they are shown: both from where they begin to differ, if one of them is long.
func cut(before, after string) (string, string) {
	if utf8.RuneCountInString(before) <= maxValue && utf8.RuneCountInString(after) <= maxValue {
		return shownText(before, maxValue), shownText(after, maxValue)
	}
	same := 0
	for same < len(before) && same < len(after) && before[same] == after[same] {
		same++
	}
	from := max(0, same-maxValue/3)
	for from > 0 && (!startsRune(before, from) || !startsRune(after, from)) {
		from--
	}
	mark := ""
	if from > 0 {
		mark = "…"
	}
	return mark + shownText(before[from:], maxValue), mark + shownText(after[from:], maxValue)
}

func startsRune(text string, at int) bool { return at >= len(text) || utf8.RuneStart(text[at]) }
