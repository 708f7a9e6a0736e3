package slips

import (
	"maps"
	"strings"

	"razebulk/internal/lazyregexp"
)

// Breaks looks for rows that a line break in a cell without quotes has cut: what follows is no row of its own, as it
// is too short and has nothing like an id. The zero value is ready.
type Breaks struct {
	cut    map[int]string
	digits bool // the ids have digits
	known  bool // whether they have
	first  int  // the row that may go on
	last   int  // the row that was seen last
	cells  int  // of it and of what follows it, joined
}

// See takes a row: its number, its cells, how many the header names, its id, and whether the cell that it ends with may
// go on in the next line.
func (b *Breaks) See(number, cells, full int, id string, goesOn bool) {
	joined := b.cells + cells - 1
	switch {
	case cells >= full || !b.isRest(id):
		b.learn(id)
		b.first, b.cells = 0, cells
		if cells < full || goesOn {
			b.first = number
		}
	case b.first == 0 || b.last != number-1 || id == "" && joined != full || isFooter(id):
		b.first = 0
	default:
		b.cells = joined
		b.add(number)
	}
	b.last = number
}

func (b *Breaks) learn(id string) {
	if !b.known && id != "" {
		b.digits, b.known = hasDigit(id), true
	}
}

// isRest tells whether a text that stands in place of an id is none.
func (b *Breaks) isRest(id string) bool {
	return id == "" || strings.IndexByte(".,:!?)%", id[0]) >= 0 || strings.ContainsAny(id, " \t") || b.digits && !hasDigit(id)
}

func hasDigit(text string) bool {
	for i := range len(text) { // strings.ContainsAny takes five times as long
		if '0' <= text[i] && text[i] <= '9' {
			return true
		}
	}
	return false
}

// add marks the row that is cut, and all that follows up to a row.
func (b *Breaks) add(number int) {
	if len(b.cut) >= maxCut {
		return
	}
	if b.cut == nil {
		b.cut = map[int]string{}
	}
	for row := b.first; row <= number; row++ {
		b.cut[row] = Broken
	}
}

// AddCut adds the rows that must not be sent.
func (b *Breaks) AddCut(cut map[int]string) { maps.Copy(cut, b.cut) }

// footer is how reports begin the line below their rows.
var footer = lazyregexp.New(`(?i)^\W*(fim|fin|end|ende|gerado|generad[oa]|generated|g[ée]n[ée]r[ée]|emitid[oa]|emiss[ãa]o|impress[oa]|printed|export(ad[oa]|ed|iert)|` +
	`relat[óo]rio|report|informe|p[áa]gina|page|seite|fonte|fuente|source|quelle|obs(erva[çc][ãa]o)?|nota|note|legenda|filtros?|filters?|([0-9.,]+ )?(registros?|records?|rows?|linhas?|itens|items|entries|oportunidades|neg[óo]cios|resultados|results)|confiden[ct]ial)\b`)

func isFooter(text string) bool { return text != "" && footer.MatchString(text) }
