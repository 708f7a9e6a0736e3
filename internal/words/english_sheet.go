package words

// sheetTexts are about what is wrong with a sheet, a row or a cell, in English.
var sheetTexts = joined(formatTexts, fileTexts, workbookTexts, encodingTexts, quoteTexts, rowFaultTexts, headerTexts, headerRowTexts, optionTexts, decimalTexts,
	textTexts, amountTexts, damageTexts, slipTexts, noticeTexts, undoTexts)

func joined(all ...map[string]string) map[string]string {
	texts := map[string]string{}
	for _, some := range all {
		for code, text := range some {
			texts[code] = text
		}
	}
	return texts
}

// formatTexts say how a sheet is read.
var formatTexts = map[string]string{
	"text_format": `{{.encoding}}{{if .guessed}} (by its letters){{end}}, {{term .delimiter}}{{with .quotes}}, quotes written as {{.}}{{end}}` +
		`{{with .decimal}}, decimal {{term .}}{{end}}` + headerIn,
	"workbook_format": `Excel workbook, sheet {{quote .worksheet}}{{with .decimal}}, decimal {{term .}}{{end}}` + headerIn,
}

const headerIn = `{{with .header_row}}, header in row {{.}} (what is above it is left out){{end}}`

const saveAsUTF8 = `save the sheet as "CSV UTF-8"`

// fileTexts are about files that can't be read as a sheet.
var fileTexts = map[string]string{
	"sheet_empty":      `empty: there is no header row`,
	"too_many_columns": `{{.columns}} columns: no spreadsheet has more than {{.max}}; look for quotes or line ends that are missing`,
	"sheet_damaged":    `{{.damaged}} of {{.rows}} rows are damaged, more than {{.percent}} %: fix them or export the sheet again; nothing was sent`,

	"zero_bytes": `contains zero bytes, which text never does: this is not a CSV file, or a damaged one; export it again` +
		`{{with flag "encoding"}}, or say {{.}} utf-16le if it is that{{end}}`,

	"delimiter_unclear": `can't tell whether {{term .one}} or {{term .other}} separates the cells: ` +
		`{{with flag "delimiter"}}say it with {{.}}{{else}}save the sheet again with another delimiter{{end}}`,
	"sep_line_unknown": `the first line, {{quote .line}}, names a delimiter that is not known: write comma, semicolon, tab or pipe there, or delete the line`,

	"workbook_too_large":         `larger than {{.gib}} GiB: split the workbook into several`,
	"workbook_unpacks_too_large": `the workbook unpacks to more than {{.gib}} GiB: split it into several`,
	"workbook_protected":         `the workbook is protected by a password, or of the old kind .xls: save it as .xlsx without a password, or as "CSV UTF-8"`,
	"workbook_binary":            `this is a binary workbook (.xlsb): save it as .xlsx`,
	"workbook_unreadable":        `not an Excel workbook that can be read: {{.why}}; save it as .xlsx again`,
	"workbook_too_full": `the workbook holds far more cells, texts or formats than its size has room for, and would take too long: ` +
		`copy the rows to send into a new workbook`,
	"workbook_piece_too_large": `a row, a text or a part of the workbook is larger than {{.mib}} MiB: shorten it, or copy the rows to send into a new workbook`,
	"workbook_too_many_sheets": `the workbook has more than {{.max}} sheets: copy the one to send into a workbook of its own`,
	"workbook_empty":           `empty: no visible sheet of the workbook has data` + hiddenSheets,
	"workbook_several_sheets":  `the workbook has more than one sheet with data: {{quoteAll .sheets}}` + hiddenSheets + `{{with flag "sheet"}}; name the one to take with {{.}}{{else}}; copy the one to take into a workbook of its own{{end}}`,
	"worksheet_unknown":        `the workbook has no sheet {{quote .name}}; it has {{if .sheets}}{{quoteAll .sheets}}{{else}}none with cells{{end}}`,
	"worksheet_of_text_file":   `{{with flag "sheet"}}{{.}}{{else}}a sheet's name{{end}} is for Excel workbooks; this is not one`,
	"text_options_of_workbook": `this is an Excel workbook: {{with flag "encoding"}}{{.}}{{else}}an encoding{{end}} and {{with flag "delimiter"}}{{.}}{{else}}a delimiter{{end}} are for CSV files`,
	"formula_without_result":   `cell {{.place}}: a formula whose result is not in the file: open the workbook in Excel, save it, and try again`,
}

const hiddenSheets = `{{with .hidden}} (hidden: {{quoteAll .}}){{end}}`

