package review

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"razebulk/internal/crm"
)

// WriteSheet writes what is to be sent as a sheet: it has a row for each row of the sheet that was planned, at the
// same row number; rows of which nothing is left are blank. [crm.ExpectedColumn] has, as a JSON object by field, what
// the CRM must hold for a cell to be sent, and the sums of the cells that were not edited. Its error is a
// [reason.Reason] if the lines contradict each other, otherwise the writer's.
func (p *Plan) WriteSheet(to io.Writer) error {
	if err := p.check(); err != nil {
		return err
	}
	out := bufio.NewWriter(to)
	w := csv.NewWriter(out)
	fields := p.fields()
	if err := w.Write(slices.Concat([]string{crm.ID}, p.headers(fields), []string{crm.ClearColumn, crm.ExpectedColumn})); err != nil {
		return err
	}
	next, stored := 2, map[target][]any{}
	for rest := p.lines; len(rest) > 0; {
		var row []line
		row, rest = firstRow(rest)
		w.Flush()
		for ; next < row[0].seen.Row; next++ {
			_ = out.WriteByte('\n') // Flush returns its error
		}
		cells, err := cellsOf(row, fields, stored)
		if err != nil {
			return err
		}
		if err := w.Write(cells); err != nil {
			return err
		}
		next++
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	return out.Flush()
}

// firstRow returns the lines of the first row, and those of the others.
func firstRow(lines []line) (row, rest []line) {
	end := slices.IndexFunc(lines, func(l line) bool { return l.seen.Row != lines[0].seen.Row })
	if end < 0 {
		end = len(lines)
	}
	return lines[:end], lines[end:]
}

// fields returns the fields that the plan changes.
func (p *Plan) fields() []string {
	var fields []string
	for _, l := range p.lines {
		if !slices.Contains(fields, l.seen.Field) {
			fields = append(fields, l.seen.Field)
		}
	}
	slices.Sort(fields)
	return fields
}

// headers returns the headers for these fields; that of a field that the API does not describe has its type.
func (p *Plan) headers(fields []string) []string {
	headers := make([]string, len(fields))
	for i, field := range fields {
		headers[i] = field
		if crm.IsField(field) || field == crm.Status {
			continue
		}
		headers[i] += ":string"
		if slices.ContainsFunc(p.lines, func(l line) bool { return l.seen.Field == field && l.exact.Number }) {
			headers[i] = field + ":number"
		}
	}
	return headers
}

// target is a cell of the CRM.
type target struct{ id, field string }

// cellsOf returns the cells of one row. Stored has what the earlier rows store, and gets what this one does.
func cellsOf(lines []line, fields []string, stored map[target][]any) ([]string, error) {
	cells := make([]string, len(fields)+3)
	cells[0] = crm.EscapeFormula(lines[0].exact.ID)
	expected, sums, clear := map[string]any{}, map[string]string{}, []string(nil)
	for _, l := range lines {
		cells[1+slices.Index(fields, l.seen.Field)] = l.cell
		if l.exact.Clear {
			clear = append(clear, l.seen.Field)
		}
		if !l.edited {
			sums[l.seen.Field] = crm.Sum(l.exact.New)
		}
		if !l.exact.Unread {
			expected[l.seen.Field] = l.exact.held(l.exact.Current, l.exact.Empty)
		}
		at := target{crm.IDKey(l.exact.ID), l.seen.Field}
		if l.exact.Now != nil {
			may := []any{expected[l.seen.Field], l.exact.held(*l.exact.Now, l.exact.NowEmpty)}
			expected[l.seen.Field] = append(may, stored[at]...)
		}
		stored[at] = append(stored[at], l.exact.held(l.exact.New, l.exact.Clear))
	}
	expected[crm.UndoSums] = sums
	text, err := json.Marshal(expected)
	cells[len(cells)-2], cells[len(cells)-1] = strings.Join(clear, " "), crm.EscapeFormula(string(text))
	return cells, err
}

// held returns a value that the CRM may hold.
func (e Exact) held(text string, empty bool) any {
	switch {
	case empty:
		return nil
	case e.Number && json.Valid([]byte(text)):
		return json.Number(text)
	}
	return text
}
