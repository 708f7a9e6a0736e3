package words

// talkTexts are what a command says and asks while it works, in English.
var talkTexts = map[string]string{
	"warning":       `warning: {{.text}}`,
	"yes_no":        `{{.question}} [y/N]`,
	"no_terminal":   `there is no terminal to ask on; {{flag "yes"}} skips the question`,
	"not_confirmed": `not confirmed`,
	"not_done":      `{{.why}}; nothing was {{if .written}}written{{else}}sent{{end}}`,
	"ask_to_send":   `Send {{plural .requests "update"}} from {{.file}} to {{.host}}?`,
	"ask_to_read":   `Make {{plural .requests "request"}} to {{.host}}?`,

	// progress of a run
	"reading_as":         `{{.file}}: reading as {{.format}}`,
	"read_only_columns":  `columns that an update can't change are left out: {{quoteAll .columns}}`,
	"resuming":           `resuming an earlier run: {{thousands .done}} of {{plural .rows "row"}} are finished`,
	"dialect_detected":   `the service speaks {{term .dialect}}`,
	"compared":           `compared with the CRM: ` + howRead,
	"results_in":         `results: {{.file}}`,
	"failed_in":          `failed rows: {{.file}}`,
	"undo_with":          `to undo this run: {{.command}}`,
	"dry_run_done":       `dry run: nothing was sent; the plan is in {{.file}}`,
	"interrupt_awaited":  `interrupted: waiting for requests in flight; interrupt again to cancel them`,
	"saved_settings":     `saved to {{.file}}; use it with: {{.command}}`,
	"report_failed":      `{{term .what}}: {{.why}}`,
	"history_damaged":    `{{.file}}: {{plural .lines "line"}} can't be read and {{if eq .lines 1}}was{{else}}were{{end}} skipped`,
	"history_empty":      `no run is recorded in {{.file}}`,
	"key_stored":         `the key for {{.host}} is in the keyring; razebulk check tries it`,
	"key_not_stored":     `the keyring has no key for {{.host}}`,
	"key_forgotten":      `the key for {{.host}} is no longer in the keyring`,
	"ask_key":            `API key: `,
	"field_unreported":   `the CRM does not report the value of {{.field}} ({{plural .rows "row"}}): it can't be compared or undone`,
	"export_unreported":  `the service's answers do not report {{.field}} for {{plural .rows "row"}}: left empty there`,
	"run_planned":        `{{.file}}: {{plural .rows "row"}}, {{plural .requests "request"}} to {{.host}}`,
	"unsent_invalid":     `not sent: {{plural .rows "row"}} with errors`,
	"unsent_unchanged":   `not sent: {{plural .rows "row"}} without changes`,
	"unsent_not_stored":  `not sent: {{plural .rows "row"}} that change only what this service does not store`,
	"unsent_unread":      `not sent: {{plural .rows "row"}} whose opportunity could not be found or read`,
	"unsent_empty":       `not sent: {{plural .rows "row"}} with nothing to send`,
	"conflicts_skipped":  `{{plural .rows "row"}} changed in the CRM since; skipped, or partly skipped ({{flag "force"}} sends them)`,
	"row_in_doubt":       `row {{.row}}: {{.why}}`,
	"more_rows_in_doubt": `and {{thousands .rows}} more like these`,
	"ids_repeated": `{{plural .rows "row"}} {{if eq .rows 1}}has{{else}}have{{end}} the id of an earlier row (first: rows {{.first}} and {{.second}}): ` +
		`rows with the same id are sent in the file's order, the last valid one counts`,
	"run_cost": `{{plural .windows "window"}} of {{if .reported}}the quota of {{thousands .limit}} requests{{else}}the usual quota of {{thousands .limit}} requests an hour{{end}}; ` +
		`done about {{about .done}} (in {{left .done}}){{if .too_long}}; that is more than {{flag "max-duration"}} allows{{end}}`,
	"export_planned": `{{plural .pages "page"}} of the list{{if .gets}} and {{plural .gets "opportunity"}} one by one{{end}} at {{.host}}: ` +
		`{{plural .requests "request"}}{{with .cost}}; {{.}}{{end}}`,
	"exported": `{{plural .rows "opportunity"}} to {{if .file}}{{.file}}{{else}}standard output{{end}} ({{plural .requests "request"}})`,

	// what a run has done
	"statuses_head":      "status\trows",
	"statuses_all":       `all`,
	"requests_sent":      `{{plural .requests "request"}} sent in {{duration .elapsed}}`,
	"stored_unconfirmed": `the service didn't say whether it stored {{.field}}: {{plural .rows "row"}}`,
	"stored_not":         `this service does not store {{.field}}: {{plural .rows "row"}} not applied ({{flag "ignore-unstored"}} leaves such cells out)`,
	"changes_by_field":   `changes by field: {{join .counts ", "}}`,
	"change_at":          `row {{.row}}  {{.id}}  {{if .title}}title (the opportunity's own){{else}}{{.field}}{{end}}: `,
	"value_empty":        `(empty)`,
	"value_unknown":      `(not known)`,
	"columns_head":       "COLUMN\tHEADER\tFIELD\tVALUE\tSENT AS",
	"cell_refused":       `refused: {{.why}}`,
	"preview_format":     `reading as {{.format}}`,
	"config_file":        `your file: {{term .file}}`,
	"config_named":       `named file: {{.file}}`,
	"config_key":         `API key: {{term .from}}`,
	"config_head":        "SETTING\tVALUE\tFROM",
	"runs_head":          "run\tbegan\trows\tfailed\texit\tundo\tsheet",
	"runs_undo":          `{{if .yes}}yes{{else}}no{{end}}`,
	"check_head":         `the key works`,
	"check_lines": "service:\t{{.host}}\nkey:\tfrom {{term .from}}\n" +
		"reading:\t{{if .reads}}allowed{{else}}not allowed: comparing, exports and the names of stages and owners need it{{end}}\n" +
		"writing:\t{{if .known}}the key's permissions: {{join .permissions \", \"}}{{else}}not shown before an update{{end}}\n" +
		"quota:\t{{if .limit}}{{thousands .limit}} requests an hour, {{thousands .remaining}} left{{if .dated}} until {{clock .reset}}{{end}}{{else}}not reported{{end}}\n" +
		"dialect:\t{{with .dialect}}{{term .}}{{else}}not shown by the answers{{end}}\nrequests made:\t{{thousands .requests}}\n",

	// progress line
	"progress_checking": `reading {{.file}}`,
	"progress_planning": `planning {{.file}}`,
	"progress_rows":     `{{thousands .done}} of {{plural .total "row"}}`,
	"progress_requests": `{{thousands .done}} of {{plural .total "request"}}`,
	"progress_failed":   `{{thousands .failed}} failed`,
	"progress_rate":     `{{tenths .rate}} requests/s`,
	"progress_done":     `done about {{about .done}} (in {{left .done}})`,
	"progress_left":     `{{left .done}} left`,
	"progress_waiting":  `waiting {{left .until}}`,
	"waiting_quota":     `waiting for quota until {{.time}} (in {{left .until}})`,
	"waiting_service":   `the service asks to wait until {{.time}} (in {{left .until}})`,
	"waiting_outage":    `the service is down: waiting until {{.time}} (in {{left .until}})`,

	// for users without a terminal
	"desktop_guide": `razebulk updates opportunities in the GetRaze CRM from a spreadsheet.

Its page opens in your browser. Leave this window open while you work there, and
close it when you are done.

You can also drop a sheet (.csv or .xlsx) on this program.

Everything else is done in a terminal: razebulk --help
`,
	"desktop_one_sheet": `One sheet at a time, not {{.sheets}}.`,
	"desktop_ask":       `Send the changes in the plan to the CRM?`,
	"desktop_not_sent":  `Nothing was sent.`,
	"desktop_close":     `Press Enter to close this window. `,
}

const howRead = `{{if not .requests}}nothing had to be read{{else if not .pages}}read {{plural .gets "opportunity"}} one by one{{else}}` +
	`read {{plural .pages "page"}} of the list{{if .gets}} and {{plural .gets "opportunity"}} one by one{{end}} ({{plural .requests "request"}}){{end}}`
