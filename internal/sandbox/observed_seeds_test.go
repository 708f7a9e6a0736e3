package sandbox

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestObservedSeeds(t *testing.T) {
	all := ObservedSeeds()
	s := New(Options{Dialect: Observed})
	times, contacts, pipelines, stages, titles := map[string]int{}, map[string]int{}, map[string]bool{}, map[string]bool{}, 0
	for i, o := range all {
		if o.ID != Seeds()[i].ID || o.UpdatedAt.Before(o.CreatedAt) {
			t.Errorf("%+v", o)
		}
		got, _ := s.Opportunity(o.ID)
		if got.Title != got.Name {
			titles++
		}
		if !isCanonical(got.ContactID) || !isCanonical(got.ResponsibleUserID) || got.OwnerName == "" || got.OwnerEmail == "" ||
			got.CampaignID != "" && !isCanonical(got.CampaignID) || got.Stage == "" || got.Pipeline == "" {
			t.Errorf("%+v", got)
		}
		times[got.CreatedAt.String()]++
		contacts[got.ContactID]++
		pipelines[got.PipelineID], stages[got.StageID] = true, true
	}
	equal, shared := slices.Max(slices.Collect(maps.Values(times))), slices.Max(slices.Collect(maps.Values(contacts)))
	if equal != 20 || shared != 2 || len(contacts) != 45 || len(pipelines) != 2 || len(stages) < 8 || titles < 15 || titles > 25 {
		t.Error(equal, shared, len(contacts), len(pipelines), len(stages), titles)
	}
	for _, stage := range DefaultStages() {
		if !isCanonical(stage.ID) || !isCanonical(stage.PipelineID) {
			t.Errorf("%+v", stage)
		}
	}
}

func TestReadOpportunitiesOfTheObservedDialect(t *testing.T) {
	read, err := ReadOpportunities(strings.NewReader("id,name,title,contact_id,pipeline_name,stage_name,owner_user_name,owner_user_email,campaign_name\n" +
		uuid(1) + ",Ana,Renovação," + uuid(9) + ",Novos,Fechado,Bia,bia@example.com,Q4\n" +
		uuid(2) + ",ignored,Outra," + uuid(9) + ",,,,bia@example.com,\n" + uuid(3) + ",Leo,,,Parcerias,Ganho,,,\n"))
	if err != nil {
		t.Fatal(err)
	}
	s := observedServer(Options{Opportunities: read})
	var got []string
	for _, id := range s.IDs() {
		o, _ := s.Opportunity(id)
		got = append(got, strings.Join([]string{o.Name, o.Title, o.Pipeline, o.Stage, o.OwnerName, o.OwnerEmail, o.Campaign}, "|"))
	}
	want := []string{"Ana|Renovação|Novos|Fechado|Bia|bia@example.com|Q4", "Ana|Outra|Vendas|Novo|Bia|bia@example.com|", "Leo|Leo|Parcerias|Ganho|||"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	o, _ := s.Stored(uuid(3))
	if i := slices.IndexFunc(DefaultStages(), func(d Stage) bool { return d.ID == o.StageID && d.PipelineID == o.PipelineID }); i < 0 {
		t.Errorf("not the stage that there is: %+v", o)
	}
}
