package slips

import (
	"maps"
	"strings"

	"razebulk/internal/lazyregexp"
)

// Breaks looks for rows that were cut by a line break in a cell without quotes: what follows is not a row, as it is
// too short and has nothing like an id. The zero value is ready to use.
type Breaks struct {
	cut    map[int]string
	digits bool // the ids have digits
	length int  // of the first id; 0 if none was seen
	first  int  // the row that may continue
	last   int  // the last row seen
	cells  int  // of that row and what follows it, joined
	// The rows that are cut if a row of the table follows. If none does, they end with the end of a report.
	above, below int
	isTotal      bool // they end with a word for totals
}

// See adds a row: its number, its number of cells, how many the header names, its id, and whether its last cell may
// continue in the next line.
func (b *Breaks) See(number, cells, full int, id string, goesOn bool) {
	joined := b.cells + cells - 1
	switch {
	case number == b.last: // SeeTotal has seen it
	case cells >= full || !b.isRest(id, cells):
		b.addAbove(number)
		b.learn(id)
		b.first, b.cells = 0, cells
		if cells < full || goesOn {
			b.first = number
		}
	case b.first == 0 || b.last != number-1 || id == "" && joined != full || pageForm.MatchString(id):
		b.first = 0
	case isFooter(id) || b.isNumber(id, cells) || b.below == b.last:
		b.cells, b.above, b.below, b.isTotal = joined, b.first, number, false
	default:
		b.cells = joined
		b.add(b.first, number)
	}
	b.last = number
}

// SeeTotal adds a row that has a word for totals and no other cell. It is left out, unless it is the rest of a cell.
func (b *Breaks) SeeTotal(number, full int) {
	if b.first != 0 && b.last == number-1 && b.cells == full {
		b.above, b.below, b.isTotal = b.first, number, true
	}
	b.last = number
}

// addAbove marks the rows above a row of the table. Groups of rows may have totals and a blank row between them.
func (b *Breaks) addAbove(number int) {
	if b.below != 0 && (b.below == number-1 || !b.isTotal) {
		b.add(b.above, b.below)
	}
	b.below = 0
}

// SeeHeader adds a repeated header: what is above it is the end of another table.
func (b *Breaks) SeeHeader() { b.first, b.below = 0, 0 }

func (b *Breaks) learn(id string) {
	if b.length == 0 {
		b.digits, b.length = HasDigit(id), len(id)
	}
}

// longID is the length of ids that a number can't be mistaken for, those of Salesforce or longer.
const longID = 15

// isRest reports whether the text in the id column is not an id. A single cell may be a number.
func (b *Breaks) isRest(id string, cells int) bool {
	return id == "" || strings.IndexByte(".,:!?)%", id[0]) >= 0 || strings.ContainsAny(id, " \t") || b.digits && !HasDigit(id) || b.isNumber(id, cells)
}

// isNumber reports whether a single cell is too short for an id: at the end of a sheet it is the number of its rows.
func (b *Breaks) isNumber(id string, cells int) bool {
	return cells == 1 && b.length >= longID && id != "" && len(id) <= b.length/2
}

// HasDigit reports whether a text has a digit of ASCII.
func HasDigit(text string) bool { return hasDigits(text, 1) }

// hasDigits reports whether a text has at least n digits of ASCII.
func hasDigits(text string, n int) bool {
	for i := 0; i < len(text) && n > 0; i++ { // strings.ContainsAny takes five times as long
		if '0' <= text[i] && text[i] <= '9' {
			n--
		}
	}
	return n == 0
}

// add marks the row that is cut, and all its continuation lines.
func (b *Breaks) add(first, last int) {
	if len(b.cut) >= maxCut {
		return
	}
	if b.cut == nil {
		b.cut = map[int]string{}
	}
	for row := first; row <= last; row++ {
		b.cut[row] = Broken
	}
}

// AddCut adds to cut the rows that must not be sent.
func (b *Breaks) AddCut(cut map[int]string) { maps.Copy(cut, b.cut) }

// footer matches how reports begin the line below their rows.
var footer = lazyregexp.New(`(?i)^\W*(fim|fin|end|ende|gerado|generad[oa]|generated|g[ée]n[ée]r[ée]|emitid[oa]|emiss[ãa]o|impress[oa]|printed|export(ad[oa]|ed|iert)|` +
	`relat[óo]rio|report|informe|p[áa]gina|page|seite|fonte|fuente|source|quelle|obs(erva[çc][ãa]o)?|nota|note|legenda|filtros?|filters?|([0-9.,]+ )?(registros?|records?|rows?|linhas?|itens|items|entries|oportunidades|neg[óo]cios|resultados|results)|confiden[ct]ial)\b`)

// pageForm matches what is below each page of a report.
var pageForm = lazyregexp.New(`(?i)^\W*(p[áa]gina|page|seite) [0-9]+`)

func isFooter(text string) bool { return text != "" && footer.MatchString(text) }
