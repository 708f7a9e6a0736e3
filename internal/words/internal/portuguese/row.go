package portuguese

var rowTexts = map[string]string{
	// why a row was not sent, or not all of it
	"nothing_to_send":      `nenhuma célula para enviar`,
	"not_attempted":        `a execução terminou antes de a linha ser enviada`,
	"withheld":             `nada foi enviado, porque outras linhas têm erros`,
	"not_read":             `não foi possível ler o que há no CRM, e nada foi enviado`,
	"status_not_sent":      `a etapa não foi enviada`,
	"stopped_before_retry": `parou antes de enviar de novo; a última resposta foi {{.http}} {{.status}}`,
	"rule_unread":          `fica como está, porque o CRM não informa o que há em {{join .fields ", "}}`,
	"changed_since": `mudou no CRM desde então e fica como está: {{join .fields ", "}}` +
		`{{with flag "force"}} ({{.}} envia assim mesmo){{end}}`,
	"sheet_older": `esta oportunidade mudou no CRM em {{date .at}}, depois do updated_at da sua planilha. Nada foi enviado; veja o valor atual no CRM` +
		`{{with flag "force"}} ({{.}} envia assim mesmo){{end}}`,

	"text_too_long_for_service": `{{.field}} tem {{thousands .length}} caracteres, e este CRM grava no máximo {{thousands .max}}`,
	"unstored_left_out":         `fica de fora, porque este CRM não grava: {{join .fields ", "}}`,

	// why a stage or an owner can't be sent
	"stage_unknown": `nenhuma etapa tem esse nome{{with .stages}}; as etapas vistas são {{quoteAll .}}{{else}}; nenhuma etapa {{with .pipeline}}do funil {{quote .}} {{end}}foi vista{{end}}; ` +
		`uma etapa em que não há nenhuma oportunidade é indicada pelo id{{with flag "stage-map"}}, ou com {{.}} NOME=ID{{end}}`,
	"stage_needs_id": `etapa {{quote .stage}}: este CRM tem etapas próprias, e os nomes delas não foram lidos; escreva o id da etapa` +
		`{{with flag "stage-map"}}, indique com {{.}} NOME=ID{{end}} ou dê à chave a permissão opportunities:read`,
	"stage_ambiguous":  `várias etapas têm esse nome; escreva o id de uma, ou o funil: {{quoteAll .stages}}`,
	"pipeline_unknown": `nenhum funil se chama {{quote .pipeline}}; os funis vistos são {{quoteAll .pipelines}}`,
	"pipeline_differs": `a linha indica uma etapa do funil {{quote .pipeline}}, e a oportunidade está no funil {{quote .own}}; ` +
		`corrija a etapa e o funil, ou mude antes a oportunidade para esse funil no CRM`,
	"pipeline_unread": `não foi possível ler a oportunidade, e não se sabe em que funil ela está; envie a linha de novo mais tarde, ou indique ` +
		`o funil em uma coluna "funil"`,
	"owner_unknown": `nenhum usuário tem esse nome ou e-mail{{with .users}}; os usuários vistos são {{quoteAll .}}{{end}}; ` +
		`um usuário que não é responsável por nenhuma oportunidade é indicado pelo id`,
	"owner_ambiguous": `vários usuários têm esse nome; escreva o id ou o e-mail de um: {{quoteAll .users}}`,

	// outcome of a request
	"service_refused": `{{term .message}}`,
	"service_error":   `respondeu {{.http}} {{.code}}: {{.message}}`,
	"no_answer":       `{{term .message}}`,
	"interrupted":     `interrompido durante o envio`,
	"program_fault":   `o próprio razebulk falhou na linha {{.row}}: {{.fault}}`,

	"never_answered": `nunca veio resposta de {{.address}}{{with flag "base-url"}}: {{.}} está certo?{{end}}`,

	// what was stored
	"not_sent":                 `nada foi enviado`,
	"maybe_stored":             `a atualização pode ter sido gravada`,
	"fields_stored":            `os campos foram gravados`,
	"fields_stored_status_not": `os campos foram gravados, mas a etapa não`,
	"not_applied":              `o CRM respondeu com sucesso, mas tem outro valor que o enviado em {{join .fields ", "}}`,

	"stage_of_other_pipeline": `a etapa foi gravada, mas é do funil {{quote .pipeline}}, e a oportunidade está no funil {{quote .own}}; ` +
		`envie uma etapa do funil da oportunidade, ou mude a oportunidade de funil no CRM`,

	"field_not_stored":     `este CRM não grava {{join .fields ", "}}`,
	"other_names_not_sent": `alguns campos ainda seriam enviados com outro nome`,
	"other_maybe_changed": `a oportunidade {{quote .id}} pode ter sido alterada no lugar dela; veja as duas no CRM ` +
		`e pergunte a quem o administra por quê, antes de enviar a linha de novo`,
	"half_stored": `uma parte da atualização pode ter sido gravada`,
	"read_again": `lida de novo: {{with .stored}}gravado: {{join . ", "}}; {{end}}` +
		`{{with .half}}gravado no contato e não no título da oportunidade: {{join . ", "}}; {{end}}` +
		`não gravado: {{with .missing}}{{join . ", "}}{{else}}nada mais{{end}}`,
	"title_lost": `desfeita, menos o título da oportunidade, que nenhuma atualização desfaz sozinho: era {{quote .title}}`,
}

var endTexts = map[string]string{
	// what ended a run or a reading
	"key_rejected": `o CRM rejeita a chave da API: {{.status}} {{term .why}}`,
	"base_url_wrong": `{{.why}}{{if .answers}}, {{plural .answers "vez seguida"}}{{end}}: ` +
		`{{with flag "base-url"}}{{.}}{{else}}o endereço da API{{end}} {{.address}} está certo?`,
	"too_many_failures": `falhas demais: {{thousands .failed}} de {{plural .sent "linha enviada"}} {{if eq .failed 1}}falhou{{else}}falharam{{end}}, ` +
		`a linha {{.row}} com {{.status}} {{term .why}}`,
	"page_unread":           `não foi possível ler a página {{.page}} da lista de oportunidades: {{.status}} {{term .why}}`,
	"out_of_time":           `o tempo acabou`,
	"service_keeps_failing": `o CRM continua falhando: {{.last}}`,
	"reserve_takes_all": `{{with flag "quota-reserve"}}{{.}}{{else}}a reserva{{end}}` +
		` não deixa nada de uma cota de {{plural .limit "envio"}}`,

	// the service in the meantime
	"service_failing": `o CRM falha: {{plural .failures "vez seguida"}}, a última assim: {{.last}}` + "\n" +
		`agora um envio de cada vez tenta ver se ele voltou`,
	"service_recovered": `o CRM responde de novo, depois de {{span .after}}`,
	"wait_absurd": `o {{.header}} do CRM não faz sentido: não é um horário das próximas 24 horas; não é levado em conta, e vale a próxima hora cheia` +
		`{{if eq .header "Retry-After"}}, ou o fim da janela da cota, se o CRM o informa{{end}}`,
}
