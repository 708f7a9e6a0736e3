package portuguese

const inFile = `{{if .file}}linha {{.row}} de {{.file}}: {{end}}`

var engineTexts = map[string]string{
	// the files of a run
	"results_unnamed":     `a entrada padrão não tem nome para dar aos resultados{{with flag "results"}}: use {{.}} ARQUIVO{{end}}`,
	"results_too_long":    `{{.file}}: a planilha tem mais linhas do que as {{thousands .max}} que uma pasta de trabalho comporta{{with flag "results"}}; indique um arquivo CSV com {{.}}{{end}}`,
	"results_collide":     `{{with flag "results"}}{{.}} {{end}}{{.file}}: este arquivo é a entrada ou o das linhas a corrigir; indique outro`,
	"undo_collides":       `{{with flag "undo-file"}}{{.}} {{end}}{{.file}}: este arquivo é a entrada, o dos resultados ou o das linhas a corrigir; indique outro`,
	"state_collides":      `{{with flag "state"}}{{.}} {{end}}{{.file}}: este arquivo é a entrada, ou um que a execução grava; indique outro`,
	"set_aside":           `o {{.file}} anterior agora se chama {{.name}}`,
	"not_a_plan":          `{{.file}} não é um plano e fica como está; indique outro arquivo{{with flag "results"}} com {{.}}{{end}}`,
	"journal_unrecorded":  `{{.file}}: não está registrado de qual execução é: ele fica guardado à parte, e esta é uma nova execução`,
	"journal_of_another":  `{{.file}} é de outro arquivo ou de outras opções: ele fica guardado à parte, e esta é uma nova execução`,
	"export_is_its_input": `{{with flag "out"}}{{.}} {{end}}{{.file}}: este é o arquivo de {{flag "ids-from"}}; indique outro`,
	"not_an_export":       `{{.file}} não é uma exportação e fica como está; indique outro arquivo{{with flag "out"}} com {{.}}{{end}}`,

	"remaining_invalid": `restam {{plural .rows "linha"}} com erros de uma execução anterior, e com {{flag "strict"}} nada é enviado nesse caso;` +
		` retome sem {{flag "strict"}}`,

	"stage_map_form": `{{quote .mapping}}: escreva NOME=STATUS ou NOME=ID`,
	"owner_map_form": `{{quote .mapping}}: escreva TEXTO=ID, com o id de um usuário, e não o nome ou o e-mail`,
	"stage_map_meaning": `{{quote .mapping}}: {{quote .meaning}} não é o id de uma etapa nem uma destas:` +
		` {{join .statuses ", "}}`,

	// how a sheet is read
	"no_status_column":     `{{with flag "stage"}}{{.}}: {{end}}a planilha não tem uma coluna para a etapa`,
	"undo_without_stage":   `a etapa só é desfeita com {{flag "stage"}}`,
	"undo_without_compare": `isto desfaz uma execução sem olhar o que mudou desde então; {{flag "compare"}} deixa essas mudanças como estão`,
	"sheet_without_rows":   `a planilha tem um cabeçalho e nenhuma linha: nada é enviado`,
	"repeats_unknown":      `ao procurar ids repetidos`,
	"sheet_row_gone":       `a linha {{.row}} não está mais na planilha`,
	"too_few_rows":         `a planilha tem {{plural .rows "linha"}}, e são precisas {{thousands .min}}{{with flag "min-rows"}} ({{.}}){{end}}; nada é enviado`,
	"too_many_changes": `{{plural .changes "linha"}} de {{thousands .rows}} {{if eq .changes 1}}mudaria{{else}}mudariam{{end}}, ` +
		`mais do que {{with flag "max-changes"}}{{.}} permite{{else}}é permitido{{end}}; nada é enviado`,
	"report_collides":            `{{.file}}: este arquivo é a planilha, ou um que a execução lê ou deixa; indique outro`,
	"not_a_report":               `{{.file}}: este arquivo é de outro tipo e fica como está; indique outro`,
	"ping_address_invalid":       `não é um endereço como https://hc-ping.com/NUMERO`,
	"ping_address_not_encrypted": `{{.host}} não é esta máquina: use https`,
	"ping_refused":               `{{.host}}: respondeu {{.http}}`,
	"no_state_folder":            `não há uma pasta em que os programas guardem o que lembram das execuções`,
	"hidden_rows":                `a planilha oculta {{plural .rows "linha"}}; linhas ocultas são enviadas como as outras`,
	"hidden_columns":             `a planilha oculta colunas de que algo é enviado: {{quoteAll .columns}}{{with flag "ignore-columns"}}; {{.}} deixa colunas de fora{{end}}`,
	"merged_rows":                `há células mescladas em várias linhas em {{quoteAll .columns}}: só a primeira linha de cada uma tem o que aparece, e as outras contam como vazias; desfaça a mesclagem e preencha as linhas`,
	"covered_cells": `{{plural .cells "célula"}} sob outras, mescladas com {{if eq .cells 1}}ela, não aparece{{else}}elas, não aparecem{{end}} no Excel, e ` +
		`{{if eq .cells 1}}é lida{{else}}são lidas{{end}} como as outras: desfaça a mesclagem e confira`,

	// what a run changes beyond the sheet
	"titles_overwritten": `{{if eq .rows 1}}a oportunidade de {{plural .rows "linha"}} recebe{{else}}as oportunidades de {{plural .rows "linha"}} recebem{{end}} outro título: este CRM grava o nome também como ` +
		`título da oportunidade, e nenhuma atualização desfaz só isso`,
	"contact_rows_differ": `várias oportunidades têm o mesmo contato, e {{plural .rows "linha"}} {{if eq .rows 1}}difere{{else}}diferem{{end}} nele de uma linha anterior ` +
		`(as linhas {{.first}} e {{.second}} são as primeiras, em {{.field}}): elas são enviadas na ordem do arquivo, e vale a última`,

	// what an export could not read
	"no_usable_id":       `nenhuma linha tem um id que possa ser consultado`,
	"id_left_out":        `a linha {{.row}} de {{.file}} fica de fora`,
	"opportunity_unread": inFile + `{{quote .id}} não pôde ser lida e fica de fora: {{.status}} {{.why}}`,
	"notes_unread":       inFile + `as notas de {{quote .id}} não puderam ser lidas e ficam vazias: {{.status}} {{.why}}`,
	"list_incomplete": `{{plural .missing "oportunidade"}} de uma lista de {{thousands .length}} não {{if eq .missing 1}}foi encontrada{{else}}foram encontradas{{end}}, em nenhuma ordem de leitura` +
		`{{if .gone}}; {{.gone}} {{if eq .gone 1}}delas pode ter sido excluída{{else}}delas podem ter sido excluídas{{end}} nesse meio-tempo{{end}}; tente de novo`,
	"filter_applied_here":    `o CRM não filtra por {{join .filters ", "}}: {{plural .opportunities "oportunidade deixada"}} de fora aqui`,
	"filter_unsupported":     `este CRM não filtra por {{join .filters ", "}}, e a lista não mostra esse dado`,
	"status_filter_unknown":  `{{with flag "status"}}{{.}} {{end}}{{quote .status}}: use um destes: {{join .statuses ", "}}`,
	"owner_filter_is_name":   `{{with flag "owner"}}{{.}} {{end}}{{quote .owner}}: a lista deste CRM não mostra nomes; use o id do usuário`,
	"campaign_filter_no_id":  `{{with flag "campaign"}}{{.}} {{end}}{{quote .campaign}}: os ids deste CRM são UUIDs; informe o id da campanha`,
	"owner_filter_ambiguous": `{{with flag "owner"}}{{.}} {{end}}{{quote .owner}}: vários usuários têm esse nome; use um id: {{join .users ", "}}`,
	"owner_not_seen":         `ninguém com o nome ou e-mail {{quote .owner}} é responsável por uma oportunidade; foram vistos {{quoteAll .users}}`,
	"stage_not_seen":         `nenhuma oportunidade está na etapa {{quote .status}}; as vistas estão em {{quoteAll .stages}}`,
}
