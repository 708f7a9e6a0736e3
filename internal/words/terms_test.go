package words

import (
	"fmt"
	"syscall"
	"testing"

	"razebulk/internal/words/internal/portuguese"
)

// TestErrorsOfTheSystemAreInPortuguese covers the errors of a wrong address, network, file or settings, and those of a
// damaged workbook.
func TestErrorsOfTheSystemAreInPortuguese(t *testing.T) {
	const refused = "connectex: No connection could be made because the target machine actively refused it."
	for english, want := range map[string]string{
		"dial tcp 127.0.0.1:1: connect: connection refused":                                "127.0.0.1:1 recusou a conexão",
		"dial tcp 127.0.0.1:1: " + refused:                                                 "127.0.0.1:1 recusou a conexão",
		"dial tcp [::1]:443: i/o timeout":                                                  "[::1]:443 não respondeu",
		"dial tcp 10.0.0.1:443: connect: network is unreachable":                           "sem rede até 10.0.0.1:443",
		"dial tcp: lookup crm.exmaple on 10.0.0.53:53: no such host":                       "o DNS não conhece crm.exmaple",
		"dial tcp: lookup crm.example: no such host":                                       "o DNS não conhece crm.example",
		"dial tcp: lookup crm.example on 10.0.0.53:53: server misbehaving":                 "o DNS não respondeu sobre crm.example",
		"read tcp 127.0.0.1:5->127.0.0.1:6: read: connection reset by peer":                "a conexão caiu",
		"x509: certificate is valid for a.example, b.example, not crm.example":             "ele é de a.example, b.example, e não de crm.example",
		"tls: failed to verify certificate: x509: certificate signed by unknown authority": "este computador não confia em quem o assinou",
		"http: server gave HTTP response to HTTPS client":                                  "o servidor não usa https neste endereço",
		"listen tcp 127.0.0.1:8080: bind: address already in use":                          "outro programa já usa este endereço",
		"Route GET /x/opportunities not found":                                             "o CRM não tem o endereço GET /x/opportunities",
		"API key is invalid":                                                               "chave da API inválida",
		"The system cannot find the file specified.":                                       "não existe",
		"The process cannot access the file because it is being used by another process.":  "está aberto em outro programa",
		"did not find expected ',' or ']'":                                                 "falta ',' ou ']'",
		"mapping values are not allowed in this context":                                   "dois pontos onde não podem estar; ponha o texto entre aspas",
		"zip: unsupported compression algorithm":                                           "usa um método de compactação não suportado",
		"flate: corrupt input before offset 17":                                            "o conteúdo compactado está danificado",
		`strconv.ParseInt: parsing "9x": invalid syntax`:                                   `"9x" não é um número`,
		"XML syntax error on line 7: invalid character entity & (no semicolon)":            "erro de XML na linha 7: entidade desconhecida &",
		"XML syntax error on line 7: expected /> in element":                               "erro de XML na linha 7",
		"a text of nobody": "a text of nobody",
	} {
		if got := portuguese.Term(english); got != want {
			t.Errorf("%q is %q, want %q", english, got, want)
		}
	}
	for _, err := range []error{syscall.ENOENT, syscall.EACCES, syscall.EISDIR, syscall.ENOSPC} {
		if text := fmt.Sprint(err); portuguese.Term(text) == text {
			t.Errorf("%q has no words", text)
		}
	}
}
