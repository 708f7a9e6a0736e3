//go:build ignore

package main

import (
	"math"
	"strconv"
	"strings"
)

// absent stands for an amount that is empty in the table.
var absent = math.NaN()

const amountColumn = 6

var (
	english    = header{"id", "name", "email", "phone", "company", "position", "deal_value", "deal_currency", "notes", "responsible_user_id"}
	portuguese = header{"ID", "Nome", "E-mail", "Telefone", "Empresa", "Cargo", "Valor", "Moeda", "Observações", "Responsável"}
	spanish    = header{"ID", "Nombre", "Correo electrónico", "Teléfono", "Empresa", "Cargo", "Valor", "Moneda", "Notas", "Responsable"}
)

type header [10]string

type opportunity struct {
	id, name, email, phone, company, position string
	amount                                    float64
	currency, notes, responsible              string
}

// source is the table behind every export named after a program and a place: each must be read as the same updates.
// Its letters are all in Windows-1252, so that every program can write them.
var source = []opportunity{
	{ids["padaria"], "Renovação anual – Padaria Estrela", "maria.souza@example.com.br", "+55 51 97700-8229", "Padaria Estrela",
		"Proprietária", 37540.02, "BRL", "Prefere contato por telefone à tarde.\nLigar depois das 17h; \"urgente\"", user + "03"},
	{ids["metalurgica"], "Implantação ERP – Metalúrgica São João", "jose.pereira@example.com.br", "+55 51 90414-1358",
		"Metalúrgica São João", "Diretor Industrial", 1234.5, "BRL", "Concorrente apresentou preço menor, reforçar suporte.", user + "01"},
	{ids["clinica"], "Plano Business – Clínica Vida Plena", "fernanda.oliveira@example.com.br", "+55 71 97118-4371",
		"Clínica Vida Plena", "Gerente Administrativa; interina", 1000000, "BRL", "1ª reunião: ok\n\n2ª reunião: “a confirmar”", user + "03"},
	{ids["cafe"], "Upsell relatórios – Café do Cerrado", "juliana.prates@example.com.br", "+55 71 95376-2827",
		"Café do Cerrado", "Sócia", 0.5, "BRL", "TV 32\" LED | suporte de parede", user + "02"},
	{ids["azulejos"], "Renovação de licenças – Azulejos do Tejo", "ines.carvalhal@example.org", "+351 916 529 006",
		"Azulejos do Tejo", "Diretora Financeira", -250.75, "EUR", "Crédito de 250,75 € do ano passado", user + "03"},
	{ids["pilot"], "Pilot – Lakeshore Robotics", "priya.raman@example.com", "+1 312-555-0165",
		"Lakeshore Robotics", "Engineering Lead", absent, "USD", "Asked for a security questionnaire, \"SOC 2\".", user + "04"},
	{ids["conservas"], "Implementação – Conservas Atlântico", "duarte.figueira@example.org", "+351 916 786 458",
		"Conservas Atlântico", "Responsável de TI", 38900, "EUR", "", user + "03"},
}

// values returns the rows as a workbook holds them: text, numbers, and nil for an empty cell.
func values(names header, rows []opportunity) [][]any {
	table := [][]any{}
	line := []any{}
	for _, name := range names {
		line = append(line, name)
	}
	table = append(table, line)
	for _, o := range rows {
		table = append(table, []any{o.id, o.name, o.email, o.phone, o.company, o.position, numberOrNil(o.amount), o.currency, textOrNil(o.notes), o.responsible})
	}
	return table
}

func numberOrNil(n float64) any {
	if math.IsNaN(n) {
		return nil
	}
	return n
}

func textOrNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// style is how a program writes an amount as text.
type style struct {
	group, decimal string
	digits         int // -1: as many as the number needs
}

var (
	plainPoint = style{"", ".", -1}
	plainComma = style{"", ",", -1}
	points     = style{".", ",", 2} // 37.540,02
	commas     = style{",", ".", 2} // 37,540.02
	narrow     = style{"\u202f", ",", 2}
)

func (s style) write(n float64) string {
	if math.IsNaN(n) {
		return ""
	}
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(math.Abs(n), 'f', s.digits, 64), ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + s.group + whole[at:]
	}
	if fraction != "" {
		fraction = s.decimal + fraction
	}
	if n < 0 {
		whole = "-" + whole
	}
	return whole + fraction
}

// cells returns the rows as text, with the amounts in a style.
func cells(names header, rows []opportunity, amount style) [][]string {
	table := [][]string{names[:]}
	for _, o := range rows {
		table = append(table, []string{o.id, o.name, o.email, o.phone, o.company, o.position, amount.write(o.amount), o.currency, o.notes, o.responsible})
	}
	return table
}
