package words

// runTexts are about what ended or hindered a whole run, and about its files, in English. The text of a reason's cause
// follows after a colon.
var runTexts = map[string]string{
	// results file and journal
	"result_not_recorded":  `{{if .row}}row {{.row}}{{else}}{{.path}}{{end}}: a result can't be recorded`,
	"results_not_writable": `results can't be recorded`,
	"results_not_sorted":   `results can't be sorted`,

	"results_torn":             `{{.path}}: the last line is incomplete`,
	"results_header_unknown":   `{{.path}}: line 1: not the header of a results file of this version`,
	"results_line_unreadable":  `{{.path}}: line {{.line}}: not a line of a results file`,
	"results_line_broken":      `{{.path}}: line {{.line}}: an empty line, or one with a line break inside`,
	"results_cell_count":       `{{.path}}: line {{.line}}: {{.cells}} cells, not {{.columns}}`,
	"results_row_invalid":      `{{.path}}: line {{.line}}: {{quote .text}} is not the number of a row`,
	"results_row_unknown":      `{{.path}}: line {{.line}}: the input has no row {{.row}}`,
	"results_attempts_invalid": `{{.path}}: line {{.line}}: {{quote .text}} is not a number of attempts`,
	"results_status_missing":   `{{.path}}: line {{.line}}: there is no status`,

	// the sheet, and files beside it
	"input_changed":       `the file was changed while it was read`,
	"not_a_file":          `{{.file}}: this is a link, a directory, a pipe or a device, not a file; move it away, or name another`,
	"not_a_lock":          `{{.file}}: this file has the name of a lock file but is not one; move it away`,
	"not_locked":          `{{.file}} can't be locked`,
	"file_open_elsewhere": `{{.file}} is open in another program, such as Excel, and could not be replaced; close it there first`,
	"folder_not_writable": `{{.file}} can't be created{{with flag "results"}} ({{.}}{{with flag "undo-file"}} and {{.}}{{end}} name files elsewhere){{end}}:` +
		` the folder {{.folder}} can't be written to`,
	"sheet_folder_not_writable": `{{.file}} can't be created: the folder {{.folder}} can't be written to`,
	"folder_missing":            `{{.file}} can't be created in the folder {{.folder}}`,

	"run_record_unreadable": `the record of an earlier run can't be read`,

	// comparison
	"comparison_impossible": `the values of opportunity {{.id}} can't be compared with the sheet`,

	// plan, undo file, failed rows, export
	"plan_column_missing":   `not a plan that can be applied: it has no column {{.missing}}; a plan is made with update --dry-run --compare`,
	"plan_unreadable":       `the plan can't be read; use the file as the dry run wrote it`,
	"plan_line_unmarked":    `line {{.line}} has no mark in the column raze_plan; delete the line, or make the plan again`,
	"plan_line_without_row": `line {{.line}} has no row number in the column row; delete the line, or make the plan again`,
	"row_stored_after":      `row {{.row}} has the same id and came after this one, so sending this row may replace its values; delete this row if you don't want that`,
	"plan_line_repeated":    `line {{.line}} is for the same cell as line {{.first}} (row {{.row}}, {{.field}}); delete one of them`,
	"plan_row_of_two":       `line {{.line}} gives row {{.row}} the id of another opportunity; make the plan again`,
	"plan_title_deleted":    `line {{.line}} gives row {{.row}} a name, which is also stored as the opportunity's own title, but the line for the title was deleted; delete both, or make the plan again`,
	"plan_mixed":            `line {{.line}} is from another plan; apply one plan at a time`,
	"plan_edited": `{{plural .lines "line"}} edited since the plan was made, first line {{.line}} (row {{.row}}, {{.field}}: {{printf "%.60q" .value}}); nothing was sent. ` +
		`Lines may be deleted and sorted; a spreadsheet that turned text into a date has edited it. Change the sheet and make the plan again{{with flag "accept-edits"}}, or send the lines as they are with {{.}}{{end}}`,
	"plan_of_other_address":    `the plan was made for {{.made}}, and this would send it to {{.now}}; make the plan again for this address`,
	"plan_too_old":             `the plan is {{duration .age}} old, more than {{duration .max}}; make it again{{with flag "max-age"}}, or allow it with {{.}}{{end}}`,
	"plan_applied":             `the plan was applied already, on {{date .at}} (run {{.run}}); make a plan again if there is more to change`,
	"reviewed_without_compare": `the sheet says in raze_expected what the CRM must hold for a cell to be sent; send it with {{flag "compare"}}`,
	"plan_only_blank":          `not changed: the field already has a value{{with flag "only-blank"}}, and {{.}} fills blanks only{{end}}`,
	"plan_clears_field":        `empties the field`,
	"plan_title_overwritten":   `the opportunity's own title, which is stored with the name`,
	"undo_not_writable":        `the values in the CRM can't be recorded`,
	"undo_of_other_run":        `{{.path}}: not the undo file of this run; move it away`,
	"undo_damaged":             `{{.path}}: damaged; move it away`,
	"export_form_unknown":      `unknown format {{quote .form}}: say excel-br, excel-us or sheets`,

	// state file
	"state_of_other_account": stateFile + `belongs to another API key or base URL, where opportunities may have other values; ` +
		nameAnother + `, or delete it to start over`,
	"state_in_use":         stateFile + `another run has it open; wait until it is done, or ` + nameAnother,
	"state_newer":          stateFile + `made by a newer version of this program; use that version, or ` + nameAnother,
	"state_not_ours":       stateFile + `not a state file, or its beginning is missing; ` + nameAnother,
	"state_damaged":        stateFile + `can't be read; move it away to start over, or ` + nameAnother,
	"state_not_opened":     stateFile + `can't be opened`,
	"state_not_written":    stateFile + `can't be written`,
	"state_part_damaged":   `damaged`,
	"state_parts_missing":  `parts are missing`,
	"state_record_damaged": `a record is damaged`,
	"state_field_too_long": `the state file can't store a field with a name of {{.bytes}} bytes; the limit is {{.max}}`,
}

const (
	stateFile   = `state file {{.path}}: `
	nameAnother = `name another{{with flag "state"}} {{.}} file{{end}}`
)
