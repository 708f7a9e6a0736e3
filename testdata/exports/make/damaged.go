//go:build ignore

package main

import (
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// damaged are sheets that a program or a person has damaged beforehand.
func damaged() map[string][]byte {
	return map[string][]byte{
		"damaged-ids-scientific.csv":    utf8(bom + crlf(sheet(idsScientific))),
		"damaged-ids-zeros.csv":         utf8(bom + crlf(sheet(idsZeros))),
		"damaged-error-values.csv":      utf8(bom + crlf(sheet(errorValues))),
		"damaged-mojibake.csv":          utf8(crlf(sheet(mojibake))),
		"damaged-mojibake-bom.csv":      utf8(bom + crlf(sheet(mojibakeBOM))),
		"damaged-lost-letters.csv":      utf8(crlf(sheet(lostLetters))),
		"damaged-phones.csv":            utf8(bom + crlf(sheet(phones))),
		"damaged-booleans.csv":          utf8(bom + crlf(sheet(booleans))),
		"damaged-dates.csv":             utf8(bom + crlf(sheet(dates))),
		"damaged-control-signs.csv":     utf8(crlf(sheet(controlSigns))),
		"damaged-nul-tail.csv":          utf8(crlf(sheet(nulTail)) + string(make([]byte, 96))),
		"damaged-bare-quotes.csv":       utf8(crlf(sheet(bareQuotes))),
		"damaged-unclosed-quote.csv":    utf8(crlf(sheet(unclosedQuote))),
		"damaged-blanks-round-text.csv": utf8(bom + crlf(sheet(blanksRound))),
		"decomposed-accents.csv":        utf8(norm.NFD.String(sheet(decomposed))),
	}
}

const idsScientific = `
id;name;deal_value
2,65E+24;Renovação anual – Padaria Estrela;37540,02
1,2E+15;Implantação ERP – Metalúrgica São João;1234,5
4.18E+08;Piloto 3 meses – Escola Novo Horizonte;8400
{clinica};Plano Business – Clínica Vida Plena;12500
{cafe};Upsell relatórios – Café do Cerrado;0,5
`

// idsZeros has ids that Excel cut to its 15 digits.
const idsZeros = `
id;name;deal_value
1234567890123450000;Renovação anual – Padaria Estrela;37540,02
9007199254740990000;Implantação ERP – Metalúrgica São João;1234,5
4529817736405120;Piloto 3 meses – Escola Novo Horizonte;8400
{clinica};Plano Business – Clínica Vida Plena;12500
{cafe};Upsell relatórios – Café do Cerrado;0,5
`

const errorValues = `
id;name;email;phone;company;deal_value;notes
{padaria};#N/D;maria.souza@example.com.br;;Padaria Estrela;37540,02;
{metalurgica};Implantação ERP – Metalúrgica São João;#REF!;;Metalúrgica São João;1234,5;
{clinica};Plano Business – Clínica Vida Plena;;#NOME?;Clínica Vida Plena;#VALOR!;
{cafe};Upsell relatórios – Café do Cerrado;;;#N/A;#DIV/0!;#NÚM!
#REF!;Contrato anual – Agro Vale Verde;;;Agro Vale Verde;98750,75;
{hotel};Renovação – Hotel Mar Azul;;;Hotel Mar Azul;########;
{escola};Piloto 3 meses – Escola Novo Horizonte;;;Sala #12;8400;ver #REF! na planilha antiga
`

// mojibake has rows that were UTF-8, read as Windows-1252 and saved as UTF-8 again.
var mojibake = `
id,name,company,notes
` + garbled(`{padaria},Renovação anual – Padaria Estrela,Padaria Estrela,Prefere contato por telefone à tarde.
{metalurgica},Implantação ERP – Metalúrgica São João,Metalúrgica São João,Falar com João
`) + `{clinica},Plano Business – Clínica Vida Plena,Clínica Vida Plena,Aguardando retorno do jurídico.
` + garbled(`{cafe},Upsell,Café do Cerrado,
`) + `{hotel},Renovação – Hotel Mar Azul,Hotel Mar Azul,` + garbled(`Às 14h na recepção
`)

func garbled(text string) string { return mustHave(charmap.Windows1252.NewDecoder().String(text)) }

// mojibakeBOM begins with a byte order mark, and with another one that went through Windows-1252.
const mojibakeBOM = `
ï»¿id;name;deal_value
{padaria};Renovação anual – Padaria Estrela;37540,02
{metalurgica};Implantação ERP – Metalúrgica São João;1234,5
{clinica};Plano Business – Clínica Vida Plena;1000000
{cafe};Upsell relatórios – Café do Cerrado;0,5
{hotel};Renovação – Hotel Mar Azul;15999,9
`

const lostLetters = `
id,name,company,notes
{padaria},Renova` + "\ufffd\ufffd" + `o anual - Padaria Estrela,Padaria Estrela,Prefere contato por telefone ` + "\ufffd" + ` tarde.
{metalurgica},Implanta??o ERP ? Metal?rgica S?o Jo?o,Metal?rgica S?o Jo?o,Pre?o menor
{clinica},Plano Business – Clínica Vida Plena,Clínica Vida Plena,Quando volta o jurídico?
{cafe},Upsell,Caf` + "\ufffd" + ` do Cerrado,
{hotel},Renovação – Hotel Mar Azul,Hotel Mar Azul,Já assinaram??
`

const phones = `
id;name;phone;deal_value
{padaria};Renovação anual – Padaria Estrela;5,55198E+12;37540,02
{metalurgica};Implantação ERP – Metalúrgica São João;5.55190E+12;1234,5
{clinica};Plano Business – Clínica Vida Plena;5571971184371;1000000
{cafe};Upsell relatórios – Café do Cerrado;+55 71 95376-2827;0,5
{hotel};Renovação – Hotel Mar Azul;-59;15999,9
`

const booleans = `
id;name;company;position;notes;deal_value
{padaria};VERDADEIRO;Padaria Estrela;Proprietária;;37540,02
{metalurgica};Implantação ERP – Metalúrgica São João;FALSO;Diretor Industrial;;1234,5
{clinica};Plano Business – Clínica Vida Plena;Clínica Vida Plena;TRUE;FALSE;VERDADEIRO
{cafe};Upsell relatórios – Café do Cerrado;Café do Cerrado;Sócia;É verdadeiro que assinam em maio;0,5
{hotel};Renovação – Hotel Mar Azul;Hotel Mar Azul;Gerente Geral;Falso alarme;15999,9
`

// dates are what Excel makes of "3-2", "12/3", "mar-26" and "1/2 diretor".
const dates = `
id;name;company;position;deal_value
{padaria};03/fev;Padaria Estrela;Proprietária;37540,02
{metalurgica};Implantação ERP – Metalúrgica São João;12/mar;Diretor Industrial;1234,5
{clinica};Plano Business – Clínica Vida Plena;Clínica Vida Plena;mar/26;1000000
{cafe};Upsell relatórios – Café do Cerrado;Café do Cerrado;46097;0,5
{hotel};Renovação – Hotel Mar Azul;Hotel Mar Azul;Gerente Geral;01/05/1915
{escola};Reunião em 12/03 – Escola Novo Horizonte;Escola Novo Horizonte;Diretor;8400
`

const controlSigns = `
id,name,company,notes
{padaria},Renovação` + "\x07" + ` anual,Padaria Estrela,
{metalurgica},Implantação ERP,Metalúrgica` + "\x00" + ` São João,
{clinica},Plano Business,Clínica Vida Plena,primeira linha` + "\x0b" + `segunda linha
{cafe},Upsell relatórios,Café do Cerrado,` + "\x1b[31mvermelho\x1b[0m" + `
{hotel},Renovação,Hotel Mar Azul,com` + "\t" + `tabulação
{escola},Piloto` + "\u202e" + ` 3 meses,Escola Novo Horizonte,
`

const nulTail = `
id,name,deal_value
{padaria},Renovação anual – Padaria Estrela,37540.02
{metalurgica},Implantação ERP – Metalúrgica São João,1234.5
{clinica},Plano Business – Clínica Vida Plena,1000000
{cafe},Upsell relatórios – Café do Cerrado,0.5
{hotel},Renovação – Hotel Mar Azul,15999.9
`

const bareQuotes = `
id;name;notes
{padaria};Renovação anual – Padaria Estrela;TV 32" LED
{metalurgica};Implantação "ERP" – Metalúrgica São João;tubo de 3/4" e 1/2"
{clinica};Plano Business – Clínica Vida Plena;disse "sim"
{cafe};Upsell relatórios – Café do Cerrado;
{hotel};"Renovação" – Hotel Mar Azul;"aguardando" retorno
`

const unclosedQuote = `
id;name;notes
{padaria};Renovação anual – Padaria Estrela;Prefere contato à tarde
{metalurgica};Implantação ERP – Metalúrgica São João;"Preço menor; reforçar suporte
{clinica};Plano Business – Clínica Vida Plena;Jurídico
{cafe};Upsell relatórios – Café do Cerrado;Sócia
{hotel};Renovação – Hotel Mar Azul;Aguardando
`

// blanksRound has no-break and zero-width blanks in headers, ids, amounts and text.
const blanksRound = `
` + "id\u00a0;\u200bname;email;deal_value;company" + `
` + "\u00a0{padaria};Renovação anual – Padaria Estrela\u00a0;\u00a0maria.souza@example.com.br;\u00a037540,02;Padaria Estrela" + `
` + "{metalurgica}\u00a0;Implantação ERP;jose.pereira@example.com.br\u00a0;1234,5\u00a0; Metalúrgica São João " + `
` + "{clinica}\u200b;Plano Business;fernanda.oliveira@example.com.br;12500;Clínica Vida Plena" + `
` + "{cafe};Upsell\u00a0relatórios;juliana.prates@example.com.br\u200b;0,5\u200b;Café do Cerrado\u200b" + `
` + "{hotel};\u00a0;\u200b;\u00a0;Hotel Mar Azul\ufeff" + `
`

// decomposed is converted to separate letters and accents (NFD), including headers, as older Macs write names.
const decomposed = `
ID,Nome,Empresa,Cargo,Observações,Responsável
{padaria},Renovação anual – Padaria Estrela,Padaria Estrela,Proprietária,Prefere contato por telefone à tarde.,5b0e7c1a-3f64-4d0b-9a52-7c8e1f2a6d03
{metalurgica},Implantação ERP – Metalúrgica São João,Metalúrgica São João,Diretor Industrial,Preço menor,5b0e7c1a-3f64-4d0b-9a52-7c8e1f2a6d01
{clinica},Plano Business – Clínica Vida Plena,Clínica Vida Plena,Gerente Administrativa,Jurídico,5b0e7c1a-3f64-4d0b-9a52-7c8e1f2a6d03
{cafe},Upsell relatórios – Café do Cerrado,Café do Cerrado,Sócia,,5b0e7c1a-3f64-4d0b-9a52-7c8e1f2a6d02
{biomed},Suporte premium – Laboratório Biomed,Laboratório Biomed,Diretor Técnico,,5b0e7c1a-3f64-4d0b-9a52-7c8e1f2a6d01
`
