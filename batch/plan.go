package batch

import (
	"iter"
	"slices"
	"time"

	"razebulk/batch/internal/stage"
	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// Plan is what to do with one row: send some of its fields, or nothing, in which case Status says why.
type Plan struct {
	// Row is the row without its Cells, which are valid only until the next row is read.
	Row csvmap.Row
	// Decisions are the decisions about the row's fields, the stage last.
	Decisions []Decision
	// Status is the row's status if it needs no request; otherwise "".
	Status Status
	// Reasons say why the row, or some of its fields, is not sent.
	Reasons []reason.Reason

	httpStatus int // of the reading that failed
	// lostTitle is set for a row that undoes a change of the name, if no update can restore the title.
	lostTitle reason.Reason
	omits     bool // omitting what the service does not store is not a failure
}

// PlanRow plans a row by itself. A comparison with what is known may reduce what it sends.
func PlanRow(row csvmap.Row) Plan {
	plan := checkRow(row)
	if plan.Status == "" {
		plan.Decisions = sendAll(row.Cells)
	}
	return plan
}

// checkRow returns the plan of a row without its decisions.
func checkRow(row csvmap.Row) Plan {
	plan := Plan{Row: row}
	plan.Row.Cells = nil
	switch {
	case len(row.Problems) > 0:
		plan.Status, plan.Reasons = ValidationError, reasonsOf(row.Problems)
		if row.Problems[0].Absent {
			plan.Status = NotFound
		}
	case len(row.Cells) == 0:
		plan.Status, plan.Reasons = Empty, []reason.Reason{reason.New("nothing_to_send")}
	}
	return plan
}

func sendAll(cells []csvmap.Cell) []Decision {
	decisions := make([]Decision, 0, len(cells))
	var status []Decision
	for _, cell := range cells {
		d := Decision{Field: fieldOf(cell), Choice: Send}
		if cell.Field == crm.Status {
			status = append(status, d)
		} else {
			decisions = append(decisions, d)
		}
	}
	return append(decisions, status...)
}

// values returns the values that the row gives its fields, sent or not.
func (p *Plan) values() []getraze.Field {
	fields := make([]getraze.Field, len(p.Decisions))
	for i := range p.Decisions {
		fields[i] = p.Decisions[i].Field
	}
	return fields
}

// Fields returns all fields that are sent, the stage last.
func (p *Plan) Fields() []getraze.Field { return p.fields((*Decision).IsSent) }

func (p *Plan) fields(wanted func(*Decision) bool) []getraze.Field {
	var fields []getraze.Field
	for i := range p.Decisions {
		if d := &p.Decisions[i]; wanted(d) {
			fields = append(slices.Grow(fields, len(p.Decisions)-len(fields)), d.Field)
		}
	}
	return fields
}

// requests returns the fields of each request: those of the update, and then the stage, which has a separate request.
func (p *Plan) requests() [][]getraze.Field {
	fields := p.Fields()
	last := len(fields) - 1
	switch {
	case last < 0:
		return nil
	case last == 0 || !stage.Is(fields[last:]):
		return [][]getraze.Field{fields}
	}
	return [][]getraze.Field{fields[:last:last], fields[last:]}
}

// Requests returns how many requests the plan takes, if none has to be repeated.
func (p *Plan) Requests() int {
	fields, stages := 0, 0
	for i := range p.Decisions {
		switch d := &p.Decisions[i]; {
		case !d.IsSent():
		case d.Field.Name == crm.Status:
			stages = 1
		default:
			fields = 1
		}
	}
	return fields + stages
}

// Changes returns what sending the row changes, as far as the opportunity was read before.
func (p *Plan) Changes() []Change { return p.changes((*Decision).IsSent) }

// Conflicts returns the changes that are not sent because somebody has changed these fields since.
func (p *Plan) Conflicts() []Change {
	return p.changes(func(d *Decision) bool { return d.Choice == Leave })
}

// Kept returns the values that are not sent because the field is not empty and its rule only fills blanks.
func (p *Plan) Kept() []Change {
	return p.changes(func(d *Decision) bool { return d.Choice == Keep && d.Seen })
}

// Unread returns the fields that are not sent because their rule needs the current value and the service does not
// report it.
func (p *Plan) Unread() []string {
	return namesOf(p.fields(func(d *Decision) bool { return d.Choice == Keep && !d.Seen }))
}

// Unstored returns the values that are not sent because the service was seen not to store these fields.
func (p *Plan) Unstored() []getraze.Field {
	return p.fields(func(d *Decision) bool { return d.Choice == Unstored })
}

func (p *Plan) changes(wanted func(*Decision) bool) []Change {
	var changes []Change
	for i := range p.Decisions {
		if change, known := p.Decisions[i].Change(); known && wanted(&p.Decisions[i]) {
			changes = append(changes, change)
		}
	}
	return changes
}

// result returns the row's result before anything was sent.
func (p *Plan) result() Result {
	r := Result{
		Row: p.Row.Number, Line: p.Row.Line, ID: p.Row.ID, Status: p.Status, Reasons: p.Reasons, HTTPStatus: p.httpStatus,
		FinishedAt: time.Now().UTC(),
	}
	if p.Status == NotApplied && !p.omits {
		r.NotStored = namesOf(p.Unstored())
		r.NotApplied = r.NotStored
	}
	if p.Status == "" {
		r.Status, r.Reasons = NotAttempted, []reason.Reason{reason.New("not_attempted")}
	}
	return r
}

// Withhold records the result of every row when nothing is sent at all because some rows are invalid. Known may be nil.
func Withhold(rows iter.Seq2[csvmap.Row, error], known *Known, record func(Result) error) error {
	for row, err := range rows {
		if err != nil {
			return err
		}
		plan := PlanRow(row)
		known.refuseUnfit(&plan)
		result := plan.result()
		if result.Status == NotAttempted {
			result.Reasons = []reason.Reason{reason.New("withheld")}
		}
		if err := record(result); err != nil {
			return err
		}
	}
	return nil
}
