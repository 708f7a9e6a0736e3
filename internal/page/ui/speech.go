package ui

import (
	"errors"
	"html/template"
	"path/filepath"
	"strings"
	"time"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/csvmap"
	"razebulk/internal/event"
	"razebulk/internal/page/work"
	"razebulk/internal/reason"
	"razebulk/internal/words"
)

// speech puts what a page shows into the words of its language.
type speech struct {
	words   *words.Words
	message func(*words.Words, error) string
}

// funcs returns the functions that the templates use.
func (s *speech) funcs() template.FuncMap {
	return template.FuncMap{
		"say":  s.words.Say,
		"text": func(why reason.Reason) string { return s.err(why) }, "each": s.each, "term": func(term string) string { return s.words.Term(term) },
		"field": s.field, "fields": s.fields, "status": s.status, "why": s.why, "kind": kindOf, "number": func(n int) string { return s.words.Thousands(n) },
		"date": s.date, "clock": s.clock, "seconds": func(at time.Time) string { return at.Local().Format(time.TimeOnly) }, "left": s.left,
		"seen": words.VisibleCell, "short": short, "value": s.value, "shortID": shortID, "base": filepath.Base, "folder": filepath.Dir, "keptDays": func() int { return work.KeptDays }, "max1": func(n int) int { return max(1, n) },
		"menu": s.menu, "auto": s.auto, "leftOut": leftOut, "wrongIn": s.wrongIn, "cell": cellOf,
		"encodings": func() []string { return encodings }, "delimiters": func() []string { return delimiters }, "isDelimiter": isDelimiter,
		"decimals": func() []string { return decimals }, "isDecimal": func(name string, d csvmap.Decimal) bool { return d != 0 && d.String() == name },
		"byName": byCount[string], "warnings": s.warnings, "verdict": s.verdict, "reasonOf": s.reasonOf, "again": s.again,
		"stopped": isStopped, "rejected": isRejected, "fits": func(p *event.Planned) bool { return p.Cost.Outlook.Windows <= 1 },
		"matches": func() []matchChoice { return matches }, "matchOf": matchOf,
		"isQuota": func(w *event.Wait) bool { return w.Why == pace.ForQuota },
	}
}

// err returns an error as people see it, with everything in it visible.
func (s *speech) err(err error) string {
	if err == nil {
		return ""
	}
	return words.VisibleLines(s.message(s.words, err))
}

// menuTexts are the texts of reasons for which the page advises its menus, where a command line has flags.
var menuTexts = map[string]string{"columns_advice": "ui_columns_advice", "name_is_title": "ui_name_is_title"}

// each returns the texts of errors that were joined.
func (s *speech) each(err error) []string {
	var why reason.Reason
	if !isJoined(err) && errors.As(err, &why) && menuTexts[why.Code] != "" {
		return []string{words.VisibleLines(s.words.Text(menuTexts[why.Code], why.Params))}
	}
	if text := s.ended(err); text != "" && !isJoined(err) {
		return []string{text}
	}
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) {
		return []string{s.err(err)}
	}
	var texts []string
	for _, one := range joined.Unwrap() {
		texts = append(texts, s.each(one)...)
	}
	return texts
}

func isJoined(err error) bool {
	_, joined := err.(interface{ Unwrap() []error }) //nolint:errorlint // it asks for this one
	return joined
}

// field returns what people call a field. One that the API does not describe keeps its own name.
func (s *speech) field(name string) string {
	if strings.HasPrefix(name, "(") {
		return s.words.Term(name)
	}
	if known, is := fieldNames[name]; is {
		return s.err(known)
	}
	return name
}

// status returns what people call a status, of one line or of several; the service's own are shown as they are.
func (s *speech) status(status string, planned bool, n int) string {
	key := batch.Status(status)
	if key == batch.Unchanged && planned {
		key = kept
	}
	if code, known := statusNames[key]; known {
		return s.words.Say(code, "n", n)
	}
	return status
}

// why returns what is wrong with rows that have this reason, as a report's headings say it.
func (s *speech) why(code string) string {
	heading := "why_" + code
	if text := s.words.Say(heading); text != heading {
		return text
	}
	return s.words.Say("why_other")
}

// kindOf returns how a status looks.
func kindOf(status string) string {
	switch batch.Status(status) {
	case "PLANNED", batch.Success:
		return "good"
	case batch.Unchanged, batch.Empty:
		return "same"
	case batch.Conflict, batch.NotAttempted:
		return "warn"
	}
	return "bad"
}

func (s *speech) clock(at time.Time) string {
	if time.Until(at) >= 12*time.Hour {
		return s.words.Clock(at) // with its date
	}
	return at.Local().Format("15:04")
}

func (s *speech) date(at time.Time) string {
	if s.words.Language() == words.Portuguese {
		return at.Local().Format("02/01/2006 15:04")
	}
	return at.Local().Format("2 Jan 2006 15:04")
}

// left returns how long it is until then.
func (s *speech) left(at time.Time) string {
	return s.words.Duration(max(0, time.Until(at)).Round(time.Second))
}

// fields returns what people call several fields.
func (s *speech) fields(names string) string {
	var texts []string
	for _, name := range strings.Fields(names) {
		texts = append(texts, s.field(name))
	}
	return strings.Join(texts, ", ")
}
