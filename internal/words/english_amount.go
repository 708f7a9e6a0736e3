package words

const sayDecimal = `{{with flag "decimal"}}say which with {{.}} comma or {{.}} point{{else}}write them with a separator that shows which{{end}}`

// decimalTexts are about the decimal separator of a sheet.
var decimalTexts = map[string]string{
	"decimal_declared_twice": `column {{.header}} says point in some rows and comma in others: {{with flag "decimal"}}say which with {{.}}, or {{end}}put the rows into two files`,
	"decimal_declared_for_columns": `column {{.header}} says {{quote .text}}: it can say point or comma, for all columns of numbers; ` +
		`write their numbers in one way{{with flag "decimal"}} and say which with {{.}}{{end}}, or send them from a file each`,
	"decimals_differ": `columns {{quote .one}} and {{quote .other}} have different decimal separators: write both in one way, ` +
		`or send them from a file each{{with flag "ignore-columns"}}, leaving the other column out with {{.}}{{end}}`,
	"decimal_divided": `column {{quote .header}}: as many amounts have a decimal point, such as {{quote .point}} in row {{.point_row}}, ` +
		`as a decimal comma, such as {{quote .comma}} in row {{.comma_row}}; write all in one way{{with flag "decimal"}}, or say which with {{.}} comma or {{.}} point{{end}}`,
	"decimal_ambiguous": `column {{quote .header}}: every amount can be read in two ways, such as {{quote .text}} in row {{.text_row}}: ` +
		`{{number .comma}} (decimal comma) or {{number .point}} (decimal point); ` + sayDecimal,
	"decimal_contradicted": `column {{quote .header}}: {{thousands .votes}} of its amounts {{if eq .votes 1}}has{{else}}have{{end}} a decimal {{term .decimal}}, ` +
		`such as {{quote .vote}} in row {{.vote_row}}, but {{thousands .odd}} would have three decimals then, ` +
		`such as {{quote .text}} in row {{.text_row}}: {{number .read}} (decimal {{term .decimal}}) or {{number .otherwise}} (decimal {{term .other}}); write all in one way` +
		`{{with flag "decimal"}}, or say which with {{.}} comma or {{.}} point{{end}}`,
}

const writeLikeOthers = `write it like the others{{with flag "decimal"}}, or say which separator it is with {{.}} comma or {{.}} point{{end}}`

// amountTexts are about cells that should hold a number.
var amountTexts = map[string]string{
	"date_for_number":       `a date where a number is expected; format the cell as a number and type the amount again`,
	"amount_without_digits": `not a number; write the amount in digits, such as {{amount .}}, or leave the cell empty`,
	"amount_is_error":       `a spreadsheet error; fix the cell there and export again`,
	"amount_percentage":     `a percentage, not an amount; write the amount itself, such as {{amount .}}`,
	"amount_other_digits":   `contains digits other than 0 to 9; write it with these, such as {{amount .}}`,
	"amount_dash_alone": `a dash; if it stands for nothing, as in an accounting format, write 0, ` +
		`or leave the cell empty to leave the field as it is`,
	"amount_shortened":         `written with an exponent, which loses digits; ` + asNumberAndExport,
	"amount_exponent":          `written with an exponent, which loses digits; ` + asNumberAndExport,
	"amount_is_date":           `a date or a time, not an amount; ` + asNumberAndExport,
	"amount_plus":              `contains a plus sign; write the number alone, such as {{amount .}}`,
	"amount_dash":              `contains a dash; write one number alone, with a hyphen if it is negative, such as {{amount . "-"}}`,
	"amount_bracket":           `one bracket without the other; write a negative amount with a minus, such as {{amount . "-"}}`,
	"amount_negative_twice":    `marked as negative twice; write it with one minus, such as {{amount . "-"}}`,
	"amount_separator_at_end":  `nothing follows its last separator; write the whole number, such as {{amount .}}`,
	"amount_several_numbers":   `more than one number, or other characters between the digits; write one number alone, such as {{amount .}}`,
	"amount_leading_zeros":     `starts with zeros, which no amount does; write it without leading zeros, such as 7, if it is one`,
	"amount_grouping":          `its separators don't divide the number into groups of three digits and a fraction; write it plainly, such as {{amount .}}`,
	"amount_currency_unknown":  `{{quote .sign}} next to the number is not a known currency sign; write the whole number alone, such as {{amount .}}`,
	"amount_currencies_differ": `{{quote .left}} and {{quote .right}} next to the number are not the same currency; write the number alone, such as {{amount .}}`,
	"amount_other_currency":    `its currency sign is not that of the row's currency, {{.currency}}`,
	"amount_ambiguous":         `can be read in two ways{{with flag "decimal"}}; say which with {{.}} comma or {{.}} point{{end}}`,
	"amount_other_separator":   `can't be read with a decimal {{term .decimal}}, unlike its column; write it like the others`,
	"header_other_currency":    `the header says {{.unit}}, which is not the row's currency, {{.currency}}; correct one of the two`,
	"amount_three_decimals":    `has three decimals where all others have two, so its separator may separate thousands; ` + writeLikeOthers,
	"amount_currency_decimals": `has three decimals, which no amount in {{.sign}} has, so its separator may separate thousands; ` + writeLikeOthers,
}
