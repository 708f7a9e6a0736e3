// Package refusal marks rows of a failed file that were refused for what is around their cells: the other rows of the
// sheet, or how the file has written them. A file with only the failed rows no longer shows that, so an unchanged row
// is refused again by its mark.
package refusal

import (
	"slices"
	"strconv"
	"strings"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/crm"
	"razebulk/internal/lazyregexp"
)

// Decimals is a reason that does not hold where the user says what the decimal separator is.
const Decimals = "amount_three_decimals"

// codes are the reasons that the cells of a row and the header alone don't show.
var codes = []string{
	// how the sheet has written the row, which a copy or a spreadsheet writes in full
	"row_cut", "row_cut_kind", "row_cut_quote", "row_cut_cents", "row_broken", "row_cut_off", "row_without_last_delimiter",
	"row_other_delimiter", "row_in_quotes", "quote_missing", "quote_after_blank", "quote_followed", "quote_never_closed", "rows_in_cell", "row_other_encoding",
	// what a workbook can't hold, so that the copy has only its beginning
	"cell_too_long",
	// what the other cells of the row show, or those of other rows
	"texts_in_other_quotes", "letter_lost_perhaps", "letters_garbled_perhaps", Decimals, "match_value_given",
}

// NeedsMark reports whether a row that was refused for this reason may be accepted where it is alone.
func NeedsMark(code string) bool { return slices.Contains(codes, code) }

// Mark returns the cell of [crm.RefusedColumn] for a row that was refused for these reasons: the first one that needs
// a mark, and checksums of the row's cells, as they are and as a spreadsheet saves them that has this decimal separator
// (0 if it is not known). It returns "" if none of the reasons needs a mark.
func Mark(reasons []string, r *cell.Record, decimal rune) string {
	i := slices.IndexFunc(reasons, NeedsMark)
	if i < 0 {
		return ""
	}
	texts := textsOf(r, func(int) bool { return false })
	mark := reasons[i] + " " + sum(texts)
	for i, text := range texts {
		texts[i] = saved(text, decimal)
	}
	if other := sum(texts); !strings.HasSuffix(mark, other) {
		mark += " " + other
	}
	return mark
}

// Again returns the reason for which a row with this mark is refused again; "" if its cells have changed. isAdded
// reports which columns this program has added.
func Again(mark string, r *cell.Record, isAdded func(place int) bool) string {
	words := strings.Fields(mark)
	if len(words) < 2 || !NeedsMark(words[0]) || !slices.Contains(words[1:], sum(textsOf(r, isAdded))) {
		return ""
	}
	return words[0]
}

// textsOf returns what the cells of a row say, up to the last one that says something.
func textsOf(r *cell.Record, isAdded func(place int) bool) []string {
	var texts []string
	filled := 0
	for i := range r.Cells {
		if isAdded(i) {
			continue
		}
		texts = append(texts, r.Text(i))
		if texts[len(texts)-1] != "" {
			filled = len(texts)
		}
	}
	return texts[:filled]
}

func sum(texts []string) string {
	var all strings.Builder
	for _, text := range texts {
		all.WriteString(strconv.Itoa(len(text)) + ":" + text)
	}
	return crm.Sum(all.String())
}

var number = lazyregexp.New(`^-?[0-9]+([.,][0-9]+)?$`)

// saved returns what is left of a number when a spreadsheet has opened and saved it: no zero that it doesn't need.
func saved(text string, decimal rune) string {
	if !number.MatchString(text) {
		return text
	}
	digits, isNegative := strings.CutPrefix(text, "-")
	whole, fraction, _ := strings.Cut(digits, string(decimal))
	if strings.ContainsAny(whole, ".,") { // thousands, which keep their form
		return text
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		whole += string(decimal) + fraction
	}
	if isNegative {
		whole = "-" + whole
	}
	return whole
}
