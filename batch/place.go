package batch

import (
	"slices"

	"razebulk/batch/internal/outcome"
	"razebulk/batch/internal/stage"
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// place compares the pipeline that an answer shows with that of the row's stage, which the service does not do. A stage
// of another pipeline is not sent any more. If it was sent, it counts as not applied, so that neither the ledger nor a
// later row takes it for what the row asks for.
func (r *run) place(t *task, o getraze.Opportunity) {
	last := t.sends[len(t.sends)-1]
	if r.job.Known.Misplaced == nil || !stage.Is(last) {
		return
	}
	why := r.job.Known.Misplaced(t.Row, last[0].Text, o.Stage().PipelineID)
	switch {
	case why.Code == "" || slices.Contains(t.fields.That(outcome.NotApplied), crm.Status): // another stage was stored
	case t.awaitsStage():
		t.misplaced, t.sends = []reason.Reason{reason.New("status_not_sent"), why}, t.sends[:len(t.sends)-1]
	default:
		t.misplaced = []reason.Reason{{Code: "stage_of_other_pipeline", Params: why.Params}}
		t.fields.Set(last[0], outcome.NotApplied)
	}
}

// isMisplaced reports whether the field is the stage, and is of another pipeline.
func (t *task) isMisplaced(field string) bool { return field == crm.Status && t.misplaced != nil }
