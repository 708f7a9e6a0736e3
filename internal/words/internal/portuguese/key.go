package portuguese

var keyTexts = map[string]string{
	"key_missing": `falta a chave da API: crie uma no GetRaze em Configurações, Chaves de API, com a permissão opportunities:write,
e opportunities:read para {{with flag "compare"}}{{.}} e {{end}}export;
depois ponha a chave na variável de ambiente GETRAZE_API_KEY, ou em um arquivo indicado com {{flag "api-key-file"}}
{{with flag "api-key-command"}}ou use um comando que a escreva, com {{.}}, ou guarde com razebulk login
{{end}}(para testar o razebulk sem chave, acrescente --sandbox)`,
	"key_with_name":       `a chave da API começa com {{.variable}}=: use só a chave, o que vem depois disso`,
	"key_with_quotes":     `a chave da API está entre aspas: escreva sem elas`,
	"key_empty_there":     `falta a chave da API: {{term .from}} não tem nenhuma`,
	"key_file_unreadable": `{{with flag "api-key-file"}}{{.}}{{else}}chave da API{{end}}`,
	"key_file_open":       `qualquer usuário desta máquina pode ler a chave da API em {{.file}}; chmod 600 {{shell .file}} a reserva para você`,
	"key_command_late": `{{flag "api-key-command"}}: {{.program}} foi interrompido depois de {{duration .max}}` +
		`{{with .message}}; ele diz: {{.}}{{end}}`,
	"key_command_failed": `{{flag "api-key-command"}}: {{.program}} falhou com o código de saída {{.status}}` +
		`{{with .message}}: {{.}}{{end}}`,
	"key_command_not_run": `{{flag "api-key-command"}}: não foi possível executar {{.program}}`,
	"key_command_quote":   `{{flag "api-key-command"}}: faltam aspas no fim`,
	"key_command_empty":   `{{flag "api-key-command"}}: falta o comando`,
	"check_no_answer":     `o CRM não responde como deveria: {{term .message}}; tente de novo mais tarde`,
	"check_not_api":       `isto não parece a API: {{term .message}}; o endereço da API está certo?`,
	"quota_spent":         `a chave é conhecida, e a cota está usada; tente de novo na próxima janela`,
	"keyring_unusable":    `não é possível usar o cofre de senhas deste sistema; ponha a chave em um arquivo ou em uma variável de ambiente`,
	"keyring_silent":      `sem resposta em um minuto`,
}
