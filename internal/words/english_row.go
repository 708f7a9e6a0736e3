package words

// rowTexts are about the outcome of a row, in English. docs/results.md lists their codes.
var rowTexts = map[string]string{
	// why a row was not sent, or not all of it
	"nothing_to_send":      `no cell to send`,
	"not_attempted":        `the run ended before the row was sent`,
	"withheld":             `nothing was sent because other rows have errors`,
	"not_read":             `the opportunity could not be read, so nothing was sent`,
	"status_not_sent":      `the status was not sent`,
	"stopped_before_retry": `stopped before it could be sent again; the last answer was {{.http}} {{.status}}`,
	"rule_unread":          `not changed, because the service does not report its value: {{join .fields ", "}}`,
	"changed_since": `changed since, and not overwritten: {{join .fields ", "}}` +
		`{{with flag "force"}} ({{.}} sends it anyway){{end}}`,
	"sheet_older": `changed in the CRM at {{date .at}}, which is after the sheet's own updated_at; not sent` +
		`{{with flag "force"}} ({{.}} sends it anyway){{end}}`,

	"text_too_long_for_service": `{{.field}} has {{thousands .length}} characters, and this service stores {{thousands .max}} at most`,
	"unstored_left_out":         `left out, because this service does not store it: {{join .fields ", "}}`,

	// why a stage or an owner can't be sent
	"stage_unknown": `no stage has this name{{with .stages}}; the stages seen are {{quoteAll .}}{{else}}; no stage {{with .pipeline}}of the pipeline {{quote .}} {{end}}was seen{{end}}; ` +
		`a stage that no opportunity is in is named by its id{{with flag "stage-map"}}, or with {{.}} NAME=ID{{end}}`,
	"stage_needs_id": `status {{quote .stage}}: this service has stages of its own, and their names were not read; write the stage's id` +
		`{{with flag "stage-map"}}, say it with {{.}} NAME=ID{{end}}, or give the key the permission opportunities:read`,
	"stage_ambiguous":  `several stages have this name; write the id of one, or its pipeline: {{quoteAll .stages}}`,
	"pipeline_unknown": `no pipeline is called {{quote .pipeline}}; the pipelines seen are {{quoteAll .pipelines}}`,
	"pipeline_differs": `the row names a stage of the pipeline {{quote .pipeline}}, and the opportunity is in {{quote .own}}; ` +
		`correct the stage and the pipeline, or first move the opportunity to that pipeline in the CRM`,
	"pipeline_unread": `the opportunity could not be read, so its pipeline is not known; send the row again later, or give the pipeline ` +
		`in a column pipeline`,
	"owner_unknown": `no user has this name or e-mail address{{with .users}}; the users seen are {{quoteAll .}}{{end}}; ` +
		`a user who owns no opportunity is named by the id`,
	"owner_ambiguous": `several users have this name; write the id or the e-mail address of one: {{quoteAll .users}}`,

	// outcome of a request
	"service_refused": `{{term .message}}`,
	"service_error":   `answered {{.http}} {{.code}}: {{.message}}`,
	"no_answer":       `{{term .message}}`,
	"interrupted":     `interrupted while the request was in flight`,
	"program_fault":   `razebulk itself failed on row {{.row}}: {{.fault}}`,

	"never_answered": `no answer has ever come from {{.address}}{{with flag "base-url"}}: is {{.}} right?{{end}}`,

	// what was stored
	"not_sent":                 `nothing was sent`,
	"maybe_stored":             `the update may have been stored`,
	"fields_stored":            `the fields were stored`,
	"fields_stored_status_not": `the fields were stored, but not the status`,
	"not_applied":              `the service answered with success, but has a different value from the one sent for {{join .fields ", "}}`,

	"stage_of_other_pipeline": `the stage was stored, but it is of the pipeline {{quote .pipeline}}, and the opportunity is in {{quote .own}}; ` +
		`send a stage of the opportunity's pipeline, or move the opportunity in the CRM`,

	"field_not_stored":     `this service does not store {{join .fields ", "}}`,
	"other_names_not_sent": `some fields were still to be sent under another name`,
	"other_maybe_changed": `opportunity {{quote .id}} may have been changed instead; look at both in the CRM, ` +
		`and ask whoever runs it why, before you send the row again`,
	"half_stored": `part of the update may have been stored`,
	"read_again": `read again: {{with .stored}}stored: {{join . ", "}}; {{end}}` +
		`{{with .half}}stored with the contact and not as the opportunity's title: {{join . ", "}}; {{end}}` +
		`not stored: {{with .missing}}{{join . ", "}}{{else}}nothing else{{end}}`,
	"title_lost": `restored, except for the opportunity's own title, which no update can restore alone: it was {{quote .title}}`,
}

// endTexts are about what ended a run or a reading, and about the service during it, in English.
var endTexts = map[string]string{
	// what ended a run or a reading
	"key_rejected": `the service rejects the API key: {{.status}} {{term .why}}`,
	"base_url_wrong": `{{.why}}{{if .answers}}, {{.answers}} times in a row{{end}}: ` +
		`is {{with flag "base-url"}}{{.}}{{else}}the base URL{{end}} {{.address}} right?`,
	"too_many_failures": `too many failures: {{.failed}} of {{.sent}} rows that were sent have failed, ` +
		`row {{.row}} with {{.status}} {{term .why}}`,
	"page_unread":           `page {{.page}} of the list of opportunities could not be read: {{.status}} {{term .why}}`,
	"out_of_time":           `the time is up`,
	"service_keeps_failing": `the service keeps failing: {{.last}}`,
	"reserve_takes_all": `{{with flag "quota-reserve"}}{{.}}{{else}}the reserve{{end}}` +
		` leaves nothing of a quota of {{plural .limit "request"}}`,

	// the service in the meantime
	"service_failing": `the service is failing: {{plural .failures "time"}} in a row; last error: {{.last}}` + "\n" +
		`now one request at a time tests whether it is back`,
	"service_recovered": `the service answers again, after {{span .after}}`,
	"wait_absurd": `the service's {{.header}} makes no sense: it is no time within the next day; it is ignored, and the next full hour counts instead` +
		`{{if eq .header "Retry-After"}}, or the end of the quota's window if the service names that{{end}}`,
}
