package report

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"razebulk/batch"
	"razebulk/internal/crm"
	"razebulk/internal/files"
	"razebulk/internal/reason"
	"razebulk/internal/review"
	"razebulk/internal/words"
)

// planLine is one line of a plan: a cell that would be sent, or a row or cell that would not. Current is empty if the
// row was not compared with the CRM.
type planLine struct {
	review.Line
	exact review.Exact
	mark  string // for a plan that can be applied
}

func lineOfPlan(p *batch.Plan, status batch.Status, message string) planLine {
	id := p.Row.ID
	return planLine{
		Line:  review.Line{Row: p.Row.Number, ID: id, Status: string(status), Message: message},
		exact: review.Exact{ID: id},
	}
}

// cellLines adds the lines of a row; shown is its plan with names instead of ids.
func (w Words) cellLines(to []planLine, p, shown *batch.Plan) []planLine {
	switch {
	case p.Status == batch.ValidationError:
		return append(to, w.invalidLine(p))
	case p.Status == batch.Empty:
		return to
	case p.Status == "", p.Status == batch.Unchanged, p.Status == batch.Conflict && len(p.Conflicts())+len(p.Unread()) > 0:
		return append(w.sentLines(to, p, shown), w.leftLines(shown)...)
	}
	return append(to, lineOfPlan(p, p.Status, w.all(p.Reasons)))
}

// sentLines adds the lines of the cells that would be sent; none if the row already has a status.
func (w Words) sentLines(lines []planLine, p, shown *batch.Plan) []planLine {
	var doubts map[string]reason.Reason
	for _, warning := range p.Row.Warnings {
		if doubts == nil {
			doubts = map[string]reason.Reason{}
		}
		doubts[warning.Field] = warning.Reason()
	}
	for i := range p.Decisions {
		d, named := &p.Decisions[i], &shown.Decisions[i]
		if !d.IsSent() {
			continue
		}
		change, isKnown := d.Change()
		shownChange, _ := named.Change()
		lines = append(lines, lineOfPlan(p, review.Planned, ""))
		l := &lines[len(lines)-1]
		l.Field, l.Current, l.New = d.Field.Name, shownChange.Before, named.Field.Text
		l.exact.Current, l.exact.New, l.exact.Unread = change.Before, d.Field.Text, !isKnown || change.Unknown
		l.exact.Empty, l.exact.Clear, l.exact.Number = change.Empty, d.Field.Clear, d.Field.Number
		l.exact.Title = change.OverwritesTitle()
		if change.Now != nil {
			l.exact.Now, l.exact.NowEmpty = &change.Now.Text, change.Now.Empty
		}
		if doubt, found := doubts[d.Field.Name]; found {
			l.Message = oneLine(w.withoutPlace(doubt))
		}
		if d.Field.Clear {
			l.Message = w(reason.New("plan_clears_field"))
		}
		if l.exact.Title {
			title := *l
			title.exact.Title = false
			title.Field, title.Current, title.Message = review.TitleField, *change.Title, w(reason.New("plan_title_overwritten"))
			title.exact.Current = title.Current
			lines = append(lines, title)
		}
	}
	return append(lines, w.unstoredLines(p, shown)...)
}

// unstoredLines returns the lines of the cells that are not sent because the service does not store the field.
func (w Words) unstoredLines(p, shown *batch.Plan) []planLine {
	var lines []planLine
	for _, f := range shown.Unstored() {
		l := lineOfPlan(p, batch.NotApplied, w(reason.New("field_not_stored", "fields", []string{f.Name})))
		l.Field, l.New, l.exact.New = f.Name, f.Text, f.Text
		lines = append(lines, l)
	}
	return lines
}

// withoutPlace returns the text of a reason without the column and the value of the cell, which have their own columns.
func (w Words) withoutPlace(why reason.Reason) string {
	why.Params = maps.Clone(why.Params)
	delete(why.Params, "column")
	return w(why)
}

// leftLines returns the lines of the cells that would not be sent: somebody has changed the field, or a rule keeps its
// value.
func (w Words) leftLines(p *batch.Plan) []planLine {
	var lines []planLine
	add := func(status batch.Status, c batch.Change, message string) {
		l := lineOfPlan(p, status, message)
		l.Field, l.Current, l.New = c.Field, c.Before, c.After
		l.exact.Current, l.exact.New = l.Current, l.New
		lines = append(lines, l)
	}
	for _, c := range p.Conflicts() {
		add(batch.Conflict, c, w.all(p.Reasons))
	}
	for _, field := range p.Unread() {
		add(batch.Conflict, batch.Change{Field: field}, w(reason.New("rule_unread", "fields", []string{field})))
	}
	for _, c := range p.Kept() {
		add(batch.Unchanged, c, w(reason.New("plan_only_blank")))
	}
	return lines
}

// invalidLine names all invalid fields, and the value if there is only one.
func (w Words) invalidLine(p *batch.Plan) planLine {
	var fields []string
	for _, problem := range p.Row.Problems {
		if problem.Field != "" {
			fields = append(fields, problem.Field)
		}
	}
	l := lineOfPlan(p, p.Status, w.all(p.Reasons))
	l.Field = strings.Join(fields, " ")
	if len(p.Row.Problems) == 1 {
		l.New = p.Row.Problems[0].Value
		l.exact.New = l.New
	}
	return l
}

// appliedColumns are the columns of a plan that can be applied.
var appliedColumns = append(slices.Clip(crm.PlanColumns), crm.PlanColumn)

