package portuguese

var talkTexts = map[string]string{
	"warning":       `aviso: {{.text}}`,
	"yes_no":        `{{.question}} [s/N]`,
	"no_terminal":   `não há terminal em que perguntar; {{flag "yes"}} dispensa a pergunta`,
	"not_confirmed": `não confirmado`,
	"not_done":      `{{.why}}; nada foi {{if .written}}gravado{{else}}enviado{{end}}`,
	"ask_to_send":   `Enviar {{plural .requests "atualização"}} de {{.file}} para {{.host}}?`,
	"ask_to_read":   `Fazer {{plural .requests "consulta"}} a {{.host}}?`,

	// progress of a run
	"reading_as":         `{{.file}}: lida como {{.format}}`,
	"read_only_columns":  `colunas que uma atualização não muda ficam de fora: {{quoteAll .columns}}`,
	"resuming":           `retomando uma execução anterior: {{thousands .done}} de {{plural .rows "linha"}} já {{if eq .done 1}}terminou{{else}}terminaram{{end}}`,
	"dialect_detected":   `o CRM fala {{term .dialect}}`,
	"compared":           `comparado com o CRM: ` + howRead,
	"results_in":         `resultados: {{.file}}`,
	"failed_in":          `linhas a corrigir: {{.file}}`,
	"undo_with":          `para desfazer esta execução: {{.command}}`,
	"dry_run_done":       `simulação: nada foi enviado; o plano está em {{.file}}`,
	"interrupt_awaited":  `interrompido: esperando o que está em andamento; interrompa de novo para parar isso também`,
	"saved_settings":     `salvo em {{.file}}; use com: {{.command}}`,
	"report_failed":      `{{term .what}}: {{.why}}`,
	"history_damaged":    `{{.file}}: {{plural .lines "linha"}} não {{if eq .lines 1}}pôde ser entendida e fica{{else}}puderam ser entendidas e ficam{{end}} de fora`,
	"history_empty":      `nenhuma execução está anotada em {{.file}}`,
	"key_stored":         `a chave de {{.host}} está no cofre de senhas; razebulk check a testa`,
	"key_not_stored":     `o cofre de senhas não tem chave de {{.host}}`,
	"key_forgotten":      `a chave de {{.host}} não está mais no cofre de senhas`,
	"ask_key":            `Chave da API: `,
	"field_unreported":   `o CRM não informa o que há em {{.field}} ({{plural .rows "linha"}}): não dá para comparar nem desfazer`,
	"export_unreported":  `as respostas do CRM não informam {{.field}} em {{plural .rows "linha"}}: fica vazio nelas`,
	"run_planned":        `{{.file}}: {{plural .rows "linha"}}, {{plural .requests "envio"}} para {{.host}}`,
	"unsent_invalid":     `{{plural .rows "linha não enviada"}}: com erros`,
	"unsent_unchanged":   `{{plural .rows "linha não enviada"}}: sem mudança`,
	"unsent_not_stored":  `{{plural .rows "linha não enviada"}}: só {{if eq .rows 1}}muda{{else}}mudam{{end}} o que este CRM não grava`,
	"unsent_unread":      `{{plural .rows "linha não enviada"}}: a oportunidade não foi encontrada ou não pôde ser lida`,
	"unsent_empty":       `{{plural .rows "linha não enviada"}}: nada para enviar`,
	"conflicts_skipped":  `{{plural .rows "linha"}} {{if eq .rows 1}}mudou no CRM depois da sua planilha e foi deixada{{else}}mudaram no CRM depois da sua planilha e foram deixadas{{end}} de fora, no todo ou em parte ({{flag "force"}} envia)`,
	"row_in_doubt":       `linha {{.row}}: {{.why}}`,
	"more_rows_in_doubt": `e mais {{thousands .rows}} como estas`,
	"ids_repeated": `{{plural .rows "linha"}} {{if eq .rows 1}}tem{{else}}têm{{end}} o id de uma linha anterior (as linhas {{.first}} e {{.second}} são as primeiras): ` +
		`linhas com o mesmo id são enviadas na ordem do arquivo, e vale a última válida`,
	"run_cost": `{{plural .windows "janela"}} {{if .reported}}da cota de {{thousands .limit}} envios{{else}}da cota usual de {{thousands .limit}} envios por hora{{end}}; ` +
		`termina por volta {{about .done}} (em {{left .done}}){{if .too_long}}; é mais do que {{flag "max-duration"}} permite{{end}}`,
	"export_planned": `{{plural .pages "página"}} da lista{{if .gets}} e {{plural .gets "oportunidade"}} uma a uma{{end}} em {{.host}}: ` +
		`{{plural .requests "consulta"}}{{with .cost}}; {{.}}{{end}}`,
	"exported": `{{plural .rows "oportunidade"}} em {{if .file}}{{.file}}{{else}}saída padrão{{end}} ({{plural .requests "consulta"}})`,

	// what a run has done
	"statuses_head":      "status\tlinhas",
	"statuses_all":       `total`,
	"requests_sent":      `{{plural .requests "envio"}} em {{duration .elapsed}}`,
	"stored_unconfirmed": `o CRM não informou se gravou {{.field}}: {{plural .rows "linha"}}`,
	"stored_not":         `este CRM não grava {{.field}}: {{plural .rows "linha não aplicada"}} ({{flag "ignore-unstored"}} deixa essas células de fora)`,
	"changes_by_field":   `mudanças por campo: {{join .counts ", "}}`,
	"change_at":          `linha {{.row}}  {{.id}}  {{if .title}}título (da própria oportunidade){{else}}{{.field}}{{end}}: `,
	"value_empty":        `(vazio)`,
	"value_unknown":      `(não se sabe)`,
	"columns_head":       "COLUNA\tCABEÇALHO\tCAMPO\tVALOR\tENVIADO COMO",
	"cell_refused":       `recusada: {{.why}}`,
	"preview_format":     `lida como {{.format}}`,
	"config_file":        `seu arquivo: {{term .file}}`,
	"config_named":       `arquivo indicado: {{.file}}`,
	"config_key":         `chave da API: {{term .from}}`,
	"config_head":        "CONFIGURAÇÃO\tVALOR\tVEM DE",
	"runs_head":          "execução\tinício\tlinhas\tfalharam\tsaída\tdesfazer\tplanilha",
	"runs_undo":          `{{if .yes}}sim{{else}}não{{end}}`,
	"check_head":         `a chave funciona`,
	"check_lines": "serviço:\t{{.host}}\nchave:\tvem de: {{term .from}}\n" +
		"leitura:\t{{if .reads}}permitida{{else}}não permitida: comparar, exportar e os nomes de etapas e responsáveis precisam dela{{end}}\n" +
		"gravação:\t{{if .known}}permissões da chave: {{join .permissions \", \"}}{{else}}só aparece em uma atualização{{end}}\n" +
		"cota:\t{{if .limit}}{{thousands .limit}} envios por hora, restam {{thousands .remaining}}{{if .dated}} até {{clock .reset}}{{end}}{{else}}não informada{{end}}\n" +
		"dialeto:\t{{with .dialect}}{{term .}}{{else}}não aparece nas respostas{{end}}\nconsultas feitas:\t{{thousands .requests}}\n",

	// progress line
	"progress_checking": `lendo {{.file}}`,
	"progress_planning": `planejando {{.file}}`,
	"progress_rows":     `{{thousands .done}} de {{plural .total "linha"}}`,
	"progress_requests": `{{thousands .done}} de {{plural .total "consulta"}}`,
	"progress_failed":   `{{thousands .failed}} com falha`,
	"progress_rate":     `{{tenths .rate}} envios/s`,
	"progress_done":     `termina por volta {{about .done}} (em {{left .done}})`,
	"progress_left":     `faltam {{left .done}}`,
	"progress_waiting":  `espera {{left .until}}`,
	"waiting_quota":     `cota usada, continua às {{.time}} (em {{left .until}})`,
	"waiting_service":   `o CRM pede para esperar até {{.time}} (em {{left .until}})`,
	"waiting_outage":    `o CRM está fora do ar: esperando até {{.time}} (em {{left .until}})`,

	// for users without a terminal
	"desktop_guide": `O razebulk atualiza oportunidades no CRM GetRaze a partir de uma planilha.

A página dele abre no seu navegador. Deixe esta janela aberta enquanto trabalha
lá e feche quando terminar.

Você também pode arrastar uma planilha (.csv ou .xlsx) para cima deste programa.

O resto se faz em um terminal: razebulk --help
`,
	"desktop_one_sheet": `Uma planilha de cada vez, e não {{.sheets}}.`,
	"desktop_ask":       `Enviar ao CRM o que está no plano?`,
	"desktop_not_sent":  `Nada foi enviado.`,
	"desktop_close":     `Aperte Enter para fechar esta janela. `,
}

const howRead = `{{if not .requests}}nada precisou ser lido{{else if not .pages}}{{plural .gets "oportunidade lida"}} uma a uma{{else}}` +
	`{{plural .pages "página"}} da lista{{if .gets}} e {{plural .gets "oportunidade"}} uma a uma{{end}} ({{plural .requests "consulta"}}){{end}}`
