// Package words provides the texts for the codes of refusals, failures and warnings, and formats counts, times and
// durations for people. Texts give advice by naming flags; [For] is told which flags the command has, and advice whose
// flag it doesn't have is left out. The package imports no other package of the program, except its own internal ones.
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

// Words has the texts for one command. It is safe for concurrent use.
type Words struct {
	language Language
	tongue   *tongue
	flags    func(name string) bool
	masked   bool

	functions template.FuncMap
	parsed    sync.Map // templates by their codes
}

// For returns the English texts for a command. flags reports whether it has a flag, named without hyphens; nil means
// that it has all flags.
func For(flags func(name string) bool) *Words { return (&Words{flags: flags}).In(English) }

// flag returns the flag as the user types it, or "" if the command has no such flag.
func (w *Words) flag(name string) string {
	if w.flags != nil && !w.flags(name) {
		return ""
	}
	return "--" + name
}

// Text returns the text of a code. The parameters are those that the text names. If they have a "column", the text
// begins with it and with the value of its cell; with "in_row" or "of_column" it begins with the row or with the
// column's header. If they have "unchanged", the row is refused again for the same reason, and the text says that. A
// code without a text is shown as it is.
func (w *Words) Text(code string, params map[string]any) string {
	var text strings.Builder
	if params["unchanged"] == true {
		return w.Say("refused_again", "why", Ready(w.Text("why_"+code, nil)))
	}
	params = w.worded(params)
	if t := w.template(code); t == nil || t.Execute(&text, params) != nil {
		return unworded(code, params)
	}
	return w.placeOf(params) + text.String()
}

// Ready is a parameter that is already a finished text.
type Ready string

// placeOf returns the row, the column and the value of the cell that a text is about.
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

// reasons are refusals that are a parameter of another one.
type reasons interface {
	Worded(text func(code string, params map[string]any) string) string
}

// unquoted are the parameters that are not quoted: texts of the service or of a library, and names in a workbook.
var unquoted = map[string]bool{"message": true, "error": true, "fault": true, "link": true, "part": true, "reference": true}

// worded replaces parameters that are reasons with their texts, and limits texts from elsewhere to one line, so that
// none of them looks like a line of this program.
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

// Codes returns all codes that have a text, sorted.
func Codes() []string { return slices.Sorted(maps.Keys(allTexts())) }

// RowCodes returns the codes of reasons that a row can have, sorted. docs/results.md lists them.
func RowCodes() []string {
	return slices.Sorted(maps.Keys(joined(rowTexts, textTexts, rowFaultTexts, amountTexts, damageTexts, slipTexts, undoTexts, answerTexts, matchTexts)))
}

// allTexts returns the English texts by their codes.
func allTexts() map[string]string {
	return joined(sheetTexts, rowTexts, matchTexts, matchRunTexts, endTexts, runTexts, engineTexts, answerTexts, serviceTexts, settingTexts, keyTexts,
		talkTexts, stopTexts, usageTexts, pageTexts, whyTexts, doTexts, uiTexts)
}

// maxQuote is how many characters of a value a message shows, and maxNamed how many names.
const (
	maxQuote = 60
	maxNamed = 20
)

// Quote returns a value for a message: in quotes, with line breaks and control characters made visible, cut if long.
func Quote(s string) string {
	return strconv.Quote(Shorten(s, maxQuote))
}

// Shorten cuts a longer text after that many characters and adds an ellipsis.
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

// QuoteAll returns a list of names in quotes: the first ones, and how many more there are.
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