// jsonPlan is the start of a JSON plan.
const jsonPlan = `{"razebulk_plan":1,`

// isJSON reports whether a plan with this name is JSON, for programs.
func isJSON(path string) bool { return strings.EqualFold(filepath.Ext(path), ".json") }

// IsPlan reports whether a plan may replace the file: it is a plan, or there is no file.
func IsPlan(path string) (bool, error) {
	switch {
	case isJSON(path):
		start, exists, err := startOf(path)
		return err == nil && (!exists || strings.HasPrefix(start, jsonPlan)), err
	case IsBook(path):
		return isBookOf(path, crm.PlanColumns, appliedColumns)
	}
	return isReplaceable(path, ",;\t|", crm.PlanColumns, appliedColumns)
}

// PlanFile is the output file of a dry run: a line for each cell that would be sent. It is not safe for concurrent use,
// and must end with Commit or Discard.
type PlanFile struct {
	path    string
	dialect Dialect
	file    *files.File
	writer  *bufio.Writer
	table   *csv.Writer // to writer, for a plan that is a table
	start   *encoded    // of all lines of a row
	cells   []string    // of the line being written
	words   Words
	marker  *review.Marker
	latest  []planLine // of the row being written
	lines   int
}

// CreatePlan begins the file. Its name decides whether it is JSON, a workbook, or a CSV file; words are for its
// messages. Of is the identity of a plan that can be applied because the opportunities were read; nil means that the
// plan can't be applied. The file takes its name with [PlanFile.Commit], replacing an earlier plan.
func CreatePlan(path string, d Dialect, words Words, of *review.Identity) (*PlanFile, error) {
	file, err := files.Create(path)
	if err != nil {
		return nil, err
	}
	p := &PlanFile{path: path, dialect: d, file: file, writer: bufio.NewWriterSize(file, 64<<10), words: words}
	p.table, p.start = d.newWriter(p.writer), d.newEncoded()
	columns := crm.PlanColumns
	if of != nil {
		columns = appliedColumns
	}
	start := d.headerLine(columns)
	if isJSON(path) {
		start, err = jsonStart(of)
	}
	if err == nil && of != nil {
		var m review.Marker
		m, err = review.NewMarker(*of)
		p.marker = &m
	}
	if err == nil {
		_, err = p.writer.WriteString(start)
	}
	if err != nil {
		p.Discard()
		return nil, err
	}
	return p, nil
}

func jsonStart(of *review.Identity) (string, error) {
	if of == nil {
		return jsonPlan + `"lines":[`, nil
	}
	text, err := json.Marshal(of)
	return jsonPlan + strings.TrimSuffix(strings.TrimPrefix(string(text), "{"), "}") + `,"lines":[`, err
}

// Add writes the lines of one row; shown is its plan with names instead of ids. A row with nothing to send and nothing
// wrong has no lines.
func (p *PlanFile) Add(plan, shown batch.Plan) error {
	lines := p.words.planLines(p.latest, &plan, &shown)
	p.latest = lines
	id := words.VisibleCell(plan.Row.ID)
	for i := range lines {
		l := &lines[i]
		l.ID = id
		for _, text := range [...]*string{&l.Field, &l.Current, &l.New, &l.Message} {
			*text = words.VisibleCell(*text)
		}
		if p.marker == nil {
			continue
		}
		var err error
		if l.mark, err = p.marker.Mark(l.Line, l.exact); err != nil {
			return err
		}
	}
	if isJSON(p.path) {
		return p.addJSON(lines)
	}
	return p.addRecords(lines)
}

// addRecords writes a row's lines, whose text is already visible, to the table. A plan has ten lines per row: gocsv,
// which examines every field of a struct by reflection, would take longer than everything else in a dry run.
func (p *PlanFile) addRecords(lines []planLine) error {
	if len(lines) == 0 {
		return nil
	}
	start, err := p.start.cells(strconv.Itoa(lines[0].Row), escape(lines[0].ID))
	if err != nil {
		return err
	}
	for i := range lines {
		l := &lines[i]
		p.cells = append(p.cells[:0], l.Status, escape(l.Field), escape(l.Current), escape(l.New), escape(l.Message))
		if p.marker != nil {
			p.cells = append(p.cells, l.mark)
		}
		_, err := p.writer.Write(start)
		if err = errors.Join(err, p.table.Write(p.cells)); err != nil {
			return err
		}
	}
	return nil
}

func (p *PlanFile) addJSON(lines []planLine) error {
	for _, l := range lines {
		text, err := json.Marshal(struct {
			review.Line
			Mark string `json:"raze_plan,omitempty"`
		}{l.Line, l.mark})
		if err != nil {
			return err
		}
		if p.lines++; p.lines > 1 {
			text = append([]byte(","), text...)
		}
		if _, err := p.writer.Write(append([]byte("\n"), text...)); err != nil {
			return err
		}
	}
	return nil
}

// Commit gives the file its name. When ctx is done, it fails with its cause.
func (p *PlanFile) Commit(ctx context.Context) error {
	if isJSON(p.path) {
		_, _ = p.writer.WriteString("\n]}\n") // Flush returns its error
	}
	p.table.Flush() // this also flushes writer, its buffer
	if err := p.table.Error(); err != nil {
		p.Discard()
		return err
	}
	if !IsBook(p.path) {
		return p.file.Commit()
	}
	book, err := asBook(ctx, p.path, p.file, p.dialect)
	if err != nil {
		return err
	}
	return book.Commit()
}

// Discard removes what was written.
func (p *PlanFile) Discard() { p.file.Discard() }
