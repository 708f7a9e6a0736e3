package batch_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/reason"
	"razebulk/internal/sandbox"
)

// TestAStageOfAnotherPipelineIsNoSuccess is about the observed dialect: the other one has no pipelines.
func TestAStageOfAnotherPipelineIsNoSuccess(t *testing.T) {
	here := sandbox.DefaultStages()[2].PipelineID
	notes := csvmap.Cell{Field: "notes", Text: "n"}
	for _, c := range []struct {
		name          string
		row           csvmap.Row
		belongs       string // the stage's pipeline
		transport     func(http.RoundTripper) http.RoundTripper
		status        batch.Status
		reasons       string
		sent, differs string
		methods       string
	}{
		{"its own pipeline", staged(sandbox.Observed, notes), here, nil, batch.Success, "", "notes status", "", "PUT PATCH"},
		{"another pipeline", staged(sandbox.Observed), "other", nil, batch.NotApplied, "stage_of_other_pipeline", "status", "status", "PATCH"},
		{"another pipeline, shown before", staged(sandbox.Observed, notes), "other", nil, batch.NotApplied,
			"status_not_sent pipeline_differs", "notes", "", "PUT"},
		{"the service has another stage", staged(sandbox.Observed), "other", answeringTo("PATCH", 200, otherStage[sandbox.Observed]), batch.NotApplied,
			"not_applied", "status", "status", ""},
		{"the stage is refused", staged(sandbox.Observed), "other",
			answeringTo("PATCH", 400, `{"success":false,"error":{"code":"VALIDATION_ERROR","message":"no"}}`), batch.ValidationError, "service_refused", "status", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				asked := ""
				known := &batch.Known{Misplaced: func(row csvmap.Row, stage, pipeline string) (why reason.Reason) {
					asked = row.ID + " " + stage
					if pipeline != "" && pipeline != c.belongs {
						why = reason.New("pipeline_differs", "pipeline", c.belongs, "own", pipeline)
					}
					return why
				}}
				api := sandbox.Options{Dialect: sandbox.Observed, Opportunities: opportunities(rowsOf(idA)), Record: true}
				o := night{rows: []csvmap.Row{c.row}, api: api, transport: c.transport, pacer: unhurried, workers: 1, known: known}.run()
				r := o.results[0]
				var codes []string
				for _, why := range r.Reasons {
					codes = append(codes, why.Code)
				}
				if got := strings.Join(codes, " "); r.Status != c.status || got != c.reasons {
					t.Errorf("got %s %q, want %s %q", r.Status, got, c.status, c.reasons)
				}
				if strings.Join(r.Sent, " ") != c.sent || strings.Join(r.NotApplied, " ") != c.differs {
					t.Errorf("sent %v, not applied %v", r.Sent, r.NotApplied)
				}
				if got := methods(o.server); got != c.methods {
					t.Errorf("the service saw %s, want %s", got, c.methods)
				}
				wantAsked := idA + " " + sandbox.DefaultStages()[2].ID
				if c.status != batch.ValidationError && asked != wantAsked {
					t.Errorf("asked about %q", asked)
				}
				if c.sent == "notes" && r.Planned != 2 {
					t.Errorf("%d requests were planned, and are not all accounted for", r.Planned)
				}
			})
		})
	}
}
