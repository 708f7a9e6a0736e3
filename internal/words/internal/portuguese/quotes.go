package portuguese

var quoteTexts = map[string]string{
	"row_too_large": `linha {{.line}}: a linha da planilha que começa aqui passa de {{.mib}} MiB: procure aspas que nunca são fechadas`,
	"smart_quotes":  `uma coluna está entre aspas tipográficas (“ ”), que para qualquer programa fazem parte do texto: troque por aspas retas (") ou tire`,
}

var rowFaultTexts = map[string]string{
	"row_other_encoding": `{{term .place}}: há bytes que não são UTF-8, como o resto do arquivo: a linha foi colada de outro lugar; digite de novo ou ` + saveAsUTF8,

	"quote_never_closed": `linha {{.line}}: as aspas que abrem a célula {{quote .cell}} nunca são fechadas: feche as aspas, ou dobre se fazem parte do texto`,
	"quote_followed": `linha {{.line}}: a célula {{quote .cell}} é fechada por aspas na linha {{.closing_line}}, e depois vem {{quote .after}}: ` +
		`faltam aspas antes, ou aspas de dentro não estão dobradas`,
	"quote_missing": `a célula {{quote .cell}} tem aspas dentro e nenhuma no começo: faltam aspas ou sobram; ` +
		`ponha a célula entre aspas e dobre as que fazem parte do texto`,
	"row_in_quotes":         `a linha inteira está entre aspas: tire as aspas de fora e deixe simples as duplicadas de dentro`,
	"texts_in_other_quotes": `todos os textos da linha estão entre apóstrofos ou aspas tipográficas, que seriam enviados junto: tire-os`,
	"id_with_quote":         `o id tem aspas dentro: faltam aspas ou sobram`,
	"quote_after_blank": `{{quote .text}}: aspas depois de um espaço podem abrir uma célula ou fazer parte do texto; ` +
		`tire o espaço, ou ponha a célula entre aspas e dobre as de dentro`,
	"rows_in_cell": `linhas {{.line}} a {{.last_line}}: uma célula entre aspas tem linhas inteiras: faltam aspas ou sobram, no começo e no fim dela`,
	"smart_quotes_split": `{{quote .cell}}: aspas tipográficas (“ ”) não impedem que um separador termine a célula, e as colunas podem ter se deslocado: ` +
		`troque por aspas retas (")`,
	"row_other_delimiter":        `as células desta linha são separadas por {{term .delimiter}}, as das outras não: escreva todas as linhas de um jeito só`,
	"row_without_last_delimiter": `não termina com um separador de colunas como as outras linhas: as colunas podem ter se deslocado`,
	"row_cut_off":                `o arquivo termina no meio desta linha: falta o fim de linha, e ela tem menos do que as outras; exporte a planilha de novo`,
}
