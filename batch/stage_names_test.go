package batch_test

import (
	"encoding/json"
	"testing"

	"razebulk/batch/internal/stage"
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
)

const stageID = "44444444-0000-4000-8000-000000000003"

func dialectNamed(name string) getraze.Dialect {
	d, _ := getraze.NewDialect(name, false)
	return d
}

func TestHowAStageIsSent(t *testing.T) {
	for _, c := range []struct{ dialect, text, want string }{
		{"documented", "won", "status"}, {"observed", stageID, "stage_id"}, {"", "won", "status"}, {"", stageID, "stage_id"},
	} {
		if got := stage.Sent(getraze.Field{Name: crm.Status, Text: c.text}, dialectNamed(c.dialect)); got.Name != c.want || got.Text != c.text {
			t.Errorf("%s to %q: got %+v", c.text, c.dialect, got)
		}
	}
}

func TestHowAStageIsShown(t *testing.T) {
	both := map[string]string{"stage_id": stageID, "status": "won"}
	for _, c := range []struct {
		name, dialect string
		held          map[string]string
		want          string
	}{
		{"a stage", "observed", map[string]string{"stage_id": stageID}, stageID},
		{"a stage, of a service of which nothing is known", "", map[string]string{"stage_id": stageID}, stageID},
		{"a status", "documented", map[string]string{"status": "won"}, "won"},
		{"both, by stages", "observed", both, stageID},
		{"both, by words", "documented", both, "won"},
		{"none", "observed", map[string]string{}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := getraze.Opportunity{}
			for key, text := range c.held {
				o[key], _ = json.Marshal(text)
			}
			stage.Show(o, dialectNamed(c.dialect))
			if got, reported := o.Value(crm.Status); got.Text != c.want || reported != (c.want != "") {
				t.Errorf("got %+v, %v", got, reported)
			}
		})
	}
	stage.Show(nil, dialectNamed("observed")) // no answer
}

func TestWhatIsAStage(t *testing.T) {
	status, name := getraze.Field{Name: crm.Status}, getraze.Field{Name: crm.Name}
	if !stage.Is([]getraze.Field{status}) || stage.Is([]getraze.Field{name}) || stage.Is([]getraze.Field{name, status}) || stage.Is(nil) {
		t.Error("a request of the stage is not distinguished")
	}
}
