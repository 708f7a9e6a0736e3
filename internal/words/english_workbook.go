package words

// workbookTexts say why a workbook can't be read, each as a part of workbook_unreadable, or where one can't be written.
var workbookTexts = map[string]string{
	"workbook_error": `{{term .message}}`,

	// where
	"workbook_in_part":   `part {{.part}}: {{.why}}`,
	"workbook_in_texts":  `its texts: {{.why}}`,
	"workbook_in_row":    `row {{.number}} of the sheet: {{.why}}`,
	"workbook_after_row": `after row {{.number}} of the sheet: {{.why}}`,
	"workbook_in_column": `column {{.number}}: {{.why}}`,

	// its parts
	"workbook_names_no_book":   `it names no workbook`,
	"workbook_part_missing":    `it has no part {{.part}}`,
	"workbook_part_twice":      `it has the part {{.part}} twice`,
	"workbook_part_kind_twice": `it has two parts of the kind {{.kind}}`,
	"workbook_link_twice":      `it has the link {{.link}} twice`,
	"workbook_encoding":        `unsupported encoding {{quote .encoding}}`,
	"workbook_attribute_twice": `an element {{.element}} with two attributes {{.attribute}}`,
	"workbook_second_element":  `a second element {{.element}}`,
	"workbook_too_deep":        `more than {{.max}} elements within each other`,

	// its sheets
	"workbook_properties_twice":   `its properties are there twice`,
	"workbook_sheet_name_twice":   `it has two sheets {{quote .name}}`,
	"workbook_sheet_without_part": `the link of its sheet {{quote .name}} leads nowhere`,
	"workbook_sheet_twice":        `its sheet {{quote .name}} is the same as another one`,
	"workbook_sheet_kind":         `its sheet {{quote .name}} is of the unknown kind {{quote .kind}}`,

	// its rows
	"workbook_rows_elsewhere":    `its rows are not where every program reads them`,
	"workbook_rows_twice":        `it has its rows twice`,
	"workbook_row_order":         `out of order after row {{.last}}`,
	"workbook_cell_order":        `cells are out of order at column {{.number}}`,
	"workbook_cell_of_other_row": `it holds the cell {{.reference}} of another row`,
	"workbook_element_unsure":    `an element {{.element}} that not every program reads`,
	"workbook_merged_overlap":    `its merged cells overlap`,

	// its cells
	"workbook_cell_has_two_values": `a cell with two values`,
	"workbook_cell_kind":           `a cell of the unknown type {{quote .kind}}`,
	"workbook_text_missing":        `the cell refers to a text {{quote .index}} that isn't there`,
	"workbook_text_unsure":         `a text that not every program reads`,
	"workbook_text_element":        `a text holds an element {{quote .element}}`,
	"workbook_not_number":          `{{quote .text}} is not a number`,
	"workbook_not_date":            `{{quote .text}} is not a date`,
	"workbook_not_boolean":         `{{quote .text}} is neither true nor false`,
	"workbook_format_twice":        `it has the format {{.number}} twice`,
	"workbook_style_missing":       `the number's style {{.style}}, which tells whether it is a date, isn't there`,
	"workbook_format_missing":      `the number's format, which tells whether it is a date, isn't there, or is longer than Excel allows`,

	// one that is written
	"workbook_sheet_unwritten": `sheet {{quote .name}}`,
	"workbook_row_unwritten":   `row {{.number}}`,
}
