package update_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"razebulk/internal/directory"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/internal/words"
)

const (
	sales, partners = "33333333-0000-4000-8000-000000000001", "33333333-0000-4000-8000-000000000002"
	won             = "44444444-0000-4000-8000-000000000003"
)

// inStage returns a list item that is in the stage Ganho, which has the id won.
func inStage(id, pipeline, name string) getraze.Opportunity {
	o := getraze.Opportunity{}
	for key, text := range map[string]string{
		"id": id, "contact_id": "c", "stage_id": won, "stage_name": "Ganho", "pipeline_id": pipeline, "pipeline_name": name,
	} {
		o[key], _ = json.Marshal(text)
	}
	return o
}

func TestAStageBelongsToThePipelineOfMostOpportunitiesInIt(t *testing.T) {
	astray, first, second := inStage("1", sales, "Vendas"), inStage("2", partners, "Parcerias"), inStage("3", partners, "Parcerias")
	for name, order := range map[string][]getraze.Opportunity{
		"first": {astray, first, second}, "between": {first, astray, second}, "last": {first, second, astray},
	} {
		d := directory.New()
		for _, o := range order {
			d.See(o)
		}
		if stage, err := d.Stage("ganho", "parcerias"); stage.ID != won || err != nil {
			t.Errorf("the one that is astray is %s: got %v, %v", name, stage, err)
		}
		if stage, err := d.Stage("ganho", "vendas"); err == nil {
			t.Errorf("the one that is astray is %s: got %v", name, stage)
		}
	}
}

// TestAnOpportunityAstrayMayStay holds for an export that is sent back: it has the names of all stages.
func TestAnOpportunityAstrayMayStay(t *testing.T) {
	d := directory.New()
	d.Watch("1", "Ganho", "")
	for _, o := range []getraze.Opportunity{inStage("2", partners, "Parcerias"), inStage("3", partners, "Parcerias"), inStage("1", sales, "Vendas")} {
		d.See(o)
	}
	r := directory.Resolver{Names: d, Dialect: observed(t), StageMap: map[string]string{"closed": "Ganho"}}
	for _, c := range []struct{ text, pipeline, of, want, code string }{
		{"GANHO", "", "1", won, ""},
		{"Closed", "Vendas", "1", won, ""},
		{won, "", "1", won, ""},
		{"Ganho", "Parcerias", "1", "", "pipeline_differs"},
		{"Novo", "", "1", "", "stage_unknown"},
	} {
		got, err := r.Status(c.text, c.pipeline, c.of)
		if codeOf(err) != c.code || err == nil && got != c.want {
			t.Errorf("%q in %q: got %q, %v", c.text, c.pipeline, got, err)
		}
	}
}

// TestAPipelineWithoutStagesIsSaidToHaveNone holds although the stages of another pipeline were seen.
func TestAPipelineWithoutStagesIsSaidToHaveNone(t *testing.T) {
	d := directory.New()
	for _, o := range []getraze.Opportunity{inStage("2", partners, "Parcerias"), inStage("3", partners, "Parcerias"), inStage("1", sales, "Vendas")} {
		d.See(o)
	}
	for _, pipeline := range []string{"Vendas", sales} {
		var why reason.Reason
		_, err := d.Stage("Ganho", pipeline)
		errors.As(err, &why)
		for language, want := range map[words.Language]string{
			words.English:    `no stage has this name; no stage of the pipeline "Vendas" was seen; a stage`,
			words.Portuguese: `nenhuma etapa tem esse nome; nenhuma etapa do funil "Vendas" foi vista; uma etapa`,
		} {
			if got := words.For(nil).In(language).Text(why.Code, why.Params); !strings.HasPrefix(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		}
	}
}

func TestWhatFits(t *testing.T) {
	d := directory.New()
	d.See(inStage("1", sales, "Vendas"))
	d.See(inStage("2", partners, "Parcerias")) // astray, as the stage was seen in Vendas before
	const unnamed, other = "33333333-0000-4000-8000-000000000003", "44444444-0000-4000-8000-000000000009"
	for _, c := range []struct {
		name, stage, given, own string
		refused, wanted         string // the pipelines that the refusal names
	}{
		{"nothing is known", "", "", "", "", ""},
		{"only the stage is known", won, "", "", "", ""},
		{"its own pipeline", won, "", sales, "", ""},
		{"its own pipeline, by name", won, "VENDAS", sales, "", ""},
		{"its own pipeline, by an id in braces", won, "{" + sales + "}", sales, "", ""},
		{"another pipeline", won, "", partners, "Parcerias", "Vendas"},
		{"another pipeline is given", "", "vendas", partners, "Parcerias", "vendas"},
		{"another pipeline is given by id", "", sales, partners, "Parcerias", "Vendas"},
		{"an id that was not seen is given", "", unnamed, partners, "Parcerias", unnamed},
		{"a name that was not seen is given", "", "Suporte", partners, "Parcerias", "Suporte"},
		{"a stage that was not seen", other, "", partners, "", ""},
		{"a pipeline whose name was not seen", "", "Vendas", unnamed, "", ""},
		{"a pipeline whose name was not seen, and an id", "", sales, unnamed, unnamed, "Vendas"},
		{"the opportunity is not known", other, "Vendas", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var why reason.Reason
			errors.As(d.Fits(c.stage, c.given, c.own), &why)
			if c.refused == "" {
				if why.Code != "" {
					t.Errorf("got %v", why)
				}
				return
			}
			if why.Code != "pipeline_differs" || why.Params["own"] != c.refused || why.Params["pipeline"] != c.wanted {
				t.Errorf("got %v", why)
			}
		})
	}
}

func TestPipelinesOfOneNameAreToldByTheirIDs(t *testing.T) {
	d := directory.New()
	d.See(inStage("1", sales, "Vendas"))
	d.See(inStage("2", partners, "Vendas"))
	if err := d.Fits("", "Vendas", partners); err != nil {
		t.Errorf("its own name is refused: %v", err)
	}
	var why reason.Reason
	if errors.As(d.Fits("", sales, partners), &why); why.Params["own"] != partners || why.Params["pipeline"] != sales {
		t.Errorf("got %v", why)
	}
}

// TestOnlyOpportunitiesWithoutAGivenPipelineAreRead holds because each of them costs a request.
func TestOnlyOpportunitiesWithoutAGivenPipelineAreRead(t *testing.T) {
	d := directory.New()
	d.Watch("1", "Ganho", "Vendas")
	d.WatchID("2")
	d.Watch("3", "Ganho", "")
	if got := d.Unseen(func(string) bool { return true }); len(got) != 1 || got[0] != "3" {
		t.Errorf("got %v", got)
	}
	for _, id := range []string{"1", "2", "3"} {
		d.See(inStage(id, sales, "Vendas"))
		if got := d.PipelineOf(id); got != sales {
			t.Errorf("%s is in %q", id, got)
		}
	}
}
