package portuguese

const (
	asTextAndExport   = `formate a coluna como Texto e exporte de novo`
	asNumberAndExport = `formate a coluna como Número na planilha e exporte de novo`
)

var damageTexts = map[string]string{
	"formula_error":       `é um erro da planilha, não um valor; corrija a fórmula ou esvazie a célula para não mexer no campo`,
	"number_shortened":    `perdeu dígitos no Excel. Formate a coluna como Texto e exporte de novo`,
	"number_with_decimal": `é um número com casas decimais, como um programa escreve dígitos que toma por um valor; ` + asTextAndExport,
	"number_too_long":     `é um número mais longo do que o Excel guarda e perdeu dígitos; formate a coluna como Texto e digite de novo`,
	"letter_lost":         `tem um ponto de interrogação no meio de uma palavra: uma letra se perdeu quando a planilha foi salva; exporte de novo como "CSV UTF-8"`,
	"letters_replaced":    "letras se perderam (\ufffd) quando a planilha foi salva ou convertida; exporte de novo como \"CSV UTF-8\"",
	"letters_garbled":     `as letras estão trocadas, como quando UTF-8 é lido em outra codificação; exporte a planilha de novo como "CSV UTF-8"`,

	"formula_as_text": `é uma fórmula, não o resultado; desligue "Mostrar Fórmulas", formate a coluna em outro formato que não Texto e exporte de novo`,
	"empty_word": `é o que um programa escreve quando não há nada; esvazie a célula para não mexer no campo` +
		`{{if flag "empty-words"}} ou use {{flag "empty-words"}} {{shell .word}}{{if eq (slice .word 0 1) "0"}}, que também não mexe nos valores escritos assim{{end}}{{end}}`,
	"letter_lost_in_name": `tem um ponto de interrogação depois de uma letra de um nome: uma letra se perdeu quando a planilha foi salva; exporte de novo como "CSV UTF-8". ` +
		`Se ele faz parte do nome, ponha um espaço antes dele`,
	"letter_lost_perhaps": `tem um ponto de interrogação em uma coluna em que letras se perderam (outras células mostram isso): exporte a planilha de novo como "CSV UTF-8". ` +
		`Se for uma pergunta, ponha um espaço antes do ponto`,
	"letters_garbled_perhaps": `as letras podem estar trocadas, em uma coluna em que outras estão: exporte a planilha de novo como "CSV UTF-8"`,
	"html_entities":           `tem letras como o HTML as escreve, por exemplo &amp; no lugar de &; exporte a planilha como texto simples ou troque essas letras`,
	"number_grouped":          `tem dígitos com separador de milhar, como um programa escreve o que toma por um valor; ` + asTextAndExport,
	"date_for_phone":          `é uma data, e aqui vai um telefone; formate a coluna como Texto e digite os números de novo`,
	"in_quotes":               `começa ou termina com um apóstrofo ou com aspas; tire esse sinal`,
	"id_in_quotes":            `começa ou termina com aspas, o que nenhum id faz; tire as aspas`,
}

var slipTexts = map[string]string{
	"row_cut": `a linha tem menos células que o cabeçalho, em uma planilha em que as outras guardam as células vazias: as colunas podem ter se deslocado; ` +
		`procure um separador de colunas que falta`,
	"row_cut_kind": `a linha tem menos células que o cabeçalho, e {{quote .text}} não parece {{.field}}: as colunas se deslocaram; procure um separador de colunas que falta`,
	"row_cut_cents": `há dígitos ao lado de um valor inteiro que parecem o resto dele: deve haver uma vírgula no valor, e ele não está entre aspas; ` +
		`ponha o valor entre aspas, ou os dígitos se forem assim mesmo`,
	"row_cut_quote": `a linha tem menos células que o cabeçalho, e há aspas dentro de {{quote .text}}: falta um separador de colunas antes ou depois`,
	"row_slipped":   `{{quote .text}} não parece ser {{.field}}, e o telefone tem menos de quatro dígitos: as células desta linha estão nas colunas de outras`,
	"row_broken":    `uma quebra de linha cortou esta linha em duas, ou ela é o resto da linha de cima; ponha a célula com a quebra de linha entre aspas`,
}

var noticeTexts = map[string]string{
	"refused_again": `nada mudou desde que a linha foi recusada: {{.why}}. ` +
		`Corrija a linha; se ela está certa assim, esvazie a célula dela na coluna raze_refused`,
	"short_rows": `{{plural .rows "linha"}} {{if eq .rows 1}}tem{{else}}têm{{end}} menos células que o cabeçalho, a primeira é a linha {{.first}}: ` +
		`as células que faltam contam como vazias; confira se nenhuma falta no meio`,
	"total_rows": `{{plural .rows "linha"}} de totais {{if eq .rows 1}}ficou{{else}}ficaram{{end}} de fora, a primeira é a linha {{.first}}`,
	"footer_rows": `{{plural .rows "linha"}} abaixo da tabela {{if eq .rows 1}}ficou{{else}}ficaram{{end}} de fora, por {{if eq .rows 1}}ser{{else}}serem{{end}} do relatório: ` +
		`{{if eq .rows 1}}a linha{{else}}da linha{{end}} {{.first}}{{if ne .rows 1}} em diante{{end}}`,
	"header_rows": `{{plural .rows "linha"}} {{if eq .rows 1}}repete{{else}}repetem{{end}} o cabeçalho e {{if eq .rows 1}}ficou{{else}}ficaram{{end}} de fora, ` +
		`a primeira é a linha {{.first}}: várias planilhas foram coladas uma na outra`,
	"header_differs": `a linha {{.row}} é outro cabeçalho, com as colunas {{quoteAll .headers}}: várias planilhas foram coladas uma na outra; ponha as linhas a partir dela em outro arquivo`,
	"index_without_header": `cada linha tem uma célula a mais que o cabeçalho e começa com um número: se ele conta as linhas, como faz o write.table do R, ` +
		`ponha um separador de colunas antes do primeiro cabeçalho ou exporte com row.names = FALSE; se não, procure células que precisam de aspas`,
	"cents_beside_amounts": `colunas {{quote .header}} e {{quote .next}}: em todas as linhas a segunda tem dígitos que parecem o resto do valor ao lado, como {{quote .text}} na linha {{.row}}, ` +
		`como se uma vírgula no valor os tivesse separado: ponha os valores entre aspas ou exporte a planilha com ponto e vírgula`,
}
