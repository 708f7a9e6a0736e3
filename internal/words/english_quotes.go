package words

// quoteTexts are about files that can't be split into rows and cells with certainty.
var quoteTexts = map[string]string{
	"row_too_large": `line {{.line}}: the row that begins here is larger than {{.mib}} MiB: look for a quote that is never closed`,
	"smart_quotes":  `a column is in typographic quotes (“ ”), which are part of the text for every program: use straight quotes (") instead, or none`,
}

// rowFaultTexts are about single rows that can't be split into cells with certainty, or about the file, if no row after
// it can.
var rowFaultTexts = map[string]string{
	"row_other_encoding": `{{term .place}}: bytes that are not UTF-8, as the rest of the file is: the row was pasted from elsewhere; type it again, or ` + saveAsUTF8,

	"quote_never_closed": `line {{.line}}: the quote that opens the cell {{quote .cell}} is never closed: close it, or double it if it belongs to the text`,
	"quote_followed": `line {{.line}}: the cell {{quote .cell}} is closed by a quote in line {{.closing_line}} that {{quote .after}} follows: ` +
		`a quote before it is missing, or one within it is not doubled`,
	"quote_missing": `the cell {{quote .cell}} has a quote in it and none before it: a quote is missing, or one too many; ` +
		`put the cell in quotes, and double the ones that belong to its text`,
	"row_in_quotes":         `the whole row is in quotes: remove the outer quotes, and make doubled quotes inside single`,
	"texts_in_other_quotes": `all texts of the row are in apostrophes or typographic quotes, which would be sent with them: remove them`,
	"id_with_quote":         `the id has a quote in it: one is missing, or one too many`,
	"quote_after_blank": `{{quote .text}}: a quote after a blank may start a quoted cell or belong to the text; ` +
		`remove the blank, or put the cell in quotes and double the ones inside it`,
	"rows_in_cell": `lines {{.line}} to {{.last_line}}: a quoted cell contains whole rows: a quote is missing, or there is one too many, at its start and its end`,
	"smart_quotes_split": `{{quote .cell}}: typographic quotes (“ ”) don't keep a delimiter from ending the cell, so the columns may have shifted: ` +
		`use straight quotes (") instead`,
	"row_other_delimiter":        `its cells are separated by a {{term .delimiter}}, those of the other rows are not: write all rows in one way`,
	"row_without_last_delimiter": `doesn't end with a delimiter as all other rows do: the columns may have shifted`,
	"row_cut_off":                `the file ends within this row: it has no line end and is shorter than the others; export the sheet again`,
}
