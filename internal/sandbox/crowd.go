package sandbox

import (
	"encoding/json"
	"fmt"
	"time"
)

// Crowd returns n opportunities for the observed dialect. The first equal of them were created at the same time, the
// others a minute apart. Every third has a title that differs from its contact's name. If n is over forty, the last
// twenty share the contacts of the first twenty. The same n and equal give the same opportunities.
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
		o.ResponsibleUserID = fmt.Sprintf("11111111-0000-4000-8000-%012d", i%3+1)
		o.OwnerName, o.OwnerEmail = of("Ana Conceição", "João Araújo", "Lia Müller"), of("ana", "joao", "lia")+"@example.com.br"
	}
	if i%6 < 2 {
		o.CampaignID, o.Campaign = fmt.Sprintf("55555555-0000-4000-8000-%012d", i%6+1), []string{"Campanha Q4", "Reativação"}[i%6]
	}
	return o
}
