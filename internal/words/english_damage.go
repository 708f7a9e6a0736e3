package words

const (
	asTextAndExport   = `format the column as text and export it again`
	asNumberAndExport = `give the column a number format in the spreadsheet and export again`
)

// damageTexts are about cells that a spreadsheet, a program or a wrong encoding has damaged.
var damageTexts = map[string]string{
	"formula_error":       `a spreadsheet error, not a value; fix the formula, or empty the cell to leave the field as it is`,
	"number_shortened":    `a number that the spreadsheet has shortened, so digits are lost; ` + asTextAndExport,
	"number_with_decimal": `a number with a decimal, as a program writes digits that it takes for an amount; ` + asTextAndExport,
	"number_too_long":     `a number longer than a spreadsheet can keep, so digits are lost; format the column as text and type it again`,
	"letter_lost":         `a question mark within a word: a letter was lost when the sheet was saved; export it again as "CSV UTF-8"`,
	"letters_replaced":    "letters were lost (\ufffd) when the sheet was saved or converted; export it again as \"CSV UTF-8\"",
	"letters_garbled":     `letters are garbled, as when UTF-8 is read in another encoding; export the sheet again as "CSV UTF-8"`,

	"formula_as_text": `a formula, not its result; turn off the display of formulas, give the column a format other than text, and export again`,
	"empty_word": `what a program writes for an empty cell; empty the cell to leave the field as it is` +
		`{{if flag "empty-words"}}, or say {{flag "empty-words"}} {{shell .word}}{{if eq (slice .word 0 1) "0"}}, which also leaves amounts that are written so as they are{{end}}{{end}}`,
	"letter_lost_in_name": `a question mark after a letter of a name: a letter was lost when the sheet was saved; export it again as "CSV UTF-8". ` +
		`If it belongs to the name, put a blank before it`,
	"letter_lost_perhaps": `a question mark in a column in which letters were lost (others of its cells show that): export the sheet again as "CSV UTF-8". ` +
		`If a question is meant, put a blank before the mark`,
	"letters_garbled_perhaps": `letters that may be garbled, in a column in which others are: export the sheet again as "CSV UTF-8"`,
	"html_entities":           `letters as HTML writes them, such as &amp; for &; export the sheet as plain text, or replace them`,
	"number_grouped":          `digits with separators between thousands, as a program writes what it takes for an amount; ` + asTextAndExport,
	"date_for_phone":          `a date where a phone number is expected; format the column as text and enter the numbers there again`,
	"in_quotes":               `starts or ends with an apostrophe or a quote; remove it`,
	"id_in_quotes":            `starts or ends with a quote, which no id does; remove the quotes`,
}

// slipTexts are about rows that don't match the header.
var slipTexts = map[string]string{
	"row_cut": `fewer cells than headers, in a sheet whose other rows keep their empty cells: the columns may have shifted; ` +
		`look for a delimiter that is missing`,
	"row_cut_kind": `fewer cells than headers, and {{quote .text}} does not look like {{.field}}: the columns have shifted; look for a delimiter that is missing`,
	"row_cut_cents": `digits beside a whole amount that look like the rest of it: most likely there is a comma in the amount, and it is not in quotes; ` +
		`put the amount in quotes, or the digits if they are meant`,
	"row_cut_quote": `fewer cells than headers, and a quote within {{quote .text}}: a delimiter before it is missing, or one after it`,
	"row_slipped":   `{{quote .text}} does not look like {{.field}}, and the phone has fewer than four digits: the cells of this row are in the wrong columns`,
	"row_broken":    `a line break has cut this row in two, or it is the rest of the row above; put the cell with the line break in quotes`,
}

// noticeTexts are about what was left out of a sheet, and what looks odd about it as a whole.
var noticeTexts = map[string]string{
	"refused_again": `unchanged since it was refused: {{.why}}. ` +
		`Correct the row; if it is right as it is, empty its cell in the column raze_refused`,
	"short_rows": `{{plural .rows "row"}} {{if eq .rows 1}}has{{else}}have{{end}} fewer cells than the header, the first is row {{.first}}: ` +
		`the missing cells count as empty; check that none is missing in the middle`,
	"total_rows": `{{plural .rows "row"}} of totals {{if eq .rows 1}}was{{else}}were{{end}} left out, the first is row {{.first}}`,
	"footer_rows": `{{plural .rows "row"}} below the table {{if eq .rows 1}}was{{else}}were{{end}} left out, as a report's own: ` +
		`{{if eq .rows 1}}row{{else}}from row{{end}} {{.first}}{{if ne .rows 1}} on{{end}}`,
	"header_rows": `{{plural .rows "row"}} {{if eq .rows 1}}repeats{{else}}repeat{{end}} the header and {{if eq .rows 1}}was{{else}}were{{end}} left out, ` +
		`the first is row {{.first}}: several sheets were pasted together`,
	"header_differs": `row {{.row}} is another header, with the columns {{quoteAll .headers}}: several sheets were pasted together; put the rows from there on into a file of their own`,
	"index_without_header": `each row has one cell more than the header, and begins with a number: if that counts the rows, as R's write.table does, ` +
		`put a delimiter before the first header, or export with row.names = FALSE; if not, look for cells that need quotes`,
	"cents_beside_amounts": `columns {{quote .header}} and {{quote .next}}: in all rows the second has digits that look like the rest of the amount beside it, such as {{quote .text}} in row {{.row}}, ` +
		`as if a comma in the amount had separated them: put the amounts in quotes, or export the sheet with semicolons`,
}
