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
	known  bool // digits has been determined
	first  int  // the row that may continue
	last   int  // the last row seen
	cells  int  // of that row and what follows it, joined
}

// See adds a row: its number, its number of cells, how many the header names, its id, and whether its last cell may
// continue in the next line.
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
		b.digits, b.known = HasDigit(id), true
	}
}

// isRest reports whether the text in the id column is not an id.
func (b *Breaks) isRest(id string) bool {
	return id == "" || strings.IndexByte(".,:!?)%", id[0]) >= 0 || strings.ContainsAny(id, " \t") || b.digits && !HasDigit(id)
}

// HasDigit reports whether a text has a digit of ASCII.
func HasDigit(text string) bool {
	for i := range len(text) { // strings.ContainsAny takes five times as long
		if '0' <= text[i] && text[i] <= '9' {
			return true
		}
	}
	return false
}

// hasDigits reports whether a text has at least n digits of ASCII.
func hasDigits(text string, n int) bool {
	for i := 0; i < len(text) && n > 0; i++ {
		if '0' <= text[i] && text[i] <= '9' {
			n--
		}
	}
	return n == 0
}

// add marks the row that is cut, and all its continuation lines.
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

// AddCut adds to cut the rows that must not be sent.
func (b *Breaks) AddCut(cut map[int]string) { maps.Copy(cut, b.cut) }

// footer matches how reports begin the line below their rows.
var footer = lazyregexp.New(`(?i)^\W*(fim|fin|end|ende|gerado|generad[oa]|generated|g[ée]n[ée]r[ée]|emitid[oa]|emiss[ãa]o|impress[oa]|printed|export(ad[oa]|ed|iert)|` +
	`relat[óo]rio|report|informe|p[áa]gina|page|seite|fonte|fuente|source|quelle|obs(erva[çc][ãa]o)?|nota|note|legenda|filtros?|filters?|([0-9.,]+ )?(registros?|records?|rows?|linhas?|itens|items|entries|oportunidades|neg[óo]cios|resultados|results)|confiden[ct]ial)\b`)

func isFooter(text string) bool { return text != "" && footer.MatchString(text) }
