package portuguese

var formatTexts = map[string]string{
	"text_format": `{{.encoding}}{{if .guessed}} (pelas letras){{end}} · {{term .delimiter}}{{with .quotes}} · aspas escritas como {{.}}{{end}}` +
		`{{with .decimal}} · {{term .}} decimal{{end}}` + headerIn,
	"workbook_format": `pasta de trabalho do Excel · aba {{quote .worksheet}}{{with .decimal}} · {{term .}} decimal{{end}}` + headerIn,
}

const headerIn = `{{with .header_row}} · cabeçalho na linha {{.}} (o que está acima fica de fora){{end}}`

const saveAsUTF8 = `salve a planilha como "CSV UTF-8"`

var fileTexts = map[string]string{
	"sheet_empty":      `vazia: não há linha de cabeçalho`,
	"too_many_columns": `{{thousands .columns}} colunas: nenhuma planilha tem mais de {{thousands .max}}; procure aspas ou fins de linha que faltam`,
	"sheet_damaged":    `{{thousands .damaged}} de {{plural .rows "linha"}} {{if eq .damaged 1}}está danificada{{else}}estão danificadas{{end}}, mais de {{.percent}} %: corrija ou exporte a planilha de novo; nada foi enviado`,

	"zero_bytes": `tem bytes zero, o que nenhum texto tem: isto não é um arquivo CSV, ou está danificado; exporte de novo` +
		`{{with flag "encoding"}} ou use {{.}} utf-16le se for o caso{{end}}`,

	"delimiter_unclear": `não dá para saber se o separador de colunas é {{term .one}} ou {{term .other}}: ` +
		`{{with flag "delimiter"}}diga com {{.}}{{else}}salve a planilha de novo com outro separador{{end}}`,
	"sep_line_unknown": `a primeira linha, {{quote .line}}, indica um separador de colunas desconhecido: use vírgula, ponto e vírgula, tabulação ou barra vertical, ou exclua a linha`,

	"workbook_too_large":         `passa de {{.gib}} GiB: divida a pasta de trabalho em várias`,
	"workbook_unpacks_too_large": `a pasta de trabalho descompactada passa de {{.gib}} GiB: divida em várias`,
	"workbook_protected":         `a pasta de trabalho tem senha ou é do tipo antigo .xls: salve como .xlsx sem senha ou como "CSV UTF-8"`,
	"workbook_binary":            `isto é uma pasta de trabalho binária (.xlsb): salve como .xlsx`,
	"workbook_unreadable":        `não é uma pasta de trabalho do Excel que possa ser lida: {{.why}}; salve de novo como .xlsx`,
	"workbook_too_full": `a pasta de trabalho tem muito mais células, textos ou formatos do que cabe no tamanho dela, e a leitura demoraria demais: ` +
		`copie as linhas a enviar para uma pasta de trabalho nova`,
	"workbook_piece_too_large": `uma linha, um texto ou uma parte da pasta de trabalho passa de {{.mib}} MiB: encurte ou copie as linhas a enviar para uma pasta de trabalho nova`,
	"workbook_too_many_sheets": `a pasta de trabalho tem mais de {{.max}} abas: copie a que você quer enviar para outra pasta de trabalho`,
	"workbook_empty":           `vazia: nenhuma aba visível da pasta de trabalho tem dados` + hiddenSheets,
	"workbook_several_sheets":  `a pasta de trabalho tem mais de uma aba com dados: {{quoteAll .sheets}}` + hiddenSheets + `{{with flag "sheet"}}; diga qual usar com {{.}}{{else}}; copie a que você quer usar para outra pasta de trabalho{{end}}`,
	"worksheet_unknown":        `a pasta de trabalho não tem a aba {{quote .name}}; ela tem {{if .sheets}}{{quoteAll .sheets}}{{else}}nenhuma com células{{end}}`,
	"worksheet_of_text_file":   `{{with flag "sheet"}}{{.}}{{else}}o nome de uma aba{{end}} é para pastas de trabalho do Excel; isto não é uma`,
	"text_options_of_workbook": `isto é uma pasta de trabalho do Excel: {{with flag "encoding"}}{{.}}{{else}}uma codificação{{end}} e {{with flag "delimiter"}}{{.}}{{else}}um separador de colunas{{end}} são para arquivos CSV`,
	"formula_without_result":   `célula {{.place}}: uma fórmula cujo resultado não está no arquivo: abra a pasta de trabalho no Excel, salve e tente de novo`,
}

const hiddenSheets = `{{with .hidden}} (ocultas: {{quoteAll .}}){{end}}`

