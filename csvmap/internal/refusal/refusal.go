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
// (0 if it is not known) or a point. fields has what the columns hold; those that hold "" don't count, so that somebody
// may add a column to the file. It returns "" if none of the reasons needs a mark.
func Mark(reasons []string, r *cell.Record, fields []string, decimal rune) string {
	i := slices.IndexFunc(reasons, NeedsMark)
	if i < 0 {
		return ""
	}
	words := []string{reasons[i]}
	for _, form := range []func(string) string{
		func(text string) string { return text },
		func(text string) string { return saved(text, decimal, decimal) },
		func(text string) string { return saved(text, decimal, '.') },
	} {
		if sum := sumOf(r, fields, form); !slices.Contains(words, sum) {
			words = append(words, sum)
		}
	}
	return strings.Join(words, " ")
}

// Again returns the reason for which a row with this mark is refused again; "" if its cells have changed. fields is as
// for [Mark].
func Again(mark string, r *cell.Record, fields []string) string {
	words := strings.Fields(mark)
	if len(words) < 2 || !NeedsMark(words[0]) || !slices.Contains(words[1:], sumOf(r, fields, func(text string) string { return text })) {
		return ""
	}
	return words[0]
}

// sumOf returns the checksum of the cells of a row that say something, in this form. Their order doesn't count.
func sumOf(r *cell.Record, fields []string, form func(text string) string) string {
	var cells []string
	for i := range min(len(r.Cells), len(fields)) {
		if text := r.Text(i); fields[i] != "" && text != "" {
			cells = append(cells, fields[i]+"="+strconv.Quote(form(text)))
		}
	}
	slices.Sort(cells)
	return crm.Sum(strings.Join(cells, " "))
}

var number = lazyregexp.New(`^[+-]?[0-9]+([.,][0-9]+)?$`)

// saved returns what is left of a number with this decimal separator when a spreadsheet with another one has opened
// and saved it: no plus, and no zero that it doesn't need.
func saved(text string, decimal, other rune) string {
	if !number.MatchString(text) {
		return text
	}
	digits, isNegative := strings.CutPrefix(strings.TrimPrefix(text, "+"), "-")
	whole, fraction, _ := strings.Cut(digits, string(decimal))
	if strings.ContainsAny(whole, ".,") { // thousands, which keep their form
		return text
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		whole += string(other) + fraction
	}
	if isNegative {
		whole = "-" + whole
	}
	return whole
}
