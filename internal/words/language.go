package words

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template"
	"time"

	"razebulk/internal/words/internal/portuguese"
)

// Language is a language of the texts.
type Language string

// The languages. The zero value is English.
const (
	English    Language = "en"
	Portuguese Language = "pt-BR"
)

// Languages returns all languages, English first.
func Languages() []Language { return []Language{English, Portuguese} }

// LanguageOf returns the language of a locale such as "pt_BR.UTF-8", "pt-BR" or "C". If there are no texts in that
// language, it returns English and known is false.
func LanguageOf(locale string) (l Language, known bool) {
	name, _, _ := strings.Cut(locale, ".")
	switch main, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(name), "_", "-"), "-"); main {
	case "pt":
		return Portuguese, true
	case "en":
		return English, true
	}
	return English, false
}

// tongue has the texts and the formats of a language.
type tongue struct {
	texts func() map[string]string // templates by their codes
	// terms translates words that other packages give as parameters, such as the names of delimiters.
	terms     func(term string) string
	plural    func(n int, noun string) string
	thousands func(n int) string
	decimal   string // the separator
	duration  func(d time.Duration) string
	countdown func(d time.Duration) string
	day       string // the format of a time on another day
	date      string // the format of a date in a table
	more      string // says how many names are left out
	answers   []string
}

var tongues = map[Language]*tongue{
	English: {
		texts: sync.OnceValue(allTexts), terms: func(term string) string { return term },
		plural: Plural, thousands: Thousands, decimal: ".", duration: Duration, countdown: Countdown, day: "Mon 2 Jan 15:04",
		date: "2006-01-02 15:04",
		more: "{} more", answers: []string{"y", "yes"},
	},
	Portuguese: {
		texts: sync.OnceValue(portuguese.Texts), terms: portuguese.Term,
		plural: portuguese.Plural, thousands: portuguese.Thousands, decimal: ",", duration: portuguese.Duration, countdown: portuguese.Countdown, day: "02/01/2006 15:04",
		date: "02/01/2006 15:04",
		more: "mais {}", answers: []string{"s", "sim", "y", "yes"},
	},
}

// In returns the same texts in another language.
func (w *Words) In(l Language) *Words {
	if tongues[l] == nil {
		l = English
	}
	other := &Words{language: l, tongue: tongues[l], flags: w.flags, masked: w.masked}
	other.functions = template.FuncMap{
		"flag": other.flag, "term": other.Term, "quote": Quote, "quoteAll": other.QuoteAll, "join": strings.Join, "pairs": pairs, "deals": other.deals, "csvLine": csvLine, "shell": shell,
		"plural": other.tongue.plural, "thousands": other.Thousands, "tenths": other.tenths, "number": other.number, "amount": other.amount,
		"duration": other.Duration, "span": other.span, "clock": other.Clock, "about": other.about, "left": other.left, "date": other.date,
	}
	return other
}

// template returns the template of a code; nil if the code has no text. Each text is parsed once.
func (w *Words) template(code string) *template.Template {
	if known, ok := w.parsed.Load(code); ok {
		return known.(*template.Template)
	}
	text, ok := w.tongue.texts()[code]
	if !ok {
		return nil
	}
	// It panics if the text is not a template, which is an error in this program.
	parsed := template.Must(template.New(code).Option("missingkey=error").Funcs(w.functions).Parse(text))
	w.parsed.Store(code, parsed)
	return parsed
}

// more says how many names a list leaves out.
func (w *Words) more(n int) string { return strings.Replace(w.tongue.more, "{}", strconv.Itoa(n), 1) }

// Language returns the language of the texts.
func (w *Words) Language() Language { return w.language }

// Term translates a word that another package gives for a text: a delimiter, the source of the key.
func (w *Words) Term(term string) string { return w.tongue.terms(term) }

// Thousands groups a count's digits.
func (w *Words) Thousands(n int) string { return w.tongue.thousands(n) }

// Duration formats a duration for people.
func (w *Words) Duration(d time.Duration) string { return w.tongue.duration(d) }

// Clock returns the time of day, with the date if it is 12 hours or more ahead.
func (w *Words) Clock(t time.Time) string {
	if time.Until(t) < 12*time.Hour {
		return t.Local().Format(time.TimeOnly)
	}
	return t.Local().Format(w.tongue.day)
}

// Date returns the date and time.
func (w *Words) Date(t time.Time) string { return t.Local().Format(w.tongue.date) }

// about returns a time for use after "about" or "after", in Portuguese with its article.
func (w *Words) about(t time.Time) string {
	switch at := w.Clock(t); {
	case w.language != Portuguese:
		return at
	case strings.Contains(at, " "):
		return "de " + at
	default:
		return "das " + at
	}
}

// left returns the time left until an instant.
func (w *Words) left(t time.Time) string { return w.tongue.countdown(time.Until(t)) }

// span returns a duration, in English with all its digits.
func (w *Words) span(d time.Duration) string {
	if w.language == English {
		return d.String()
	}
	return w.tongue.duration(d)
}

// tenths returns a number with one decimal.
func (w *Words) tenths(x float64) string {
	return strings.ReplaceAll(formatTenths(x), ".", w.tongue.decimal)
}

// number returns a number such as 1234.5 with the decimal separator of the language.
func (w *Words) number(plain string) string { return strings.Replace(plain, ".", w.tongue.decimal, 1) }

// amount returns a number as a cell of the sheet may have it, with the decimal separator that the parameters give. If
// they give none, it returns both forms, that of the language first.
func (w *Words) amount(params map[string]any, minus ...string) string {
	comma, point := strings.Join(minus, "")+"1234,50", strings.Join(minus, "")+"1234.50"
	switch decimal := params["decimal"]; {
	case decimal == "comma":
		return comma
	case decimal == "point":
		return point
	case w.language == Portuguese:
		return comma + " ou " + point
	}
	return point + " or " + comma
}

// Figure returns a number such as 1234.50 with the separators of the language, and any other text unchanged.
func (w *Words) Figure(plain string) string {
	whole, fraction, hasFraction := strings.Cut(plain, ".")
	n, err := strconv.Atoi(whole)
	switch {
	case err != nil || strconv.Itoa(n) != whole || strings.Trim(fraction, "0123456789") != "" || hasFraction && fraction == "":
		return plain
	case hasFraction:
		return w.Thousands(n) + w.tongue.decimal + fraction
	}
	return w.Thousands(n)
}

// date formats an instant that a reason has as text. In English, the text is returned unchanged.
func (w *Words) date(text string) string {
	if w.language == English {
		return text
	}
	for _, form := range []string{time.RFC3339, time.DateTime} {
		if t, err := time.ParseInLocation(form, text, time.Local); err == nil {
			return w.Date(t)
		}
	}
	return text
}

// IsYes reports whether the answer to a question is yes.
func (w *Words) IsYes(answer string) bool {
	return slices.Contains(w.tongue.answers, strings.ToLower(strings.TrimSpace(answer)))
}

// Say is [Words.Text] for parameters given as alternating names and values.
func (w *Words) Say(code string, params ...any) string {
	named := map[string]any{}
	for i := 0; i+1 < len(params); i += 2 {
		named[params[i].(string)] = params[i+1]
	}
	return w.Text(code, named)
}