var headerTexts = map[string]string{
	"column_unknown": `a coluna {{quote .header}} não é conhecida{{with .nearest}}; o nome mais próximo é {{.}}{{end}}` +
		`{{if .mapping}}{{with flag "map"}}; se for essa: {{.}} {{shell $.mapping}}{{end}}{{end}}`,
	"columns_unknown": `e mais {{plural .more "coluna"}} que não {{if eq .more 1}}é conhecida{{else}}são conhecidas{{end}}`,
	"columns_same_field": `as colunas {{quoteAll .headers}} valem todas para {{.field}}` +
		`{{if .alike}}; os nomes são iguais: mude todos menos um na planilha{{end}}` +
		`{{if .which}}; deixe de fora as que não têm os ids deste CRM{{with flag "ignore-columns"}}, com {{.}}{{end}}{{end}}`,
	"columns_advice": `mude os nomes na planilha{{with flag "map"}}, diga o que elas têm com {{.}} "Coluna=campo"{{end}}` +
		`{{with flag "ignore-columns"}} ou deixe colunas de fora com {{.}} {{shell (csvLine $.leave_out)}}{{end}}`,
	"id_column_missing": `falta a coluna com o id da oportunidade{{if .none}}, e nenhuma outra é conhecida{{end}}; o cabeçalho encontrado na {{if gt .header_row 1}}linha {{.header_row}}{{else}}primeira linha{{end}} é {{quoteAll .headers}}; ` +
		`{{if .row}}a linha {{.row}} parece mais o cabeçalho: exclua as linhas acima dela{{with flag "header-row"}} ou use {{.}} {{$.row}}{{end}}; {{end}}` +
		`chame de "id" a coluna que o tem{{if .none}}{{with flag "header-row"}} ou diga com {{.}} qual linha é o cabeçalho{{end}}{{end}}` +
		`{{with .contact}}, mas não {{quote .}}: o id de um contato não é o de uma oportunidade{{with flag "match"}}, e {{.}} contact_id encontra a oportunidade por ele{{end}}{{end}}`,
	"ignored_column_missing": `{{with flag "ignore-columns"}}{{.}} {{end}}{{shell (csvLine .names)}}: a planilha não tem essa coluna, ` +
		`ou {{with flag "map"}}{{.}}{{else}}um mapeamento{{end}} se refere a ela; o cabeçalho é {{quoteAll .headers}}`,
	"mapped_column_missing": `{{with flag "map"}}{{.}} {{end}}{{shell .mapping}}: a planilha não tem essa coluna, ` +
		`ou {{with flag "map"}}outro {{.}}{{else}}outro mapeamento{{end}} se refere a ela; o cabeçalho é {{quoteAll .headers}}`,
	"field_has_two_columns": `duas colunas valem para {{.field}}`,
	"name_is_title": `a coluna {{quote .header}} parece ter o título da oportunidade, ` +
		`{{if .detected}}e este serviço grava um nome como o nome da pessoa, além do título` +
		`{{else}}e não foi possível detectar se este serviço grava um nome como o nome da pessoa{{end}}; nada foi enviado; ` +
		`deixe a coluna de fora{{with flag "ignore-columns"}} com {{.}} {{shell $.header}}{{end}} ou, se ela tem mesmo nomes de pessoas, ` +
		`{{with flag "map"}}use {{.}} {{shell $.mapping}}{{else}}mude o nome dela para "name" na planilha{{end}}` +
		`{{if not .detected}}{{with flag "dialect"}}; {{.}} diz qual é o dialeto do serviço{{end}}{{end}}`,
}

const (
	markerFlag = `{{with flag "clear-marker"}}{{.}} {{end}}{{quote .marker}}: `
	emptyFlag  = `{{with flag "empty-words"}}{{.}} {{end}}{{quote .word}}: `
	mapFlag    = `{{with flag "map"}}{{.}}{{else}}um mapeamento{{end}}`
)

var optionTexts = map[string]string{
	"clear_marker_is_error":  markerFlag + `é o que o Excel deixa quando uma fórmula falha; escolha um texto que nenhuma fórmula deixa, como <clear>`,
	"clear_marker_escaped":   markerFlag + `começa com o apóstrofo que impede uma fórmula de ser calculada; escolha um texto como <clear>`,
	"clear_marker_untrimmed": markerFlag + `começa ou termina com espaço, ou tem acentos em uma forma incomum; escolha um texto como <clear>`,
	"empty_word_untrimmed":   emptyFlag + `está vazio, ou começa ou termina com espaço; escreva como está nas células, sem espaços em volta`,
	"empty_word_clears":      emptyFlag + `é também o texto que esvazia um campo; escolha um dos dois`,
	"mapped_and_ignored":     `a coluna {{quote .header}} está em ` + mapFlag + ` e em {{with flag "ignore-columns"}}{{.}}{{else}}colunas deixadas de fora{{end}}`,
	"mapped_twice":           `a coluna {{quote .header}} está duas vezes em ` + mapFlag,
	"mapping_form":           `{{printf "%q" .mapping}}: escreva como "Coluna=campo"`,
	"mapping_kind_unknown":   `{{printf "%q" .mapping}}: o tipo {{printf "%q" .kind}} não é string nem number`,
	"mapping_read_only":      `{{printf "%q" .mapping}}: {{.field}} não pode ser mudado por uma atualização`,
	"mapping_other_kind":     `{{printf "%q" .mapping}}: {{.field}} é de outro tipo; tire :{{.kind}}`,
	"mapping_field_form":     `{{printf "%q" .mapping}}: {{printf "%q" .field}} não é nome de campo`,
	"mapping_field_unknown": `{{printf "%q" .mapping}}: a API não descreve o campo {{.field}}, e sim {{join .fields ", "}}; ` +
		`para enviar assim mesmo, escreva {{.field}}:string ou {{.field}}:number`,
	"delimiter_unknown": `separador de colunas desconhecido {{printf "%q" .delimiter}}: use comma, semicolon, tab ou pipe`,
	"decimal_unknown":   `separador decimal desconhecido {{printf "%q" .decimal}}: use point ou comma`,
}

