package runreport

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"razebulk/internal/crm"
	"razebulk/internal/notify"
	"razebulk/internal/page"
	"razebulk/internal/review"
	"razebulk/internal/words"
)

// model is what the template shows.
type model struct {
	Language, Title, Kind string
	verdict
	Todo         []string
	When         string
	About, Cost  []fact
	Figures      []page.Figure
	Bar          page.Bar
	Warnings     []string
	WarningsMore string
	Message      string
	MessageFirst bool // it says why the run is incomplete
	Groups       []shownGroup
	Conflicts    *page.Table
	Changes      *page.Table
	ChangesTitle string
	ChangesLead  string
	Footer       string
}

// fact is a name and a value.
type fact struct{ Name, Value string }

// shownGroup is a group of rows that need attention.
type shownGroup struct {
	Title, Advice string
	Table         page.Table
}

func (v view) model() model {
	s, said := v.Summary, v.verdict()
	figures := v.figures()
	m := model{
		Language: v.say("page_language"), Title: v.say("page_title", "headline", said.Headline, "file", base(s.Sheet.Name)), Kind: v.kind(), verdict: said,
		Todo: v.todo(), When: v.when(), About: v.about(), Cost: v.cost(), Figures: figures, Bar: page.NewBar(v.say("page_figures"), figures),
		Warnings: v.Details.warnings, Message: shownText(strings.TrimSpace(v.Message), 20*maxMessage), MessageFirst: s.State != notify.Finished, Groups: v.groups(), Conflicts: v.conflicts(), Changes: v.changes(),
		ChangesTitle: v.say("page_changes"), ChangesLead: v.say("page_changes_lead"),
		Footer: v.say("page_run", "id", s.RunID, "version", s.Version, "at", v.moment(v.now())),
	}
	if v.dry() {
		m.ChangesTitle = v.say("page_changes_plan")
	}
	if !v.Details.compared {
		m.ChangesLead = v.say("page_changes_blind")
	}
	if more := v.Details.warningCount - len(m.Warnings); more > 0 {
		m.WarningsMore = v.say("page_warnings_more", "n", more)
	}
	return m
}

func (v view) kind() string {
	kind := v.say("page_kind_update")
	switch {
	case v.Applies:
		kind = v.say("page_kind_apply")
	case v.Details.undoes:
		kind = v.say("page_kind_undo")
	}
	if v.dry() {
		kind = v.say("page_kind_dry", "kind", kind)
	}
	return kind
}

// facts returns the facts that have a value.
func (v view) facts(all ...fact) []fact {
	all = slices.DeleteFunc(all, func(f fact) bool { return f.Value == "" })
	for i := range all {
		all[i].Name = v.say(all[i].Name)
	}
	return all
}

func (v view) about() []fact {
	s := v.Summary
	ended := ""
	if s.Ended != nil {
		ended = v.moment(*s.Ended)
	}
	return v.facts(
		fact{"page_file", base(s.Sheet.Name)}, fact{"page_account", words.Visible(cmp.Or(s.Service.Host, v.Host))}, fact{"page_user", words.Visible(v.User)},
		fact{"page_began", v.moment(s.Started)}, fact{"page_ended", ended},
		fact{"page_results_file", base(s.Files.Results)}, fact{"page_failed_file", base(s.Files.Failed)}, fact{"page_plan_file", base(s.Files.Plan)},
		fact{"page_undo_file", base(s.Files.Undo)},
	)
}

func (v view) cost() []fact {
	s := v.Summary
	requests, waited, outage, earlier := "", "", "", ""
	if s.Quota != nil || s.Requests.Sent+s.Requests.Read > 0 {
		requests = v.say("page_requests_made", "sent", s.Requests.Sent, "read", s.Requests.Read)
	}
	if v.dry() && v.Details.planned != nil {
		requests = v.say("page_requests_plan", "n", v.Details.planned.Cost.Requests, "read", s.Requests.Read)
	}
	if s.Waits.Quota >= 1 {
		waited = v.seconds(s.Waits.Quota)
	}
	if s.Outage.Count > 0 {
		outage = v.say("page_outage_times", "n", s.Outage.Count, "span", v.seconds(s.Outage.Seconds))
	}
	if s.Rows.Earlier > 0 {
		earlier = v.say("page_earlier_rows", "n", s.Rows.Earlier)
	}
	return v.facts(
		fact{"page_requests", requests}, fact{"page_quota", v.quota()}, fact{"page_took", v.seconds(s.Durations.Total)}, fact{"page_waited", waited},
		fact{"page_outage", outage}, fact{"page_earlier", earlier},
	)
}

func (v view) quota() string {
	q := v.Summary.Quota
	if p := v.Details.planned; v.dry() && p != nil && p.Cost.Requests > 0 {
		o := p.Cost.Outlook
		return v.say("page_quota_plan", "windows", o.Windows, "limit", o.Limit, "reported", o.Reported)
	}
	if q == nil {
		return ""
	}
	return v.say("page_quota_left", "left", q.Remaining, "limit", q.Limit, "at", v.soon(q.Resets))
}

