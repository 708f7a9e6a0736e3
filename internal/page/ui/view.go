package ui

import (
	"cmp"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/page/work"
	"razebulk/internal/reason"
	"razebulk/internal/update"
	"razebulk/internal/words"
)

const maxShown = 300

// short shortens a value to what a table can show.
func short(text string) string { return words.VisibleCell(words.Shorten(text, maxShown)) }

// value returns the value of a field for people: a number has the separators of their language.
func (s *speech) value(field, text string) string {
	if crm.IsNumber(field) {
		text = s.words.Figure(text)
	}
	return short(text)
}

const maxID = 8

func shortID(id string) string { return words.VisibleCell(words.Shorten(id, maxID)) }

// choice is one line of a menu.
type choice struct {
	Value, Text string
	Selected    bool
}

// menu returns what a column may be sent as.
func (s *speech) menu(sheet *work.Sheet, i int) []choice {
	column, alone, isTitle := sheet.Preview.Columns[i], "", false
	if i < len(sheet.Alone) {
		alone, isTitle = sheet.Alone[i].Field, sheet.Alone[i].IsTitle
	}
	var menu []choice
	add := func(value, text string) { menu = append(menu, choice{value, text, false}) }
	own := (alone == crm.ID || crm.IsField(alone)) && !isTitle
	if !own {
		add("", s.words.Say("ui_as_is", "what", strings.Trim(s.field(alone), "()")))
	}
	add("-", s.words.Say("ui_leave_out"))
	if column.Header != "" {
		for _, field := range append([]string{crm.ID}, crm.Fields...) {
			text := s.field(field)
			if isTitle && field == alone {
				text = s.words.Say("ui_persons_name")
			}
			add(field, text)
		}
	}
	selected := column.Field
	switch {
	case column.Field == "(ignored)" && alone != column.Field:
		selected = "-"
	case column.Field == alone && !own && column.IsTitle == isTitle:
		selected = ""
	}
	for j := range menu {
		menu[j].Selected = menu[j].Value == selected
	}
	return menu
}

// auto returns what was detected, for the first line of a menu.
func (s *speech) auto(sheet *work.Sheet, name string) string {
	switch what := sheet.Preview.Format.Params[name].(type) {
	case string:
		if what != "" {
			return s.words.Say("ui_detected_as", "what", s.words.Term(what))
		}
	case int:
		return s.words.Say("ui_detected_as", "what", max(1, what))
	}
	return s.words.Say("ui_detected")
}

var (
	encodings  = []string{"utf-8", "windows-1252", "utf-16le", "macintosh", "ibm850"}
	delimiters = []string{"comma", "semicolon", "tab", "pipe"}
	decimals   = []string{"comma", "point"}
)

func isDelimiter(name string, delimiter rune) bool {
	d, err := csvmap.ParseDelimiter(name)
	return err == nil && d == delimiter
}

// matchOf returns the fields by which rows are matched, as a menu has them.
func matchOf(o csvmap.Options) string {
	var by []string
	for _, m := range o.Match {
		by = append(by, m.String())
	}
	return strings.Join(by, "+")
}

// leftOut reports whether a column is not sent.
func leftOut(c csvmap.ColumnPreview) bool { return strings.HasPrefix(c.Field, "(") }

// wrongIn returns what is wrong in the first cells of a column, without repeats.
func (s *speech) wrongIn(c csvmap.ColumnPreview) []string {
	var texts []string
	for _, v := range c.Values {
		if v.Problem == nil {
			continue
		}
		why := reason.Reason{Code: v.Problem.Code, Params: v.Problem.Params}
		if text := s.err(why); !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return texts
}

// cellOf returns the cells of the sheet that a line of the plan comes from, such as E14; "" if its fields have no
// columns.
func cellOf(sheet *work.Sheet, row int, fields string) string {
	letters := []string{}
	for _, field := range strings.Fields(fields) {
		if letter := sheet.Letter(field); letter != "" {
			letters = append(letters, letter+strconv.Itoa(row))
		}
	}
	return strings.Join(letters, " ")
}

// count is the number of things with a name.
type count struct {
	Name string
	N    int
}

// byCount returns the counts, the most frequent first.
func byCount[K ~string](of map[K]int) []count {
	var counts []count
	for _, name := range words.MostFirst(of) {
		counts = append(counts, count{string(name), of[name]})
	}
	return counts
}

// warnings returns what to know before the changes are sent: first what affects more than the sheet's own cells.
func (s *speech) warnings(of *screen) []string {
	survey := of.Changes.Survey
	var texts []string
	for _, why := range of.Live.Warnings {
		texts = append(texts, s.err(why))
	}
	add := func(wanted bool, why reason.Reason) {
		if wanted {
			texts = append(texts, s.err(why))
		}
	}
	add(survey.Conflicts > 0, reason.New("ui_conflicts", "rows", survey.Conflicts))
	for _, field := range slices.Sorted(maps.Keys(survey.Unreported)) {
		add(true, reason.New("ui_unreported", "field", s.field(field), "rows", survey.Unreported[field]))
	}
	add(!of.Ways.Compare && !of.Job.Plan, reason.New("ui_not_compared"))
	repeats := survey.Repeats
	add(repeats.Rows > 0 && !of.Undoes, reason.New("ui_repeats", "rows", repeats.Rows, "first", repeats.First, "second", repeats.Second))
	for _, doubt := range survey.Warnings {
		add(true, reason.New("ui_row_warning", "row", doubt.Row, "text", s.err(doubt.Reason)))
	}
	more := survey.WarningCount - len(survey.Warnings)
	add(more > 0, reason.New("ui_more", "n", more))
	return texts
}

// verdict returns the outcome of the run in one sentence.
func (s *speech) verdict(of *screen) string {
	r, c := of.Result, of.Result.Counts
	params := []any{"rows", r.Rows, "done", c.Done - c.Remaining, "failed", c.Failed, "file", filepath.Base(cmp.Or(of.Live.Failed, r.Paths.Failed))}
	switch {
	case isStopped(r.Err):
		return s.words.Say("ui_stopped_by", params...)
	case c.Done == 0:
		return s.words.Say("ui_not_sent")
	case isAllRejected(r):
		return s.words.Say("ui_nothing_changed")
	case r.Resumable || r.Err != nil && !errors.Is(r.Err, update.ErrFailedRows):
		return s.words.Say("ui_ended_early", params...)
	case c.Failed > 0:
		return s.words.Say("ui_some_failed", params...)
	}
	return s.words.Say("ui_all_done", params...)
}

// reasonOf returns what ended the run, if the verdict does not say so.
func (s *speech) reasonOf(of *screen) []string {
	err := of.Result.Err
	if err == nil || isStopped(err) || errors.Is(err, update.ErrFailedRows) && !errors.As(err, new(*update.FinishError)) {
		return nil
	}
	if isRejected(err) && !of.KeyRefused { // it was about another key
		return nil
	}
	return s.each(err)
}
