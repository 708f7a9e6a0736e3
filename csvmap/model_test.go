package csvmap

import (
	"strconv"
	"strings"
	"unicode"

	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/naming"
	"razebulk/internal/crm"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// model is a well-formed sheet: what is written, and what reading it must return.
type model struct {
	table [][]string // the header first; line breaks are line feeds
	kinds [][]cell.Kind
	rows  []Row // with Line as if the header were in line 1
}

// amountStyle is how amounts are written.
type amountStyle struct {
	decimal, group, currency string
}

func (s amountStyle) write(number string) string {
	minus, digits := "", number
	if number[0] == '-' {
		minus, digits = "-", number[1:]
	}
	whole, fraction, cut := strings.Cut(digits, ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + s.group + whole[at:]
	}
	if cut {
		whole += s.decimal + fraction
	}
	return minus + s.currency + whole
}

func drawStyle(t *rapid.T, narrow bool) amountStyle {
	s := amountStyle{decimal: rapid.SampledFrom([]string{".", ","}).Draw(t, "decimal"), currency: rapid.SampledFrom([]string{"", "", "R$ ", "€"}).Draw(t, "currency")}
	groups := []string{"", "", ",", " ", "'", "\u00a0", "\u202f"}
	if s.decimal == "," {
		groups[2] = "."
	}
	if narrow {
		groups = groups[:6]
	}
	s.group = rapid.SampledFrom(groups).Draw(t, "group")
	return s
}

// drawModel draws a sheet with all fields, with names in any language. Its last row shows how to read amounts if no
// other row does.
func drawModel(t *rapid.T, narrow, workbook bool) model {
	columns := rapid.Permutation(append([]string{crm.ID, "status"}, crm.Fields...)).Draw(t, "columns")
	m := model{}
	var header []string
	for _, column := range columns {
		header = append(header, drawName(t, column))
	}
	m.add(header, make([]cell.Kind, len(header)))
	style := drawStyle(t, narrow)
	last := rapid.IntRange(0, 5).Draw(t, "rows")
	for i := range last + 1 {
		values := map[string]string{crm.ID: "last", "deal_value": "0.5"}
		if i < last {
			values = drawValues(t, columns, narrow)
		}
		m.addRow(t, columns, values, style, workbook)
	}
	return m
}

// drawName returns "Situação" for the status, which in Windows-1252 is not valid UTF-8.
func drawName(t *rapid.T, field string) string {
	if field == "status" {
		return "Situação"
	}
	var names []string
	for _, n := range naming.All() {
		if n.Field == field && naming.IsID(n.Name) == (field == crm.ID || field == "responsible_user_id") {
			names = append(names, n.Name)
		}
	}
	return rapid.SampledFrom(names).Draw(t, "name of "+field)
}

// drawValues draws a value for each column, or no values at all: a spreadsheet's empty row.
func drawValues(t *rapid.T, columns []string, narrow bool) map[string]string {
	values := map[string]string{}
	if rapid.IntRange(0, 5).Draw(t, "blank") == 0 {
		return values
	}
	for _, column := range columns {
		if column == crm.ID || rapid.IntRange(0, 3).Draw(t, "filled") > 0 {
			values[column] = drawValue(column, narrow).Draw(t, column)
		}
	}
	return values
}

func drawValue(column string, narrow bool) *rapid.Generator[string] {
	switch column {
	case crm.ID:
		return rapid.StringMatching(`[a-f0-9]{8}-[A-Za-z0-9#%&;,|]{1,60}`)
	case "deal_value":
		return rapid.StringMatching(`0|[1-9][0-9]{0,10}|-[1-9][0-9]{0,10}|-?[1-9][0-9]{0,10}\.[0-9]{1,2}|0\.[0-9]{1,3}`)
	case "deal_currency":
		return rapid.SampledFrom([]string{"BRL", "brl", "EUR", "ZWG"})
	case "email":
		return rapid.StringMatching(`[a-z0-9]{1,10}(\.[a-z]{1,5})?@[a-z]{1,10}\.com`)
	case "responsible_user_id":
		return rapid.StringMatching(`[a-z0-9][a-z0-9;,|"'-]{0,20}`).Filter(func(text string) bool {
			v := cell.Value{Text: text}
			return !cell.IsEmptyWord(text) && v.ZeroForNothing() == nil && v.NumberDamage() == nil
		})
	case "phone":
		return rapid.StringMatching(`\+?[1-9][0-9]{1,2} ?[0-9]{2} [0-9]{4,5}-[0-9]{4}`)
	case crm.Name, "company", "position":
		return drawText(narrow).Filter(func(text string) bool {
			v := cell.Value{Text: wantedText(text)}
			v.Classes = cell.Classify(v.Text)
			return v.ZeroForNothing() == nil && (column == "position" || v.LossInName() == nil)
		})
	}
	return drawText(narrow)
}

func drawText(narrow bool) *rapid.Generator[string] {
	pieces := []string{
		"ação", "São João", " Ünïk", "naïve", "É ", " – ", "“x” é", "€ 5", "1ª", "nº", `"`, `""`, ",", ";", "\t", "|", "\n", "\n\n", " ", "  ", "=1+1", "-", "+55 11", "'", "? ",
		"100%", "1.234,5", "# ", "sep=;", `\`, `\n`, "R$ 5", "a", "z", "ID", "\u00a0",
	}
	if narrow {
		return joinedText(rapid.SampledFrom(pieces))
	}
	pieces = append(pieces, "日本語", "😀", "e\u0301", "👩\u200d💻", "\u202e", "ﬁ", "Ω", "Å", "a\u200bb", "Сделка", "\u200b", "\ufeff", "\u2028")
	signs := rapid.StringOf(rapid.Rune().Filter(func(r rune) bool { return !unicode.IsControl(r) && r != '\ufffe' && r != '\uffff' }))
	return joinedText(rapid.OneOf(rapid.SampledFrom(pieces), signs))
}

func joinedText(pieces *rapid.Generator[string]) *rapid.Generator[string] {
	return rapid.Map(rapid.SliceOfN(pieces, 1, 8), func(all []string) string { return strings.Join(all, "") }).
		Filter(func(text string) bool {
			wanted := wantedText(text)
			v := cell.Value{Text: wanted, Classes: cell.Classify(wanted)}
			isShielded := strings.HasPrefix(wanted, `="`) // a CSV file's ="0012" is 0012
			return v.Text != "" && v.Damage() == nil && !v.HasEntities() && !isShielded
		})
}