// headerTexts are about columns.
var headerTexts = map[string]string{
	"column_unknown": `column {{quote .header}} is not known{{with .nearest}}; the nearest name is {{.}}{{end}}` +
		`{{if .mapping}}{{with flag "map"}}; if that is meant: {{.}} {{shell $.mapping}}{{end}}{{end}}`,
	"columns_unknown": `and {{.more}} more columns that are not known`,
	"columns_same_field": `columns {{quoteAll .headers}} are all read as {{.field}}` +
		`{{if .alike}}; they are spelt alike: rename all but one in the sheet{{end}}` +
		`{{if .which}}; leave out those that do not hold this CRM's ids{{with flag "ignore-columns"}}, with {{.}}{{end}}{{end}}`,
	"columns_advice": `rename them in the sheet{{with flag "map"}}, say what they hold with {{.}} "Column=field"{{end}}` +
		`{{with flag "ignore-columns"}}, or leave columns out with {{.}} {{shell (csvLine $.leave_out)}}{{end}}`,
	"id_column_missing": `no column for the opportunity's id{{if .none}}, and no other column that is known{{end}}; the headers found in {{if gt .header_row 1}}row {{.header_row}}{{else}}the first row{{end}} are {{quoteAll .headers}}; ` +
		`{{if .row}}row {{.row}} looks more like the header: delete the rows above it{{with flag "header-row"}}, or say {{.}} {{$.row}}{{end}}; {{end}}` +
		`name the column that holds it "id"{{if .none}}{{with flag "header-row"}}, or say with {{.}} which row has the headers{{end}}{{end}}` +
		`{{with .contact}}, but not {{quote .}}: a contact's id is not an opportunity's{{with flag "match"}}, and {{.}} contact_id finds the opportunity by it{{end}}{{end}}`,
	"ignored_column_missing": `{{with flag "ignore-columns"}}{{.}} {{end}}{{shell (csvLine .names)}}: the sheet has no such column, ` +
		`or a {{with flag "map"}}{{.}}{{else}}mapping{{end}} means it; its headers are {{quoteAll .headers}}`,
	"mapped_column_missing": `{{with flag "map"}}{{.}} {{end}}{{shell .mapping}}: the sheet has no such column, ` +
		`or another {{with flag "map"}}{{.}}{{else}}mapping{{end}} means it; its headers are {{quoteAll .headers}}`,
	"field_has_two_columns": `two columns are read as {{.field}}`,
	"name_is_title": `column {{quote .header}} seems to hold the opportunity's title, ` +
		`{{if .detected}}and this service stores a name as the person's name, besides the title` +
		`{{else}}and it could not be detected whether this service stores a name as the person's name{{end}}; nothing was sent; ` +
		`leave the column out{{with flag "ignore-columns"}} with {{.}} {{shell $.header}}{{end}}, or, if it really holds persons' names, ` +
		`{{with flag "map"}}say {{.}} {{shell $.mapping}}{{else}}rename it to "name" in the sheet{{end}}` +
		`{{if not .detected}}{{with flag "dialect"}}; {{.}} says what the service speaks{{end}}{{end}}`,
}

const (
	markerFlag = `{{with flag "clear-marker"}}{{.}} {{end}}{{quote .marker}}: `
	emptyFlag  = `{{with flag "empty-words"}}{{.}} {{end}}{{quote .word}}: `
	mapFlag    = `{{with flag "map"}}{{.}}{{else}}a mapping{{end}}`
)

// optionTexts are about the options with which a user says how a sheet is read.
var optionTexts = map[string]string{
	"clear_marker_is_error":  markerFlag + `spreadsheets leave this where a formula fails; choose a text that no formula leaves, such as <clear>`,
	"clear_marker_escaped":   markerFlag + `begins with the apostrophe that keeps a formula from being run; choose one such as <clear>`,
	"clear_marker_untrimmed": markerFlag + `begins or ends with a blank, or holds accents in an unusual form; choose one such as <clear>`,
	"empty_word_untrimmed":   emptyFlag + `is empty, or begins or ends with a blank; write it as the cells have it, without outer blanks`,
	"empty_word_clears":      emptyFlag + `is also the text that empties a field; choose one of the two`,
	"mapped_and_ignored":     `column {{quote .header}} is in ` + mapFlag + ` and in {{with flag "ignore-columns"}}{{.}}{{else}}the columns to leave out{{end}}`,
	"mapped_twice":           `column {{quote .header}} is in ` + mapFlag + ` twice`,
	"mapping_form":           `{{printf "%q" .mapping}}: write it as "Column=field"`,
	"mapping_kind_unknown":   `{{printf "%q" .mapping}}: the kind {{printf "%q" .kind}} is neither string nor number`,
	"mapping_read_only":      `{{printf "%q" .mapping}}: {{.field}} can't be changed by an update`,
	"mapping_other_kind":     `{{printf "%q" .mapping}}: {{.field}} is of another kind; leave :{{.kind}} out`,
	"mapping_field_form":     `{{printf "%q" .mapping}}: {{printf "%q" .field}} is not the name of a field`,
	"mapping_field_unknown": `{{printf "%q" .mapping}}: the API documents no field {{.field}}; there are {{join .fields ", "}}; ` +
		`to send it anyway, write {{.field}}:string or {{.field}}:number`,
	"delimiter_unknown": `unknown delimiter {{printf "%q" .delimiter}}: say comma, semicolon, tab or pipe`,
	"decimal_unknown":   `unknown decimal separator {{printf "%q" .decimal}}: say point or comma`,
}

