package csvmap

import (
	"html"
	"strconv"
	"strings"
	"testing"

	"razebulk/csvmap/internal/sheettest"
)

func TestCurrenciesOfNumberFormats(t *testing.T) {
	const own = 164
	for _, c := range []struct {
		format, value, currency string
		id                      int
		refused                 bool
	}{
		{`"R$" #,##0.00`, "10", "BRL", own, false},
		{`"R$" #,##0.00`, "10.5", "brl", own, false},
		{`"R$" #,##0.00`, "10.5", "", own, false},
		{`"R$" #,##0.00`, "10", "EUR", own, true},
		{`"R$" #,##0.00`, "10.5", "EUR", own, true},
		{`"R$" #,##0`, "10", "EUR", own, true},
		{`#,##0.00 [$€-407]`, "10", "BRL", own, true},
		{`#,##0.00 [$€-407]`, "10", "EUR", own, false},
		{`[$USD] #,##0.00`, "10", "BRL", own, true},
		{`[$USD] #,##0.00`, "10", "USD", own, false},
		{`_-[$R$-416]\ * #,##0.00_-;\-[$R$-416]\ * #,##0.00_-;_-[$R$-416]\ * "-"??_-;_-@_-`, "-10", "USD", own, true},
		{`_-[$R$-416]\ * #,##0.00_-;\-[$R$-416]\ * #,##0.00_-;_-[$R$-416]\ * "-"??_-;_-@_-`, "0", "USD", own, true},
		{`_-[$R$-416]\ * #,##0.00_-;\-[$R$-416]\ * #,##0.00_-;_-[$R$-416]\ * "-"??_-;_-@_-`, "0", "BRL", own, false},
		{`R$ #,##0.00`, "10", "BRL", own, false},
		{`R$ #,##0.00`, "10", "USD", own, true},
		{`$#,##0.00`, "10", "BRL", own, true},
		{`$#,##0.00`, "10", "MXN", own, false},
		{`[>100]"R$" 0.00;[$€-407] 0.00`, "10", "BRL", own, true},
		{`[>100]"R$" 0.00;[$€-407] 0.00`, "200", "BRL", own, false},
		{`#,##0.00" kg"`, "10", "BRL", own, false},
		{`[$-416]#,##0.00`, "10", "USD", own, false},
		{`_("$"* #,##0.00_)`, "10", "BRL", 44, false}, // in Brazil, Excel shows R$
	} {
		id := strconv.Itoa(c.id)
		parts := sheettest.SheetData(`<row r="1"><c r="A1" t="str"><v>id</v></c><c r="B1" t="str"><v>Valor</v></c><c r="C1" t="str"><v>Moeda</v></c></row>` +
			`<row r="2"><c r="A2" t="str"><v>1</v></c><c r="B2" s="1"><v>` + c.value + `</v></c><c r="C2" t="str"><v>` + c.currency + `</v></c></row>`)
		parts["xl/styles.xml"] = `<styleSheet><numFmts><numFmt numFmtId="` + id + `" formatCode="` + html.EscapeString(c.format) + `"/></numFmts>` +
			`<cellXfs><xf numFmtId="0"/><xf numFmtId="` + id + `"/></cellXfs></styleSheet>`
		book := parts.Book(t).String()
		for _, text := range []string{book, copied(t, book, Options{})} { // a copy for failed rows must not lose the currency
			_, rows := readSheet(t, text, Options{})
			refused := len(rows[0].Problems) > 0 && strings.Contains(rows[0].Problems[0].Code, "its number format shows")
			if refused != c.refused || refused != (len(rows[0].Problems) > 0) {
				t.Errorf("%s of %s in %s: %v", c.value, c.currency, c.format, rows[0].Problems)
			}
		}
	}
}

func TestCurrencyOfANumberFormatAndOfTheHeader(t *testing.T) {
	parts := sheettest.SheetData(`<row r="1"><c r="A1" t="str"><v>id</v></c><c r="B1" t="str"><v>Valor (R$)</v></c></row>` +
		`<row r="2"><c r="A2" t="str"><v>1</v></c><c r="B2" s="1"><v>10</v></c></row><row r="3"><c r="A3" t="str"><v>2</v></c><c r="B3"><v>10</v></c></row>`)
	parts["xl/styles.xml"] = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.00 [$€-407]"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`
	book := parts.Book(t).String()
	want := "2 1 !amount_currencies_differ deal_value\n3 2 deal_value=10\n"
	for _, o := range []Options{{}, {Mappings: []Mapping{{Column: "Valor (R$)", Field: "deal_value", Number: true}}}} {
		if got := sentOf(book, o); !strings.Contains(got, want) {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