func (m *model) add(cells []string, kinds []cell.Kind) {
	m.table, m.kinds = append(m.table, cells), append(m.kinds, kinds)
}

func (m *model) addRow(t *rapid.T, columns []string, values map[string]string, style amountStyle, workbook bool) {
	line := 1
	for _, cells := range m.table {
		line += 1 + strings.Count(strings.Join(cells, ""), "\n")
	}
	row := Row{Number: len(m.table) + 1, Line: line, ID: values[crm.ID]}
	cells, kinds := make([]string, len(columns)), make([]cell.Kind, len(columns))
	for i, column := range columns {
		cells[i] = values[column]
		if column != "deal_value" || cells[i] == "" {
			continue
		}
		if code := strings.ToUpper(values["deal_currency"]); code != "" && code != map[string]string{"R$ ": "BRL", "€": "EUR"}[style.currency] {
			style.currency = ""
		}
		if workbook && row.ID != "last" && rapid.Bool().Draw(t, "a number") {
			value, err := strconv.ParseFloat(cells[i], 64)
			if err != nil {
				t.Fatal(err)
			}
			cells[i], kinds[i] = strconv.FormatFloat(value, 'f', -1, 64), cell.Number
			values[column] = cells[i]
			continue
		}
		cells[i] = style.write(cells[i])
	}
	m.add(cells, kinds)
	if len(values) == 0 {
		return
	}
	for _, field := range crm.Fields {
		if text := wantedText(values[field]); text != "" {
			row.Cells = append(row.Cells, Cell{Field: field, Text: text, Number: field == "deal_value"})
		}
	}
	m.rows = append(m.rows, row)
}

// outerBlanks are all blanks and invisible characters that are removed around a text.
const outerBlanks = "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u2800\u3164\uffa0" +
	"\u00ad\u061c\u180e\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069"

// wantedText returns the text without outer blanks, and without the apostrophe that keeps a formula from being run.
func wantedText(text string) string {
	trim := func(text string) string {
		text = strings.TrimLeft(text, outerBlanks+"\ufe00\ufe01\ufe02\ufe03\ufe04\ufe05\ufe06\ufe07\ufe08\ufe09\ufe0a\ufe0b\ufe0c\ufe0d\ufe0e\ufe0f")
		return strings.TrimRight(text, outerBlanks)
	}
	text = norm.NFC.String(trim(text))
	return trim(unescaped(text))
}
