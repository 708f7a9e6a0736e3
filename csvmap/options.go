package csvmap

import (
	"errors"

	"razebulk/csvmap/internal/amount"
	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/textfile"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// Decimal is the separator between the whole and the fraction of a number; 0 where it isn't known.
type Decimal = amount.Decimal

// ParseDecimal reads a decimal separator as a user writes it: point or comma.
func ParseDecimal(word string) (Decimal, error) { return amount.ParseDecimal(word) }

// ParseDelimiter reads a delimiter as a user writes it: comma, semicolon, tab or pipe, or the character itself.
func ParseDelimiter(word string) (rune, error) { return textfile.ParseDelimiter(word) }

// Options are what the user may say about a sheet instead of having it detected.
type Options struct {
	// Encoding is a name or label of https://encoding.spec.whatwg.org/#names-and-labels; "" detects it.
	Encoding string
	// Delimiter between cells; 0 detects it.
	Delimiter rune
	// Decimal is the decimal separator of all numbers; 0 detects it.
	Decimal Decimal
	// Worksheet of a workbook, by its name; "" is the only one that holds anything.
	Worksheet string
	// HeaderRow is the number of the row with the headers, as a spreadsheet counts; 0 finds it.
	HeaderRow int
	// Ignore names columns that are left out, by their header; those without one by their letter, such as A.
	Ignore []string
	// Mappings say what columns hold; they go before what headers say.
	Mappings []Mapping
	// Match are columns by which the opportunities of rows without an id are found. They are not sent, and the sheet needs
	// no column for the id then.
	Match []Match
	// ClearMarker is the text of a cell that clears its field; "" is none.
	ClearMarker string
	// EmptyWords are texts of whole cells that count as empty.
	EmptyWords []string
	// Stage reads the column of the status as a field.
	Stage bool
	// UpdatedAt reads the column updated_at.
	UpdatedAt bool
	// OnlyID leaves out all columns but the id's, also unknown ones.
	OnlyID bool
}

// check refuses options that contradict themselves.
func (o Options) check() error {
	return errors.Join(checkMarker(o.ClearMarker), o.checkEmptyWords(), checkMappings(o.Mappings, o.Ignore))
}

// checkEmptyWords refuses a word that also clears, and one that no cell could be.
func (o Options) checkEmptyWords() error {
	for _, word := range o.EmptyWords {
		switch {
		case word == "" || cell.Trim(word) != word:
			return reason.New("empty_word_untrimmed", "word", word)
		case word == o.ClearMarker:
			return reason.New("empty_word_clears", "word", word)
		}
	}
	return nil
}

func checkMarker(marker string) error {
	switch {
	case marker == "":
		return nil
	case cell.IsFormulaError(marker):
		return reason.New("clear_marker_is_error", "marker", marker)
	case crm.IsEscaped(marker):
		return reason.New("clear_marker_escaped", "marker", marker)
	case cell.Trim(marker) != marker:
		return reason.New("clear_marker_untrimmed", "marker", marker)
	}
	return nil
}
