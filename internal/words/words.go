// Package words puts texts to the codes of refusals, failures and doubts, and writes counts, times and durations as
// people do. A text names what a user can do by the flag that does it; the flags of the command at hand are given to
// [For], and advice whose flag the command doesn't have is left out. It imports no other package of the program but the
// texts of other languages.
package words

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template"
)

// Words speaks to the user of one command. It is safe for concurrent use.
type Words struct {
	language Language
	tongue   *tongue
	flags    func(name string) bool
	masked   bool

	functions template.FuncMap
	parsed    sync.Map // templates by their codes
}

// For returns the words of a command in English. It has these flags: names without their hyphens. nil is a command that
// has all.
func For(flags func(name string) bool) *Words { return (&Words{flags: flags}).In(English) }

// flag is what the user types, or "" if the command has no such flag.
func (w *Words) flag(name string) string {
	if w.flags != nil && !w.flags(name) {
		return ""
	}
	return "--" + name
}

// Text is the text of a code. Parameters are those that the code's text names; where they have a column, the text
// begins with it and with the value of its cell. It begins with the row or with the header of the column where they
// have "in_row" or "of_column". A code without a text of its own is shown as it is.
func (w *Words) Text(code string, params map[string]any) string {
	var text strings.Builder
	params = w.worded(params)
	if t := w.template(code); t == nil || t.Execute(&text, params) != nil {
		return unworded(code, params)
	}
	return w.placeOf(params) + text.String()
}

// Ready is a parameter that is worded already.
type Ready string

// placeOf is the row, the column and the value of the cell that a text is about.
func (w *Words) placeOf(params map[string]any) (place string) {
	row, column := "row", "column"
	if w.language == Portuguese {
		row, column = "linha", "coluna"
	}
	if number, ok := params["in_row"].(int); ok {
		place = fmt.Sprintf("%s %d: ", row, number)
	}
	if header, ok := params["of_column"].(string); ok {
		place += column + " " + Quote(header) + ": "
	}
	header, _ := params["column"].(string)
	value, _ := params["value"].(string)
	switch {
	case header == "":
		return place
	case value == "":
		return place + header + ": "
	}
	return place + header + " " + Quote(value) + ": "
}

// reasons are refusals among the parameters of another one.
type reasons interface {
	Worded(text func(code string, params map[string]any) string) string
}

// unquoted are the parameters with the words of the service or of a library, which no text puts in quotes.
var unquoted = map[string]bool{"message": true, "error": true, "fault": true}

// worded puts texts in the place of parameters that are reasons themselves, and keeps the words of others to one line,
// so that none of them looks like a line of this program.
func (w *Words) worded(params map[string]any) map[string]any {
	worded := maps.Clone(params)
	if w.masked {
		mask(worded)
	}
	for name, param := range params {
		if nested, ok := param.(reasons); ok {
			worded[name] = nested.Worded(w.Text)
		}
		if text, ok := worded[name].(string); ok && unquoted[name] {
			worded[name] = strings.Join(strings.Fields(text), " ")
		}
	}
	return worded
}

func unworded(code string, params map[string]any) string {
	for _, name := range slices.Sorted(maps.Keys(params)) {
		code += fmt.Sprintf(" %s=%v", name, params[name])
	}
	return code
}

// Codes are all codes that have a text, sorted.
func Codes() []string { return slices.Sorted(maps.Keys(allTexts())) }

// RowCodes are the codes of reasons that a row can have, sorted. docs/results.md lists them.
func RowCodes() []string {
	return slices.Sorted(maps.Keys(joined(rowTexts, textTexts, rowFaultTexts, amountTexts, damageTexts, slipTexts, undoTexts, answerTexts, matchTexts)))
}

// allTexts are those of sheets and cells, of rows and requests, of runs and files, and of the service.
func allTexts() map[string]string {
	return joined(sheetTexts, rowTexts, matchTexts, matchRunTexts, endTexts, runTexts, engineTexts, answerTexts, serviceTexts, settingTexts, keyTexts,
		talkTexts, stopTexts, usageTexts, pageTexts, whyTexts, doTexts, uiTexts)
}

// maxQuote is how many characters of a value a message shows, and maxNamed how many names.
const (
	maxQuote = 60
	maxNamed = 20
)

// Quote shows a value in a message: in quotes, with line breaks and control characters made visible, cut when long.
func Quote(s string) string {
	return strconv.Quote(Shorten(s, maxQuote))
}

// Shorten keeps so many characters of a text, and an ellipsis in place of the rest.
func Shorten(text string, most int) string {
	characters := 0
	for i := range text {
		if characters == most {
			return text[:i] + ellipsis
		}
		characters++
	}
	return text
}

// QuoteAll lists names in quotes: the first ones, and how many more there are.
func (w *Words) QuoteAll(names []string) string {
	var quoted []string
	for _, name := range names[:min(len(names), maxNamed)] {
		quoted = append(quoted, Quote(name))
	}
	if more := len(names) - len(quoted); more > 0 {
		quoted = append(quoted, w.more(more))
	}
	return strings.Join(quoted, ", ")
}
