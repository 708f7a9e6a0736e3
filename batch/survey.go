package batch

import (
	"iter"
	"slices"

	"razebulk/batch/internal/idset"
	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// Survey is the result of a pass over all rows before anything is sent.
type Survey struct {
	Rows, LastRow   int // LastRow is the number of the last row
	Sends, Requests int // Sends counts rows that are sent, at least in part
	Invalid, Empty  int
	Damage          csvmap.Damage
	// Respelled is the last id of the Sends that is a UUID in a non-canonical spelling; "" if there is none.
	Respelled string
	// Warnings are the first few doubts about cells; WarningCount counts all.
	Warnings     []RowWarning
	WarningCount int
	Repeats      Repeats

	// The fields below come from [Survey.Against]. Unchanged, Unread and Conflicts count rows that need no request, rows
	// whose opportunity could not be found or read, and rows that somebody has changed in the meantime.
	Unchanged, Unread, Conflicts int
	// NotStored counts rows that need no request because the service does not store what they change.
	NotStored int
	// Titles counts rows that give an opportunity another title because its name changes.
	Titles int
	// Contacts are the contacts that occur in several rows. Clashes counts rows that want a different value for a field of
	// such a contact than an earlier row of another opportunity.
	Contacts Repeats
	Clashes  Clashes
	// ByField counts the rows that change each field, Unreported those that change each field that the service does not
	// report.
	ByField    map[string]int
	Unreported map[string]int
	// First are the first few rows that change something.
	First []Plan
}

// Repeats are the ids that occur in several rows. Those of these rows that are valid are sent, in file order.
type Repeats = idset.Repeats

// RowWarning is a doubt about a cell that does not prevent its row from being sent.
type RowWarning struct {
	Row    int
	Reason reason.Reason
}

const (
	warningsShown = 5
	plansShown    = 20
)

// SurveyRows plans every row. It fails with the first error of rows, or if it can't write temporary files to dir (""
// means the system's directory for them). Its memory use doesn't grow with the number of rows.
func SurveyRows(rows iter.Seq2[csvmap.Row, error], dir string) (Survey, error) {
	var s Survey
	ids := idset.New(dir)
	defer ids.Close()
	for row, err := range rows {
		if err != nil {
			return Survey{}, err
		}
		plan := checkRow(row)
		s.count(plan, requestsFor(row.Cells))
		if plan.Status == Empty || row.ID == "" || hasWrongID(row) { // "" if its opportunity has not been found yet
			continue
		}
		if err := ids.Add(row.ID, row.Number); err != nil {
			return Survey{}, err
		}
	}
	var err error
	s.Repeats, err = ids.Repeats()
	return s, err
}

func hasWrongID(row csvmap.Row) bool {
	return slices.ContainsFunc(row.Problems, func(p csvmap.Problem) bool { return p.Field == crm.ID })
}

// requestsFor returns how many requests cells take: the stage has a separate one.
func requestsFor(cells []csvmap.Cell) int {
	stages := 0
	for i := range cells {
		if cells[i].Field == crm.Status {
			stages++
		}
	}
	return min(1, stages) + min(1, len(cells)-stages)
}

func (s *Survey) count(plan Plan, requests int) {
	s.Rows++
	s.LastRow = max(s.LastRow, plan.Row.Number)
	switch plan.Status {
	case "":
		s.Sends++
		s.Requests += requests
		if crm.CanonicalID(plan.Row.ID) != plan.Row.ID {
			s.Respelled = plan.Row.ID
		}
	case ValidationError:
		s.Invalid++
	case Empty:
		s.Empty++
	case NotFound:
		s.Unread++
	}
	s.Damage.Count(plan.Row)
	if plan.Status == ValidationError { // nothing of it is sent
		return
	}
	s.WarningCount += len(plan.Row.Warnings)
	for _, warning := range reasonsOf(plan.Row.Warnings) {
		if len(s.Warnings) < warningsShown {
			s.Warnings = append(s.Warnings, RowWarning{plan.Row.Number, warning})
		}
	}
}

// Against repeats the survey, comparing the rows with what is known. The rows must be the same as before. Earlier rows
// of an id count as stored when later ones are planned.
func (s Survey) Against(rows iter.Seq2[csvmap.Row, error], known *Known) (Survey, error) {
	s.Sends, s.Requests, s.Invalid, s.Empty, s.Unread, s.ByField, s.Unreported = 0, 0, 0, 0, 0, map[string]int{}, map[string]int{}
	planner := NewPlanner(known, s.Repeats, s.Contacts)
	for row, err := range rows {
		if err != nil {
			return Survey{}, err
		}
		s.countCompared(planner.Plan(row))
	}
	s.Clashes = planner.wishes.Clashes
	return s, nil
}

func (s *Survey) countCompared(plan Plan) {
	s.Requests += plan.Requests()
	switch plan.Status {
	case Unchanged:
		s.Unchanged++
	case ValidationError:
		s.Invalid++
	case Empty:
		s.Empty++
	case NotApplied:
		s.NotStored++
	case "":
		s.Sends++
	case Conflict:
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
		if change.OverwritesTitle() {
			s.Titles++
		}
	}
	if len(changes) > 0 && len(s.First) < plansShown {
		s.First = append(s.First, plan)
	}
}
