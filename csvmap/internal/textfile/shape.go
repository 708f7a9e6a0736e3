package textfile

import (
	"slices"
	"strings"
	"unicode"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/reason"
)

// rowsForShape is how many rows are used to learn what ids look like.
const rowsForShape = 100

// idShape is what the ids of a sheet have in common: the signs between their letters and digits, and roughly their
// length. The zero value has seen none.
type idShape struct {
	signs             []string
	shortest, longest int
}

func (s *idShape) learn(id string) {
	signs := signsOf(id)
	if len(s.signs) == 0 {
		s.shortest, s.longest = len(id), len(id)
	}
	s.shortest, s.longest = min(s.shortest, len(id)), max(s.longest, len(id))
	for _, known := range s.signs {
		if known == signs {
			return
		}
	}
	s.signs = append(s.signs, signs)
}

// fits reports whether a text looks like the other ids; if there are none yet, like any id.
func (s *idShape) fits(id string) bool {
	if id == "" || strings.ContainsFunc(id, unicode.IsSpace) {
		return false
	}
	if len(s.signs) == 0 {
		return strings.ContainsAny(id, "0123456789")
	}
	const tolerance = 3 // opp_99 and opp_10000
	if len(id) < s.shortest-tolerance || len(id) > s.longest+tolerance {
		return false
	}
	signs := signsOf(id)
	for _, known := range s.signs {
		if known == signs {
			return true
		}
	}
	return false
}

func signsOf(id string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return -1
		}
		return r
	}, id)
}

// learn learns from a row without a fault.
func (s *shape) learn(r *cell.Record) {
	if s.id < 0 || s.id >= len(r.Cells) || r.Cells[s.id] == "" {
		return
	}
	id := r.Cells[s.id]
	if s.rows < rowsForShape {
		s.ids.learn(cell.Trim(id))
	}
	if s.rows == 0 {
		s.least, s.shortest, s.decimals = len(r.Cells), len(id), decimalsOf(r.Cells[len(r.Cells)-1])
	}
	if s.decimals > 0 && decimalsOf(r.Cells[len(r.Cells)-1]) != s.decimals {
		s.decimals = -1
	}
	s.least, s.shortest = min(s.least, len(r.Cells)), min(s.shortest, len(id))
	s.rows++
	s.learnQuotes(r)
}

// decimalsOf returns how many digits follow the last separator of a number; -1 for none.
func decimalsOf(text string) int {
	for i := len(text) - 1; i > 0; i-- {
		switch {
		case text[i] == '.' || text[i] == ',':
			return len(text) - i - 1
		case text[i] < '0' || text[i] > '9':
			return -1
		}
	}
	return -1
}

// isCutOff reports whether the last row, which unlike all others has no line ending, lacks what they have.
func (s *shape) isCutOff(r *cell.Record) bool {
	if len(r.Cells) < s.least {
		return true
	}
	last := r.Cells[len(r.Cells)-1]
	if len(r.Cells) == s.id+1 && s.rows > 0 && len(cell.Trim(r.Cells[s.id])) < s.shortest {
		return true
	}
	return s.rows > 1 && s.decimals > 0 && len(r.Cells) == s.width && last != "" && decimalsOf(last) != s.decimals
}

// learnQuotes records which columns have cells without quotes.
func (s *shape) learnQuotes(r *cell.Record) {
	if s.bare = s.bare || r.Starts == nil; s.bare {
		return
	}
	if s.rows == 1 {
		for i := range s.width {
			s.quoted = append(s.quoted, i)
		}
	}
	for _, i := range s.quoted {
		if isBare(r, i) {
			s.quoted = slices.DeleteFunc(s.quoted, func(i int) bool { return isBare(r, i) })
			return
		}
	}
}

func isBare(r *cell.Record, i int) bool { return i < len(r.Cells) && !strings.HasPrefix(r.Raw(i), `"`) }

// quoteFault returns why a quote inside an unquoted cell may not be part of its text: the row lacks cells, or all
// other cells of the column are quoted, so that a quote is missing here. Otherwise it returns nil.
func (s *shape) quoteFault(r *cell.Record) error {
	const enough = 2
	switch {
	case len(r.Cells) < s.width:
		for i := range r.Cells {
			if why := quoteMissing(r, i); why != nil {
				return why
			}
		}
	case !s.bare && s.rows >= enough:
		for _, i := range s.quoted {
			if why := quoteMissing(r, i); why != nil {
				return why
			}
		}
	}
	return nil
}

func quoteMissing(r *cell.Record, i int) error {
	if text := r.Cells[i]; !strings.HasPrefix(r.Raw(i), `"`) && hasStrayQuote(text) {
		return reason.New("quote_missing", "cell", text)
	}
	return nil
}

// hasStrayQuote reports whether a text contains a quote, except in a formula that is only a text, ="123".
func hasStrayQuote(text string) bool {
	return strings.IndexByte(text, '"') >= 0 && !strings.HasPrefix(strings.TrimLeft(cell.Trim(text), "'"), `="`)
}

// splitSmartQuotes refuses a row in which a text in typographic quotes was split at a delimiter inside it.
func splitSmartQuotes(cells []string) error {
	open := -1
	for i, text := range cells {
		text = cell.Trim(text)
		opened, closed := strings.Count(text, "“"), strings.Count(text, "”")
		switch {
		case open < 0 && opened > closed && strings.HasPrefix(text, "“"):
			open = i
		case open >= 0 && closed > opened && strings.HasSuffix(text, "”"):
			return reason.New("smart_quotes_split", "cell", cells[open])
		}
	}
	return nil
}
