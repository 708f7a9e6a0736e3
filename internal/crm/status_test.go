package crm_test

import (
	"testing"

	"razebulk/internal/crm"
)

func TestStatusOf(t *testing.T) {
	for text, want := range map[string]string{
		"new": "new", "NOVO": "new", "Nuevo": "new", "contatado": "contacted", "Contactado": "contacted",
		"Qualificado": "qualified", "calificado": "qualified", "proposta": "proposal", "Propuesta": "proposal",
		"Negociação": "negotiation", "NEGOCIAC\u0327A\u0303O": "negotiation", "negociacion": "negotiation", "en negociación": "negotiation",
		"Ganho": "won", "ganado": "won", " won\u00a0": "won", "Perdido": "lost", "perdida": "lost", "LOST": "lost",
		"": "", "fechado": "", "wonn": "", "won lost": "", "4b1e": "",
	} {
		if got, ok := crm.StatusOf(text); got != want || ok != (want != "") {
			t.Errorf("%q: got %q, %v, want %q", text, got, ok, want)
		}
	}
}

func TestEveryStatusMeansItself(t *testing.T) {
	for _, status := range crm.Statuses {
		if got, ok := crm.StatusOf(status); got != status || !ok {
			t.Errorf("%s: got %q", status, got)
		}
	}
}

func TestFold(t *testing.T) {
	for _, same := range [][2]string{
		{"Negociação", "NEGOCIACAO"}, {"São", "Sa\u0303o"}, {" Ganho\u200b", "ganho"}, {"Ñandú", "nandu"}, {"Κέρδος", "ΚΕΡΔΟΣ"}, {"", " "},
	} {
		if a, b := crm.Fold(same[0]), crm.Fold(same[1]); a != b {
			t.Errorf("%q and %q: %q, %q", same[0], same[1], a, b)
		}
	}
	if crm.Fold("Em contato") == crm.Fold("Emcontato") {
		t.Error("a blank within a text makes no difference")
	}
}
