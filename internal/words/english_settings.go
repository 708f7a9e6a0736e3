package words

// settingTexts are about what is wrong with settings in files and in the environment, in English.
var settingTexts = map[string]string{
	"settings_unreadable": `settings file {{.file}}: can't be read`,
	"settings_not_yaml":   atSetting + `not YAML: {{term .message}}`,
	"settings_no_mapping": atSetting + `write one setting on each line, as "name: value"`,
	"setting_unknown":     atSetting + `unknown setting {{quote .key}}{{with .nearest}}; did you mean {{.}}?{{else}}; docs/flags.md lists them: they are the long names of the flags{{end}}`,
	"setting_twice":       atSetting + `{{quote .key}} is there twice{{with .first}}, first in line {{.}}{{end}}; leave one of them out`,
	"setting_invalid":     atSetting + `{{.key}}: {{.value}} is not {{term .what}}; write, for example,  {{term .example}}`,
	"setting_of_one_run": atSetting + `{{.key}} decides about a single run, and this file is read for each one; put it into a profile,` +
		` into a file that is named with {{flag "config"}}, or on the command line`,
	"settings_exclude": `{{.one}} ({{term .from}}) and {{.other}} ({{term .other_from}}) can't be used together; leave one of them out`,
	"profile_unknown": `there is no profile {{quote .profile}} in the settings files` +
		`{{if .nearest}}; did you mean {{.nearest}}?{{else if .profiles}}; there are {{quoteAll .profiles}}{{end}}`,
	"variable_invalid":  `environment variable {{.variable}}: {{quote .text}} is not {{term .what}}, such as {{term .example}}`,
	"variable_unknown":  `environment variable {{.variable}}: no setting has this name{{with .nearest}}; did you mean {{.}}?{{end}}`,
	"flag_says_nothing": `{{.flag}} is empty and is ignored`,
	"setting_in_force":  `{{.key}} is set by {{term .from}}`,
}

const atSetting = `settings file {{.file}}, line {{.line}}: `
