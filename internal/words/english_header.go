package words

// headerRowTexts are about where the headers are.
var headerRowTexts = map[string]string{
	"header_row_blank": `row {{.row}} is blank or not there{{with flag "header-row"}}: say with {{.}} which row has the headers{{end}}`,
	"header_row_unclear": `row {{.row}} and row {{.other}} could both be the header: delete the rows above it` +
		`{{with flag "header-row"}}, or say with {{.}} {{$.row}} or {{.}} {{$.other}} which it is{{end}}`,
	"header_merged": `rows {{.row}} and {{.next}} look like a header of two rows, as merged cells make it: delete row {{.row}}, and write in row {{.next}} what each column holds` +
		`{{with flag "header-row"}}; if row {{$.next}} alone is the header, say {{.}} {{$.next}}{{end}}`,
	"one_column": `one column, {{quote .header}}{{if .quoted}}: each line is in quotes as a whole; remove the outer quotes, or save the sheet again` +
		`{{else}}, and it is not known: the cells may be separated by another character than comma, semicolon, tab or pipe; save the sheet with one of these{{end}}`,
	"file_is_address": `{{.file}}: an address, not a file: download the sheet and give the name of the file`,
	"file_not_sheet":  notSheet,
}

// notSheet says what a file is that is not a sheet.
const notSheet = `{{if eq .kind "pdf"}}this is a PDF, not a sheet: ` + exportAgain +
	`{{else if eq .kind "json"}}this is JSON, not a sheet: ` + exportAgain +
	`{{else if eq .kind "html"}}this is a web page (HTML), not a sheet: ` + exportAgain +
	`{{else if eq .kind "html_table"}}this is a web page (HTML) with a table, which some programs save under the name of a workbook: open it in Excel and save it as .xlsx` +
	`{{else if eq .kind "login"}}this is a web page that asks for a login, saved instead of the sheet: log in and download the sheet again` +
	`{{else if eq .kind "xml_spreadsheet"}}this is an "XML Spreadsheet 2003": open it in Excel and save it as .xlsx` +
	`{{else if eq .kind "xml"}}this is XML, not a sheet: ` + exportAgain +
	`{{else if eq .kind "ods"}}this is an OpenDocument spreadsheet (.ods): save it as .xlsx or as "CSV UTF-8"` +
	`{{else if eq .kind "numbers"}}this is a Numbers document: export it to Excel or to CSV (UTF-8)` +
	`{{else if eq .kind "gzip"}}this is compressed with gzip: unpack it first` +
	`{{else if eq .kind "zip"}}this is a zip archive, not a workbook: unpack it, and give the name of a sheet in it` +
	`{{else if eq .kind "archive"}}this is an archive, not a sheet: unpack it, and give the name of a sheet in it` +
	`{{else if eq .kind "address"}}this holds only the address of a sheet: download the sheet itself as .xlsx or CSV` +
	`{{else if eq .kind "ruled"}}this is a table drawn with lines, as in Markdown, not a sheet: ` + exportAgain +
	`{{else if eq .kind "picture"}}this is a picture, not a sheet: ` + exportAgain +
	`{{else if eq .kind "contacts"}}this is a vCard, not a sheet: ` + exportAgain +
	`{{else if eq .kind "database"}}this is a database, not a sheet: ` + exportAgain +
	`{{else if eq .kind "lock"}}this is not the workbook but the lock file that lies beside it while it is open: give the file whose name does not begin with ~$ (or .~lock.)` +
	`{{else if eq .kind "plan"}}this is a plan, not a sheet: use the sheet that it was made from` +
	`{{with flag "compare"}}; razebulk apply sends a plan that was made with {{.}}{{end}}` +
	`{{else if eq .kind "results"}}this has the results of a run: use the sheet that the run was about, or the file of its failed rows` +
	`{{else}}this is a document, not a sheet: ` + exportAgain + `{{end}}`

const exportAgain = `export the sheet as .xlsx or as "CSV UTF-8"`
