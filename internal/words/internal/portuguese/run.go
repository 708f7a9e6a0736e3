package portuguese

var runTexts = map[string]string{
	// results file and journal
	"result_not_recorded":  `{{if .row}}linha {{.row}}{{else}}{{.path}}{{end}}: não foi possível registrar um resultado`,
	"results_not_writable": `não foi possível registrar resultados`,
	"results_not_sorted":   `não foi possível ordenar os resultados`,

	"results_torn":             `{{.path}}: a última linha não foi gravada até o fim`,
	"results_header_unknown":   `{{.path}}: linha 1: não é o cabeçalho de um arquivo de resultados desta versão`,
	"results_line_unreadable":  `{{.path}}: linha {{.line}}: não é uma linha de um arquivo de resultados`,
	"results_line_broken":      `{{.path}}: linha {{.line}}: está vazia ou tem uma quebra de linha dentro`,
	"results_cell_count":       `{{.path}}: linha {{.line}}: {{plural .cells "célula"}}, e não {{.columns}}`,
	"results_row_invalid":      `{{.path}}: linha {{.line}}: {{quote .text}} não é o número de uma linha`,
	"results_row_unknown":      `{{.path}}: linha {{.line}}: não há linha {{.row}} na entrada`,
	"results_attempts_invalid": `{{.path}}: linha {{.line}}: {{quote .text}} não é um número de tentativas`,
	"results_status_missing":   `{{.path}}: linha {{.line}}: falta o status`,

	// the sheet, and files beside it
	"input_changed":       `o arquivo mudou durante a leitura`,
	"not_a_file":          `{{.file}}: isto é um link, uma pasta, um pipe ou um dispositivo, e não um arquivo; mova para outro lugar ou indique outro`,
	"not_a_lock":          `{{.file}}: este arquivo tem o nome de um arquivo de bloqueio e não é um; mova para outro lugar`,
	"not_locked":          `não foi possível bloquear {{.file}}`,
	"file_open_elsewhere": `{{.file}} está aberto em outro programa, como o Excel, e não pôde ser substituído; feche primeiro`,
	"folder_not_writable": `não é possível criar {{.file}}{{with flag "results"}} ({{.}}{{with flag "undo-file"}} e {{.}}{{end}} indicam arquivos em outro lugar){{end}}:` +
		` a pasta {{.folder}} não permite gravar`,
	"sheet_folder_not_writable": `não é possível criar {{.file}}: a pasta {{.folder}} não permite gravar`,
	"folder_missing":            `não é possível criar {{.file}} na pasta {{.folder}}`,

	"run_record_unreadable": `não foi possível ler o registro de uma execução anterior`,

	// comparison
	"comparison_impossible": `não foi possível comparar a oportunidade {{.id}} com a planilha`,

	// plan, undo file, failed rows, export
	"plan_column_missing":   `não é um plano que possa ser aplicado: falta a coluna {{.missing}}; um plano é feito com update --dry-run --compare`,
	"plan_unreadable":       `não foi possível ler o plano; use o arquivo como a simulação o gravou`,
	"plan_line_unmarked":    `a linha {{.line}} não tem marca na coluna raze_plan; exclua a linha ou faça o plano de novo`,
	"row_stored_after":      `a linha {{.row}} tem o mesmo id e veio depois desta: enviar esta linha pode substituir os valores dela; exclua esta linha se não for isso que você quer`,
	"plan_line_repeated":    `a linha {{.line}} é da mesma célula que a linha {{.first}} (linha {{.row}} da planilha, {{.field}}); exclua uma das duas`,
	"plan_line_without_row": `a linha {{.line}} não tem na coluna row o número de uma linha da planilha; exclua a linha ou faça o plano de novo`,
	"plan_row_of_two":       `a linha {{.line}} dá à linha {{.row}} o id de outra oportunidade; faça o plano de novo`,
	"plan_title_deleted":    `a linha {{.line}} dá um nome à linha {{.row}}, que também é gravado como título da própria oportunidade, e a linha que diz isso foi excluída; exclua as duas, ou faça o plano de novo`,
	"plan_mixed":            `a linha {{.line}} é de outro plano; aplique um plano de cada vez`,
	"plan_edited": `{{plural .lines "linha alterada"}} depois que o plano foi feito, a primeira é a linha {{.line}} (linha {{.row}} da planilha, {{.field}}: {{printf "%.60q" .value}}); nada foi enviado. ` +
		`Linhas podem ser excluídas e classificadas; um programa que fez de um texto uma data o alterou. Mude a planilha e faça o plano de novo{{with flag "accept-edits"}}, ou envie as linhas como estão com {{.}}{{end}}`,
	"plan_of_other_address":    `o plano foi feito para {{.made}}, e isto o enviaria para {{.now}}; faça o plano de novo para este endereço`,
	"plan_too_old":             `o plano tem {{duration .age}}, mais de {{duration .max}}; faça de novo{{with flag "max-age"}} ou permita com {{.}}{{end}}`,
	"plan_applied":             `o plano já foi aplicado, em {{date .at}} (execução {{.run}}); faça outro plano se houver mais para mudar`,
	"reviewed_without_compare": `a planilha diz em raze_expected o que o CRM tem de ter para uma célula ser enviada; envie com {{flag "compare"}}`,
	"plan_only_blank":          `fica como está: o campo já tem algo{{with flag "only-blank"}}, e {{.}} só preenche vazios{{end}}`,
	"plan_clears_field":        `esvazia o campo`,
	"plan_title_overwritten":   `o título da oportunidade, que é gravado junto com o nome`,
	"undo_not_writable":        `não foi possível registrar o que há no CRM`,
	"undo_of_other_run":        `{{.path}}: não é o arquivo de desfazer desta execução; mova para outro lugar`,
	"undo_damaged":             `{{.path}}: danificado; mova para outro lugar`,
	"export_form_unknown":      `formato desconhecido {{quote .form}}: use excel-br, excel-us ou sheets`,

	// state file
	"state_of_other_account": stateFile + `é de outra chave da API ou de outro endereço, cujas oportunidades podem ter outros valores; ` +
		nameAnother + `, ou exclua para recomeçar`,
	"state_in_use":         stateFile + `está aberto em outra execução; espere que ela termine ou ` + nameAnother,
	"state_newer":          stateFile + `é de uma versão mais nova deste programa; use essa versão ou ` + nameAnother,
	"state_not_ours":       stateFile + `não é um arquivo de estado, ou o começo se perdeu; ` + nameAnother,
	"state_damaged":        stateFile + `não pode ser lido; mova para outro lugar para recomeçar ou ` + nameAnother,
	"state_not_opened":     stateFile + `não pode ser aberto`,
	"state_not_written":    stateFile + `não pode ser gravado`,
	"state_part_damaged":   `danificado`,
	"state_parts_missing":  `faltam partes`,
	"state_record_damaged": `um registro está danificado`,
	"state_field_too_long": `o arquivo de estado não guarda um campo cujo nome tem {{.bytes}} bytes; o limite é {{.max}}`,
}

const (
	stateFile   = `arquivo de estado {{.path}}: `
	nameAnother = `indique outro arquivo{{with flag "state"}} com {{.}}{{end}}`
)
