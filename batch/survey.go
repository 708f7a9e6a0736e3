package batch

import (
	"iter"

	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// Survey is what a pass over all rows shows before anything is sent.
type Survey struct {
	Rows     int
	LastRow  int // the number of the last one
	Requests int
	Invalid  int
	Empty    int
	Damage   csvmap.Damage
	// Warnings are the first few doubts about cells; WarningCount counts all.
	Warnings     []RowWarning
	WarningCount int
	Repeats      Repeats

	// Those below come from [Survey.Against]. Unchanged, Unread and Conflicts are rows that need no request, rows
	// whose opportunity could not be found or read, and rows that somebody has changed meanwhile.
	Unchanged int
	Unread    int
	Conflicts int
	// ByField is how many rows change each field, Unreported how many change each field that the service does not
	// report.
	ByField    map[string]int
	Unreported map[string]int
	// First are the first few rows that change something.
	First []Plan
}

// RowWarning is a doubt about a cell that does not keep its row from being sent.
type RowWarning struct {
	Row    int
	Reason reason.Reason
}

const (
	warningsShown = 5
	plansShown    = 20
)

// SurveyRows plans every row. It fails with the first error of rows, or when it can't keep its notes in dir, a
// directory for temporary files ("" is the system's). Its memory doesn't grow with the number of rows.
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
		if plan.Status != "" {
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
	s.LastRow = max(s.LastRow, plan.Row.Number)
	switch plan.Status {
	case "":
		s.Requests += plan.Requests()
	case ValidationError:
		s.Invalid++
	case Empty:
		s.Empty++
	}
	s.Damage.Count(plan.Row)
	s.WarningCount += len(plan.Row.Warnings)
	for _, warning := range reasonsOf(plan.Row.Warnings) {
		if len(s.Warnings) < warningsShown {
			s.Warnings = append(s.Warnings, RowWarning{plan.Row.Number, warning})
		}
	}
}

// Against is the survey again, compared with what is known. It plans all rows, which must be the same. Earlier rows
// of an id count as stored when later ones come.
func (s Survey) Against(rows iter.Seq2[csvmap.Row, error], known *Known) (Survey, error) {
	s.Requests, s.ByField, s.Unreported = 0, map[string]int{}, map[string]int{}
	planner := NewPlanner(known, s.Repeats)
	for row, err := range rows {
		if err != nil {
			return Survey{}, err
		}
		s.countCompared(planner.Plan(row))
	}
	return s, nil
}

func (s *Survey) countCompared(plan Plan) {
	s.Requests += plan.Requests()
	switch plan.Status {
	case Unchanged:
		s.Unchanged++
	case "", ValidationError, Empty, Conflict:
	default:
		s.Unread++
	}
	if plan.Status == Conflict || len(plan.Conflicts()) > 0 {
		s.Conflicts++
	}
	for _, field := range plan.Fields() {
		s.ByField[field.Name]++
	}
	changes := plan.Changes()
	for _, change := range changes {
		if change.Unknown {
			s.Unreported[change.Field]++
		}
	}
	if len(changes) > 0 && len(s.First) < plansShown {
		s.First = append(s.First, plan)
	}
}

// Planner plans rows before any is sent. It is for one goroutine.
type Planner struct {
	known   *Known
	repeats Repeats
	planned map[string]map[string]getraze.Field // of ids that several rows have, by field
}

// NewPlanner takes what is known, which may be nil, and the ids that several rows have.
func NewPlanner(known *Known, repeats Repeats) *Planner {
	return &Planner{known, repeats, map[string]map[string]getraze.Field{}}
}

// Plan decides about a row. Rows must come in their order.
func (p *Planner) Plan(row csvmap.Row) Plan {
	plan := PlanRow(row)
	if p.known == nil || !p.repeats.has(row.ID) {
		p.known.compare(&plan, nil)
		return plan
	}
	id := crm.IDKey(row.ID)
	p.known.compare(&plan, p.planned[id])
	if p.planned[id] == nil {
		p.planned[id] = map[string]getraze.Field{}
	}
	for _, field := range plan.Fields() {
		p.planned[id][field.Name] = field
	}
	return plan
}
