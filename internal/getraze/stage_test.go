package getraze

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"razebulk/internal/crm"
	"razebulk/internal/sandbox"
)

func TestEveryStatusCanBeSet(t *testing.T) {
	client, server := sandboxClient(t, sandbox.Options{Record: true})
	for _, status := range crm.Statuses {
		answer, err := client.SetStage(t.Context(), testID, Field{Name: crm.Status, Text: status})
		if o, _ := server.Opportunity(testID); err != nil || o.Status != status {
			t.Errorf("%s: got %q, %v", status, o.Status, err)
		}
		if notApplied, unverified := answer.Verify([]Field{{Name: "status", Text: status}}); notApplied != nil || unverified != nil {
			t.Errorf("%s: got %v, %v", status, notApplied, unverified)
		}
	}
	last := server.Requests()[len(crm.Statuses)-1]
	if last.Method != "PATCH" || !strings.HasSuffix(last.Path, "/opportunities/"+testID+"/stage") || last.Body != `{"status":"lost"}` {
		t.Errorf("sent %+v", last)
	}
}

func TestEveryStageCanBeSet(t *testing.T) {
	client, server := sandboxClient(t, sandbox.Options{Dialect: sandbox.Observed})
	for _, stage := range sandbox.DefaultStages() {
		sent := Field{Name: "stage_id", Text: stage.ID}
		answer, err := client.SetStage(t.Context(), testID, sent)
		if o, _ := server.Opportunity(testID); err != nil || o.StageID != stage.ID {
			t.Errorf("%s: got %q, %v", stage.Name, o.StageID, err)
		}
		if notApplied, unverified := answer.Verify([]Field{sent}); notApplied != nil || unverified != nil {
			t.Errorf("%s: got %v, %v", stage.Name, notApplied, unverified)
		}
	}
}

func TestAStageOfTheObservedDialectIsSetByItsID(t *testing.T) {
	var got string
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = r.Method + " " + r.RequestURI + " " + string(body)
		io.WriteString(w, `{"success":true,"data":{"id":"x","stage_id":"s2","stage_change":{"to":{"id":"s2"}}}}`)
	})
	answer, err := client.SetStage(t.Context(), "x", Field{Name: learned(t, observedItem).StageField(), Text: "s2"})
	if err != nil || got != `PATCH /opportunities/x/stage {"stage_id":"s2"}` {
		t.Errorf("sent %s, %v", got, err)
	}
	if notApplied, unverified := answer.Verify([]Field{{Name: "stage_id", Text: "s1"}}); len(notApplied) != 1 || unverified != nil {
		t.Errorf("got %v, %v", notApplied, unverified)
	}
}

func TestStagesThatAreRefused(t *testing.T) {
	for _, c := range []struct{ id, status, code string }{
		{testID, "sold", "INVALID_STATUS"}, {testID, "", "INVALID_STATUS"}, {"0d4b6f52-8c1e-4a37-9b20-5e7f31c6a9d8", "won", "NOT_FOUND"},
	} {
		client, _ := sandboxClient(t, sandbox.Options{})
		_, err := client.SetStage(t.Context(), c.id, Field{Name: crm.Status, Text: c.status})
		var refused *APIError
		if !errors.As(err, &refused) || refused.Code != c.code {
			t.Errorf("%s %q: got %v", c.id, c.status, err)
		}
	}
}

func TestAStageAnswerAboutAnotherOpportunityIsUnusable(t *testing.T) {
	client := newClient(t, Options{Transport: canned{status: 200, body: `{"success":true,"data":{"id":"43","status":"won"}}`}})
	_, err := client.SetStage(t.Context(), "42", Field{Name: crm.Status, Text: "won"})
	var unusable *AnswerError
	if !errors.As(err, &unusable) {
		t.Errorf("got %v", err)
	}
}

func TestStagesDoNotPassADryRun(t *testing.T) {
	if _, err := newClient(t, Options{ReadOnly: true}).SetStage(t.Context(), testID, Field{Name: crm.Status, Text: "won"}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("got %v", err)
	}
}
