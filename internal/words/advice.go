package words

import "slices"

// adviceOf maps the code of an advice text to the codes of the reasons that it is for.
var adviceOf = map[string][]string{
	"do_quotes": {"row_shifted", "row_surplus_empty", "quote_after_blank", "quote_followed", "quote_never_closed", "quote_missing", "id_with_quote", "rows_in_cell", "smart_quotes_split", "row_in_quotes", "texts_in_other_quotes",
		"row_other_delimiter", "row_without_last_delimiter", "row_cut", "row_cut_kind", "row_cut_quote", "row_broken", "row_slipped", "row_cut_cents", "id_in_quotes",
		"in_quotes"},
	"do_header":     {"cell_without_header"},
	"do_export":     {"row_cut_off", "formula_as_text", "html_entities"},
	"do_encoding":   {"row_other_encoding", "letter_lost", "letters_replaced", "letters_garbled", "letter_lost_in_name", "letter_lost_perhaps", "letters_garbled_perhaps"},
	"do_id":         {"id_missing", "id_too_long", "id_is_dots", "id_with_slash", "id_with_white_space", "date_for_id"},
	"do_as_text":    {"id_rounded", "number_shown_otherwise", "number_with_fraction", "number_shortened", "number_with_decimal", "number_too_long", "number_grouped", "date_for_phone"},
	"do_cell":       {"field_required", "clear_unknown_field", "clear_beside_value", "currency_unknown", "looks_like_boolean", "phone_is_link", "id_for_text", "phone_is_address", "phone_without_digits"},
	"do_type_again": {"control_character", "invisible_character"},
	"do_shorten":    {"cell_too_large", "cell_too_long", "text_too_long_for_service"},
	"do_date":       {"date_for_text"},
	"do_email":      {"email_invalid"},
	"do_currency":   {"currency_code_invalid", "amount_other_currency", "header_other_currency", "amount_currency_unknown", "amount_currencies_differ"},
	"do_owner":      {"owner_is_name", "owner_unknown", "owner_ambiguous"},
	"do_stage":      {"stage_needs_id", "stage_unknown", "stage_ambiguous", "pipeline_unknown", "status_unknown"},
	"do_pipeline":   {"pipeline_differs", "stage_of_other_pipeline"},
	"do_updated_at": {"updated_at_invalid", "time_unreadable"},
	"do_formula":    {"formula_error", "amount_is_error"},
	"do_empty_word": {"empty_word"},
	"do_number": {"date_for_number", "amount_without_digits", "amount_percentage", "amount_other_digits", "amount_dash_alone", "amount_plus", "amount_dash", "amount_bracket",
		"amount_negative_twice", "amount_separator_at_end", "amount_several_numbers", "amount_leading_zeros", "amount_grouping"},
	"do_number_format": {"amount_shortened", "amount_exponent", "amount_is_date"},
	"do_decimal":       {"amount_three_decimals", "amount_currency_decimals", "amount_ambiguous", "amount_other_separator"},
	"do_undo_file":     {"undo_not_number", "undo_invalid", "undo_value_invalid", "undo_column_missing"},
	"do_resume":        {"not_attempted", "stopped_before_retry", "interrupted", "other_names_not_sent"},
	"do_others":        {"withheld"},
	"do_refused":       {"service_refused", "status_not_sent", "fields_stored_status_not", "refusal_without_code", "not_read"},
	"do_look":          {"changed_since", "sheet_older"},
	"do_rule":          {"rule_unread"},
	"do_other":         {"answer_of_other_opportunity", "other_maybe_changed"},
	"do_again": {"service_error", "answer_not_json", "answer_unexpected", "answer_too_long", "answer_contradictory", "no_answer",
		"answer_incomplete", "answer_late", "not_sent", "maybe_stored", "fields_stored", "half_stored", "read_again", "pipeline_unread"},
	"do_address":     {"redirect_refused", "never_answered", "host_unknown", "certificate_unfit", "unknown_route"},
	"do_tell":        {"program_fault"},
	"do_not_applied": {"not_applied"},
	"do_unstored":    {"field_not_stored"},
	"do_title":       {"title_lost"},
	"do_match":       {"match_value_missing", "match_several", "match_value_given", "match_none"},
	"do_nothing":     {"nothing_to_send", "unstored_left_out"},
}

