package portuguese

import "razebulk/internal/lazyregexp"

// terms translates words of other packages.
var terms = map[string]string{
	"comma": "vírgula", "semicolon": "ponto e vírgula", "tab": "tabulação", "pipe": "barra vertical", "point": "ponto", "doubled": "dobradas",

	"(ignored)": "(ignorada)", "(read-only)": "(só leitura)", "(unnamed)": "(sem cabeçalho)", "(unknown)": "(desconhecida)",

	"documented": "documentado", "observed": "observado",

	"Opportunity not found":                      "oportunidade não encontrada",
	"Invalid or expired API key.":                "chave da API inválida ou vencida",
	"API key is invalid":                         "chave da API inválida",
	"API key lacks the permission for this call": "a chave da API não tem permissão para isto",

	"the run can't be noted in the history":            "não foi possível anotar a execução no histórico",
	"the end of the run can't be noted in the history": "não foi possível anotar o fim da execução no histórico",

	"connection refused": "conexão recusada", "connection reset by peer": "a conexão caiu", "EOF": "a conexão foi cortada",
	"unexpected EOF": "a conexão foi cortada", "broken pipe": "a conexão caiu", "network is unreachable": "sem rede", "no route to host": "sem caminho até o servidor",

	"[not shown]": "[não mostrada]", "this system has no place for one": "este sistema não tem lugar para ele",
	"from this service's credentials or the keyring, if they have it": "vem das credenciais do serviço ou do cofre de senhas, se estiver lá",

	"no such file or directory": "não existe",
	"permission denied":         "sem permissão",
	"operation not permitted":   "sem permissão",
	"is a directory":            "é uma pasta",
	"not a directory":           "não é uma pasta",
	"no space left on device":   "o disco está cheio",
	"disk quota exceeded":       "o seu espaço em disco acabou",
	"read-only file system":     "só é possível ler neste disco",
	"input/output error":        "o disco não pode ser lido ou gravado",
	"file name too long":        "o nome é longo demais",

	"zip: not a valid zip file":              "não é um arquivo zip válido",
	"zip: checksum error":                    "o conteúdo foi alterado ou está danificado",
	"missing port in address":                "falta a porta",
	"row number exceeds maximum limit":       "o número da linha é grande demais",
	"zip: unsupported compression algorithm": "usa um método de compactação não suportado",

	"executable file not found in $PATH": "não está em nenhuma pasta do PATH", "executable file not found in %PATH%": "não está em nenhuma pasta do PATH",

	"The system cannot find the file specified.": "não existe", "The system cannot find the path specified.": "a pasta não existe",
	"Access is denied.": "sem permissão", "There is not enough space on the disk.": "o disco está cheio", "The device is not ready.": "o disco não está pronto",
	"The process cannot access the file because it is being used by another process.": "está aberto em outro programa",

	"read": "ler", "write": "gravar", "sync": "gravar", "close": "fechar", "mkdir": "criar a pasta", "remove": "apagar", "rename": "renomear",

	"the keyring of this system": "o cofre de senhas do sistema",
	"the sandbox":                "o modo de teste (sandbox)",
	"what was typed":             "o que foi digitado",
	"standard input":             "entrada padrão",
	"command line":               "linha de comando",
	"default":                    "padrão",

	"30s, 5m or 24h": "30s, 5m ou 24h", "10 or 0.5": "10 ou 0.5", "30 or 10%": "30 ou 10%",
	"true or false": "true ou false", "a number or a percentage": "um número ou uma porcentagem", "a duration": "uma duração", "a number": "um número",
	"a whole number": "um número inteiro", "a supported language (pt-BR, en)": "um idioma disponível (pt-BR, en)", "a list of texts": "uma lista de textos", "a text": "um texto",
}

