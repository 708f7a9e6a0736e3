package portuguese

const sayDecimal = `{{with flag "decimal"}}escolha com {{.}} comma ou {{.}} point{{else}}escreva de um jeito que mostre qual é{{end}}`

var decimalTexts = map[string]string{
	"decimal_declared_twice": `a coluna {{.header}} diz point em algumas linhas e comma em outras: {{with flag "decimal"}}escolha com {{.}} ou {{end}}separe as linhas em dois arquivos`,
	"decimal_declared_for_columns": `a coluna {{.header}} diz {{quote .text}}: ela pode dizer point ou comma, para todas as colunas de números; ` +
		`escreva os números de um jeito só{{with flag "decimal"}} e escolha com {{.}}{{end}}, ou envie cada coluna em um arquivo`,
	"decimals_differ": `as colunas {{quote .one}} e {{quote .other}} têm separadores decimais diferentes: escreva as duas de um jeito só ` +
		`ou envie cada uma em um arquivo{{with flag "ignore-columns"}}, deixando a outra de fora com {{.}}{{end}}`,
	"decimal_divided": `coluna {{quote .header}}: há tantos valores com ponto decimal, como {{quote .point}} na linha {{.point_row}}, ` +
		`quanto com vírgula decimal, como {{quote .comma}} na linha {{.comma_row}}; escreva todos de um jeito só{{with flag "decimal"}} ou escolha com {{.}} comma ou {{.}} point{{end}}`,
	"decimal_ambiguous": `coluna {{quote .header}}: todos os valores podem ser lidos de dois jeitos, como {{quote .text}} na linha {{.text_row}}: ` +
		`{{number .comma}} (vírgula decimal) ou {{number .point}} (ponto decimal); ` + sayDecimal,
	"decimal_contradicted": `coluna {{quote .header}}: {{thousands .votes}} {{if eq .votes 1}}dos valores tem{{else}}dos valores têm{{end}} {{term .decimal}} decimal, ` +
		`como {{quote .vote}} na linha {{.vote_row}}, mas {{thousands .odd}} {{if eq .odd 1}}ficaria{{else}}ficariam{{end}} com três casas decimais, ` +
		`como {{quote .text}} na linha {{.text_row}}: {{number .read}} ({{term .decimal}} decimal) ou {{number .otherwise}} ({{term .other}} decimal); escreva todos de um jeito só` +
		`{{with flag "decimal"}} ou escolha com {{.}} comma ou {{.}} point{{end}}`,
}

const writeLikeOthers = `escreva igual aos outros{{with flag "decimal"}} ou diga qual é o separador com {{.}} comma ou {{.}} point{{end}}`

var amountTexts = map[string]string{
	"date_for_number":       `é uma data, e aqui vai um número; formate a célula como Número e digite o valor de novo`,
	"amount_without_digits": `não é um número; escreva o valor em algarismos, como {{amount .}}, ou deixe a célula vazia`,
	"amount_is_error":       `é um erro da planilha; corrija na planilha e exporte de novo`,
	"amount_percentage":     `é uma porcentagem, não um valor; escreva o próprio valor, como {{amount .}}`,
	"amount_other_digits":   `tem algarismos que não são de 0 a 9; escreva com eles, como {{amount .}}`,
	"amount_dash_alone": `é só um traço; se ele quer dizer zero, como no formato Contábil, escreva 0, ` +
		`ou deixe a célula vazia para não mexer no campo`,
	"amount_shortened":         `está em notação científica e perde dígitos; ` + asNumberAndExport,
	"amount_exponent":          `está em notação científica e perde dígitos; ` + asNumberAndExport,
	"amount_is_date":           `é uma data ou uma hora, não um valor; ` + asNumberAndExport,
	"amount_plus":              `tem um sinal de mais; escreva só o número, como {{amount .}}`,
	"amount_dash":              `tem um traço; escreva um número só, com hífen se for negativo, como {{amount . "-"}}`,
	"amount_bracket":           `tem um parêntese sem o outro; escreva o valor negativo com sinal de menos, como {{amount . "-"}}`,
	"amount_negative_twice":    `está marcado duas vezes como negativo; escreva com um sinal de menos só, como {{amount . "-"}}`,
	"amount_separator_at_end":  `termina com um separador; escreva o número inteiro, como {{amount .}}`,
	"amount_several_numbers":   `tem mais de um número, ou outros caracteres entre os dígitos; escreva um número só, como {{amount .}}`,
	"amount_leading_zeros":     `começa com zeros, o que nenhum valor faz; escreva sem eles, como 7, se for um valor`,
	"amount_grouping":          `os separadores não formam grupos de três dígitos e uma parte decimal; escreva sem separador de milhar, como {{amount .}}`,
	"amount_currency_unknown":  `{{quote .sign}} ao lado do número não é um símbolo de moeda conhecido aqui; escreva só o número, como {{amount .}}`,
	"amount_currencies_differ": `{{quote .left}} e {{quote .right}} ao lado do número não são a mesma moeda; escreva só o número, como {{amount .}}`,
	"amount_other_currency":    `o símbolo não é da moeda da linha, {{.currency}}`,
	"amount_ambiguous":         `pode ser lido de dois jeitos{{with flag "decimal"}}; escolha com {{.}} comma ou {{.}} point{{end}}`,
	"amount_other_separator":   `não pode ser lido com {{term .decimal}} decimal, como o resto da coluna; escreva igual aos outros`,
	"header_other_currency":    `o cabeçalho diz {{.unit}}, e a moeda da linha é {{.currency}}; corrija um dos dois`,
	"amount_three_decimals":    `tem três casas decimais onde todos os outros têm duas: o separador pode ser de milhar; ` + writeLikeOthers,
	"amount_currency_decimals": `tem três casas decimais, e nenhum valor em {{.sign}} tem três: o separador pode ser de milhar; ` + writeLikeOthers,
}
