package report

import (
	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/reason"
)

// planLines returns the lines of a row, which also say how its opportunity was found. It reuses memory; shown is the
// row's plan with names instead of ids.
func (w Words) planLines(memory []planLine, p, shown *batch.Plan) []planLine {
	lines := w.cellLines(memory[:0], p, shown)
	if len(p.Row.Match) == 0 || p.Row.ID == "" {
		return lines
	}
	fields, texts := csvmap.FieldsAndTexts(p.Row.Match)
	by := oneLine(w(reason.New("plan_matched", "by", fields, "values", texts)))
	for i := range lines {
		if lines[i].Message != "" {
			lines[i].Message += "; "
		}
		lines[i].Message += by
	}
	return lines
}
