package portuguese

var matchTexts = map[string]string{
	"match_none": `nenhuma oportunidade tem {{pairs .by .values}}`,
	"match_several": `{{plural (len .ids) "oportunidade"}} têm {{pairs .by .values}}: {{deals .ids .titles .stages}}; escreva na linha o id da certa` +
		`{{if not .only_open}}{{with flag "match-open"}}, ou use {{.}} para a única que não está ganha nem perdida{{end}}{{end}}`,
	"match_value_given": `outra linha dá {{pairs .by .values}} à oportunidade dela, e o resultado dependeria de qual linha é gravada primeiro; ` +
		`escreva na linha o id da oportunidade`,
	"match_value_missing": `falta o id, e não há nada em {{quoteAll .columns}} para encontrar a oportunidade`,

	"rows_matched": `encontradas por {{join .fields " e "}}: {{thousands .found}} de {{plural .rows "linha"}}` +
		`{{if .pages}}; {{plural .pages "página"}} da lista{{end}}{{if .searches}}; {{plural .searches "busca"}}{{end}}`,
	"match_field_unreported": `a lista do CRM não mostra {{join .fields ", "}}, e nenhuma linha pode ser encontrada por isso`,
	"plan_matched":           `encontrada por {{pairs .by .values}}`,

	"match_form":        `{{with flag "match"}}{{.}} {{end}}{{printf "%q" .match}}: escreva um campo ou "Coluna=campo", ou vários com um sinal de mais entre eles`,
	"match_field":       `{{with flag "match"}}{{.}} {{end}}{{printf "%q" .match}}: não dá para encontrar linhas por {{printf "%q" .field}}; há {{join .fields ", "}}; indique a coluna de outro campo: "Coluna=campo"`,
	"match_field_twice": `{{with flag "match"}}{{.}} {{end}}{{printf "%q" .match}}: {{.field}} aparece duas vezes`,
	"match_column_missing": `{{with flag "match"}}{{.}} {{end}}{{shell .match}}: a planilha não tem essa coluna; o cabeçalho é {{quoteAll .headers}}` +
		`{{with flag "match"}}; diga qual é com {{.}} "Coluna={{$.field}}"{{end}}`,
}