// Advice returns the code of the text that says what to do about rows with this reason.
func Advice(code string) string {
	for advice, codes := range adviceOf {
		if slices.Contains(codes, code) {
			return advice
		}
	}
	return "do_refused"
}

// doTexts say what to do about a group of rows, in English.
var doTexts = map[string]string{
	"do_quotes":        `Look in these rows for a missing or extra quote or delimiter. Put a cell that contains either in quotes.`,
	"do_header":        `Empty the cell, or give its column a header.`,
	"do_export":        `Export the sheet again: complete, with results instead of formulas, as plain text.`,
	"do_encoding":      `Save the sheet again as “CSV UTF-8”, and look at the letters of these cells.`,
	"do_id":            `Copy the id of the opportunity from the CRM again.`,
	"do_as_text":       `Format the column as Text in the spreadsheet, and enter the digits again.`,
	"do_cell":          `Correct the cell.`,
	"do_type_again":    `Delete the cell and type it again.`,
	"do_shorten":       `Shorten the text.`,
	"do_date":          `Format the cell as Text, and type the date as it should appear.`,
	"do_email":         `Write the address alone, such as ana@example.com.`,
	"do_currency":      `Write a currency code of three letters, such as BRL, and the amount with that currency or without any.`,
	"do_owner":         `Write the id or the e-mail address of one user of the CRM.`,
	"do_stage":         `Write the name of a stage as the CRM shows it, or its id{{with flag "stage-map"}}; {{.}} says what other names mean{{end}}.`,
	"do_pipeline":      `Write a stage of the pipeline that the opportunity is in, or move the opportunity to the other pipeline in the CRM. Then send the row again.`,
	"do_updated_at":    `Leave the column updated_at as the CRM has exported it, or leave it out.`,
	"do_formula":       `Fix the formula, or empty the cell to leave the field as it is.`,
	"do_empty_word":    `Empty the cell to leave the field as it is{{with flag "empty-words"}}; {{.}} says which words count as empty{{end}}.`,
	"do_number":        `Write the amount as one plain number, such as 1234.50 or 1234,50, like the others of its column.`,
	"do_number_format": `Give the column a number format in the spreadsheet, and type these amounts again.`,
	"do_decimal":       `Write these amounts like the others{{with flag "decimal"}}, or say with {{.}} comma or {{.}} point which decimal separator the sheet has{{end}}.`,
	"do_undo_file":     `Use the undo file as the run wrote it.`,
	"do_resume":        `Nothing is wrong with these rows. They are sent when the run is resumed, or with the file of failed rows.`,
	"do_others":        `Nothing is wrong with these rows. They are sent when the rows with errors are corrected.`,
	"do_refused":       `Read what the CRM says about each row, and correct the row.`,
	"do_not_found":     `Check in the CRM whether the opportunity is still there. Copy its id again, or delete the row.`,
	"do_look": `Look at these opportunities in the CRM. If its value is right, delete the row; if yours is, send the row again` +
		`{{with flag "force"}} with {{.}}{{end}}.`,
	"do_other":       `Look at both opportunities in the CRM, and ask whoever runs it why. Send the row again only when that is clear.`,
	"do_rule":        `Leave the cell out, or send it without the rule for its field.`,
	"do_again":       `Nothing is wrong with these rows. Send the file of failed rows again later; sending a row twice does no harm.`,
	"do_address":     `Ask whoever runs razebulk to check the address of the CRM.`,
	"do_tell":        `Report this to whoever looks after razebulk.`,
	"do_not_applied": `Look at one of these opportunities in the CRM. If the same field is missing in all rows, the CRM does not store it.`,
	"do_unstored":    `Leave the column out{{with flag "ignore-unstored"}}, or let {{.}} do so{{end}}: sending it again changes nothing.`,
	"do_title":       `Set the title of the opportunity in the CRM.`,
	"do_match":       `Correct the value by which the opportunity is found, or write the id of the right one into the row.`,
	"do_nothing":     `Nothing to do.`,
}
