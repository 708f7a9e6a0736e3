package batch

import (
	"iter"
	"strconv"
	"strings"
	"time"

	"razebulk/csvmap"
	"razebulk/getraze"
)

// Plan is what is to be done about one row: send fields, or nothing, and then Settled says why.
type Plan struct {
	Row     csvmap.Row
	Send    []getraze.Field
	Settled Status
}

// PlanRow decides about a row. It is the one place that does, for a dry run as for a real one.
func PlanRow(row csvmap.Row) Plan {
	switch {
	case len(row.Problems) > 0:
		return Plan{Row: row, Settled: ValidationError}
	case len(row.Cells) == 0:
		return Plan{Row: row, Settled: Empty}
	}
	fields := make([]getraze.Field, len(row.Cells))
	for i, cell := range row.Cells {
		fields[i] = getraze.Field{Name: cell.Field, Text: cell.Text, Number: cell.Number}
	}
	return Plan{Row: row, Send: fields}
}

// Reasons are why the row can't be sent, in words; "" if it can.
func (p Plan) Reasons() string { return joinProblems(p.Row.Problems) }

// result is the row's result before anything was sent.
func (p Plan) result(status Status) Result {
	r := Result{Row: p.Row.Number, Line: p.Row.Line, ID: p.Row.ID, Status: status, FinishedAt: time.Now().UTC()}
	switch status {
	case ValidationError:
		r.Message = p.Reasons()
	case Empty:
		r.Message = "no cell to send"
	}
	return r
}

func joinProblems(problems []csvmap.Problem) string {
	words := make([]string, len(problems))
	for i, p := range problems {
		words[i] = p.String()
	}
	return strings.Join(words, "; ")
}

// Survey is what a first pass over all rows finds, before anything is sent.
type Survey struct {
	Rows     int
	LastRow  int // the number of the last one
	Requests int
	Invalid  int
	Empty    int
	// Warnings are the first few doubts about cells; WarningCount counts all.
	Warnings     []string
	WarningCount int
	Repeats      Repeats
}

const warningsShown = 5

// SurveyRows plans every row. It fails with the first error of rows, or when it can't keep its notes in dir, a directory
// for temporary files ("" is the system's). Its memory doesn't grow with the number of rows.
func SurveyRows(rows iter.Seq2[csvmap.Row, error], dir string) (Survey, error) {
	var s Survey
	ids := newIDSet(dir)
	defer ids.close()
	for row, err := range rows {
		if err != nil {
			return Survey{}, err
		}
		plan := PlanRow(row)
		s.count(plan)
		if plan.Settled != "" {
			continue
		}
		if err := ids.add(row.ID, row.Number); err != nil {
			return Survey{}, err
		}
	}
	var err error
	s.Repeats, err = ids.repeats()
	return s, err
}

func (s *Survey) count(plan Plan) {
	s.Rows++
	s.LastRow = plan.Row.Number
	switch plan.Settled {
	case "":
		s.Requests++
	case ValidationError:
		s.Invalid++
	case Empty:
		s.Empty++
	}
	for _, warning := range plan.Row.Warnings {
		s.WarningCount++
		if len(s.Warnings) < warningsShown {
			s.Warnings = append(s.Warnings, "row "+strconv.Itoa(plan.Row.Number)+": "+warning.String())
		}
	}
}
