package report

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"

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

func planLines(p batch.Plan) []planLine {
	switch p.Status {
	case batch.ValidationError:
		return []planLine{invalidLine(p)}
	case batch.Empty, batch.Unchanged:
		return nil
	case "":
	case batch.Conflict:
		if len(p.Conflicts()) > 0 {
			return leftLines(p)
		}
		fallthrough
	default:
		return []planLine{{Row: p.Row.Number, ID: cell(p.Row.ID), Status: cell(p.Status), Message: cell(oneLine(inWords(p.Reasons)))}}
	}
	doubts := map[string]string{}
	for _, w := range p.Row.Warnings {
		doubts[w.Field] = batch.Words(reason.Reason{Code: w.Code, Params: w.Params})
	}
	held := map[string]batch.Change{}
	for _, change := range p.Changes() {
		held[change.Field] = change
	}
	var lines []planLine
	for _, f := range p.Fields() {
		l := planLine{
			Row: p.Row.Number, ID: cell(p.Row.ID), Status: planned, Field: cell(f.Name),
			Current: cell(held[f.Name].Before), New: cell(f.Text), Message: cell(doubts[f.Name]),
		}
		if f.Clear {
			l.Message = "empties the field"
		}
		lines = append(lines, l)
	}
	return append(lines, leftLines(p)...)
}

func leftLines(p batch.Plan) []planLine {
	var lines []planLine
	for _, change := range p.Conflicts() {
		lines = append(lines, planLine{
			Row: p.Row.Number, ID: cell(p.Row.ID), Status: cell(batch.Conflict), Field: cell(change.Field),
			Current: cell(change.Before), New: cell(change.After), Message: cell(oneLine(inWords(p.Reasons))),
		})
	}
	return lines
}

// invalidLine names all fields that are wrong, and the value if there is just one.
func invalidLine(p batch.Plan) planLine {
	var fields []string
	for _, problem := range p.Row.Problems {
		if problem.Field != "" {
			fields = append(fields, problem.Field)
		}
	}
	l := planLine{
		Row: p.Row.Number, ID: cell(p.Row.ID), Status: cell(p.Status),
		Field: joined(fields), Message: cell(oneLine(inWords(p.Reasons))),
	}
	if len(p.Row.Problems) == 1 {
		l.New = cell(p.Row.Problems[0].Value)
	}
	return l
}

// IsPlan tells whether a plan may take the place of the file: it is one, or there is none.
func IsPlan(path string) (bool, error) {
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	header, err := newEncoder(Dialect{}).header([]planLine{})
	if err != nil {
		return false, err
	}
	header = bytes.TrimSuffix(header, []byte{'\n'})
	start := make([]byte, len(header))
	_, err = io.ReadFull(f, start)
	delimiter := start[len(header)-len(",message")]
	return err == nil && bytes.Equal(bytes.ReplaceAll(start, []byte{delimiter}, []byte{','}), header), nil
}

// PlanFile is what a dry run leaves: a line for each cell that would be sent.
type PlanFile struct {
	file    *files.File
	writer  *bufio.Writer
	encoder *encoder
}

// CreatePlan begins the file. It takes its name with [PlanFile.Commit], in place of an earlier one.
func CreatePlan(path string, d Dialect) (*PlanFile, error) {
	file, err := files.Create(path)
	if err != nil {
		return nil, err
	}
	p := &PlanFile{file, bufio.NewWriter(file), newEncoder(d)}
	header, err := p.encoder.header([]planLine{})
	if err == nil {
		_, err = p.writer.Write(header)
	}
	if err != nil {
		p.Discard()
		return nil, err
	}
	return p, nil
}

// Add writes the lines of one row. A row that has nothing to send and nothing wrong has none.
func (p *PlanFile) Add(plan batch.Plan) error {
	text, err := p.encoder.lines(planLines(plan))
	if err == nil {
		_, err = p.writer.Write(text)
	}
	return err
}

// Commit puts the file in place.
func (p *PlanFile) Commit() error {
	if err := p.writer.Flush(); err != nil {
		p.Discard()
		return err
	}
	return p.file.Commit()
}

// Discard removes what was written.
func (p *PlanFile) Discard() { p.file.Discard() }
