package words

// stopTexts are about what ended a command and what to do next, in English.
var stopTexts = map[string]string{
	"file_in_use":  `{{.file}}: another run{{with .process}} (process {{.}}){{end}} is using this file; wait until it is done`,
	"nothing_sent": `{{.why}}; nothing was sent`,

	"stopped_outage":   `stopped: the service keeps failing; last error: {{.last}}`,
	"stopped_quota":    `stopped: the quota is spent, and the next window starts after {{flag "max-duration"}}`,
	"stopped_service":  `stopped: the service asks for a wait longer than {{flag "max-duration"}}`,
	"stopped_duration": `stopped: {{flag "max-duration"}} was reached`,
	"once_back":        `when it is back`,
	"once_time":        `after {{about .next}}`,

	"interrupted_unsent": `interrupted; nothing was sent`,
	"unfinished_run": `an earlier run of this file has finished {{thousands .done}} of {{plural .rows "row"}}` + "\n" +
		`resume it: {{flag "resume"}}` + "\n" + `start again: {{flag "restart"}}`,
	"journal_damaged":      `{{.why}}` + "\n" + `fix it, or start again with {{flag "restart"}}`,
	"stopped_reading":      `{{.why}}, while the opportunities were read; nothing was sent; run again{{with .from}} {{.}}{{end}}`,
	"may_not_read":         `{{.reads}} reads the opportunities first: give the key the permission opportunities:read, or leave {{.reads}} out`,
	"may_not_update":       `an update needs a key with the permission opportunities:write`,
	"may_not_export":       `an export needs a key with the permission opportunities:read`,
	"key_came_from":        `the key came from {{term .from}}`,
	"strict_sent_nothing":  `{{plural .rows "row"}} with errors; nothing was sent because of {{flag "strict"}}: see {{.file}}`,
	"results_not_in_place": `{{.why}}` + "\n" + `all results are in {{.file}}; once this is fixed, put them in place without sending anything again: {{.command}}`,
	"failed_not_written": `the results are in {{.file}}, but the failed rows could not be written: {{.why}}` + "\n" +
		`{{if .locked}}copy the sheet to another folder, and give the copy instead of the sheet, to {{end}}write them without sending anything again: {{.command}}`,
	"interrupted_in_place":   "interrupted\n" + `the results are in {{.file}}; write the failed rows without sending anything again: {{.command}}`,
	"interrupted_in_the_end": "interrupted\n" + `all rows are done, and all results are in {{.file}}; put them in place without sending anything again: {{.command}}`,

	"rows_failed":   `{{thousands .failed}} of {{plural .rows "row"}} failed: see {{.results}} and {{.file}}{{with .command}}` + again + `{{end}}`,
	"rows_unsent":   failedOfSent + `: see {{.results}} and {{.file}}, which has all of them{{with .command}}` + again + `{{end}}`,
	"invalid_rows":  `{{plural .rows "invalid row"}}: see {{.file}}`,
	"rows_differ":   `{{plural .rows "row"}} {{if eq .rows 1}}differs{{else}}differ{{end}} from the CRM: see {{.file}}`,
	"see_plan":      `{{.why}}: see {{.file}}`,
	"not_recorded":  `{{.why}}` + "\n" + `what was recorded is in {{.file}}; resume with: {{.command}}`,
	"reserve_stops": `{{.why}}` + "\n" + doneOf + `; resume with a smaller one, or without: {{.command}}`,
	"first_done":    `stopped after the first rows ({{flag "first"}}); ` + doneOf + `; send the rest with: {{.command}}`,
	"file_changed":  `{{.why}}; no more of it is sent: run again when it is complete` + "\n" + doneOf + `: see {{.file}}`,
	"resume_with":   `{{.why}}` + "\n" + doneOf + `; resume{{with .from}} {{.}}{{end}} with: {{.command}}`,

	"export_ended":      `{{if .rows}}{{.why}}; only {{plural .rows "row"}} {{if eq .rows 1}}was{{else}}were{{end}} written{{else}}{{.why}}; nothing was written{{end}}{{if .again}}; run again{{with .from}} {{.}}{{end}}{{end}}`,
	"export_incomplete": `{{plural .missing "opportunity"}} could not be read, or only in part: see the warnings`,
	"only_interrupted":  `interrupted`,
	"check_failed":      `{{.host}}: {{.why}}; the key came from {{term .from}}`,

	"no_run_to_undo":   `there is no run to undo`,
	"run_unknown":      `there is no run {{quote .run}}; razebulk runs lists them`,
	"undo_unfinished":  `run {{.run}}, the latest one, is an undo that has not finished; to finish it: {{.command}}; to undo it instead: razebulk undo {{.run}}`,
	"resume_undone":    `run {{.run}} was undone by run {{.by}}, so that its results are no longer true{{with flag "restart"}}; {{.}} sends all rows again{{end}}`,
	"run_without_undo": `run {{.run}}, of {{.file}}, left no undo file{{if .uncompared}}: it ran without --compare{{end}}; razebulk runs lists those that have one`,
	"run_elsewhere":    `run {{.run}} was sent to {{.made}}, not to {{.now}}: give the address of the run with {{flag "base-url"}}`,
	"undo_gone":        `the undo file of run {{.run}} is no longer there: it was {{.file}}`,
}

const (
	again  = "\n" + `once they are corrected, run: {{.}}`
	doneOf = `{{thousands .done}} of {{plural .rows "row"}} are done`

	failedOfSent = `{{if not .sent}}no row was sent{{else if eq .sent 1}}{{thousands .sent_failed}} of 1 row that was sent failed{{else}}` +
		`{{thousands .sent_failed}} of {{plural .sent "row"}} that were sent failed{{end}}` +
		`{{if .before}}; {{thousands .before}} failed before they were sent{{end}}` +
		`; {{if eq .missed 1}}1 was not attempted{{else}}{{thousands .missed}} were not attempted{{end}}`
)
