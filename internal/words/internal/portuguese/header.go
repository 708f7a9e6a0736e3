package portuguese

var headerRowTexts = map[string]string{
	"header_row_blank": `a linha {{.row}} está em branco ou não existe{{with flag "header-row"}}: diga com {{.}} qual linha tem o cabeçalho{{end}}`,
	"header_row_unclear": `a linha {{.row}} e a linha {{.other}} podem ser o cabeçalho: exclua as linhas acima dele` +
		`{{with flag "header-row"}} ou diga qual é com {{.}} {{$.row}} ou {{.}} {{$.other}}{{end}}`,
	"header_merged": `as linhas {{.row}} e {{.next}} parecem um cabeçalho de duas linhas, como o de células mescladas: exclua a linha {{.row}} e escreva na linha {{.next}} o que cada coluna tem` +
		`{{with flag "header-row"}}; se o cabeçalho é só a linha {{$.next}}, use {{.}} {{$.next}}{{end}}`,
	"one_column": `só há uma coluna, {{quote .header}}{{if .quoted}}: cada linha inteira está entre aspas; tire as aspas de fora ou salve a planilha de novo` +
		`{{else}}, e ela não é conhecida: as células podem estar separadas por outro caractere que não vírgula, ponto e vírgula, tabulação ou barra vertical; salve a planilha com um destes{{end}}`,
	"file_is_address": `{{.file}}: é um endereço, não um arquivo: baixe a planilha e indique o nome do arquivo`,
	"file_not_sheet":  notSheet,
}

const notSheet = `{{if eq .kind "pdf"}}isto é um PDF, não uma planilha: ` + exportAgain +
	`{{else if eq .kind "json"}}isto é JSON, não uma planilha: ` + exportAgain +
	`{{else if eq .kind "html"}}isto é uma página da web (HTML), não uma planilha: ` + exportAgain +
	`{{else if eq .kind "html_table"}}isto é uma página da web (HTML) com uma tabela, que alguns programas salvam com nome de pasta de trabalho: abra no Excel e salve como .xlsx` +
	`{{else if eq .kind "login"}}isto é uma página da web que pede login, salva no lugar da planilha: entre na sua conta e baixe a planilha de novo` +
	`{{else if eq .kind "xml_spreadsheet"}}isto é uma "Planilha XML 2003": abra no Excel e salve como .xlsx` +
	`{{else if eq .kind "xml"}}isto é XML, não uma planilha: ` + exportAgain +
	`{{else if eq .kind "ods"}}isto é uma planilha OpenDocument (.ods): salve como .xlsx ou como "CSV UTF-8"` +
	`{{else if eq .kind "numbers"}}isto é um documento do Numbers: exporte para Excel ou para CSV (UTF-8)` +
	`{{else if eq .kind "gzip"}}isto está compactado com gzip: descompacte primeiro` +
	`{{else if eq .kind "zip"}}isto é um arquivo zip, não uma pasta de trabalho: descompacte e indique o nome de uma planilha que está nele` +
	`{{else if eq .kind "archive"}}isto é um arquivo compactado, não uma planilha: descompacte e indique o nome de uma planilha que está nele` +
	`{{else if eq .kind "address"}}isto só tem o endereço de uma planilha: baixe a própria planilha como .xlsx ou CSV` +
	`{{else if eq .kind "ruled"}}isto é uma tabela desenhada com traços, como em Markdown, não uma planilha: ` + exportAgain +
	`{{else if eq .kind "picture"}}isto é uma imagem, não uma planilha: ` + exportAgain +
	`{{else if eq .kind "contacts"}}isto é um vCard, não uma planilha: ` + exportAgain +
	`{{else if eq .kind "database"}}isto é um banco de dados, não uma planilha: ` + exportAgain +
	`{{else if eq .kind "lock"}}isto não é a pasta de trabalho, e sim o arquivo de bloqueio que fica ao lado dela enquanto está aberta: indique o arquivo cujo nome não começa com ~$ (ou .~lock.)` +
	`{{else if eq .kind "plan"}}isto é um plano, não uma planilha: use a planilha de que ele foi feito` +
	`{{with flag "compare"}}; razebulk apply envia um plano feito com {{.}}{{end}}` +
	`{{else if eq .kind "results"}}isto são os resultados de uma execução: use a planilha dessa execução ou o arquivo das linhas a corrigir` +
	`{{else}}isto é um documento, não uma planilha: ` + exportAgain + `{{end}}`

const exportAgain = `exporte a planilha como .xlsx ou como "CSV UTF-8"`
