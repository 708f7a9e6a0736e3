//go:build ignore

package main

// amounts are sheets with different ways to write an amount, some of which are ambiguous.
func amounts() map[string][]byte {
	return map[string][]byte{
		"excel-pt-br-currency.csv":   windows1252(crlf(sheet(brazilCurrency))),
		"excel-pt-br-accounting.csv": windows1252(crlf(sheet(brazilAccounting))),
		"excel-en-us-accounting.csv": windows1252(crlf(sheet(americanAccounting))),
		"excel-de-euro.csv":          windows1252(crlf(sheet(germanEuro))),
		"excel-fr-euro.csv":          utf8(bom + crlf(sheet(frenchEuro))),
		"amounts-ambiguous.csv":      utf8(bom + crlf(sheet(ambiguous))),
		"amounts-one-proof.csv":      utf8(bom + crlf(sheet(oneProof))),
		"amounts-tie.csv":            utf8(bom + crlf(sheet(tie))),
		"amounts-negative.csv":       utf8(bom + crlf(sheet(negative))),
		"amounts-full-width.csv":     utf8(bom + crlf(sheet(fullWidth))),
		"amounts-swiss.csv":          utf8(bom + crlf(sheet(swiss))),
		"amounts-other-currency.csv": utf8(bom + crlf(sheet(otherCurrency))),
		"amounts-no-numbers.csv":     utf8(bom + crlf(sheet(noNumbers))),
	}
}

// brazilCurrency is Excel's "Moeda": "R$" #,##0.00;-"R$" #,##0.00
const brazilCurrency = `
id;name;deal_value;deal_currency
{padaria};Renovação anual – Padaria Estrela;R$ 37.540,02;BRL
{metalurgica};Implantação ERP – Metalúrgica São João;R$ 1.234,50;BRL
{clinica};Plano Business – Clínica Vida Plena;R$ 1.000.000,00;BRL
{cafe};Upsell relatórios – Café do Cerrado;R$ 0,50;BRL
{farmabem};Expansão de licenças – Rede Farmabem;-R$ 250,75;BRL
{escola};Piloto 3 meses – Escola Novo Horizonte;;BRL
`

// brazilAccounting is Excel's "Contábil", _-"R$ "* #,##0.00_-;-"R$ "* #,##0.00_-;_-"R$ "* "-"??_-;_-@_-, followed by
// the same without a currency sign: each _ and ? leaves a blank, and zero is a dash.
const brazilAccounting = `
id;name;deal_value;deal_currency
{padaria};Renovação anual – Padaria Estrela; R$ 37.540,02 ;BRL
{metalurgica};Implantação ERP – Metalúrgica São João; R$ 1.234,50 ;BRL
{clinica};Plano Business – Clínica Vida Plena;-R$ 250,75 ;BRL
{cafe};Upsell relatórios – Café do Cerrado; R$ -   ;BRL
{farmabem};Expansão de licenças – Rede Farmabem; 1.000.000,00 ;BRL
{agro};Contrato anual – Agro Vale Verde; 0,50 ;BRL
{hotel};Renovação – Hotel Mar Azul;-250,75 ;BRL
{escola};Piloto 3 meses – Escola Novo Horizonte; -   ;BRL
`

// americanAccounting is _($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)
const americanAccounting = `
id,name,deal_value,deal_currency
{harbor},Annual renewal – Harbor Freightways," $48,000.00 ",USD
{dental},Data migration – Blue Mesa Dental," $9,650.75 ",USD
{pilot},Pilot – Lakeshore Robotics, $(250.75),USD
{padaria},Renovação anual – Padaria Estrela," $1,000,000.00 ",USD
{conservas},Implementação – Conservas Atlântico, $0.50 ,USD
{livraria},Plano anual – Livraria Chiado Velho, $-   ,USD
`

const germanEuro = `
id;name;deal_value;deal_currency
{azulejos};Renovação de licenças – Azulejos do Tejo;37.540,02 €;EUR
{conservas};Implementação – Conservas Atlântico;1.234,50 €;EUR
{livraria};Plano anual – Livraria Chiado Velho;1.000.000,00 €;EUR
{hotel};Renovação – Hotel Mar Azul;0,50 €;EUR
{padaria};Renovação anual – Padaria Estrela;-250,75 €;EUR
`

// frenchEuro has a narrow no-break space (U+202F) between thousands and a plain one before the sign.
const frenchEuro = `
id;name;deal_value;deal_currency
{azulejos};Renovação de licenças – Azulejos do Tejo;37` + "\u202f" + `540,02 €;EUR
{conservas};Implementação – Conservas Atlântico;1` + "\u202f" + `234,50 €;EUR
{livraria};Plano anual – Livraria Chiado Velho;1` + "\u202f" + `000` + "\u202f" + `000,00 €;EUR
{hotel};Renovação – Hotel Mar Azul;0,50 €;EUR
{padaria};Renovação anual – Padaria Estrela;-250,75 €;EUR
`

