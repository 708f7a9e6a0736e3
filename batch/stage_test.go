package batch_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/sandbox"
)

// staged returns a row whose opportunity is to be won: in the observed dialect the value is a stage's id, which
// replaces the name once it has been looked up.
func staged(dialect sandbox.Dialect, cells ...csvmap.Cell) csvmap.Row {
	stage := "won"
	if dialect == sandbox.Observed {
		stage = sandbox.DefaultStages()[2].ID
	}
	return csvmap.Row{Number: 2, Line: 2, ID: idA, Cells: append(cells, csvmap.Cell{Field: "status", Text: stage})}
}

// otherStage is an answer in which the opportunity is in another stage.
var otherStage = map[sandbox.Dialect]string{
	sandbox.Documented: `{"success":true,"data":{"id":"` + idA + `","status":"new"}}`,
	sandbox.Observed: `{"success":true,"data":{"id":"` + idA + `","title":"T","contact_id":"` + idB + `","contact_name":"N","stage_id":"` +
		sandbox.DefaultStages()[0].ID + `"}}`,
}

// answeringTo answers requests that have this method, instead of the sandbox.
func answeringTo(method string, status int, body string) func(http.RoundTripper) http.RoundTripper {
	return func(next http.RoundTripper) http.RoundTripper {
		return tripper(func(r *http.Request) (*http.Response, error) {
			if r.Method != method {
				return next.RoundTrip(r)
			}
			return respond(r, status, body), nil
		})
	}
}

func TestStageIsSetAfterTheFields(t *testing.T) { inDialects(t, stageIsSetAfterTheFields) }

func stageIsSetAfterTheFields(t *testing.T, dialect sandbox.Dialect) {
	notes := csvmap.Cell{Field: "notes", Text: "n"}
	refused := `{"success":false,"error":{"code":"INVALID_STATUS","message":"no such stage"}}`
	invalid := `{"success":false,"error":{"code":"VALIDATION_ERROR","message":"bad notes"}}`
	for _, c := range []struct {
		name      string
		row       csvmap.Row
		transport func(http.RoundTripper) http.RoundTripper
		status    batch.Status
		message   string
		sent      []string
		methods   string
	}{
		{"both", staged(dialect, notes), nil, batch.Success, "", []string{"notes", "status"}, "PUT PATCH"},
		{"the stage alone", staged(dialect), nil, batch.Success, "", []string{"status"}, "PATCH"},
		{"the fields are refused", staged(dialect, notes), answeringTo("PUT", 400, invalid), batch.ValidationError,
			"bad notes; the status was not sent", []string{"notes"}, ""},
		{"the stage is refused", staged(dialect, notes), answeringTo("PATCH", 400, refused), "INVALID_STATUS",
			"the fields were stored, but not the status; no such stage", []string{"notes", "status"}, "PUT"},
		{"the stage is another", staged(dialect, notes), answeringTo("PATCH", 200, otherStage[dialect]), batch.NotApplied,
			"has a different value from the one sent for status", []string{"notes", "status"}, "PUT"},
		{"the stage fails", staged(dialect, notes), answeringTo("PATCH", 502, "<html>"), batch.ServerError,
			"the fields were stored; answered", []string{"notes", "status"}, "PUT"},
		{"the stage's answer is about another", staged(dialect, notes), answeringTo("PATCH", 200, `{"success":true,"data":{"id":"other"}}`), batch.NotApplied,
			`the fields were stored; answered 200 OK about another opportunity, "other"`, []string{"notes", "status"}, "PUT"},
		{"the stage alone is refused", staged(dialect), answeringTo("PATCH", 400, refused), "INVALID_STATUS", "no such stage", []string{"status"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				rows := []csvmap.Row{c.row}
				o := night{rows: rows, api: sandbox.Options{Dialect: dialect, Opportunities: opportunities(rowsOf(idA)), Record: true}, transport: c.transport,
					pacer: unhurried, workers: 2, retries: 1}.run()
				r := o.results[0]
				if r.Status != c.status || !strings.Contains(message(r), c.message) {
					t.Errorf("got %s %q, want %s %q", r.Status, message(r), c.status, c.message)
				}
				if diff := cmp.Diff(c.sent, r.Sent); diff != "" {
					t.Error(diff)
				}
				if got := methods(o.server); got != c.methods {
					t.Errorf("the service saw %s, want %s", got, c.methods)
				}
			})
		})
	}
}

func TestStageThatGetsA500IsTriedAgainWithoutTheFields(t *testing.T) {
	inDialects(t, stageThatGetsA500IsTriedAgainWithoutTheFields)
}

func stageThatGetsA500IsTriedAgainWithoutTheFields(t *testing.T, dialect sandbox.Dialect) {
	synctest.Test(t, func(t *testing.T) {
		failures := 1
		row := staged(dialect, csvmap.Cell{Field: "notes", Text: "n"})
		o := night{rows: []csvmap.Row{row}, api: sandbox.Options{Dialect: dialect, Opportunities: opportunities(rowsOf(idA)), Record: true},
			transport: func(next http.RoundTripper) http.RoundTripper {
				return tripper(func(r *http.Request) (*http.Response, error) {
					if r.Method == http.MethodPatch && failures > 0 {
						failures--
						return respond(r, 500, `{"success":false,"error":{"code":"INTERNAL_ERROR","message":"oops"}}`), nil
					}
					return next.RoundTrip(r)
				})
			}, pacer: unhurried, workers: 1, retries: 4}.run()
		if r := o.results[0]; r.Status != batch.Success || r.Attempts != 3 {
			t.Errorf("got %s after %d attempts: %s", r.Status, r.Attempts, message(r))
		}
		if got := methods(o.server); got != "PUT PATCH" {
			t.Errorf("the service saw %s", got)
		}
	})
}

func methods(server *sandbox.Server) string {
	var seen []string
	for _, r := range server.Requests() {
		seen = append(seen, r.Method)
	}
	return strings.Join(seen, " ")
}

func respond(r *http.Request, status int, body string) *http.Response {
	return &http.Response{
		StatusCode: status, Status: http.StatusText(status), Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(body)), Request: r,
	}
}
