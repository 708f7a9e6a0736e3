package update_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"razebulk/internal/crm"
	"razebulk/internal/directory"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

const uuid = "%08x-0000-4000-8000-000000000000"

func idOf(number int) string { return fmt.Sprintf(uuid, number) }

// item returns a list item; its keys and values alternate.
func item(keys ...string) getraze.Opportunity {
	o := getraze.Opportunity{}
	for pair := range slices.Chunk(keys, 2) {
		o[pair[0]], _ = json.Marshal(pair[1])
	}
	return o
}

func staged(number int, stage, name, pipeline, pipelineName string) getraze.Opportunity {
	return item("id", idOf(number), "contact_id", "c", "stage_id", stage, "stage_name", name, "pipeline_id", pipeline, "pipeline_name", pipelineName)
}

func owned(number int, user, name, email string) getraze.Opportunity {
	return item("id", idOf(number), "contact_id", "c", "owner_user_id", user, "owner_user_name", name, "owner_user_email", email)
}

// seen returns a directory with two pipelines, one stage name in both, and users of whom two share a name.
func seen() *directory.Directory {
	d := directory.New()
	d.Watch(idOf(1), "Ganho", "")
	d.Watch(idOf(2), "Ganho", "")
	d.Watch(idOf(99), "Demo", "")
	d.WatchID(idOf(51))
	for _, o := range []getraze.Opportunity{
		staged(1, idOf(11), "Ganho", idOf(8), "Vendas"),
		staged(2, idOf(21), "Ganho", idOf(9), "Parcerias"),
		staged(3, idOf(12), "Negociação", idOf(8), "Vendas"),
		staged(4, idOf(22), "Perdido", idOf(9), "Parcerias"),
		staged(5, idOf(23), "lost", idOf(9), "Parcerias"),
		staged(6, idOf(13), "Demo", idOf(8), "Vendas"),
		staged(51, idOf(12), "Negociação", idOf(9), "Parcerias"),                             // whose pipeline is another one
		item("id", idOf(7), "contact_id", "c", "stage_id", idOf(14), "pipeline_id", idOf(8)), // not from a list
		owned(3, idOf(31), "Ana Souza", "ana@example.com"),
		owned(4, idOf(32), "Bruno", "bruno@example.com"),
		owned(5, idOf(33), "BRUNO", "bruno2@example.com"),
		item("id", idOf(6), "contact_id", "c", "owner_user_id", idOf(34)),
	} {
		d.See(o)
	}
	return d
}

func observed(t *testing.T) getraze.Dialect {
	t.Helper()
	d, ok := getraze.NewDialect("observed", false)
	if !ok {
		t.Fatal("no such dialect")
	}
	return d.Learn(staged(1, idOf(11), "Ganho", idOf(8), "Vendas"))
}

func codeOf(err error) string {
	var why reason.Reason
	errors.As(err, &why)
	return why.Code
}

func TestStagesAreFound(t *testing.T) {
	stages := map[string]string{crm.Fold("Fechado"): "won", crm.Fold("Assinado"): "{" + idOf(77) + "}"}
	r := &directory.Resolver{Dialect: observed(t), Names: seen(), StageMap: stages}
	for _, c := range []struct {
		text, pipeline string
		of             int
		want, code     string
	}{
		{"Ganho", "", 1, idOf(11), ""},
		{"GANHO ", "", 2, idOf(21), ""},
		{"won", "", 1, idOf(11), ""},
		{"ganado", "", 2, idOf(21), ""},
		{"negociacao", "", 1, idOf(12), ""},
		{"negotiation", "", 1, idOf(12), ""},
		{"demo", "", 1, idOf(13), ""},
		{"demo", "", 2, "", "stage_unknown"},
		{"lost", "", 2, idOf(23), ""}, // by its name, not by what another name means
		{"perdida", "", 2, "", "stage_ambiguous"},
		{"Ganho", "", 50, "", "stage_ambiguous"}, // in a pipeline that is not known
		{"Ganho", "parcerias", 2, idOf(21), ""},
		{"Ganho", "{" + strings.ToUpper(idOf(9)) + "}", 2, idOf(21), ""},
		{"Ganho", "parcerias", 1, "", "pipeline_differs"},
		{"Ganho", idOf(9), 1, "", "pipeline_differs"},
		{"Demo", "parcerias", 1, "", "pipeline_differs"}, // it is a stage of Vendas alone
		{"Ganho", "Parcerias", 50, idOf(21), ""},         // in a pipeline that is not known
		{"Ganho", idOf(9), 50, idOf(21), ""},
		{"Ganho", "Suporte", 1, "", "pipeline_unknown"},
		{"Proposta", "", 1, "", "stage_unknown"},
		{"Fechado", "", 1, idOf(11), ""},
		{"ASSINADO", "", 1, idOf(77), ""},
		{idOf(12), "", 2, "", "pipeline_differs"},
		{idOf(12), "Vendas", 2, "", "pipeline_differs"},
		{idOf(22), "Vendas", 2, "", "pipeline_differs"},
		{idOf(22), "Suporte", 2, "", "pipeline_differs"},
		{idOf(22), "PARCERIAS", 2, idOf(22), ""},
		{idOf(12), "", 50, idOf(12), ""},
		{idOf(12), "", 51, idOf(12), ""}, // it is in that stage, of another pipeline, already
		{idOf(12), "Vendas", 51, "", "pipeline_differs"},
		{idOf(77), "Parcerias", 2, idOf(77), ""},
		{"Assinado", "Vendas", 2, "", "pipeline_differs"},
		{"Fechado", "Vendas", 2, "", "pipeline_differs"},
		{"{0000004D000040008000000000000000}", "", 2, idOf(77), ""},
	} {
		got, err := r.Status(c.text, c.pipeline, idOf(c.of))
		if codeOf(err) != c.code || err == nil && got != c.want {
			t.Errorf("%q in %q of %d: got %q, %v", c.text, c.pipeline, c.of, got, err)
		}
	}
}

