package sandbox

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestObservedStage(t *testing.T) {
	stages := map[string]string{}
	for _, s := range DefaultStages() {
		stages[s.Pipeline+"/"+s.Name] = s.ID
	}
	won, ganho, lost := stages["Vendas/won"], stages["Vendas/Ganho"], stages["Vendas/lost"]
	partners := stages["Parcerias/Ganho"]
	for body, want := range map[string]struct {
		status int
		stage  string
	}{
		`{"stage_id":"` + ganho + `"}`:                    {200, ganho},
		`{"stage_id":"` + strings.ToUpper(won) + `"}`:     {200, won},
		`{"stage_id":"` + lost + `"}`:                     {200, lost},
		`{"stage_id":"` + partners + `"}`:                 {200, partners},
		`{"status":"won"}`:                                {400, ""},
		`{"stage_id":null}`:                               {400, ""},
		`{"stage_id":""}`:                                 {400, ""},
		`{}`:                                              {400, ""},
		`{"stage_id":"` + absent + `"}`:                   {400, ""},
		`{"stage_id":"Ganho"}`:                            {500, ""},
		`{"stage_id":3}`:                                  {500, ""},
		`{"stage_id":"` + ganho + `","status":"ignored"}`: {200, ganho},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := observedServer(Options{})
			expected, _ := s.Stored(one)
			from := expected.StageID
			if want.status == 200 {
				expected.StageID, expected.UpdatedAt = want.stage, time.Now()
				expected.WonAt = map[string]time.Time{won: time.Now()}[want.stage]
				expected.LostAt = map[string]time.Time{lost: time.Now()}[want.stage]
			}
			r := send(t, s, "PATCH", "/opportunities/"+one+"/stage", body)
			got, _ := s.Stored(one)
			if diff := cmp.Diff(expected, got); r.StatusCode != want.status || diff != "" {
				t.Errorf("%s: got %d, want %d\n%s", body, r.StatusCode, want.status, diff)
			}
			if want.status == 200 {
				checkStageChange(t, jsonOf(t, r), from, want.stage)
			}
		})
	}
}

func checkStageChange(t *testing.T, answer map[string]any, from, to string) {
	t.Helper()
	change := answer["stage_change"].(map[string]any)
	if change["from"].(map[string]any)["id"] != from || change["to"].(map[string]any)["id"] != to {
		t.Errorf("stage_change: %v, want %s to %s", change, from, to)
	}
	if name := answer["data"].(map[string]any)["stage_name"]; name != change["to"].(map[string]any)["name"] {
		t.Errorf("stage_name is %v, stage_change says %v", name, change)
	}
}

func TestPutOfAStageSetsNoTime(t *testing.T) {
	s := observedServer(Options{})
	for _, stage := range DefaultStages() {
		send(t, s, "PUT", "/opportunities/"+one, `{"stage_id":"`+stage.ID+`"}`)
	}
	if o, _ := s.Stored(one); !o.WonAt.IsZero() || !o.LostAt.IsZero() {
		t.Errorf("%+v", o)
	}
}

func TestEveryStageTime(t *testing.T) {
	pointers := map[string]func(*Stored) time.Time{
		"invite_sent": func(o *Stored) time.Time { return o.SentAt }, "accepted": func(o *Stored) time.Time { return o.AcceptedAt },
		"qualifying": func(o *Stored) time.Time { return o.QualifyingStartedAt }, "qualified": func(o *Stored) time.Time { return o.QualifiedAt },
		"scheduled": func(o *Stored) time.Time { return o.ScheduledAt },
	}
	for name, of := range pointers {
		s := observedServer(Options{Stages: []Stage{{Name: name, ID: absent, Pipeline: "p"}}})
		send(t, s, "PATCH", "/opportunities/"+one+"/stage", `{"stage_id":"`+absent+`"}`)
		if o, _ := s.Stored(one); of(&o).IsZero() || !of(&o).Equal(o.UpdatedAt) {
			t.Errorf("%s: %+v", name, o)
		}
	}
}
