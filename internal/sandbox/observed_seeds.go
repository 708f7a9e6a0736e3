package sandbox

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

const defaultPipeline = "Vendas"

// stageWords are the stages of the default pipeline that the documented words stand for.
var stageWords = map[string]string{
	"new": "Novo", "contacted": "Contatado", "qualified": "Qualificado", "proposal": "Proposta",
	"negotiation": "Negociação", "won": "Ganho", "lost": "Perdido",
}

// DefaultStages are two pipelines, with names in Portuguese and English; some stand in both.
// Only a stage named won or lost sets won_at or lost_at. The slice is the caller's own.
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

// seedUsers are the users whom the seeds name as owners, by id.
var seedUsers = func() map[string]User {
	users := map[string]User{}
	for i, name := range []string{"Ana Ribeiro", "Bruno Carvalho", "Carla Mendes", "Daniel Brooks"} {
		id := fmt.Sprintf("5b0e7c1a-3f64-4d0b-9a52-7c8e1f2a6d%02d", i+1)
		email := strings.ReplaceAll(strings.ToLower(name), " ", ".") + "@example.com.br"
		users[id] = User{ID: id, Name: name, Email: email}
	}
	return users
}()

// partnerStages are the stages of the second pipeline that the documented words stand for.
var partnerStages = map[string]string{
	"new": "New", "contacted": "New", "qualified": "Qualified", "proposal": "Proposta", "negotiation": "Proposta",
	"won": "Ganho", "lost": "Lost",
}

// ObservedSeeds are the opportunities of [Seeds] as the observed dialect has them: every third has a title that
// differs from the contact's name, the last five share the contacts of the first five, twenty were created at
// the same time, and every fifth is in a second pipeline. The slice is the caller's own.
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
		o.ContactID = derivedUUID("contact", o.ID)
		if i >= len(all)-5 {
			o.shareContact(all[i-(len(all)-5)])
		}
		if i >= 10 && i < 30 {
			o.CreatedAt = all[10].CreatedAt
			o.UpdatedAt = latest(o.CreatedAt, o.UpdatedAt)
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

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Crowd makes n opportunities for the observed dialect: the first equal of them were created at the same time,
// the others a minute apart; every third has a title that differs from its contact's name, and the last
// twenty, if n is over forty, share the contacts of the first twenty. The same n and equal make the same ones.
func Crowd(n, equal int) []Opportunity {
	all := make([]Opportunity, 0, n)
	for i := 1; i <= n; i++ {
		o := crowdMember(i)
		o.CreatedAt = crowdStart
		if i > equal {
			o.CreatedAt = crowdStart.Add(time.Duration(i)*time.Minute + 123456*time.Microsecond)
		}
		if n > 40 && i > n-20 {
			o.shareContact(all[i-(n-20)-1])
			if i%3 != 0 {
				o.Title = o.Name
			}
		}
		all = append(all, o)
	}
	return all
}

var crowdStart = time.Date(2026, 10, 1, 12, 0, 0, 0, time.UTC)

func crowdMember(i int) Opportunity {
	of := func(words ...string) string { return words[i%len(words)] }
	o := Opportunity{
		ID:        fmt.Sprintf("dddddddd-0000-4000-8000-%012d", i),
		ContactID: fmt.Sprintf("cccccccc-0000-4000-8000-%012d", i),
		Name: fmt.Sprintf("%s %s %d", of("João", "Maria", "Conceição", "Antônio", "Thaís", "Íris", "Zé", "Lúcia", "Ângela", "Müller"),
			[]string{"da Silva", "Souza", "Araújo", "Lima"}[i/10%4], i),
		Email:    fmt.Sprintf("contato%d@empresa%d.example", i, i%37),
		Phone:    fmt.Sprintf("+55 11 97%07d", i*137),
		Company:  of("Padaria São João", "Construções Ávila & Cia", "Açaí do Zé Ltda.", "Têxtil Müller S/A", `"Aspas" Comércio`),
		Position: of("Sócio", "Diretora de Operações", "Gerente", "Comprador(a)", ""),
		Location: "São Paulo, SP", DealValue: json.Number(fmt.Sprintf("%d.%02d", i*7919%99991+100, i*31%100)),
		DealCurrency: of("BRL", "BRL", "USD", "EUR"), Source: of("linkedin", "google_maps", "list", "paid_traffic", "other"),
		Pipeline: defaultPipeline, Stage: of("Novo", "Proposta", "Ganho", "won"),
		UpdatedAt: time.Date(2026, 10, 5, 8, 0, 0, 500e6, time.UTC).Add(time.Duration(i) * time.Second),
	}
	if i%3 == 0 {
		o.Title = fmt.Sprintf("Renovação %d", i)
	}
	if i%2 == 0 {
		o.Notes = fmt.Sprintf("Prefere contato à tarde.\nOrçamento: R$ %d.000,00", i)
	}
	if i%4 != 3 {
		owner := [][2]string{{"Ana Conceição", "ana"}, {"João Araújo", "joao"}, {"Lia Müller", "lia"}}[i%3]
		o.ResponsibleUserID = fmt.Sprintf("11111111-0000-4000-8000-%012d", i%3+1)
		o.OwnerName, o.OwnerEmail = owner[0], owner[1]+"@example.com.br"
	}
	if i%6 < 2 {
		o.CampaignID, o.Campaign = fmt.Sprintf("55555555-0000-4000-8000-%012d", i%6+1), []string{"Campanha Q4", "Reativação"}[i%6]
	}
	return o
}
