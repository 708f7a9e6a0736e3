package portuguese

var settingTexts = map[string]string{
	"settings_unreadable": `arquivo de configurações {{.file}}: não foi possível ler`,
	"settings_not_yaml":   atSetting + `não é YAML: {{term .message}}`,
	"settings_no_mapping": atSetting + `as configurações ficam uma embaixo da outra, cada uma como "nome: valor"`,
	"setting_unknown":     atSetting + `configuração desconhecida {{quote .key}}{{with .nearest}}; você quis dizer {{.}}?{{else}}; docs/flags.md tem a lista: são os nomes longos das opções{{end}}`,
	"setting_twice":       atSetting + `{{quote .key}} aparece duas vezes{{with .first}}, a primeira na linha {{.}}{{end}}; tire uma delas`,
	"setting_invalid":     atSetting + `{{.key}}: {{.value}} não é {{term .what}}; o certo é, por exemplo,  {{term .example}}`,
	"setting_of_one_run": atSetting + `{{.key}} decide sobre uma execução só, e este arquivo é lido em todas; ponha em um perfil,` +
		` em um arquivo indicado com {{flag "config"}} ou na linha de comando`,
	"settings_exclude": `{{.one}} ({{term .from}}) e {{.other}} ({{term .other_from}}) não podem vir juntas; tire uma delas`,
	"profile_unknown": `não há perfil {{quote .profile}} nos arquivos de configurações` +
		`{{if .nearest}}; você quis dizer {{.nearest}}?{{else if .profiles}}; há {{quoteAll .profiles}}{{end}}`,
	"variable_invalid":  `variável de ambiente {{.variable}}: {{quote .text}} não é {{term .what}}, como {{term .example}}`,
	"variable_unknown":  `variável de ambiente {{.variable}}: nenhuma configuração tem esse nome{{with .nearest}}; você quis dizer {{.}}?{{end}}`,
	"flag_says_nothing": `{{.flag}} está vazia e vale como nenhuma`,
	"setting_in_force":  `{{.key}} vem de {{term .from}}`,
}

const atSetting = `arquivo de configurações {{.file}}, linha {{.line}}: `