var textTexts = map[string]string{
	"row_shifted": `há mais células do que no cabeçalho: as colunas se deslocaram; procure uma célula que precisa de aspas`,
	"row_surplus_empty": `há mais células do que no cabeçalho, e as do fim estão vazias: apague o separador de colunas do fim se ele estiver sobrando, ` +
		`ou procure uma célula que precisa de aspas`,
	"cell_without_header": `{{quote .text}} está em uma coluna sem cabeçalho` +
		`{{with flag "ignore-columns"}}; escreva um ou deixe a coluna de fora com {{.}} {{$.letter}}{{end}}`,

	"id_missing":             `falta; cada linha precisa do id da oportunidade`,
	"id_too_long":            `tem mais de {{.max}} bytes; nenhuma oportunidade tem um id assim`,
	"id_is_dots":             `não é um id`,
	"id_with_slash":          `tem uma barra; copie só o id, não o endereço`,
	"id_with_white_space":    `tem espaço em branco`,
	"id_rounded":             `perdeu dígitos no Excel: depois do 15º só há zeros. Formate a coluna como Texto e copie o id de novo do CRM`,
	"number_shown_otherwise": `é um número que o formato mostra com outros dígitos, como 00123 no lugar de 123; formate a coluna como Texto e digite como deve ficar`,
	"number_with_fraction":   `é um número com casas decimais ou sinal de menos, e aqui vão dígitos; formate a coluna como Texto e digite de novo`,
	"date_for_id":            `é uma data; formate a coluna como Texto e digite os ids de novo`,

	"field_required":      `uma oportunidade não pode ficar sem {{.field}}`,
	"clear_unknown_field": `não é um campo que possa ser esvaziado; há {{join .fields ", "}}`,
	"clear_beside_value":  `a linha também dá um valor a este campo: tire daqui ou esvazie a célula dele`,

	"control_character":     `tem um caractere de controle; digite a célula de novo`,
	"invisible_character":   `tem um caractere invisível; digite de novo`,
	"cell_too_large":        `{{thousands .bytes}} bytes; uma célula pode ter no máximo {{.max_kib}} KiB`,
	"cell_too_long":         `passa dos {{thousands .max}} caracteres que uma célula do Excel pode ter; encurte`,
	"date_for_text":         `é uma data, e aqui vai um texto; formate a célula como Texto e digite a data como deve ser lida`,
	"phone_is_link":         `é o endereço de um link, não um telefone; escreva só o número, como +55 11 99999-0000`,
	"email_invalid":         `não é um e-mail simples como ana@example.com`,
	"currency_code_invalid": `não é um código de moeda; escreva três letras, como BRL`,
	"currency_unknown":      `não é um código de moeda conhecido aqui; é enviado como está`,
	"id_for_text":           `é um id, e nenhum nome é um id; veja se há células na coluna errada`,
	"phone_is_address":      `é um endereço de e-mail, não um telefone; veja se há células na coluna errada`,
	"phone_without_digits":  `um telefone sem nenhum dígito; é enviado como está`,
	"looks_like_boolean":    `parece o resultado de uma fórmula; é enviado como texto`,
	"owner_is_name":         `não é o id de um usuário, e parece um nome; escreva o id{{with flag "ignore-columns"}} ou deixe a coluna de fora com {{.}}{{end}}`,
	"status_unknown": `não é uma etapa; escreva uma destas: {{join .statuses ", "}}` +
		`{{with flag "stage-map"}}, ou diga qual é com {{.}} NOME=STATUS{{end}}`,
	"updated_at_invalid": `não é uma hora com fuso, como 2026-11-22T02:15:00Z, do jeito que o CRM exporta` +
		`{{with flag "ignore-columns"}}; {{.}} {{$.field}} deixa a coluna de fora{{end}}`,
}

var undoTexts = map[string]string{
	"undo_not_number":     `não é um número; escreva sem separador de milhar, como 1234.50`,
	"undo_invalid":        `não é o que uma execução escreve aqui, e não dá para saber o que desfazer; use o arquivo de desfazer como a execução o gravou`,
	"undo_value_invalid":  `tem um valor inválido para este campo`,
	"undo_column_missing": `tem um valor para este campo, e a planilha não tem essa coluna`,
}