const ambiguous = `
id;name;deal_value
{padaria};Renovação anual – Padaria Estrela;1.234
{metalurgica};Implantação ERP – Metalúrgica São João;185.000
{clinica};Plano Business – Clínica Vida Plena;12.500
{cafe};Upsell relatórios – Café do Cerrado;5.760
{farmabem};Expansão de licenças – Rede Farmabem;-64.800
`

const oneProof = `
id;name;deal_value
{padaria};Renovação anual – Padaria Estrela;1.234
{metalurgica};Implantação ERP – Metalúrgica São João;185.000
{clinica};Plano Business – Clínica Vida Plena;12.500
{cafe};Upsell relatórios – Café do Cerrado;5.760,25
{farmabem};Expansão de licenças – Rede Farmabem;64800
`

const tie = `
id;name;deal_value
{padaria};Renovação anual – Padaria Estrela;37.540,02
{metalurgica};Implantação ERP – Metalúrgica São João;1,234.50
{clinica};Plano Business – Clínica Vida Plena;12.500
{cafe};Upsell relatórios – Café do Cerrado;5,760
{farmabem};Expansão de licenças – Rede Farmabem;64800
`

const negative = `
id;name;deal_value
{padaria};Renovação anual – Padaria Estrela;(1.234,50)
{metalurgica};Implantação ERP – Metalúrgica São João;1.234,50-
{clinica};Plano Business – Clínica Vida Plena;-1.234,50
{cafe};Upsell relatórios – Café do Cerrado;−1.234,50
{farmabem};Expansão de licenças – Rede Farmabem;- 1.234,50
{agro};Contrato anual – Agro Vale Verde;(R$ 1.234,50)
{hotel};Renovação – Hotel Mar Azul;-(1.234,50)
{escola};Piloto 3 meses – Escola Novo Horizonte;(1.234,50
`

const fullWidth = `
id,name,deal_value,deal_currency
{padaria},Renovação anual – Padaria Estrela,３７５４０．０２,BRL
{metalurgica},Implantação ERP – Metalúrgica São João,１２３４．５,BRL
{clinica},Plano Business – Clínica Vida Plena,"１，０００，０００",BRL
{cafe},Upsell relatórios – Café do Cerrado,٠٫٥,BRL
{farmabem},Expansão de licenças – Rede Farmabem,64800.50,BRL
`

const swiss = `
id;name;deal_value;deal_currency
{azulejos};Renovação de licenças – Azulejos do Tejo;37'540.02;CHF
{conservas};Implementação – Conservas Atlântico;1'234.50;CHF
{livraria};Plano anual – Livraria Chiado Velho;1’000’000.00;CHF
{hotel};Renovação – Hotel Mar Azul;0.50;CHF
{padaria};Renovação anual – Padaria Estrela;CHF 1’234.50;CHF
{cafe};Upsell relatórios – Café do Cerrado;-250.75;CHF
`

const otherCurrency = `
id;name;deal_value;deal_currency
{padaria};Renovação anual – Padaria Estrela;R$ 37.540,02;USD
{azulejos};Renovação de licenças – Azulejos do Tejo;€ 1.234,50;BRL
{harbor};Annual renewal – Harbor Freightways;US$ 48.000,00;BRL
{dental};Data migration – Blue Mesa Dental;9.650,75 EUR;USD
{conservas};Implementação – Conservas Atlântico;£ 38.900,00;
{cafe};Upsell relatórios – Café do Cerrado;R$ 5.760,00;BRL
`

const noNumbers = `
id;name;deal_value
{padaria};Renovação anual – Padaria Estrela;10%
{metalurgica};Implantação ERP – Metalúrgica São João;12/03/2026
{clinica};Plano Business – Clínica Vida Plena;doze mil e quinhentos
{cafe};Upsell relatórios – Café do Cerrado;a combinar
{farmabem};Expansão de licenças – Rede Farmabem;64,8 mil
{agro};Contrato anual – Agro Vale Verde;98k
{hotel};Renovação – Hotel Mar Azul;de 10.000,00 a 15.000,00
{escola};Piloto 3 meses – Escola Novo Horizonte;1.23.4
{andorinha};Consultoria fiscal – Transportes Andorinha;22.900,00 + frete
{ipe};Migração para nuvem – Construtora Ipê;2,4E+05
{uniao};Treinamento de equipe – Supermercados União;n/a
{biomed};Suporte premium – Laboratório Biomed;31.200,00
`