// phrases translates phrases of other packages that contain a name or a number.
var phrases = []struct {
	english    *lazyregexp.Regexp
	portuguese string
}{
	{lazyregexp.New(`^dial tcp (\S+): (?:connect: connection refused|connectex: No connection could be made .*)$`), "$1 recusou a conexão"},
	{lazyregexp.New(`^(?:read|write) tcp \S+: (?:read|write|wsarecv|wsasend): (?:connection reset by peer|broken pipe|An existing connection .*|An established connection .*)$`), "a conexão caiu"},
	{lazyregexp.New(`^dial tcp (\S+): (?:i/o timeout|connect: .* timed out|connectex: A connection attempt failed .*)$`), "$1 não respondeu"},
	{lazyregexp.New(`^dial tcp (\S+): (?:connect: network is unreachable|connectex: A socket operation was attempted to an unreachable .*)$`), "sem rede até $1"},
	{lazyregexp.New(`^dial tcp (\S+): connect: no route to host$`), "sem caminho até $1"},
	{lazyregexp.New(`^dial tcp: lookup (\S+?)(?: on \S+)?: no such host$`), "o DNS não conhece $1"},
	{lazyregexp.New(`^dial tcp: lookup (\S+?)(?: on \S+)?: .*$`), "o DNS não respondeu sobre $1"},
	{lazyregexp.New(`^proxyconnect tcp: .*$`), "o proxy não respondeu"},
	{lazyregexp.New(`^http: server gave HTTP response to HTTPS client$`), "o servidor não usa https neste endereço"},
	{lazyregexp.New(`^(?:tls: failed to verify certificate: )?x509: certificate is valid for (.*), not (\S+)$`), "ele é de $1, e não de $2"},
	{lazyregexp.New(`^(?:tls: failed to verify certificate: )?x509: certificate has expired or is not yet valid: .*$`), "ele venceu ou ainda não vale; confira também o relógio deste computador"},
	{lazyregexp.New(`^(?:tls: failed to verify certificate: )?x509: certificate signed by unknown authority$`), "este computador não confia em quem o assinou"},
	{lazyregexp.New(`^(?:listen tcp \S+: )?bind: (?:address already in use|Only one usage of each socket address .*)$`), "outro programa já usa este endereço"},
	{lazyregexp.New(`^(?:listen tcp \S+: )?bind: (?:cannot assign requested address|The requested address is not valid .*)$`), "este computador não tem este endereço"},
	{lazyregexp.New(`^(?:listen tcp \S+: )?bind: (?:permission denied|An attempt was made to access a socket .*)$`), "sem permissão para esta porta"},
	{lazyregexp.New(`^Route (\S+ \S+) not found$`), "o CRM não tem o endereço $1"},
	{lazyregexp.New(`^found a tab character that violates indentation$|^found character that cannot start any token$`), "um caractere que não pode estar ali, como uma tabulação ou um @ sem aspas"},
	{lazyregexp.New(`^mapping values are not allowed in this context$`), "dois pontos onde não podem estar; ponha o texto entre aspas"},
	{lazyregexp.New(`^did not find expected (',') or ('.')$`), "falta $1 ou $2"},
	{lazyregexp.New(`^(?:did not find expected key|could not find expected ':'|did not find expected .*)$`), "a linha, ou a de cima, não tem a forma nome: valor, ou o recuo é outro"},
	{lazyregexp.New(`^found unexpected end of stream$`), "faltam aspas no fim de um texto"},
	{lazyregexp.New(`^XML syntax error on line (\d+): unexpected EOF$`), "o XML termina antes da hora, na linha $1"},
	{lazyregexp.New(`^XML syntax error on line (\d+): element <(\S+)> closed by </(\S+)>$`), "erro de XML na linha $1: o elemento <$2> é fechado por </$3>"},
	{lazyregexp.New(`^XML syntax error on line (\d+): invalid character entity (\S+).*$`), "erro de XML na linha $1: entidade desconhecida $2"},
	{lazyregexp.New(`^XML syntax error on line (\d+): illegal character code (\S+)$`), "erro de XML na linha $1: caractere proibido $2"},
	{lazyregexp.New(`^XML syntax error on line (\d+): .*$`), "erro de XML na linha $1"},
	{lazyregexp.New(`^xml: unsupported version (".*"); only version 1\.0 is supported$`), "a versão $1 de XML não é suportada, só a 1.0"},
	{lazyregexp.New(`^strconv\.\w+: parsing (".*"): value out of range$`), "$1 é grande demais"},
	{lazyregexp.New(`^strconv\.(?:Atoi|Parse(?:Int|Uint|Float)): parsing (".*?)(?:: invalid syntax)?$`), "$1 não é um número"},
	{lazyregexp.New(`^strconv\.ParseBool: parsing (".*"): invalid syntax$`), "$1 não é verdadeiro nem falso"},
	{lazyregexp.New(`^flate: corrupt input before offset \d+$`), "o conteúdo compactado está danificado"},
	{lazyregexp.New(`^invalid column name (".*)$`), "$1 não é o nome de uma coluna"},
	{lazyregexp.New(`^cannot convert cell (".*?)(?: to coordinates: .*)?$`), "$1 não é o nome de uma célula"},
	{lazyregexp.New(`^the column number must be greater than or equal to (\d+) and less than or equal to (\d+)$`), "o número da coluna deve ser de $1 a $2"},
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

// sentAs matches how fields are sent differently from the dialect.
var sentAs = lazyregexp.New(`(?: with| and) ([a-z_]+) sent as ([a-z_]+)`)

// Term translates a word or a phrase that another package gives as a parameter; it stays if it is not known.
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
