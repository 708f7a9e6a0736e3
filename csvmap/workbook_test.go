package csvmap

import (
	"errors"
	"strings"
	"testing"

	"razebulk/csvmap/internal/booktest"
	"razebulk/csvmap/internal/sheettest"

	"github.com/xuri/excelize/v2"
)

func TestWorkbookIsReadAsACSVFile(t *testing.T) {
	book := booktest.MakeBook(t, func(f *excelize.File) error {
		day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		return errors.Join(err,
			f.SetSheetRow("Sheet1", "A2", &[]any{"ID", "Nome", "Valor", "Telefone", "Moeda", "", "Etapa"}),
			f.SetSheetRow("Sheet1", "A4", &[]any{"1", " São\r\nJoão ", 1234.5, 5511987654321, "BRL", nil, "won"}),
			f.SetSheetRow("Sheet1", "A5", &[]any{2, "b", "1.234", nil, "EUR", nil, nil, ""}),
			f.SetSheetRow("Sheet1", "A6", &[]any{"3", 45000, "R$ 1,5", 1.2e15, "BRL"}), f.SetCellStyle("Sheet1", "B6", "B6", day),
			f.SetSheetRow("Sheet1", "A7", &[]any{1.2e15, true, true, nil, nil, "x"}),
			f.SetSheetRow("Sheet1", "A8", &[]any{"5", "<clear>", "<clear>", nil, nil, nil, nil, "over"}),
			f.SetSheetRow("Sheet1", "A9", &[]any{"6", nil, "<clear>", 7}),
			f.SetSheetRow("Sheet1", "A10", &[]any{45001, nil, 45001}), f.SetCellStyle("Sheet1", "A10", "C10", day),
			f.SetSheetRow("Sheet1", "A11", &[]any{"8", nil, 1.5e15, nil, 986}),
			f.SetRowVisible("Sheet1", 5, false),
		)
	}).String()
	r, rows := readSheet(t, book, Options{ClearMarker: "<clear>"})
	problem := func(field, column, value, reason string, damage bool) Problem {
		return Problem{Field: field, Column: column, Value: value, Code: reason, Damage: damage}
	}
	const long = "a number longer than a spreadsheet can keep, so digits are lost; format the column as text and type it again"
	const short = "a number that the spreadsheet has shortened, so digits are lost; format the column as text and export it again"
	wantRows(t, rows,
		Row{Number: 4, Line: 4, ID: "1", Cells: []Cell{
			{Field: "name", Text: "São\nJoão"}, {Field: "phone", Text: "5511987654321"}, {Field: "deal_value", Text: "1234.5", Number: true}, {Field: "deal_currency", Text: "BRL"},
		}},
		Row{Number: 5, Line: 5, ID: "2", Cells: []Cell{{Field: "name", Text: "b"}, {Field: "deal_value", Text: "1234", Number: true}, {Field: "deal_currency", Text: "EUR"}}},
		Row{Number: 6, Line: 6, ID: "3", Cells: []Cell{{Field: "deal_value", Text: "1.5", Number: true}, {Field: "deal_currency", Text: "BRL"}}, Problems: []Problem{
			problem("name", "Nome", "2023-03-15", "a date where text is expected; format the cell as text and type the date as it should appear", false),
			problem("phone", "Telefone", "1.2E+15", long, true),
		}},
		Row{Number: 7, Line: 7, ID: "1.2E+15", Cells: []Cell{{Field: "name", Text: "TRUE"}}, Problems: []Problem{
			{Code: `"x" is in a column without a header; write one, or leave the column out with --ignore-columns F`}, problem("id", "ID", "1.2E+15", short, true),
			problem("deal_value", "Valor", "TRUE", "not a number; write the amount in digits, such as 1234,50, or leave the cell empty", false),
		}, Warnings: []Problem{problem("name", "Nome", "TRUE", "looks like the result of a formula; sent as text", false)}},
		Row{Number: 8, Line: 8, ID: "5", Problems: []Problem{{Code: `"over" is in a column without a header; write one, or leave the column out with --ignore-columns H`}}},
		Row{Number: 9, Line: 9, ID: "6", Cells: []Cell{{Field: "phone", Text: "7"}, {Field: "deal_value", Number: true, Clear: true}}},
		Row{Number: 10, Line: 10, ID: "2023-03-16", Problems: []Problem{
			problem("id", "ID", "2023-03-16", "a date; format the column as text and enter the ids there again", false),
			problem("deal_value", "Valor", "2023-03-16", "a date where a number is expected; format the cell as a number and type the amount again", false),
		}},
		Row{Number: 11, Line: 11, ID: "8", Problems: []Problem{
			problem("deal_value", "Valor", "1.5E+15", long, true),
			problem("deal_currency", "Moeda", "986", "not a currency code; write three letters, such as BRL", false),
		}})
	if r.String() != `Excel workbook, sheet "Sheet1", decimal comma` || r.Unseen().Rows != 1 || r.Extension() != ".xlsx" || r.Delimiter() != ',' || r.CRLF() {
		t.Errorf("got %s, %d hidden rows, %s", r, r.Unseen().Rows, r.Extension())
	}
}

