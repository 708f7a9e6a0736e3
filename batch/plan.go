package batch

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"time"

	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
)

// Plan is what is to be done about one row: send fields, a stage, or both, or nothing, and then Settled says why.
type Plan struct {
	Row csvmap.Row
	// Send are the fields of an update.
	Send []getraze.Field
	// Stage is the status that is set by a request of its own; "" for none.
	Stage   string
	Settled Status
	// Changes are what sending changes, as far as the opportunity was read before.
	Changes []Change
	// Left are the changes that are not sent, as somebody has changed these fields since.
	Left []Change

	assumed map[string]getraze.Field // what earlier rows of the opportunity will have stored by then

	why    string          // it is settled, where the status alone doesn't tell
	proved []getraze.Field // that the opportunity was seen to hold

	httpStatus int // of the reading that failed
}

// PlanRow decides about a row by itself. [Known] may shrink what comes of it.
func PlanRow(row csvmap.Row) Plan {
	plan := Plan{Row: row}
	switch {
	case len(row.Problems) > 0:
		plan.Settled = ValidationError
	case len(row.Cells) == 0:
		plan.Settled = Empty
	default:
		plan.Send = make([]getraze.Field, 0, len(row.Cells))
		for _, cell := range row.Cells {
			if cell.Field == crm.Status {
				plan.Stage = cell.Text
			} else {
				plan.Send = append(plan.Send, fieldOf(cell))
			}
		}
	}
	plan.Row.Cells = nil // they are good until the next row is read
	return plan
}

// Requests is how many the plan takes, if none has to be repeated.
func (p Plan) Requests() int {
	n := 0
	if len(p.Send) > 0 {
		n++
	}
	if p.Stage != "" {
		n++
	}
	return n
}

func (p Plan) stageField() getraze.Field {
	return getraze.Field{Name: crm.Status, Text: p.Stage}
}

// Fields are all that is sent, the stage last.
func (p Plan) Fields() []getraze.Field {
	if p.Stage == "" {
		return p.Send
	}
	return append(slices.Clip(p.Send), p.stageField())
}

// Why tells, in words, why the row or some of its fields are not sent, where that is no fault of the row's own.
func (p Plan) Why() string {
	if p.why == "" && len(p.Left) > 0 {
		return p.leftAlone()
	}
	return p.why
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
	case p.Settled:
		r.Message = p.why
	}
	return r
}

// Withhold gives every row the result that it has when nothing is sent at all.
func Withhold(rows iter.Seq2[csvmap.Row, error], why string, record func(Result) error) error {
	for row, err := range rows {
		if err != nil {
			return err
		}
		plan := PlanRow(row)
		result := plan.result(cmp.Or(plan.Settled, NotAttempted))
		if result.Status == NotAttempted {
			result.Message = why
		}
		if err := record(result); err != nil {
			return err
		}
	}
	return nil
}

// Survey is what a first pass over all rows finds, before anything is sent.
type Survey struct {
	Rows     int
	LastRow  int // the number of the last one
	Requests int
	Invalid  int
	Empty    int
	Damage   csvmap.Damage
	// Warnings are the first few doubts about cells; WarningCount counts all.
	Warnings     []string
	WarningCount int
	Repeats      Repeats

	// Unchanged, Unread, Conflicts, ByField and First come from [Survey.Reckon]: rows that need no request, rows whose opportunity
	// could not be found or read, rows that somebody has changed meanwhile, how many rows change each field, and the first few
	// rows that change something.
	Unchanged int
	Unread    int
	Conflicts int
	ByField   map[string]int
	First     []Plan
	// Untold is how many rows change each field of which the service didn't tell what it holds.
	Untold map[string]int
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

const plansShown = 20

// Reckon is the survey again with what is known: it plans all rows, which must be the same. Earlier rows of an id are taken to be
// stored when later ones come.
func (s Survey) Reckon(rows iter.Seq2[csvmap.Row, error], known *Known) (Survey, error) {
	s.Requests, s.ByField, s.Untold = 0, map[string]int{}, map[string]int{}
	planner := NewPlanner(known, s.Repeats)
	for row, err := range rows {
		if err != nil {
			return Survey{}, err
		}
		plan := planner.Plan(row)
		s.Requests += plan.Requests()
		switch plan.Settled {
		case Unchanged:
			s.Unchanged++
		case "", ValidationError, Empty, Conflict:
		default:
			s.Unread++
		}
		if plan.Settled == Conflict || len(plan.Left) > 0 {
			s.Conflicts++
		}
		for _, field := range plan.Fields() {
			s.ByField[field.Name]++
		}
		for _, change := range plan.Changes {
			if change.Unknown {
				s.Untold[change.Field]++
			}
		}
		if len(plan.Changes) > 0 && len(s.First) < plansShown {
			s.First = append(s.First, plan)
		}
	}
	return s, nil
}

// Planner plans rows before any is sent. It is for one goroutine.
type Planner struct {
	known   *Known
	repeats Repeats
	planned map[string]map[string]getraze.Field // of ids that several rows have
}

// NewPlanner takes what is known, which may be nil, and the ids that several rows have.
func NewPlanner(known *Known, repeats Repeats) *Planner {
	return &Planner{known, repeats, map[string]map[string]getraze.Field{}}
}

// Plan decides about a row. Rows must come in their order.
func (p *Planner) Plan(row csvmap.Row) Plan {
	plan := PlanRow(row)
	repeats := p.known != nil && p.repeats.has(row.ID)
	if repeats {
		plan.assumed = p.planned[IDKey(row.ID)]
	}
	p.known.shrink(&plan)
	if !repeats {
		return plan
	}
	planned := p.planned[IDKey(row.ID)]
	if planned == nil {
		planned = map[string]getraze.Field{}
		p.planned[IDKey(row.ID)] = planned
	}
	for _, field := range plan.Fields() {
		planned[field.Name] = field
	}
	return plan
}

func (s *Survey) count(plan Plan) {
	s.Rows++
	s.LastRow = max(s.LastRow, plan.Row.Number)
	switch plan.Settled {
	case "":
		s.Requests += plan.Requests()
	case ValidationError:
		s.Invalid++
	case Empty:
		s.Empty++
	}
	s.Damage.Count(plan.Row)
	for _, warning := range plan.Row.Warnings {
		s.WarningCount++
		if len(s.Warnings) < warningsShown {
			s.Warnings = append(s.Warnings, "row "+strconv.Itoa(plan.Row.Number)+": "+Words(warning.Reason()))
		}
	}
}
