package words

// inFile names a row of a file, if there is one.
const inFile = `{{if .file}}row {{.row}} of {{.file}}: {{end}}`

// engineTexts are the texts of what a run of update or export says, and of what is wrong with its options, in English.
var engineTexts = map[string]string{
	// the files of a run
	"results_unnamed": `standard input has no name to call the results after{{with flag "results"}}: give {{.}} FILE{{end}}`,
	"results_collide": `{{with flag "results"}}{{.}} {{end}}{{.file}}: this file is the input or the file of failed rows; name another`,
	"undo_collides": `{{with flag "undo-file"}}{{.}} {{end}}{{.file}}: this file is the input, the results or the file of failed rows;` +
		` name another`,
	"state_collides": `{{with flag "state"}}{{.}} {{end}}{{.file}}: this file is the input, or one that the run writes;` +
		` name another`,
	"set_aside": `renamed the previous {{.file}} to {{.name}}`,
	"not_a_plan": `{{.file}} is no plan and is kept; name another file` +
		`{{with flag "results"}} with {{.}}{{end}}`,
	"journal_unrecorded":  `{{.file}}: it is not recorded which run left it: it is set aside, and this is a new run`,
	"journal_of_another":  `{{.file}} is of another file or other options: it is set aside, and this is a new run`,
	"export_is_its_input": `{{with flag "out"}}{{.}} {{end}}{{.file}}: this is the file of {{flag "ids-from"}}; name another`,
	"not_an_export": `{{.file}} is no export and is kept; name another file` +
		`{{with flag "out"}} with {{.}}{{end}}`,

	"remaining_invalid": `{{plural .rows "row"}} with errors remain of an earlier run, and {{flag "strict"}} is to send nothing then;` +
		` resume without {{flag "strict"}}`,

	// how a sheet is read
	"no_status_column":     `{{with flag "stage"}}{{.}}: {{end}}the sheet has no column for the status`,
	"undo_without_stage":   `the status is restored only with {{flag "stage"}}`,
	"undo_without_compare": `this undoes a run without a look at what was changed since; {{flag "compare"}} leaves that alone`,
	"sheet_without_rows":   `the sheet has a header and no rows: nothing is sent`,
	"too_few_rows":         `the sheet has {{plural .rows "row"}}, and {{thousands .min}} must be there{{with flag "min-rows"}} ({{.}}){{end}}; nothing is sent`,
	"hidden_rows":          `the sheet hides {{plural .rows "row"}}; hidden rows are sent like all others`,

	// what an export could not read
	"no_usable_id":       `no row has an id that can be asked for`,
	"id_left_out":        `row {{.row}} of {{.file}} is left out`,
	"opportunity_unread": inFile + `{{quote .id}} could not be read and is left out: {{.status}} {{.why}}`,
	"notes_unread":       inFile + `the notes of {{quote .id}} could not be read and are left empty: {{.status}} {{.why}}`,
	"list_shrank": `the list became shorter by {{.by}} while it was read: as many opportunities may be missing; ` +
		`export again to have them`,
	"filter_ignored": `{{plural .opportunities "opportunity"}} do not match {{flag "status"}} or {{flag "owner"}}; left out`,
}