func TestWorksheetIsChosenByName(t *testing.T) {
	book := booktest.MakeBook(t, func(f *excelize.File) error {
		_, err := f.NewSheet("Março")
		return errors.Join(err,
			f.SetSheetRow("Sheet1", "A1", &[]any{"id", "name"}), f.SetSheetRow("Sheet1", "A2", &[]any{"1", "a"}),
			f.SetSheetRow("Março", "A1", &[]any{"id", "name"}), f.SetSheetRow("Março", "A2", &[]any{"2", "b"}))
	}).String()
	sheettest.WantError(t, readError(book, Options{}), "--sheet", `"Sheet1", "Março"`)
	r, rows := readSheet(t, book, Options{Worksheet: "MARÇO"})
	wantRows(t, rows, named(2, 2, "2", "b"))
	if r.String() != `Excel workbook, sheet "Março"` {
		t.Errorf("got %s", r)
	}
}

func TestScientificNumberOfAWorkbookIsNoText(t *testing.T) {
	book := booktest.MakeBook(t, func(f *excelize.File) error {
		return errors.Join(f.SetSheetRow("Sheet1", "A1", &[]any{"id", "name"}), f.SetSheetRow("Sheet1", "A2", &[]any{"1", 1.2e15}))
	}).String()
	_, rows := readSheet(t, book, Options{})
	diffProblems(t, []Problem{{Field: "name", Column: "name", Value: "1.2E+15", Code: "a number longer than a spreadsheet can keep", Damage: true}}, rows[0].Problems)
}

func TestMarkerIsNoNumberOfAWorkbook(t *testing.T) {
	book := booktest.MakeBook(t, func(f *excelize.File) error {
		return errors.Join(
			f.SetSheetRow("Sheet1", "A1", &[]any{"id", "notes", "deal_value"}),
			f.SetSheetRow("Sheet1", "A2", &[]any{"1", 0, 0}), f.SetSheetRow("Sheet1", "A3", &[]any{"2", "0", "0"}))
	}).String()
	_, rows := readSheet(t, book, Options{ClearMarker: "0"})
	wantRows(t, rows,
		Row{Number: 2, Line: 2, ID: "1", Cells: []Cell{{Field: "deal_value", Text: "0", Number: true}, {Field: "notes", Text: "0"}}},
		Row{Number: 3, Line: 3, ID: "2", Cells: []Cell{{Field: "deal_value", Number: true, Clear: true}, {Field: "notes", Clear: true}}})
}

func TestPercentageIsNoAmount(t *testing.T) {
	text := booktest.MakeBook(t, func(f *excelize.File) error {
		percent, err := f.NewStyle(&excelize.Style{NumFmt: 9})
		return errors.Join(err,
			f.SetSheetRow("Sheet1", "A1", &[]any{"id", "deal_value", "notes"}),
			f.SetSheetRow("Sheet1", "A2", &[]any{"a", 0.15, 0.15}), f.SetCellStyle("Sheet1", "B2", "C2", percent))
	}).String()
	want := Row{Number: 2, Line: 2, ID: "a", Cells: []Cell{{Field: "notes", Text: "0.15"}}, Problems: []Problem{
		{Field: "deal_value", Column: "deal_value", Value: "0.15", Code: "a percentage, not an amount; write the amount itself, such as 1234.50 or 1234,50"},
	}}
	_, rows := readSheet(t, text, Options{})
	wantRows(t, rows, want)
	_, rows = readSheet(t, copied(t, text, Options{}), Options{})
	wantRows(t, rows, want)
}

func TestTextThatNoWorkbookCanHold(t *testing.T) {
	long := strings.Repeat("a", excelize.TotalCellChars+1)
	p := booktest.SheetData(`<row><c t="str"><v>id</v></c><c t="str"><v>notes</v></c></row><row><c t="str"><v>1</v></c><c t="str"><v>` + long + `</v></c></row>`)
	text := p.Book(t).String()
	_, rows := readSheet(t, text, Options{})
	diffProblems(t, []Problem{{Field: "notes", Column: "notes", Value: long, Code: "longer than the 32767 characters that a cell of a workbook may hold"}}, rows[0].Problems)
	_, rows = readSheet(t, copied(t, text, Options{}), Options{})
	if len(rows) != 1 || rows[0].ID != "1" {
		t.Errorf("got %+v", rows)
	}
	_, rows = readSheet(t, "id,notes\n1,"+long+"\n", Options{})
	if len(rows[0].Problems) > 0 {
		t.Errorf("a CSV file: %+v", rows[0].Problems)
	}
}
