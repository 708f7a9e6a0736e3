//go:build ignore

package main

import (
	"maps"
	"path/filepath"
	"slices"
	"time"

	"github.com/xuri/excelize/v2"
)

const (
	sheetName = "Oportunidades"
	twoDigits = "#,##0.00"
	reais     = `[$R$-416]\ #,##0.00;\-[$R$-416]\ #,##0.00`
	dayMonth  = "dd/mm/yyyy"
)

// sourceWorkbooks are what make.sh has LibreOffice export. They are not test data themselves.
func sourceWorkbooks() map[string]*excelize.File {
	return map[string]*excelize.File{
		"table.xlsx":            sourceTable(english, twoDigits),
		"table-portuguese.xlsx": sourceTable(portuguese, twoDigits),
		"formulas.xlsx":         formulas(),
	}
}

func workbooks() map[string]*excelize.File {
	return map[string]*excelize.File{
		"workbook-reais.xlsx":              sourceTable(english, reais),
		"workbook-portuguese-headers.xlsx": sourceTable(portuguese, twoDigits),
		"workbook-seventeen-digits.xlsx":   seventeenDigits(),
		"workbook-dates.xlsx":              datesAndBooleans(),
		"workbook-formulas-unsolved.xlsx":  formulas(),
		"workbook-hidden-rows.xlsx":        hiddenRows(),
		"workbook-several-sheets.xlsx":     severalSheets(),
		"workbook-two-tables.xlsx":         twoTables(),
		"workbook-text-numbers.xlsx":       textNumbers(),
		"workbook-number-ids.xlsx":         numberIDs(),
	}
}

func saveAll(folder string, books map[string]*excelize.File) {
	for _, name := range slices.Sorted(maps.Keys(books)) {
		must(books[name].SaveAs(filepath.Join(folder, name)))
	}
}

func newBook(rows [][]any) *excelize.File {
	book := excelize.NewFile()
	must(book.SetSheetName("Sheet1", sheetName))
	fill(book, sheetName, rows)
	return book
}

func fill(book *excelize.File, sheet string, rows [][]any) {
	for i, row := range rows {
		must(book.SetSheetRow(sheet, cellName(1, i+1), &row))
	}
}

func format(book *excelize.File, form, from, to string) {
	style := mustHave(book.NewStyle(&excelize.Style{CustomNumFmt: &form}))
	must(book.SetCellStyle(sheetName, from, to, style))
}

func cellName(column, row int) string { return mustHave(excelize.CoordinatesToCellName(column, row)) }

func sourceTable(names header, amountForm string) *excelize.File {
	book := newBook(values(names, source))
	format(book, amountForm, cellName(amountColumn+1, 2), cellName(amountColumn+1, len(source)+1))
	return book
}

// seventeenDigits writes amounts as Excel does: with the seventeen digits that distinguish a float64 from its
// neighbours.
func seventeenDigits() *excelize.File {
	book := sourceTable(english, twoDigits)
	for cell, digits := range map[string]string{"G2": "37540.019999999997", "G5": "0.5", "G6": "-250.75", "G7": "64.099999999999994", "G8": "38900.099999999999"} {
		must(book.SetCellDefault(sheetName, cell, digits))
	}
	return book
}

func datesAndBooleans() *excelize.File {
	day := time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)
	book := newBook([][]any{
		{"id", "name", "company", "position", "deal_value", "notes"},
		{ids["padaria"], "Renovação anual – Padaria Estrela", "Padaria Estrela", "Proprietária", 37540.02, day},
		{ids["metalurgica"], day, "Metalúrgica São João", "Diretor Industrial", 1234.5, "ligar 12/03"},
		{ids["clinica"], "Plano Business – Clínica Vida Plena", true, "Gerente Administrativa", 12500, nil},
		{ids["cafe"], "Upsell relatórios – Café do Cerrado", "Café do Cerrado", 3.5, day, nil},
		{ids["hotel"], "Renovação – Hotel Mar Azul", "Hotel Mar Azul", "Gerente Geral", false, nil},
	})
	for _, cell := range []string{"F2", "B3", "E5"} {
		format(book, dayMonth, cell, cell)
	}
	return book
}