// whole returns the file that has everything that a page leaves out.
func (v view) whole() string {
	return base(cmp.Or(v.Summary.Files.Plan, v.Summary.Files.Results))
}

// groups returns the rows that need attention, the largest group first.
func (v view) groups() []shownGroup {
	sorted := slices.SortedStableFunc(slices.Values(v.Details.groups), func(a, b *group) int { return b.count - a.count })
	columns := []page.Column{{Name: v.say("page_col_row")}, {Name: v.say("page_col_id")}, {Name: v.say("page_col_why")}}
	var shown []shownGroup
	for i, g := range sorted {
		title := v.say("page_group", "title", v.say(g.why, "status", g.status), "n", g.count)
		t := page.Table{ID: fmt.Sprintf("rows-%d", i+1), Class: "rows", Caption: title, Columns: columns, Tools: len(g.rows) > toolsFrom}
		for _, row := range g.rows {
			t.Rows = append(t.Rows, []page.Cell{{Text: strconv.Itoa(row.row)}, {Text: row.id}, {Text: row.text}})
		}
		if more := g.count - len(g.rows); more > 0 {
			t.More = v.say("page_group_more", "n", more, "file", v.whole())
		}
		shown = append(shown, shownGroup{title, v.say(g.do), t})
	}
	return shown
}

// toolsFrom is the number of rows above which a table is worth searching.
const toolsFrom = 5

func (v view) conflicts() *page.Table {
	c := v.Details
	if c.conflictCount == 0 {
		return nil
	}
	t := &page.Table{ID: "conflicts", Class: "rows", Caption: v.say("page_conflicts"), Tools: len(c.conflicts) > toolsFrom, Columns: []page.Column{
		{Name: v.say("page_col_row")}, {Name: v.say("page_col_id")}, {Name: v.say("page_col_field"), Choose: true}, {Name: v.say("page_col_crm")},
		{Name: v.say("page_col_sheet")},
	}}
	for _, one := range c.conflicts {
		t.Rows = append(t.Rows, []page.Cell{{Text: strconv.Itoa(one.row)}, {Text: one.id}, {Text: v.fieldName(one.field)}, v.before(one), v.after(one)})
	}
	if more := c.conflictCount - len(c.conflicts); more > 0 {
		t.More = v.say("page_conflicts_more", "n", more, "file", v.whole())
	}
	return t
}

func (v view) changes() *page.Table {
	c := v.Details
	if c.changeCount == 0 || v.Summary.State == notify.Refused {
		return nil
	}
	t := &page.Table{ID: "changes", Class: "rows", Caption: v.say("page_changes"), Tools: len(c.changes) > 1}
	t.Columns = []page.Column{{Name: v.say("page_col_row")}, {Name: v.say("page_col_id")}, {Name: v.say("page_col_field"), Choose: true}}
	if c.compared {
		t.Class = "rows changes"
		t.Columns = append(t.Columns, page.Column{Name: v.say("page_col_before")})
	}
	t.Columns = append(t.Columns, page.Column{Name: v.say("page_col_after")}, page.Column{Name: v.say("page_col_outcome"), Choose: true})
	for _, one := range c.changes {
		cells := []page.Cell{{Text: strconv.Itoa(one.row)}, {Text: one.id}, {Text: v.fieldName(one.field)}}
		if c.compared {
			cells = append(cells, v.before(one))
		}
		t.Rows = append(t.Rows, append(cells, v.after(one), page.Cell{Text: v.outcomeLabel(one.outcome)}))
	}
	if more := c.changeCount - len(c.changes); more > 0 {
		t.More = v.say("page_changes_more", "n", more, "file", v.whole())
	}
	return t
}

func (v view) before(c change) page.Cell {
	switch {
	case c.isUnknown || !c.isSeen:
		return page.Cell{Text: v.say("page_unknown"), Note: true}
	case c.isEmpty || c.before == "":
		return page.Cell{Text: v.say("page_empty"), Note: true}
	}
	return page.Cell{Text: v.value(c.field, c.before)}
}

func (v view) after(c change) page.Cell {
	if c.isClear || c.after == "" {
		return page.Cell{Text: v.say("page_empty"), Note: true}
	}
	return page.Cell{Text: v.value(c.field, c.after)}
}

// value returns the value of a field, a number with the separators of the language.
func (v view) value(field, text string) string {
	if crm.IsNumber(field) {
		return v.Words.Figure(text)
	}
	return text
}

// fieldName returns what people call a field; one that the catalog does not know keeps its own name.
func (v view) fieldName(field string) string {
	code := "page_field_" + field
	if field == review.TitleField {
		code = "page_field_title"
	}
	if name := v.say(code); name != code {
		return name
	}
	return strings.TrimSpace(field)
}