// textTexts are about rows, and about cells that hold text.
var textTexts = map[string]string{
	"row_shifted": `more cells than headers: the columns have shifted; look for a cell that needs quotes`,
	"row_surplus_empty": `more cells than headers, and those at the end are empty: delete the delimiter at the end if it is one too many, ` +
		`or look for a cell that needs quotes`,
	"cell_without_header": `{{quote .text}} is in a column without a header` +
		`{{with flag "ignore-columns"}}; write one, or leave the column out with {{.}} {{$.letter}}{{end}}`,

	"id_missing":             `missing; every row needs the id of its opportunity`,
	"id_too_long":            `longer than {{.max}} bytes; no opportunity has such an id`,
	"id_is_dots":             `not an id`,
	"id_with_slash":          `contains a slash; copy the id alone, not its address`,
	"id_with_white_space":    `contains white space`,
	"id_rounded":             `a number that the spreadsheet has rounded: after the 15th digit there are only zeros; ` + asTextAndExport,
	"number_shown_otherwise": `a number whose format shows other digits than it has, such as 00123 for 123; format the column as text and type them as they should be`,
	"number_with_fraction":   `a number with a fraction or a minus where only digits are expected; format the column as text and type it again`,
	"date_for_id":            `a date; format the column as text and enter the ids there again`,

	"field_required":      `an opportunity can't be without its {{.field}}`,
	"clear_unknown_field": `not a field that can be cleared; those are {{join .fields ", "}}`,
	"clear_beside_value":  `the row also gives it a value: remove it here, or empty its cell`,

	"control_character":     `contains a control character; type the cell again`,
	"invisible_character":   `contains an invisible character; type it again`,
	"cell_too_large":        `{{.bytes}} bytes; a cell may hold {{.max_kib}} KiB at most`,
	"cell_too_long":         `longer than the {{.max}} characters that a cell of a workbook may hold; shorten it`,
	"date_for_text":         `a date where text is expected; format the cell as text and type the date as it should appear`,
	"phone_is_link":         `the address of a link, not a number; write the number alone, such as +55 11 99999-0000`,
	"email_invalid":         `not a bare e-mail address such as ana@example.com`,
	"currency_code_invalid": `not a currency code; write three letters, such as BRL`,
	"currency_unknown":      `not a known currency code; sent as it is`,
	"id_for_text":           `an id, which is never a name; look whether cells are in the wrong columns`,
	"phone_is_address":      `an e-mail address, not a phone number; look whether cells are in the wrong columns`,
	"phone_without_digits":  `no digit in a phone number; sent as it is`,
	"looks_like_boolean":    `looks like the result of a formula; sent as text`,
	"owner_is_name":         `looks like a name, not a user's id; write the id{{with flag "ignore-columns"}}, or leave the column out with {{.}}{{end}}`,
	"status_unknown": `not a status; write one of {{join .statuses ", "}}` +
		`{{with flag "stage-map"}}, or say which it means with {{.}} NAME=STATUS{{end}}`,
	"updated_at_invalid": `not a time with its zone, such as 2026-11-22T02:15:00Z, as the CRM exports it` +
		`{{with flag "ignore-columns"}}; {{.}} {{$.field}} leaves the column out{{end}}`,
}

// undoTexts are about the cells of an undo file.
var undoTexts = map[string]string{
	"undo_not_number":     `not a number; write it plainly, such as 1234.50`,
	"undo_invalid":        `not what a run writes there, so what to undo is not known; use the undo file as the run wrote it`,
	"undo_value_invalid":  `has an invalid value for this field`,
	"undo_column_missing": `has a value for this field, and the sheet has no such column`,
}
