package sandbox

import (
	"cmp"
	"fmt"
	"strings"

	"razebulk/internal/sandbox/internal/postgres"
)

const defaultPipeline = "Vendas"

// stageWords maps the documented words to stages of the default pipeline.
var stageWords = map[string]string{
	"new": "Novo", "contacted": "Contatado", "qualified": "Qualificado", "proposal": "Proposta",
	"negotiation": "Negociação", "won": "Ganho", "lost": "Perdido",
}

// DefaultStages returns two pipelines, with names in Portuguese and English; some names are in both. Only a stage
// named won or lost sets won_at or lost_at. The caller owns the slice.
func DefaultStages() []Stage {
	var all []Stage
	for p, pipeline := range []struct{ name, stages string }{
		{defaultPipeline, "Novo Proposta Ganho won Contatado Qualificado Negociação Perdido lost"},
		{"Parcerias", "New Qualified Proposta Ganho Lost"},
	} {
		for i, name := range strings.Fields(pipeline.stages) {
			all = append(all, Stage{
				ID:         fmt.Sprintf("44444444-0000-4000-8000-%012d", 100*p+i+1),
				Name:       name,
				PipelineID: fmt.Sprintf("33333333-0000-4000-8000-%012d", p+1),
				Pipeline:   pipeline.name,
			})
		}
	}
	return all
}

// seedUsers are the users that the seeds name as owners, by id.
var seedUsers = func() map[string]User {
	users := map[string]User{}
	for i, name := range []string{"Ana Ribeiro", "Bruno Carvalho", "Carla Mendes", "Daniel Brooks"} {
		id := fmt.Sprintf("5b0e7c1a-3f64-4d0b-9a52-7c8e1f2a6d%02d", i+1)
		email := strings.ReplaceAll(strings.ToLower(name), " ", ".") + "@example.com.br"
		users[id] = User{ID: id, Name: name, Email: email}
	}
	return users
}()

// partnerStages maps the documented words to stages of the second pipeline.
var partnerStages = map[string]string{
	"new": "New", "contacted": "New", "qualified": "Qualified", "proposal": "Proposta", "negotiation": "Proposta",
	"won": "Ganho", "lost": "Lost",
}

// ObservedSeeds returns the opportunities of [Seeds] as the observed dialect has them: every third has a title that
// differs from the contact's name, the last five share the contacts of the first five, twenty were created at the
// same time, and every fifth is in a second pipeline. The caller owns the slice.
func ObservedSeeds() []Opportunity {
	all := Seeds()
	for i := range all {
		o := &all[i]
		if subject, _, ok := strings.Cut(o.Name, " – "); ok && i%3 == 0 {
			o.Title = subject
		}
		o.Pipeline, o.Stage = defaultPipeline, stageWords[o.Status]
		if i%5 == 4 {
			o.Pipeline, o.Stage = "Parcerias", partnerStages[o.Status]
		}
		o.ContactID = postgres.DerivedUUID("contact", o.ID)
		if i >= len(all)-5 {
			o.shareContact(all[i-(len(all)-5)])
		}
		if i >= 10 && i < 30 {
			o.CreatedAt = all[10].CreatedAt
			if o.UpdatedAt.Before(o.CreatedAt) {
				o.UpdatedAt = o.CreatedAt
			}
		}
	}
	return all
}

// shareContact keeps o's title.
func (o *Opportunity) shareContact(with Opportunity) {
	o.Title = cmp.Or(o.Title, o.Name)
	o.ContactID, o.Name, o.Email, o.Phone = with.ContactID, with.Name, with.Email, with.Phone
	o.Company, o.Position, o.Location = with.Company, with.Position, with.Location
}
