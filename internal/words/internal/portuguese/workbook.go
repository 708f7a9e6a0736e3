package portuguese

var workbookTexts = map[string]string{
	"workbook_error": `{{if eq .message "EOF" "unexpected EOF"}}termina antes do fim esperado{{else}}{{term .message}}{{end}}`,

	"workbook_in_part":   `parte {{.part}}: {{.why}}`,
	"workbook_in_texts":  `nos textos: {{.why}}`,
	"workbook_in_row":    `linha {{.number}} da aba: {{.why}}`,
	"workbook_after_row": `depois da linha {{.number}} da aba: {{.why}}`,
	"workbook_in_column": `coluna {{.number}}: {{.why}}`,

	"workbook_names_no_book":   `o arquivo não indica nenhuma pasta de trabalho`,
	"workbook_part_missing":    `falta a parte {{.part}}`,
	"workbook_part_twice":      `a parte {{.part}} aparece duas vezes`,
	"workbook_part_kind_twice": `há duas partes do tipo {{.kind}}`,
	"workbook_link_twice":      `o link {{.link}} aparece duas vezes`,
	"workbook_encoding":        `codificação não suportada {{quote .encoding}}`,
	"workbook_attribute_twice": `um elemento {{.element}} com dois atributos {{.attribute}}`,
	"workbook_second_element":  `um segundo elemento {{.element}}`,
	"workbook_too_deep":        `mais de {{.max}} elementos um dentro do outro`,

	"workbook_properties_twice":   `as propriedades dela aparecem duas vezes`,
	"workbook_sheet_name_twice":   `há duas abas com o nome {{quote .name}}`,
	"workbook_sheet_without_part": `o link da aba {{quote .name}} não leva a lugar nenhum`,
	"workbook_sheet_twice":        `a aba {{quote .name}} é a mesma que outra`,
	"workbook_sheet_kind":         `a aba {{quote .name}} é do tipo desconhecido {{quote .kind}}`,

	"workbook_rows_elsewhere":    `as linhas não estão onde todos os programas as leem`,
	"workbook_rows_twice":        `as linhas aparecem duas vezes`,
	"workbook_row_order":         `a linha está fora de ordem, depois da linha {{.last}}`,
	"workbook_cell_order":        `as células estão fora de ordem na coluna {{.number}}`,
	"workbook_cell_of_other_row": `ela tem a célula {{.reference}}, que é de outra linha`,
	"workbook_element_unsure":    `um elemento {{.element}} que nem todos os programas leem`,
	"workbook_merged_overlap":    `há células mescladas que se sobrepõem`,

	"workbook_cell_has_two_values": `uma célula com dois valores`,
	"workbook_cell_kind":           `uma célula do tipo desconhecido {{quote .kind}}`,
	"workbook_text_missing":        `a célula se refere a um texto {{quote .index}} que não existe`,
	"workbook_text_unsure":         `um texto que nem todos os programas leem`,
	"workbook_text_element":        `há um elemento {{quote .element}} dentro de um texto`,
	"workbook_not_number":          `{{quote .text}} não é um número`,
	"workbook_not_date":            `{{quote .text}} não é uma data`,
	"workbook_not_boolean":         `{{quote .text}} não é verdadeiro nem falso`,
	"workbook_format_twice":        `o formato {{.number}} aparece duas vezes`,
	"workbook_style_missing":       `não existe o estilo {{.style}} do número, que diz se ele é uma data`,
	"workbook_format_missing":      `o formato do número, que diz se ele é uma data, não existe ou é mais longo do que o Excel permite`,

	"workbook_sheet_unwritten": `aba {{quote .name}}`,
	"workbook_row_unwritten":   `linha {{.number}}`,
}
