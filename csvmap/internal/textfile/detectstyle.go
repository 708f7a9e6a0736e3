package textfile

import (
	"slices"
	"strings"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// rowsForStyle is how many rows are used to detect how a file writes quotes.
const rowsForStyle = 300

// sampled are the first rows of a file in one style.
type sampled struct {
	rows    [][]string // without the header
	header  []string
	fitting int // rows with as many cells as the header and no fault
	faults  int
	spaced  int // rows with a quote after a blank that does not open a cell
}

// detectStyle detects how a file consistently differs from the plain form in its first rows.
func (f *Format) detectStyle(head string, whole bool, o Options) error {
	f.style = plainStyle
	plain := f.sample(head, whole, o)
	if placeOf(plain.header, crm.RefusedColumn, o.Field) >= 0 {
		return nil // written by this program: what its rows have in common shows nothing about quotes
	}
	for _, better := range f.variants(head, plain) {
		f.style = better
		if s := f.sample(head, whole, o); s.faults == 0 && s.spaced == 0 && s.fitting > plain.fitting {
			plain = s
			continue
		}
		f.style = plainStyle
	}
	switch {
	case f.style.quote == '"' && plain.wrapped("'", "'"):
		f.style.quote = '\''
		if again := f.sample(head, whole, o); again.faults > 0 || again.fitting < plain.fitting {
			f.style.quote = '"'
		} else {
			plain = again
		}
	case plain.wrapped("“", "”"):
		return reason.New("smart_quotes")
	}
	f.style.trailing = plain.endsWithDelimiters()
	return nil
}

// variants returns the styles that the text could be in if the plain one doesn't fit.
func (f *Format) variants(head string, plain sampled) []style {
	var all []style
	if plain.faults > 0 && strings.Contains(head, `\"`) {
		all = append(all, style{quote: '"', escaped: true})
	}
	if plain.spaced > 0 && !strings.Contains(head, string(f.Delimiter)+`"`) && !strings.Contains(head, "\n\"") {
		all = append(all, style{quote: '"', spaced: true})
	}
	// Apostrophes within cells are not quotes if every row can be read with quotes.
	unfit := plain.faults > 0 || plain.fitting < len(plain.rows)
	delimiter := string(f.Delimiter)
	ends := strings.Contains(head, "'\n") || strings.Contains(head, "'\r") || strings.Contains(head, "'"+delimiter)
	if unfit && ends && strings.Count(head, delimiter+"'") > strings.Count(head, delimiter+"'=") {
		all = append(all, style{quote: '\''})
	}
	return all
}

// sample reads the first rows in the style of the format.
func (f *Format) sample(head string, whole bool, o Options) sampled {
	var s sampled
	records := newRecords(strings.NewReader(head), f.Delimiter, f.LineEnd == "\r")
	records.style = f.style
	header, rows, err := firstRows(records, whole, rowsForStyle, o)
	s.header = header
	for _, r := range rows {
		switch {
		case r.isFaulty:
			s.faults++
		case r.isSpaced:
			s.spaced++
		case len(r.cells) == len(header):
			s.fitting++
		}
		s.rows = append(s.rows, r.cells)
	}
	if err != nil {
		s.faults++
	}
	return s
}

// placeOf returns the place of a column by its field, or -1.
func placeOf(header []string, wanted string, field func(string) (string, bool)) int {
	return slices.IndexFunc(header, func(name string) bool {
		found, _ := field(cell.Trim(name))
		return found == wanted
	})
}

// wrapped reports whether there is a column whose cells are all in these quotes.
func (s sampled) wrapped(opening, closing string) bool {
	for column := range s.header {
		wrapped := 0
		for _, row := range s.rows {
			if column >= len(row) {
				continue
			}
			text := cell.Trim(row[column])
			if text == "" || isKeptFormula(text) {
				continue
			}
			if len(text) < len(opening+closing) || !strings.HasPrefix(text, opening) || !strings.HasSuffix(text, closing) {
				wrapped = 0
				break
			}
			wrapped++
		}
		if wrapped >= 2 {
			return true
		}
	}
	return false
}

// endsWithDelimiters reports whether rows have one empty cell more than the header: most do, and the few others are
// then refused, as they may have shifted.
func (s sampled) endsWithDelimiters() bool {
	ending := 0
	for _, row := range s.rows {
		switch {
		case len(row) == len(s.header)+1 && row[len(row)-1] == "":
			ending++
		case len(row) > len(s.header):
			return false
		}
	}
	return ending > 0 && ending*4 >= len(s.rows)*3 && s.header[len(s.header)-1] != ""
}
