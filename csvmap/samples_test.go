package csvmap

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"razebulk/internal/crm"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
)

// oneTable lists the exports of the table in testdata/exports/make/table.go, each as a different program writes it.
var oneTable = strings.Fields(`
	libreoffice-pt-br-shown.csv libreoffice-pt-br-raw-comma.csv libreoffice-pt-br-shown-utf16.tsv libreoffice-pt-br-quoted-windows-1252.csv
	libreoffice-pt-br-portuguese-headers.csv libreoffice-pt-pt-shown.csv libreoffice-en-us-shown.csv libreoffice-en-us-all-text-pipe.csv
	libreoffice-en-us-windows-1252.csv libreoffice-en-gb-quoted-utf16.tsv libreoffice-en-in-shown.csv libreoffice-de-de-all-text-comma.csv
	libreoffice-de-de-raw-tab.tsv libreoffice-de-ch-shown.csv libreoffice-fr-fr-shown.csv libreoffice-fr-fr-raw-windows-1252.csv
	libreoffice-fr-fr-shown-windows-1252.csv libreoffice-es-es-shown-pipe.csv libreoffice-sv-se-shown-comma.csv libreoffice-ru-ru-quoted.csv
	libreoffice-ja-jp-shown-tab.tsv libreoffice-pt-br-workbook.xlsx
	workbook-reais.xlsx workbook-portuguese-headers.xlsx workbook-hidden-rows.xlsx workbook-several-sheets.xlsx workbook-two-tables.xlsx
	excel-pt-br-windows-1252.csv excel-en-us-windows-1252.csv excel-pt-br-shown.csv excel-de-shown.csv excel-fr-shown.csv
	excel-unicode-text-en-us.tsv excel-sep-line.csv excel-sep-line-bom.csv
	powershell-utf16be.csv script-utf16le-no-bom.tsv google-sheets-pt-br.csv numbers-pt-br.csv numbers-en-us.csv crm-portuguese.csv crm-spanish.csv
`)

const sampleUser = "5b0e7c1a-3f64-4d0b-9a52-7c8e1f2a6d"

// sampleRows are that table, in the order id, name, e-mail, phone, company, position, amount, currency, notes, user.
var sampleRows = [][]string{
	{"265e24ec-3bc8-4820-b65f-89a69d7babe4", "Renovação anual – Padaria Estrela", "maria.souza@example.com.br", "+55 51 97700-8229", "Padaria Estrela",
		"Proprietária", "37540.02", "BRL", "Prefere contato por telefone à tarde.\nLigar depois das 17h; \"urgente\"", sampleUser + "03"},
	{"b478c75d-eb4f-4b56-86ec-71aa86afb784", "Implantação ERP – Metalúrgica São João", "jose.pereira@example.com.br", "+55 51 90414-1358", "Metalúrgica São João",
		"Diretor Industrial", "1234.5", "BRL", "Concorrente apresentou preço menor, reforçar suporte.", sampleUser + "01"},
	{"3de06b1a-f8d5-4c3f-8f19-f37a122566ce", "Plano Business – Clínica Vida Plena", "fernanda.oliveira@example.com.br", "+55 71 97118-4371", "Clínica Vida Plena",
		"Gerente Administrativa; interina", "1000000", "BRL", "1ª reunião: ok\n\n2ª reunião: “a confirmar”", sampleUser + "03"},
	{"b00968fa-ca89-4e62-b1a5-b9e8ddb92fde", "Upsell relatórios – Café do Cerrado", "juliana.prates@example.com.br", "+55 71 95376-2827", "Café do Cerrado",
		"Sócia", "0.5", "BRL", "TV 32\" LED | suporte de parede", sampleUser + "02"},
	{"a2ce890a-f33d-4051-a613-5bf4967f8fb1", "Renovação de licenças – Azulejos do Tejo", "ines.carvalhal@example.org", "+351 916 529 006", "Azulejos do Tejo",
		"Diretora Financeira", "-250.75", "EUR", "Crédito de 250,75 € do ano passado", sampleUser + "03"},
	{"22f7e36a-3d06-4064-8aee-2e1c4523b989", "Pilot – Lakeshore Robotics", "priya.raman@example.com", "+1 312-555-0165", "Lakeshore Robotics",
		"Engineering Lead", "", "USD", "Asked for a security questionnaire, \"SOC 2\".", sampleUser + "04"},
	{"c25c16c8-fbad-47c3-8c16-dde9d53b3fc4", "Implementação – Conservas Atlântico", "duarte.figueira@example.org", "+351 916 786 458", "Conservas Atlântico",
		"Responsável de TI", "38900", "EUR", "", sampleUser + "03"},
}

func TestOneTableOfManyProgramsIsReadAsTheSameUpdates(t *testing.T) {
	var want []string
	for i, cells := range sampleRows {
		values := map[string]string{}
		for j, field := range crm.Fields {
			if text := cells[j+1]; text != "" {
				values[field] = text
			}
		}
		want = append(want, fmt.Sprintf("row %d: %s %q", i+2, cells[0], values))
	}
	for _, name := range oneTable {
		t.Run(name, func(t *testing.T) {
			o := Options{}
			if name == "workbook-several-sheets.xlsx" || name == "workbook-two-tables.xlsx" {
				o.Worksheet = "Oportunidades"
			}
			_, rows, err := inspected(opensFile(t, filepath.Join("../testdata/exports", name)), o)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, row := range rows {
				if len(row.Problems)+len(row.Warnings) > 0 {
					t.Errorf("row %d: %v %v", row.Number, row.Problems, row.Warnings)
				}
				got = append(got, fmt.Sprintf("row %d: %s %q", row.Number, row.ID, valuesOf(row)))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func valuesOf(row Row) map[string]string {
	values := map[string]string{}
	for _, cell := range row.Cells {
		if values[cell.Field] = cell.Text; cell.Number {
			values[cell.Field] = decimal.RequireFromString(cell.Text).String()
		}
	}
	return values
}
