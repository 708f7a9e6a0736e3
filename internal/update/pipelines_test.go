package update_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"razebulk/internal/sandbox"
	"razebulk/internal/update"
)

// TestAStageIsNotGuessed holds for an opportunity that can't be read: a later page may show a stage of the same name in
// its pipeline.
func TestAStageIsNotGuessed(t *testing.T) {
	for _, c := range []struct {
		name, sheet, status, reason, moved string
		compare                            bool
	}{
		{"by its name", "id,Etapa\n" + oppID(220) + ",Novo\n", "VALIDATION_ERROR", "pipeline_unread", "", false},
		{"by its name, with one that can be read", "id,Etapa\n" + oppID(220) + ",Novo\n" + oppID(221) + ",Novo\n",
			"VALIDATION_ERROR SUCCESS", "pipeline_unread ", oppID(221), false},
		{"by its name, after all pages", "id,Etapa\n" + oppID(220) + ",Novo\n" + oppID(1) + ",Demo\n",
			"SUCCESS VALIDATION_ERROR", " stage_unknown", oppID(220), false},
		{"with its pipeline", "id,Etapa,Funil\n" + oppID(220) + ",Novo,Vendas\n", "SUCCESS", "", oppID(220), false},
		{"by its id", "id,Etapa\n" + oppID(220) + ",44444444-0000-4000-8000-000000000001\n", "SUCCESS", "", oppID(220), false},
		{"compared", "id,Etapa\n" + oppID(220) + ",Novo\n", "SERVER_ERROR", "service_error not_read", "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := threePages(t)
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, oppID(220)) {
					w.Header().Set("Content-Type", "application/json")
					w.WriteHeader(http.StatusInternalServerError)
					_, _ = w.Write([]byte(`{"success":false,"error":{"code":"INTERNAL_ERROR","message":"oops"}}`))
					return
				}
				s.ServeHTTP(w, r)
			}))
			t.Cleanup(server.Close)
			s.url = server.URL
			o := optionsOf(t, s, sheetOf(t, c.sheet), &recorder{})
			o.Sheet.Stage, o.Compare, o.Requests.Retries = true, c.compare, 0
			prepared, err := update.Prepare(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			defer prepared.Close()
			if got := prepared.Survey().Invalid; got != strings.Count(c.status, "VALIDATION_ERROR") {
				t.Errorf("%d rows are announced as invalid", got)
			}
			_, _ = prepared.Send(t.Context())
			for name, want := range map[string]string{"status": c.status, "reason": c.reason} {
				if got := strings.Join(column(t, prepared.Paths().Results, name), " "); got != want {
					t.Errorf("%s: got %q, want %q", name, got, want)
				}
			}
			var moved []string
			for _, r := range s.Requests() {
				if r.Method == http.MethodPatch {
					moved = append(moved, r.ID)
				}
			}
			if !slices.Equal(moved, strings.Fields(c.moved)) {
				t.Errorf("moved %v", moved)
			}
		})
	}
}

// TestAStageOfTheOnlyPipelineIsSent holds for an opportunity that can't be read, once the whole list was: the service
// says what is wrong with the id.
func TestAStageOfTheOnlyPipelineIsSent(t *testing.T) {
	s := newService(t, sandbox.Observed, "a")
	o := optionsOf(t, s, sheetOf(t, "id,Etapa\nwrong,Novo\n"), &recorder{})
	o.Sheet.Stage, o.Requests.Retries = true, 0
	_, _ = send(t, t.Context(), o)
	if got := column(t, o.Paths.Results, "status"); got[0] != "SERVER_ERROR" {
		t.Errorf("got %s: %s", got[0], column(t, o.Paths.Results, "message"))
	}
}
