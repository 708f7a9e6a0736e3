package slips

import (
	"strings"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/crm"
	"razebulk/internal/lazyregexp"
)

// IsTotals reports whether a row holds totals: it says so instead of an id, or has no id and says so elsewhere, and
// the other cells are figures.
func IsTotals(r *cell.Record, place int, id string) bool {
	if id != "" && !(mayBeTotal(id) && (isTotal(id) || countForm.MatchString(id))) {
		return false
	}
	named := id != ""
	for i := range r.Cells {
		if i == place {
			continue
		}
		switch text := r.Text(i); {
		case text == "":
		case isTotal(text):
			named = true
		case !isFigure(text):
			return false
		}
	}
	return named
}

// totalForm matches what a report writes below its rows: Total, Total geral:, Subtotal, Soma, Grand total (12), Valor
// total, Sous-total, Zwischensumme.
var totalForm = lazyregexp.New(`(?i)^\W*(((valor|importe|monto|montant|betrag|qtde?\.?|quantidade|cantidad|soma|suma|somme)( do| del| de)?[ ]+)?` +
	`((sub|grand?|gran|grande|sous)[ -]?)?(tota(l|is|les|ls|le)|total)|soma|somat[oó]ri[oa]|m[eé]dia|average|promedio|moyenne|somme|suma|sumatoria|sum|` +
	`(gesamt|end|zwischen|teil)?summe|gesamt|gesamtbetrag|zusammen|итого|всего)` +
	`([ -]+((de|do|da|dos|das|del|du) )?(geral|general|g[ée]n[ée]ral|generale|gerais|parcial|parciais|final|acumulado|m[eê]s|per[ií]odo|registros|linhas|neg[oó]cios|` +
	`oportunidades|cliente[s]|vendas|ventas|ttc|ht|global|r\$|brl|usd|eur))?\s*([:=.]|[=-]+>)?\s*(\(?[0-9][0-9.,]*\)?)?\s*[:.]?$`)

// countForm matches what reports with groups say instead of an id. Elsewhere it may be a name: Contagem is a city.
var countForm = lazyregexp.New(`(?i)^(count|contagem|conteo|recuento)\s*:?\s*(\(?[0-9]+\)?)?$`)

// isTotal reports whether a text labels a row of totals.
func isTotal(text string) bool {
	return text != "" && len(text) <= 48 && totalForm.MatchString(text)
}

// mayBeTotal avoids matching totalForm for nearly all ids.
func mayBeTotal(id string) bool {
	first := id[0] | 0x20
	return strings.IndexByte("aegimpqrstvzbc", first) >= 0 || id[0] >= 0x80 || first < '0'
}

// isFigure reports whether a text is what a row of totals holds next to its label: no words, but digits and signs.
func isFigure(text string) bool {
	letters := 0
	for _, r := range text {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0xc0 {
			letters++
		}
	}
	return letters == 0 || letters <= 3 && HasDigit(text)
}

var addressForm = lazyregexp.New(`^\S+@\S+\.\S+$`)

// IsMisplaced reports whether a text most likely belongs to another field.
func IsMisplaced(field, text string) bool {
	switch field {
	case crm.Name, crm.Company, crm.Position:
		return isFigure(text) || addressForm.MatchString(text)
	case crm.Phone:
		return !hasDigits(text, minPhone) || strings.Contains(text, "@")
	}
	return false
}

// minPhone is how many digits a phone has at least.
const minPhone = 4
