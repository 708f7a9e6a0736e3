package portuguese

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Plural is a count with its noun and what agrees with it: "1 linha enviada", "12.345 linhas enviadas". What follows
// a preposition stays: "2 linhas com erros".
func Plural(n int, phrase string) string {
	if n == 1 {
		return "1 " + phrase
	}
	words := strings.Fields(phrase)
	for i, word := range words {
		if prepositions[word] {
			break
		}
		if word != "não" {
			words[i] = pluralOf(word)
		}
	}
	return Thousands(n) + " " + strings.Join(words, " ")
}

var prepositions = map[string]bool{"a": true, "com": true, "da": true, "de": true, "do": true, "em": true, "na": true, "no": true, "por": true, "sem": true}

func pluralOf(word string) string {
	switch {
	case strings.HasSuffix(word, "ão"):
		return strings.TrimSuffix(word, "ão") + "ões"
	case strings.HasSuffix(word, "m"):
		return strings.TrimSuffix(word, "m") + "ns"
	case strings.HasSuffix(word, "r"), strings.HasSuffix(word, "z"):
		return word + "es"
	}
	return word + "s"
}

// Thousands groups a count's digits: 12.345.
func Thousands(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "." + digits[i:]
	}
	return digits
}

// Duration is a time as people say it: 0,4 s, 12 s, 3 min 20 s, 41 min, 1 h 20 min, 7 dias.
func Duration(d time.Duration) string {
	if d.Round(time.Second/10) < 10*time.Second {
		return strings.Replace(strconv.FormatFloat(d.Seconds(), 'f', 1, 64), ".", ",", 1) + " s"
	}
	if d = d.Round(time.Second); d >= time.Hour {
		d = d.Round(time.Minute)
	}
	return units(d)
}

// Countdown is a time left as people follow it: 9 s, 4 min 10 s, 41 min, 2 h 5 min.
func Countdown(d time.Duration) string {
	if d = max(0, d).Round(time.Second); d >= 10*time.Minute {
		d = d.Round(time.Minute)
	}
	return units(d)
}

// units names the two largest units of a time, as far as there is something of them.
func units(d time.Duration) string {
	const day = 24 * time.Hour
	units := []struct {
		length time.Duration
		name   string
	}{{time.Hour, "h"}, {time.Minute, "min"}, {time.Second, "s"}}
	var parts []string
	if d >= 2*day {
		parts, d = append(parts, Plural(int(d/day), "dia")), d%day
	}
	for _, unit := range units {
		if n := d / unit.length; n > 0 && len(parts) < 2 {
			parts, d = append(parts, fmt.Sprintf("%d %s", n, unit.name)), d%unit.length
		}
	}
	if parts == nil {
		return "0 s"
	}
	return strings.Join(parts, " ")
}

// terms are the words of other packages.
var terms = map[string]string{
	"comma": "vírgula", "semicolon": "ponto e vírgula", "tab": "tabulação", "pipe": "barra vertical", "point": "ponto", "doubled": "dobradas",

	"(ignored)": "(ignorada)", "(read-only)": "(só leitura)", "(unnamed)": "(sem cabeçalho)", "(unknown)": "(desconhecida)",

	"documented": "documentado", "observed": "observado",

	"Opportunity not found":                      "oportunidade não encontrada",
	"Invalid or expired API key.":                "chave da API inválida ou vencida",
	"API key lacks the permission for this call": "a chave da API não tem permissão para isto",

	"the run can't be noted in the history":            "não foi possível anotar a execução no histórico",
	"the end of the run can't be noted in the history": "não foi possível anotar o fim da execução no histórico",

	"no such file or directory": "o arquivo não existe",
	"permission denied":         "sem permissão",
	"is a directory":            "é uma pasta",
	"no space left on device":   "o disco está cheio",

	"the keyring of this system": "o cofre de senhas do sistema",
	"the sandbox":                "o modo de teste (sandbox)",
	"what was typed":             "o que foi digitado",
	"standard input":             "entrada padrão",
	"command line":               "linha de comando",
	"default":                    "padrão",

	"true or false": "true ou false", "a number or a percentage": "um número ou uma porcentagem", "a duration": "uma duração", "a number": "um número",
	"a whole number": "um número inteiro", "a list of texts": "uma lista de textos", "a text": "um texto",
}

// phrases are phrases of other packages that have a name or a number in them.
var phrases = []struct {
	english    *regexp.Regexp
	portuguese string
}{
	{regexp.MustCompile(`^line (\d+), column (\d+)$`), "linha $1, caractere $2"},
	{regexp.MustCompile(`^the environment variable (.*)$`), "a variável de ambiente $1"},
	{regexp.MustCompile(`^the file (.*)$`), "o arquivo $1"},
	{regexp.MustCompile(`^the command (.*)$`), "o comando $1"},
	{regexp.MustCompile(`^the credential (.*)$`), "a credencial $1"},
	{regexp.MustCompile(`^the documented dialect`), "o dialeto documentado"},
	{regexp.MustCompile(`^the observed dialect`), "o dialeto observado"},
}

// sentAs is what differs from a dialect.
var sentAs = regexp.MustCompile(`(?: with| and) ([a-z_]+) sent as ([a-z_]+)`)

// Term is a word or a phrase that another package gives as a parameter; it stays if it is not known.
func Term(term string) string {
	if said, known := terms[term]; known {
		return said
	}
	for _, phrase := range phrases {
		if phrase.english.MatchString(term) {
			return sentAs.ReplaceAllString(phrase.english.ReplaceAllString(term, phrase.portuguese), ", $1 enviado como $2")
		}
	}
	return term
}
