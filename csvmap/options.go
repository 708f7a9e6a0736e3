package csvmap

import (
	"errors"

	"razebulk/csvmap/internal/amount"
	"razebulk/csvmap/internal/meaning"
	"razebulk/csvmap/internal/textfile"
)

// Decimal is the separator between the integer part and the fraction of a number; 0 if it isn't known.
type Decimal = amount.Decimal

// ParseDecimal parses a decimal separator as a user writes it: point or comma.
func ParseDecimal(word string) (Decimal, error) { return amount.ParseDecimal(word) }

// ParseDelimiter parses a delimiter as a user writes it: comma, semicolon, tab or pipe, or the character itself.
func ParseDelimiter(word string) (rune, error) { return textfile.ParseDelimiter(word) }

// Options are settings that the user may give for a sheet instead of having them detected.
type Options struct {
	// Encoding is a name or label of https://encoding.spec.whatwg.org/#names-and-labels; "" detects it.
	Encoding string
	// Delimiter separates cells; 0 detects it.
	Delimiter rune
	// Decimal is the decimal separator of all numbers; 0 detects it.
	Decimal Decimal
	// Worksheet is the name of the worksheet in a workbook; "" means the only one that isn't empty.
	Worksheet string
	// HeaderRow is the number of the header row, as a spreadsheet counts; 0 detects it.
	HeaderRow int
	// Ignore lists columns to leave out, by header, or by letter (such as A) if they have none.
	Ignore []string
	// Mappings say what columns hold; they take precedence over the headers.
	Mappings []Mapping
	// Match are the columns that identify the opportunities of rows without an id. They are not sent. With them, the
	// sheet needs no id column.
	Match []Match
	// ClearMarker is the text of a cell that clears its field; "" for none.
	ClearMarker string
	// EmptyWords are texts that count as an empty cell.
	EmptyWords []string
	// Stage makes the status column be read as a field.
	Stage bool
	// UpdatedAt makes the updated_at column be read.
	UpdatedAt bool
	// OnlyID leaves out all columns except the id, even unknown ones.
	OnlyID bool
}

// check refuses options that contradict themselves.
func (o Options) check() error {
	return errors.Join(meaning.CheckWords(o.ClearMarker, o.EmptyWords), meaning.CheckMappings(o.Mappings, o.Ignore))
}
