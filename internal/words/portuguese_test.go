package words

import (
	"testing"
	"time"

	"razebulk/internal/words/internal/portuguese"
)

func TestPortugueseCounts(t *testing.T) {
	for _, c := range []struct {
		n            int
		phrase, want string
	}{
		{0, "linha", "0 linhas"}, {1, "linha", "1 linha"}, {2, "linha", "2 linhas"}, {12345, "linha", "12.345 linhas"},
		{1, "linha enviada", "1 linha enviada"}, {2, "linha enviada", "2 linhas enviadas"},
		{1, "linha não enviada", "1 linha não enviada"}, {3, "linha não enviada", "3 linhas não enviadas"},
		{217, "atualização", "217 atualizações"}, {2, "execução", "2 execuções"}, {2, "oportunidade", "2 oportunidades"},
		{2, "célula", "2 células"}, {2, "valor do negócio", "2 valores do negócio"}, {2, "linha com erro", "2 linhas com erro"},
		{2, "vez", "2 vezes"}, {2, "ordem", "2 ordens"}, {1000000, "envio", "1.000.000 envios"},
	} {
		if got := portuguese.Plural(c.n, c.phrase); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestPortugueseTimes(t *testing.T) {
	for _, c := range []struct {
		d                   time.Duration
		duration, countdown string
	}{
		{0, "0,0 s", "0 s"},
		{400 * time.Millisecond, "0,4 s", "0 s"},
		{9 * time.Second, "9,0 s", "9 s"},
		{12300 * time.Millisecond, "12 s", "12 s"},
		{59900 * time.Millisecond, "1 min", "1 min"},
		{200 * time.Second, "3 min 20 s", "3 min 20 s"},
		{41 * time.Minute, "41 min", "41 min"},
		{41*time.Minute + 20*time.Second, "41 min 20 s", "41 min"},
		{time.Hour, "1 h", "1 h"},
		{80 * time.Minute, "1 h 20 min", "1 h 20 min"},
		{2*time.Hour + 4*time.Minute + 40*time.Second, "2 h 5 min", "2 h 5 min"},
		{7 * 24 * time.Hour, "7 dias", "7 dias"},
		{49 * time.Hour, "2 dias 1 h", "2 dias 1 h"},
		{-time.Second, "-1,0 s", "0 s"},
	} {
		if got := portuguese.Duration(c.d); got != c.duration {
			t.Errorf("%s: got %s, want %s", c.d, got, c.duration)
		}
		if got := portuguese.Countdown(c.d); got != c.countdown {
			t.Errorf("%s left: got %s, want %s", c.d, got, c.countdown)
		}
	}
}

func TestPortugueseTerms(t *testing.T) {
	for term, want := range map[string]string{
		"semicolon": "ponto e vírgula", "line 3, column 17": "linha 3, caractere 17", "(ignored)": "(ignorada)",
		"the environment variable GETRAZE_API_KEY": "a variável de ambiente GETRAZE_API_KEY", "the file k.txt": "o arquivo k.txt",
		"the documented dialect": "o dialeto documentado",
		"the observed dialect with phone sent as whatsapp and notes sent as memo": "o dialeto observado, phone enviado como whatsapp, notes enviado como memo",
		"what nobody has foreseen": "what nobody has foreseen",
	} {
		if got := portuguese.Term(term); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
