package portuguese

var stopTexts = map[string]string{
	"file_in_use":  `{{.file}}: outra execução{{with .process}} (processo {{.}}){{end}} está usando este arquivo; espere que ela termine`,
	"nothing_sent": `{{.why}}; nada foi enviado`,

	"stopped_outage":   `parou: o CRM continua falhando, a última vez: {{.last}}`,
	"stopped_quota":    `parou: a cota está usada, e a próxima janela começa depois de {{flag "max-duration"}}`,
	"stopped_service":  `parou: o CRM pede para esperar mais do que {{flag "max-duration"}}`,
	"stopped_duration": `parou: {{flag "max-duration"}} acabou`,
	"once_back":        `quando ele voltar`,
	"once_time":        `depois {{about .next}}`,

	"interrupted_unsent": `interrompido; nada foi enviado`,
	"unfinished_run": `uma execução anterior deste arquivo terminou {{thousands .done}} de {{plural .rows "linha"}}` + "\n" +
		`para retomar: {{flag "resume"}}` + "\n" + `para recomeçar: {{flag "restart"}}`,
	"journal_damaged":      `{{.why}}` + "\n" + `corrija ou recomece com {{flag "restart"}}`,
	"stopped_reading":      `{{.why}}, durante a leitura das oportunidades; nada foi enviado; execute de novo{{with .from}} {{.}}{{end}}`,
	"may_not_read":         `{{.reads}} lê as oportunidades primeiro: dê à chave a permissão opportunities:read ou tire {{.reads}}`,
	"may_not_update":       `uma atualização precisa de uma chave com a permissão opportunities:write`,
	"may_not_export":       `uma exportação precisa de uma chave com a permissão opportunities:read`,
	"key_came_from":        `a chave veio de: {{term .from}}`,
	"strict_sent_nothing":  `{{plural .rows "linha"}} com erros; nada foi enviado, como pede {{flag "strict"}}: veja {{.file}}`,
	"results_not_in_place": `{{.why}}` + "\n" + `todos os resultados estão em {{.file}}; depois de corrigir, grave no lugar certo sem enviar nada de novo: {{.command}}`,
	"failed_not_written": `os resultados estão em {{.file}}, mas não foi possível gravar as linhas a corrigir: {{.why}}` + "\n" +
		`{{if .locked}}copie a planilha para outra pasta e indique a cópia no lugar dela, para gravar sem enviar nada de novo{{else}}grave sem enviar nada de novo{{end}}: {{.command}}`,
	"interrupted_in_place":   "interrompido\n" + `os resultados estão em {{.file}}; grave as linhas a corrigir sem enviar nada de novo: {{.command}}`,
	"interrupted_in_the_end": "interrompido\n" + `todas as linhas terminaram, e todos os resultados estão em {{.file}}; grave no lugar certo sem enviar nada de novo: {{.command}}`,

	"rows_failed":   `{{thousands .failed}} de {{plural .rows "linha"}} {{if eq .failed 1}}precisa{{else}}precisam{{end}} de correção: veja {{.file}} e {{.results}}{{with .command}}` + again + `{{end}}`,
	"rows_unsent":   failedOfSent + `: veja {{.results}} e {{.file}}, que tem todas{{with .command}}` + again + `{{end}}`,
	"invalid_rows":  `{{plural .rows "linha recusada"}}: veja {{.file}}`,
	"rows_differ":   `{{plural .rows "linha"}} {{if eq .rows 1}}difere{{else}}diferem{{end}} do CRM: veja {{.file}}`,
	"see_plan":      `{{.why}}: veja {{.file}}`,
	"not_recorded":  `{{.why}}` + "\n" + `o que foi registrado está em {{.file}}; retome com: {{.command}}`,
	"reserve_stops": `{{.why}}` + "\n" + doneOf + `; retome com uma reserva menor ou sem ela: {{.command}}`,
	"first_done":    `parou depois das primeiras linhas, como pede {{flag "first"}}; ` + doneOf + `; envie o resto com: {{.command}}`,
	"file_changed":  `{{.why}}; nada mais dele é enviado: execute de novo quando estiver completo` + "\n" + doneOf + `: veja {{.file}}`,
	"resume_with":   `{{.why}}` + "\n" + doneOf + `; retome{{with .from}} {{.}}{{end}} com: {{.command}}`,

	"export_ended":      `{{.why}}; {{if .rows}}{{plural .rows "linha gravada"}}, e {{if eq .rows 1}}não é a única{{else}}não são todas{{end}}{{else}}nada foi gravado{{end}}{{if .again}}; execute de novo{{with .from}} {{.}}{{end}}{{end}}`,
	"export_incomplete": `{{plural .missing "oportunidade"}} não {{if eq .missing 1}}pôde ser lida{{else}}puderam ser lidas{{end}}, ou não por inteiro: veja os avisos`,
	"only_interrupted":  `interrompido`,
	"check_failed":      `{{.host}}: {{.why}}; a chave veio de: {{term .from}}`,

	"no_run_to_undo":   `não há execução para desfazer`,
	"run_unknown":      `não há execução {{quote .run}}; razebulk runs mostra a lista`,
	"undo_unfinished":  `a execução {{.run}}, a última, desfaz outra e não terminou; para terminar: {{.command}}; para desfazer essa execução mesma: razebulk undo {{.run}}`,
	"resume_undone":    `a execução {{.run}} foi desfeita pela execução {{.by}}, e os resultados dela já não valem{{with flag "restart"}}; {{.}} envia todas as linhas de novo{{end}}`,
	"run_without_undo": `a execução {{.run}}, de {{.file}}, não deixou arquivo de desfazer{{if .uncompared}}: ela foi feita sem --compare{{end}}; razebulk runs mostra as que têm um`,
	"run_elsewhere":    `a execução {{.run}} foi em {{.made}}, e não em {{.now}}: indique com {{flag "base-url"}}`,
	"undo_gone":        `o arquivo de desfazer da execução {{.run}} não está mais lá: era {{.file}}`,
}

const (
	again  = "\n" + `depois de corrigir: {{.}}`
	doneOf = `{{thousands .done}} de {{plural .rows "linha"}} {{if eq .done 1}}terminou{{else}}terminaram{{end}}`

	failedOfSent = `{{if not .sent}}nenhuma linha foi enviada{{else}}` +
		`{{thousands .sent_failed}} de {{plural .sent "linha enviada"}} {{if eq .sent_failed 1}}falhou{{else}}falharam{{end}}{{end}}` +
		`{{if .before}}; {{thousands .before}} {{if eq .before 1}}falhou{{else}}falharam{{end}} antes do envio{{end}}` +
		`; {{if eq .missed 1}}1 não foi tentada{{else}}{{thousands .missed}} não foram tentadas{{end}}`
)
