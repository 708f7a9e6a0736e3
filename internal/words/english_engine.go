package words

// inFile names a row of a file, if there is one.
const inFile = `{{if .file}}row {{.row}} of {{.file}}: {{end}}`

// engineTexts are the messages of an update or export, and the errors of its options, in English.
var engineTexts = map[string]string{
	// the files of a run
	"results_unnamed":  `standard input has no name to call the results after{{with flag "results"}}: give {{.}} FILE{{end}}`,
	"results_too_long": `{{.file}}: the sheet has more rows than the {{thousands .max}} that a workbook holds{{with flag "results"}}; name a CSV file with {{.}}{{end}}`,
	"results_collide":  `{{with flag "results"}}{{.}} {{end}}{{.file}}: this file is the input or the file of failed rows; name another`,
	"undo_collides": `{{with flag "undo-file"}}{{.}} {{end}}{{.file}}: this file is the input, the results or the file of failed rows;` +
		` name another`,
	"state_collides": `{{with flag "state"}}{{.}} {{end}}{{.file}}: this file is the input, or one that the run writes;` +
		` name another`,
	"set_aside": `renamed the previous {{.file}} to {{.name}}`,
	"not_a_plan": `{{.file}} is not a plan and is kept; name another file` +
		`{{with flag "results"}} with {{.}}{{end}}`,
	"journal_unrecorded":  `{{.file}}: there is no record of the run that left it: it is set aside, and this is a new run`,
	"journal_of_another":  `{{.file}} is from another file or other options: it is set aside, and this is a new run`,
	"export_is_its_input": `{{with flag "out"}}{{.}} {{end}}{{.file}}: this is the file of {{flag "ids-from"}}; name another`,
	"not_an_export": `{{.file}} is not an export and is kept; name another file` +
		`{{with flag "out"}} with {{.}}{{end}}`,

	"remaining_invalid": `{{plural .rows "row"}} with errors remain from an earlier run, and {{flag "strict"}} sends nothing then;` +
		` resume without {{flag "strict"}}`,

	"stage_map_form": `{{quote .mapping}}: write NAME=STATUS or NAME=ID`,
	"owner_map_form": `{{quote .mapping}}: write TEXT=ID, with a user's id, not a name or e-mail address`,
	"stage_map_meaning": `{{quote .mapping}}: {{quote .meaning}} is neither the id of a stage nor one of` +
		` {{join .statuses ", "}}`,

	// how a sheet is read
	"no_status_column":           `{{with flag "stage"}}{{.}}: {{end}}the sheet has no column for the status`,
	"undo_without_stage":         `the status is restored only with {{flag "stage"}}`,
	"undo_without_compare":       `this undoes a run without checking what was changed since; {{flag "compare"}} leaves that alone`,
	"sheet_without_rows":         `the sheet has a header and no rows: nothing is sent`,
	"repeats_unknown":            `looking for ids that occur twice`,
	"sheet_row_gone":             `row {{.row}} is no longer in the sheet`,
	"too_few_rows":               `the sheet has {{plural .rows "row"}}, and {{thousands .min}} must be there{{with flag "min-rows"}} ({{.}}){{end}}; nothing is sent`,
	"too_many_changes":           `{{plural .changes "row"}} of {{thousands .rows}} would change, more than {{with flag "max-changes"}}{{.}} allows{{else}}is allowed{{end}}; nothing is sent`,
	"report_collides":            `{{.file}}: this file is the sheet, or one that the run reads or leaves; name another`,
	"not_a_report":               `{{.file}}: this file is of another kind and is kept; name another`,
	"ping_address_invalid":       `not an address such as https://hc-ping.com/NUMBER`,
	"ping_address_not_encrypted": `{{.host}} is not this machine: write https`,
	"ping_refused":               `{{.host}}: answered {{.http}}`,
	"no_state_folder":            `there is no folder for the state of programs`,
	"hidden_rows":                `the sheet hides {{plural .rows "row"}}; hidden rows are sent like all others`,
	"hidden_columns":             `the sheet hides columns that are sent: {{quoteAll .columns}}{{with flag "ignore-columns"}}; {{.}} leaves columns out{{end}}`,
	"merged_rows":                `cells are merged over several rows in {{quoteAll .columns}}: only the first row of each has what is shown, and the others count as empty; undo the merging there, and fill in the rows`,
	"covered_cells":              `{{plural .cells "cell"}} under others with which they are merged can't be seen in the spreadsheet, and are read like all others: undo the merging there, and look at them`,

	// what a run changes beyond the sheet
	"titles_overwritten": `another title for the opportunity of {{plural .rows "row"}}: this service also stores a name as the ` +
		`opportunity's own title, and no update can restore that alone`,
	"contact_rows_differ": `several opportunities share a contact, and {{plural .rows "row"}} {{if eq .rows 1}}differs{{else}}differ{{end}} in it from a row before ` +
		`(first: rows {{.first}} and {{.second}}, in {{.field}}): they are sent in the file's order, the last one counts`,

	// what an export could not read
	"no_usable_id":       `no row has an id that can be asked for`,
	"id_left_out":        `row {{.row}} of {{.file}} is left out`,
	"opportunity_unread": inFile + `{{quote .id}} could not be read and is left out: {{.status}} {{.why}}`,
	"notes_unread":       inFile + `the notes of {{quote .id}} could not be read and are left empty: {{.status}} {{.why}}`,
	"list_incomplete": `{{plural .missing "opportunity"}} of a list of {{thousands .length}} could not be found, whatever the order it was read in` +
		`{{if .gone}}; {{.gone}} of them may have been deleted meanwhile{{end}}; try again`,
	"filter_applied_here":    `the service does not filter by {{join .filters ", "}}: {{plural .opportunities "opportunity"}} left out here`,
	"filter_unsupported":     `this service can't filter by {{join .filters ", "}}, and its list doesn't show what to filter by`,
	"status_filter_unknown":  `{{with flag "status"}}{{.}} {{end}}{{quote .status}}: must be one of {{join .statuses ", "}}`,
	"owner_filter_is_name":   `{{with flag "owner"}}{{.}} {{end}}{{quote .owner}}: this service's list shows no names; give the user's id`,
	"campaign_filter_no_id":  `{{with flag "campaign"}}{{.}} {{end}}{{quote .campaign}}: the ids of this service are UUIDs; give the campaign's id`,
	"owner_filter_ambiguous": `{{with flag "owner"}}{{.}} {{end}}{{quote .owner}}: several users have that name; give an id: {{join .users ", "}}`,
	"owner_not_seen":         `nobody with the name or e-mail {{quote .owner}} is responsible for an opportunity; those seen are {{quoteAll .users}}`,
	"stage_not_seen":         `no opportunity is in a stage {{quote .status}}; those seen are in {{quoteAll .stages}}`,
}
