package portuguese

var serviceTexts = map[string]string{
	"base_url_invalid":       `endereço da API {{quote .url}}: não é um endereço como {{.example}}`,
	"base_url_not_plain":     `endereço da API em {{.host}}: tire usuário, consulta e fragmento`,
	"base_url_not_encrypted": `endereço da API {{quote .url}}: a chave passaria aberta pela rede; use https`,
	"key_empty":              `a chave da API está vazia`,
	"key_malformed":          `a chave da API tem um espaço, uma quebra de linha ou um caractere que nenhuma chave tem; copie de novo`,
	"dry_run":                `isto é uma simulação: nada é enviado`,

	"list_member_missing": `respondeu {{.status}} com uma lista sem {{.member}}, que por isso não pode ser lida por inteiro`,
	"list_member_invalid": `respondeu {{.status}} com uma lista em que {{.member}} é {{quote .value}}, que por isso não pode ser lida por inteiro`,
	"list_page_differs":   `respondeu {{.status}} com a página {{.page}} de uma lista, e foi pedida a página {{.asked}}`,
	"list_page_empty":     `respondeu {{.status}} com uma página vazia de uma lista que tem mais páginas`,
}

var answerTexts = map[string]string{
	"host_unknown":         `não há servidor com o nome {{quote .host}}`,
	"certificate_unfit":    `o certificado do servidor não serve para este endereço: {{term .error}}`,
	"answer_late":          `nenhuma resposta completa em {{span .timeout}}`,
	"answer_incomplete":    `a resposta foi cortada: {{term .error}}`,
	"answer_not_json":      `respondeu {{.status}}, mas não com o JSON da API: {{printf "%q" .line}}`,
	"answer_too_long":      `respondeu {{.status}} com mais de {{.max}} MiB`,
	"answer_unexpected":    `respondeu {{.status}}, mas não com o que a API promete: {{printf "%q" .line}}`,
	"answer_contradictory": `respondeu {{.status}} com sucesso e erro ao mesmo tempo: {{printf "%q" .line}}`,
	"refusal_without_code": `respondeu {{.status}} sem um código: {{printf "%q" .message}}`,
	"unknown_route": `respondeu {{.status}}: o CRM não tem esse endereço, ele diz {{printf "%q" .message}}` +
		`{{with flag "base-url"}}; confira {{.}}{{end}}`,
	"time_unreadable": `o CRM informa a hora {{quote .value}}, que não está em nenhum formato conhecido`,
	"redirect_refused": `respondeu {{.status}} com um redirecionamento para {{printf "%q" .location}}, que não é seguido` +
		`{{with flag "base-url"}}; confira {{.}}{{end}}`,
	"answer_of_other_opportunity": `respondeu {{.status}} sobre outra oportunidade, {{printf "%q" .id}}`,
}
