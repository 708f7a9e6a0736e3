package crm

import "slices"

// statusWords are what people call the documented stages in Portuguese and Spanish, without accents. Users define the
// meaning of other words.
var statusWords = map[string][]string{
	"new":         {"novo", "nova", "nuevo", "nueva"},
	"contacted":   {"contatado", "contatada", "contactado", "contactada"},
	"qualified":   {"qualificado", "qualificada", "calificado", "calificada", "cualificado", "cualificada"},
	"proposal":    {"proposta", "propuesta"},
	"negotiation": {"negociacao", "em negociacao", "negociacion", "en negociacion"},
	"won":         {"ganho", "ganha", "ganado", "ganada"},
	"lost":        {"perdido", "perdida"},
}

// StatusOf returns which of [Statuses] a word means in English, Portuguese or Spanish, ignoring case and accents; false
// for any other text.
func StatusOf(text string) (status string, ok bool) {
	word := Fold(text)
	for _, status := range Statuses {
		if word == status || slices.Contains(statusWords[status], word) {
			return status, true
		}
	}
	return "", false
}

// IsClosed reports whether an opportunity with this one of [Statuses] is decided.
func IsClosed(status string) bool { return status == "won" || status == "lost" }