// formulas have no values until a program calculates them: those in a test come from LibreOffice, or are missing.
func formulas() *excelize.File {
	book := newBook([][]any{
		{"id", "name", "company", "deal_value", "notes"},
		{ids["padaria"], nil, "Padaria Estrela", nil, "Prefere contato à tarde"},
		{ids["metalurgica"], nil, "Metalúrgica São João", nil, nil},
		{ids["clinica"], "Plano Business – Clínica Vida Plena", "Clínica Vida Plena", nil, nil},
		{ids["cafe"], "Upsell relatórios – Café do Cerrado", "Café do Cerrado", 5760, nil},
		{ids["hotel"], "Renovação – Hotel Mar Azul", "Hotel Mar Azul", nil, nil},
	})
	for cell, formula := range map[string]string{
		"B2": `"Renovação anual – "&C2`, "D2": "18770.01*2", "B3": `"Implantação ERP – "&C3`, "D3": "0.1+0.2",
		"D4": "1/0", "E5": `VLOOKUP("x",A2:B3,2,FALSE)`, "D6": "SUM(D2:D3)", "E6": `IF(D5>1,"","nada")`,
	} {
		must(book.SetCellFormula(sheetName, cell, formula))
	}
	return book
}

func hiddenRows() *excelize.File {
	book := sourceTable(english, twoDigits)
	for _, row := range []int{3, 5, 6} {
		must(book.SetRowVisible(sheetName, row, false))
	}
	must(book.SetColVisible(sheetName, "E", false))
	return book
}

func severalSheets() *excelize.File {
	book := sourceTable(english, twoDigits)
	mustHave(book.NewSheet("Resumo"))
	fill(book, "Resumo", [][]any{{"Total", "Negócios"}, {1077424.27, 7}})
	mustHave(book.NewSheet("Antigo"))
	fill(book, "Antigo", [][]any{{"id", "name", "deal_value"}, {ids["padaria"], "Nome antigo", 1}, {ids["hotel"], "Nome antigo", 2}})
	must(book.SetSheetVisible("Antigo", false))
	return book
}

func twoTables() *excelize.File {
	book := sourceTable(english, twoDigits)
	mustHave(book.NewSheet("Março"))
	fill(book, "Março", [][]any{{"id", "name", "deal_value"}, {ids["padaria"], "Renovação de março", 40000}, {ids["hotel"], "Hotel em março", 16000}})
	return book
}

// textNumbers has amounts typed as text, as in a sheet pasted from elsewhere.
func textNumbers() *excelize.File {
	return newBook([][]any{
		{"id", "name", "phone", "deal_value"},
		{ids["padaria"], "Renovação anual – Padaria Estrela", "+55 51 97700-8229", "37.540,02"},
		{ids["metalurgica"], "Implantação ERP – Metalúrgica São João", 5551904141358, "1234.5"},
		{ids["clinica"], "Plano Business – Clínica Vida Plena", 5.571971184371e12, 12500},
		{ids["cafe"], "Upsell relatórios – Café do Cerrado", nil, "1.234"},
		{ids["hotel"], "Renovação – Hotel Mar Azul", nil, "R$ 15.999,90"},
		{ids["escola"], "Piloto 3 meses – Escola Novo Horizonte", nil, " 8400 "},
	})
}

// numberIDs has ids that were typed as numbers and so have lost digits.
func numberIDs() *excelize.File {
	book := newBook([][]any{
		{"id", "name", "deal_value"},
		{0, "Renovação anual – Padaria Estrela", 37540.02},
		{0, "Implantação ERP – Metalúrgica São João", 1234.5},
		{0, "Piloto 3 meses – Escola Novo Horizonte", 8400},
		{ids["clinica"], "Plano Business – Clínica Vida Plena", 12500},
		{ids["cafe"], "Upsell relatórios – Café do Cerrado", 0.5},
	})
	for cell, digits := range map[string]string{"A2": "1.2E+15", "A3": "1234567890123450", "A4": "2.6500000000000001E+24"} {
		must(book.SetCellDefault(sheetName, cell, digits))
	}
	return book
}
