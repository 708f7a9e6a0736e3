package portuguese

import "razebulk/internal/lazyregexp"

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

	"connection refused": "conexão recusada", "connection reset by peer": "a conexão caiu", "EOF": "a conexão foi cortada",
	"unexpected EOF": "a conexão foi cortada", "broken pipe": "a conexão caiu", "network is unreachable": "sem rede", "no route to host": "sem caminho até o servidor",

	"[not shown]": "[não mostrada]", "this system has no place for one": "este sistema não tem lugar para ele",
	"from this service's credentials or the keyring, if they have it": "vem das credenciais do serviço ou do cofre de senhas, se estiver lá",

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

	"30s, 5m or 24h": "30s, 5m ou 24h", "10 or 0.5": "10 ou 0.5", "30 or 10%": "30 ou 10%",
	"true or false": "true ou false", "a number or a percentage": "um número ou uma porcentagem", "a duration": "uma duração", "a number": "um número",
	"a whole number": "um número inteiro", "a list of texts": "uma lista de textos", "a text": "um texto",
}

// phrases are phrases of other packages that have a name or a number in them.
var phrases = []struct {
	english    *lazyregexp.Regexp
	portuguese string
}{
	{lazyregexp.New(`^dial tcp (\S+): connect: connection refused$`), "$1 recusou a conexão"},
	{lazyregexp.New(`^(?:read|write) tcp \S+: (?:read|write): (?:connection reset by peer|broken pipe)$`), "a conexão caiu"},
	{lazyregexp.New(`^dial tcp (\S+): (?:i/o timeout|connect: .* timed out)$`), "$1 não respondeu"},
	{lazyregexp.New(`^(.*): is a directory$`), "$1: é uma pasta"},
	{lazyregexp.New(`^(.*) \(not there\)$`), "$1 (não existe)"},
	{lazyregexp.New(`^from (.*)$`), "vem de $1"},
	{lazyregexp.New(`^line (\d+), column (\d+)$`), "linha $1, caractere $2"},
	{lazyregexp.New(`^the environment variable (.*)$`), "a variável de ambiente $1"},
	{lazyregexp.New(`^the file (.*)$`), "o arquivo $1"},
	{lazyregexp.New(`^the command (.*)$`), "o comando $1"},
	{lazyregexp.New(`^the credential (.*)$`), "a credencial $1"},
	{lazyregexp.New(`^the documented dialect`), "o dialeto documentado"},
	{lazyregexp.New(`^the observed dialect`), "o dialeto observado"},
}

// sentAs is what differs from a dialect.
var sentAs = lazyregexp.New(`(?: with| and) ([a-z_]+) sent as ([a-z_]+)`)

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