func TestRefusalsNameWhatWasSeen(t *testing.T) {
	r := &directory.Resolver{Dialect: observed(t), Names: seen()}
	for _, c := range []struct {
		ask   func() (string, error)
		param string
		want  []string
	}{
		{func() (string, error) { return r.Status("x", "", idOf(1)) }, "stages", []string{"Demo", "Ganho", "Negociação"}},
		{func() (string, error) { return r.Status("x", "", idOf(50)) }, "stages", []string{
			"Ganho (Parcerias)", "Perdido (Parcerias)", "lost (Parcerias)", "Demo (Vendas)", "Ganho (Vendas)", "Negociação (Vendas)",
		}},
		{func() (string, error) { return r.Status("ganho", "", idOf(50)) }, "stages", []string{
			"Ganho (Parcerias): " + idOf(21), "Ganho (Vendas): " + idOf(11),
		}},
		{func() (string, error) { return r.Status("ganho", "x", idOf(1)) }, "pipelines", []string{"Parcerias", "Vendas"}},
		{func() (string, error) { return r.Status("ganho", "parcerias", idOf(1)) }, "pipeline", []string{"parcerias"}},
		{func() (string, error) { return r.Status("ganho", idOf(9), idOf(1)) }, "pipeline", []string{"Parcerias"}},
		{func() (string, error) { return r.Status(idOf(22), "", idOf(1)) }, "pipeline", []string{"Parcerias"}},
		{func() (string, error) { return r.Status(idOf(22), "", idOf(1)) }, "own", []string{"Vendas"}},
		{func() (string, error) { return r.Owner("bruno") }, "users", []string{
			"BRUNO <bruno2@example.com>: " + idOf(33), "Bruno <bruno@example.com>: " + idOf(32),
		}},
		{func() (string, error) { return r.Owner("x") }, "users", []string{
			"Ana Souza <ana@example.com>", "BRUNO <bruno2@example.com>", "Bruno <bruno@example.com>",
		}},
	} {
		_, err := c.ask()
		var why reason.Reason
		errors.As(err, &why)
		got, isList := why.Params[c.param].([]string)
		if !isList {
			got = []string{fmt.Sprint(why.Params[c.param])}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestOwnersAreFound(t *testing.T) {
	r := &directory.Resolver{Dialect: observed(t), Names: seen()}
	for _, c := range []struct{ text, want, code string }{
		{"ana souza", idOf(31), ""},
		{"ANA@example.com", idOf(31), ""},
		{"bruno2@EXAMPLE.com", idOf(33), ""},
		{"Bruno", "", "owner_ambiguous"},
		{"Ana", "", "owner_unknown"},
		{"Ána Souza", "", "owner_unknown"},
		{"42", "", "owner_unknown"},
		{idOf(99), idOf(99), ""},
		{"{00000063000040008000000000000000}", idOf(99), ""},
	} {
		if got, err := r.Owner(c.text); got != c.want || codeOf(err) != c.code {
			t.Errorf("%q: got %q, %v", c.text, got, err)
		}
	}
}

func TestNamesInTheDocumentedDialect(t *testing.T) {
	documented, _ := getraze.NewDialect("documented", false)
	for _, d := range []getraze.Dialect{documented, {}} {
		r := &directory.Resolver{Dialect: d, Names: directory.New(), StageMap: map[string]string{"fechado": "won"}}
		for _, c := range []struct{ text, want, code string }{
			{"WON", "won", ""},
			{"Negociação", "negotiation", ""},
			{"fechado", "won", ""},
			{"Demo", "", "status_unknown"},
		} {
			if got, err := r.Status(c.text, "", "1"); got != c.want || codeOf(err) != c.code {
				t.Errorf("%q: got %q, %v", c.text, got, err)
			}
		}
		for _, c := range []struct {
			text string
			ids  bool
			code string
		}{
			{"5b0e7c1a", false, ""},
			{"42", true, ""},
			{"ana", true, ""},
			{"ana", false, "owner_is_name"},
			{"Ana 2", true, "owner_is_name"},
			{"Ana\u00a02", true, "owner_is_name"},
			{"ana2@example.com", true, "owner_is_name"},
			{idOf(99), false, ""},
		} {
			r.OwnerIDs = c.ids
			if got, err := r.Owner(c.text); codeOf(err) != c.code || err == nil && got != c.text {
				t.Errorf("%q: got %q, %v", c.text, got, err)
			}
		}
	}
}

func TestAnIDOfAStageNeedsTheDialectThatHasStages(t *testing.T) {
	documented, _ := getraze.NewDialect("documented", false)
	if _, err := (&directory.Resolver{Dialect: documented, Names: directory.New()}).Status(idOf(1), "", "1"); codeOf(err) != "status_unknown" {
		t.Errorf("got %v", err)
	}
	if got, err := (&directory.Resolver{Names: directory.New()}).Status(idOf(1), "", "1"); got != idOf(1) || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestWhatADirectoryLacks(t *testing.T) {
	r := &directory.Resolver{Dialect: observed(t), Names: seen()}
	for _, c := range []struct {
		need directory.Need
		want directory.Lack
	}{
		{directory.Need{Stage: "Ganho", Pipeline: idOf(8)}, directory.Nothing},
		{directory.Need{Stage: "Demo"}, directory.ThePipeline},
		{directory.Need{Stage: "Ganho"}, directory.ThePipeline},
		{directory.Need{Stage: "Ganho", Own: idOf(8)}, directory.Nothing},
		{directory.Need{Stage: "Ganho", Pipeline: "Vendas", Own: idOf(9)}, directory.Nothing}, // it is refused for good
		{directory.Need{Stage: "Proposta", Pipeline: "Vendas", Own: idOf(9)}, directory.Nothing},
		{directory.Need{Stage: "Ganho", Pipeline: "Vendas"}, directory.Nothing},
		{directory.Need{Stage: "Ganho", Pipeline: "x"}, directory.AName},
		{directory.Need{Stage: "Proposta"}, directory.AName},
		{directory.Need{Stage: idOf(12), Owner: idOf(3)}, directory.Nothing},
		{directory.Need{Owner: "bruno"}, directory.Nothing}, // it stays ambiguous
		{directory.Need{Owner: "42"}, directory.AName},
		{directory.Need{Stage: "Ganho", Owner: "x"}, directory.AName},
	} {
		if got := r.Lacks(c.need); got != c.want {
			t.Errorf("%+v: got %v, want %v", c.need, got, c.want)
		}
	}
	documented, _ := getraze.NewDialect("documented", false)
	r = &directory.Resolver{Dialect: documented, Names: directory.New()}
	if got := r.Lacks(directory.Need{Stage: "x", Owner: "y z"}); got != directory.Nothing {
		t.Errorf("got %v where nothing can be looked up", got)
	}
}

func TestAnOpportunityWithoutAPipelineIsNotReadAgain(t *testing.T) {
	d := seen()
	r := &directory.Resolver{Dialect: observed(t), Names: d}
	d.See(item("id", idOf(99), "contact_id", "c", "stage_id", idOf(13)))
	if unseen := d.Unseen(func(string) bool { return true }); unseen != nil {
		t.Errorf("unseen are %v", unseen)
	}
	if got, err := r.Status("Demo", "", idOf(99)); got != idOf(13) || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestLabelOfAStage(t *testing.T) {
	d := seen()
	for _, c := range []struct{ field, id, want string }{
		{crm.Status, idOf(12), "Negociação"}, {crm.Status, idOf(11), "Ganho (Vendas)"}, {crm.Status, "won", ""},
		{crm.Owner, idOf(31), "Ana Souza"}, {crm.Owner, idOf(32), "Bruno <bruno@example.com>"}, {crm.Owner, idOf(34), ""}, {"name", idOf(31), ""},
	} {
		if got := d.Label(c.field, c.id); got != c.want {
			t.Errorf("%s %s: got %q", c.field, c.id, got)
		}
	}
}
