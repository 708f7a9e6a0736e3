package report

import (
	"bufio"
	"context"
	"maps"

	"razebulk/batch"
	"razebulk/internal/files"
	"razebulk/internal/reason"
)

// planned is the status of a cell that would be sent.
const planned = "PLANNED"

// planLine is one cell that would be sent, or one row or cell that would not.
type planLine struct {
	Row     int  `csv:"row"`
	ID      cell `csv:"id"`
	Status  cell `csv:"status"`
	Field   cell `csv:"field"`
	Current cell `csv:"current"` // empty where the row was not compared with the CRM
	New     cell `csv:"new"`
	Message cell `csv:"message"`
}

func (w Words) planLines(p batch.Plan) []planLine {
	switch {
	case p.Status == batch.ValidationError:
		return []planLine{w.invalidLine(p)}
	case p.Status == batch.Empty || p.Status == batch.Unchanged:
		return nil
	case p.Status == "" || p.Status == batch.Conflict && len(p.Conflicts()) > 0:
		return append(w.sentLines(p), w.conflictLines(p)...)
	}
	return []planLine{{Row: p.Row.Number, ID: cell(p.Row.ID), Status: cell(p.Status), Message: cell(w.all(p.Reasons))}}
}

// sentLines are those of the cells that would be sent; none if the row has a status already.
func (w Words) sentLines(p batch.Plan) []planLine {
	doubts := map[string]reason.Reason{}
	for _, warning := range p.Row.Warnings {
		doubts[warning.Field] = warning.Reason()
	}
	held := map[string]batch.Change{}
	for _, change := range p.Changes() {
		held[change.Field] = change
	}
	var lines []planLine
	for _, f := range p.Fields() {
		l := planLine{
			Row: p.Row.Number, ID: cell(p.Row.ID), Status: planned, Field: cell(f.Name), Current: cell(held[f.Name].Before), New: cell(f.Text),
		}
		if doubt, found := doubts[f.Name]; found {
			l.Message = cell(oneLine(w.withoutPlace(doubt)))
		}
		if f.Clear {
			l.Message = cell(w(reason.New("plan_clears_field")))
		}
		lines = append(lines, l)
		if change, found := held[f.Name]; found && change.OverwritesTitle() {
			l.Field, l.Current, l.Message = "title", cell(*change.Title), cell(w(reason.New("plan_title_overwritten")))
			lines = append(lines, l)
		}
	}
	return append(lines, w.unstoredLines(p)...)
}

// unstoredLines are those of the cells that are not sent, as the service does not store the field.
func (w Words) unstoredLines(p batch.Plan) []planLine {
	var lines []planLine
	for _, f := range p.Unstored() {
		why := reason.New("field_not_stored", "fields", []string{f.Name})
		lines = append(lines, planLine{
			Row: p.Row.Number, ID: cell(p.Row.ID), Status: cell(batch.NotApplied), Field: cell(f.Name), New: cell(f.Text), Message: cell(w(why)),
		})
	}
	return lines
}

// withoutPlace is the text of a reason without the column and the value of the cell, which have columns of their own.
func (w Words) withoutPlace(why reason.Reason) string {
	why.Params = maps.Clone(why.Params)
	delete(why.Params, "column")
	return w(why)
}

// conflictLines are those of the cells that would not be sent, as somebody has changed the field.
func (w Words) conflictLines(p batch.Plan) []planLine {
	var lines []planLine
	for _, change := range p.Conflicts() {
		lines = append(lines, planLine{
			Row: p.Row.Number, ID: cell(p.Row.ID), Status: cell(batch.Conflict), Field: cell(change.Field),
			Current: cell(change.Before), New: cell(change.After), Message: cell(w.all(p.Reasons)),
		})
	}
	return lines
}

// invalidLine names all fields that are wrong, and the value if there is only one.
func (w Words) invalidLine(p batch.Plan) planLine {
	var fields []string
	for _, problem := range p.Row.Problems {
		if problem.Field != "" {
			fields = append(fields, problem.Field)
		}
	}
	l := planLine{
		Row: p.Row.Number, ID: cell(p.Row.ID), Status: cell(p.Status), Field: joined(fields), Message: cell(w.all(p.Reasons)),
	}
	if len(p.Row.Problems) == 1 {
		l.New = cell(p.Row.Problems[0].Value)
	}
	return l
}

// planColumns are those of a plan.
var planColumns = []string{"row", "id", "status", "field", "current", "new", "message"}

// IsPlan reports whether a plan may replace the file: it is a plan, or there is no file.
func IsPlan(path string) (bool, error) {
	if IsBook(path) {
		return isBookOf(path, planColumns)
	}
	return isReplaceable(path, ",;\t|", planColumns)
}

// PlanFile is the file of a dry run: a line for each cell that would be sent. It is for one goroutine, and ends with
// Commit or Discard.
type PlanFile struct {
	path    string
	dialect Dialect
	file    *files.File
	writer  *bufio.Writer
	encoder *encoder
	words   Words
}

// CreatePlan begins the file, a CSV file or by its name a workbook; words are those of its messages. It takes its name
// with [PlanFile.Commit], in place of an earlier plan.
func CreatePlan(path string, d Dialect, words Words) (*PlanFile, error) {
	file, err := files.Create(path)
	if err != nil {
		return nil, err
	}
	p := &PlanFile{path, d, file, bufio.NewWriter(file), newEncoder(d), words}
	if _, err := p.writer.WriteString(d.headerLine(planColumns)); err != nil {
		p.Discard()
		return nil, err
	}
	return p, nil
}

// Add writes the lines of one row. A row that has nothing to send and nothing wrong has none.
func (p *PlanFile) Add(plan batch.Plan) error {
	text, err := p.encoder.lines(p.words.planLines(plan))
	if err == nil {
		_, err = p.writer.Write(text)
	}
	return err
}

// Commit puts the file in place. When ctx is done, it fails with its cause.
func (p *PlanFile) Commit(ctx context.Context) error {
	if err := p.writer.Flush(); err != nil {
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
