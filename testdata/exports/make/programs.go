//go:build ignore

package main

import "strings"

// programs are the formats that spreadsheets, CRMs and scripts write.
func programs() map[string][]byte {
	rows := cells(english, source, plainPoint)
	comma := cells(english, source, plainComma)
	shown := cells(english, source, points)
	shownEnglish := cells(english, source, commas)
	return map[string][]byte{
		"excel-pt-br-windows-1252.csv": windows1252(join(comma, ";", ";")),
		"excel-en-us-windows-1252.csv": windows1252(join(rows, ",", ",")),
		"excel-pt-br-shown.csv":        utf8(bom + join(shown, ";", ";")),
		"excel-de-shown.csv":           windows1252(join(shown, ";", ";")),
		"excel-fr-shown.csv":           utf8(bom + join(cells(english, source, narrow), ";", ";")),
		"excel-unicode-text-en-us.tsv": utf16le(bom + join(shownEnglish, "\t", "\t,")),
		"excel-sep-line.csv":           windows1252("sep=;\r\n" + join(comma, ";", ";")),
		"excel-sep-line-bom.csv":       utf8(bom + "sep=;\r\n" + join(comma, ";", ";")),
		"powershell-utf16be.csv":       utf16be(bom + joinQuoted(rows, ",")),
		"script-utf16le-no-bom.tsv":    utf16le(join(rows, "\t", "\t")),
		"google-sheets-pt-br.csv":      utf8(strings.TrimSuffix(join(comma, ",", ","), "\r\n")),
		"numbers-pt-br.csv":            utf8(join(comma, ";", ";")),
		"numbers-en-us.csv":            utf8(join(shownEnglish, ",", ",")),
		"crm-portuguese.csv":           utf8(joinQuoted(cells(portuguese, source, points), ",")),
		"crm-spanish.csv":              utf8(bom + join(cells(spanish, source, points), ";", ";")),
		"excel-mac-cr.csv":             utf8(cr(sheet(macintosh))),
		"excel-mac-cr-accents.csv":     macRoman(cr(sheet(macintoshAccents))),
		"excel-ms-dos.csv":             cp850(crlf(sheet(msDOS))),
		"sylk-id-first.csv":            windows1252(crlf(sheet(idFirst))),
		"status-column.csv":            utf8(bom + crlf(sheet(statusColumn))),
		"only-ids.csv":                 utf8(crlf(sheet(onlyIDs))),
		"title-above-header.csv":       utf8(bom + crlf(sheet(titleAbove))),
		"total-below.csv":              utf8(bom + crlf(sheet(totalBelow))),
		"delimiter-tie.csv":            utf8(crlf(sheet(delimiterTie))),
	}
}

const macintosh = `
id,name,company,position,deal_value,deal_currency,notes
{harbor},Annual renewal - Harbor Freightways,Harbor Freightways,VP Operations,48000,USD,Legal review in progress.
{dental},Data migration - Blue Mesa Dental,Blue Mesa Dental,Office Manager,9650.75,USD,"Asked for a quote, two sites"
{pilot},Pilot - Lakeshore Robotics,Lakeshore Robotics,Engineering Lead,27500.5,USD,"Says ""maybe"""
{padaria},,,,37540.02,BRL,
{hotel},,Hotel Mar Azul,Gerente Geral,,,
`

const macintoshAccents = `
id;name;company;deal_value;notes
{padaria};Renovação anual – Padaria Estrela;Padaria Estrela;37540,02;Prefere contato à tarde
{metalurgica};Implantação ERP – Metalúrgica São João;Metalúrgica São João;1234,5;Preço menor
{clinica};Plano Business – Clínica Vida Plena;Clínica Vida Plena;1000000;Jurídico
{cafe};Upsell relatórios – Café do Cerrado;Café do Cerrado;0,5;Sócia
`

const msDOS = `
id;name;company;deal_value;notes
{padaria};Renovação anual - Padaria Estrela;Padaria Estrela;37540,02;Prefere contato à tarde
{metalurgica};Implantação ERP - Metalúrgica São João;Metalúrgica São João;1234,5;Preço menor
{clinica};Plano Business - Clínica Vida Plena;Clínica Vida Plena;1000000;Jurídico
{cafe};Upsell relatórios - Café do Cerrado;Café do Cerrado;0,5;Sócia
`

const idFirst = `
ID;NAME;COMPANY;DEAL_VALUE;NOTES
{farmabem};Expansão de licenças – Rede Farmabem;Rede Farmabem;64800,5;Decisão depende do comitê de compras.
{agro};Contrato anual – Agro Vale Verde;Agro Vale Verde;98750,75;Indicado por cliente antigo.
{uniao};Treinamento de equipe – Supermercados União;Supermercados União;18300;
{hotel};Renovação – Hotel Mar Azul;Hotel Mar Azul;15999,9;Aguardando retorno do jurídico.
{biomed};;;31200;
`

const statusColumn = `
id;name;status;deal_value;deal_currency
{padaria};Renovação anual – Padaria Estrela;won;37540,02;BRL
{metalurgica};Implantação ERP – Metalúrgica São João;proposal;185000;BRL
{clinica};Plano Business – Clínica Vida Plena;negotiation;12500,5;BRL
{azulejos};;lost;;
{conservas};Implementação – Conservas Atlântico;;38900;EUR
`

const onlyIDs = `
id
{padaria}
{metalurgica}
{clinica}
{cafe}
{azulejos}
`

const titleAbove = `
Relatório de oportunidades;;;;
Gerado em 14/03/2026 09:12;;;;
;;;;
id;name;company;deal_value;deal_currency
{padaria};Renovação anual – Padaria Estrela;Padaria Estrela;37540,02;BRL
{metalurgica};Implantação ERP – Metalúrgica São João;Metalúrgica São João;1234,5;BRL
{clinica};Plano Business – Clínica Vida Plena;Clínica Vida Plena;1000000;BRL
{cafe};Upsell relatórios – Café do Cerrado;Café do Cerrado;0,5;BRL
`

const totalBelow = `
id;name;company;deal_value;deal_currency
{padaria};Renovação anual – Padaria Estrela;Padaria Estrela;37.540,02;BRL
{metalurgica};Implantação ERP – Metalúrgica São João;Metalúrgica São João;1.234,50;BRL
{clinica};Plano Business – Clínica Vida Plena;Clínica Vida Plena;1.000.000,00;BRL
{cafe};Upsell relatórios – Café do Cerrado;Café do Cerrado;0,50;BRL
;Total;;1.038.775,02;
`

const delimiterTie = `
id;name;company,position,notes
{padaria};Renovação anual – Padaria Estrela;Padaria Estrela,Proprietária,Prefere contato à tarde
{metalurgica};Implantação ERP – Metalúrgica São João;Metalúrgica São João,Diretor Industrial,Preço menor
{clinica};Plano Business – Clínica Vida Plena;Clínica Vida Plena,Gerente,Jurídico
{cafe};Upsell relatórios – Café do Cerrado;Café do Cerrado,Sócia,
{hotel};Renovação – Hotel Mar Azul;Hotel Mar Azul,Gerente Geral,
`
