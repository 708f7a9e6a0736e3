// Package match finds the opportunities of rows that have no id, by values that both have. It finds one only if all
// opportunities that may have the values were seen, and exactly one has them.
package match

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// Finder looks for the values of rows among opportunities. It is not safe for concurrent use.
type Finder struct {
	fields   []string
	keep     []string // the fields of opportunities to remember
	onlyOpen bool
	wanted   map[string]*wanted             // by the key of the values
	keyOf    map[string]string              // of each opportunity with wanted values, by the key of its id
	held     map[string]getraze.Opportunity // by the key of the id
	ids      map[string]bool                // of rows that have an id
	given    map[string]bool                // keys of values that rows give opportunities that have other ones
	seenAll  bool
	seen     int
	reported []bool // whether an opportunity has shown the field
}

// wanted holds the values of some rows, and the opportunities that have them.
type wanted struct {
	values  []csvmap.Cell
	remains bool // a row with these is still to be sent
	seenAll bool // all opportunities that may have them were seen
	found   []candidate
}

type candidate struct {
	id, title, stage string
	state            state
}

// state is whether an opportunity is still open.
type state int

const (
	unknown state = iota
	open
	closed
)

// New returns a finder that matches by these fields. Keep lists the fields of opportunities to remember. With onlyOpen,
// if several opportunities have the values, the finder takes the one that is neither won nor lost.
func New(fields, keep []string, onlyOpen bool) *Finder {
	return &Finder{
		fields: fields, keep: keep, onlyOpen: onlyOpen, wanted: map[string]*wanted{}, keyOf: map[string]string{},
		held: map[string]getraze.Opportunity{}, ids: map[string]bool{}, given: map[string]bool{}, reported: make([]bool, len(fields)),
	}
}

// Want adds a row that can be sent: the values by which to find its opportunity, or its id. Remains reports that it is
// still to be sent.
func (f *Finder) Want(row csvmap.Row, remains bool) {
	key, ok := keyOfCells(row.Match)
	if after, changes := f.keyAfter(row); changes && after != key {
		f.given[after] = true
	}
	if len(row.Match) == 0 {
		f.ids[strings.Clone(crm.IDKey(row.ID))] = true
		return
	}
	if !ok {
		return
	}
	w := f.wanted[key]
	if w == nil {
		w = &wanted{values: slices.Clone(row.Match)}
		for i := range w.values { // the strings are parts of the whole row
			w.values[i].Text = strings.Clone(w.values[i].Text)
		}
		f.wanted[key] = w
	}
	w.remains = w.remains || remains
}

// keyAfter returns the key of the values that the row's opportunity has once the row is stored; false if the row gives
// it none of them, or not all are known. A name may be stored as the title, too (docs/api.md).
func (f *Finder) keyAfter(row csvmap.Row) (key string, changes bool) {
	values := make([]csvmap.Cell, len(f.fields))
	copy(values, row.Match)
	for i, field := range f.fields {
		values[i].Field = field
		for _, c := range row.Cells {
			if c.Field == field || field == crm.Title && c.Field == crm.Name {
				values[i].Text, changes = c.Text, true
			}
		}
	}
	key, isWhole := keyOfCells(values)
	return key, changes && isWhole
}

// Remaining returns the number of different values that rows still to be sent are looking for.
func (f *Finder) Remaining() (n int) {
	for _, w := range f.wanted {
		if w.remains {
			n++
		}
	}
	return n
}

// UnseenIDs returns the number of different ids in rows whose opportunities were not seen.
func (f *Finder) UnseenIDs() (n int) {
	for id := range f.ids {
		if f.held[id] == nil {
			n++
		}
	}
	return n
}

// See adds opportunities. If one is seen several times, the last time counts.
func (f *Finder) See(all ...getraze.Opportunity) {
	for _, o := range all {
		f.see(o)
	}
}

func (f *Finder) see(o getraze.Opportunity) {
	id := crm.IDKey(o.ID())
	f.seen++
	key, ok := f.keyOfOpportunity(o)
	if before, found := f.keyOf[id]; found {
		f.wanted[before].found = slices.DeleteFunc(f.wanted[before].found, func(c candidate) bool { return crm.SameID(c.id, id) })
		delete(f.keyOf, id)
	}
	w := f.wanted[key]
	isWanted := ok && w != nil
	if isWanted {
		f.keyOf[id] = key
		w.found = append(w.found, candidateOf(o))
	}
	if isWanted || f.ids[id] {
		f.held[id] = o.Only(f.keep)
	}
}

func candidateOf(o getraze.Opportunity) candidate {
	c := candidate{id: strings.Clone(o.ID()), stage: o.Stage().Name, state: stateOf(o)}
	if c.title, _ = o.Title(); c.title == "" {
		name, _ := o.Value(crm.Name)
		c.title = name.Text
	}
	if status, reported := o.Value(crm.Status); reported {
		c.stage = status.Text
	}
	return c
}

// stateOf uses the status. If there is none, it uses the times when the opportunity was won or lost, and the stage: a
// stage whose name means won or lost in another language sets no such time.
func stateOf(o getraze.Opportunity) state {
	if status, reported := o.Value(crm.Status); reported {
		return stateOfWord(status.Text, unknown)
	}
	won, hasWon := o.Value("won_at")
	lost, hasLost := o.Value("lost_at")
	switch {
	case hasWon && !won.Empty, hasLost && !lost.Empty:
		return closed
	case hasWon && hasLost:
		return stateOfWord(o.Stage().Name, open)
	}
	return stateOfWord(o.Stage().Name, unknown)
}

// stateOfWord returns what a status or the name of a stage means, or else other.
func stateOfWord(word string, other state) state {
	switch status, known := crm.StatusOf(word); {
	case !known:
		return other
	case crm.IsClosed(status):
		return closed
	}
	return open
}

// SeenAll records that all opportunities were seen.
func (f *Finder) SeenAll() { f.seenAll = true }

// Unreported returns the fields that no opportunity has shown, although some were seen: nothing can be found by them.
func (f *Finder) Unreported() []string {
	var fields []string
	for i, field := range f.fields {
		if f.seen > 0 && !f.reported[i] {
			fields = append(fields, field)
		}
	}
	return fields
}

// Held returns what is remembered of an opportunity that has the values or the id of a row; nil for others.
func (f *Finder) Held(id string) getraze.Opportunity { return f.held[crm.IDKey(id)] }

// HeldAll returns all opportunities that are remembered, by the keys of their ids.
func (f *Finder) HeldAll() map[string]getraze.Opportunity { return f.held }

// Find returns the id of the one opportunity that has the values. Its error is the reason match_none, match_several, or
// match_value_given: which opportunity has them then depends on which rows were stored before, perhaps by a run that
// was killed.
func (f *Finder) Find(values []csvmap.Cell) (string, error) {
	key, _ := keyOfCells(values)
	if f.given[key] {
		return "", withValues(reason.New("match_value_given"), values)
	}
	w := f.wanted[key]
	if w == nil || len(w.found) == 0 || !f.seenAll && !w.seenAll {
		return "", withValues(reason.New("match_none"), values)
	}
	found := w.found
	if len(found) > 1 && f.onlyOpen {
		found = onlyOpen(found)
	}
	if len(found) == 1 {
		return found[0].id, nil
	}
	why := withValues(reason.New("match_several", "only_open", f.onlyOpen), values)
	var ids, titles, stages []string
	for _, c := range w.found {
		ids, titles, stages = append(ids, c.id), append(titles, c.title), append(stages, c.stage)
	}
	why.Params["ids"], why.Params["titles"], why.Params["stages"] = ids, titles, stages
	return "", why
}

// onlyOpen returns the only open candidate, or all if another one may be open.
func onlyOpen(found []candidate) []candidate {
	remaining := slices.DeleteFunc(slices.Clone(found), func(c candidate) bool { return c.state == closed })
	if len(remaining) == 1 && remaining[0].state == open {
		return remaining
	}
	return found
}

func withValues(why reason.Reason, values []csvmap.Cell) reason.Reason {
	if why.Params == nil {
		why.Params = reason.Params{}
	}
	why.Params["by"], why.Params["values"] = csvmap.FieldsAndTexts(values)
	return why
}

// keyOfOpportunity returns the key of the values that an opportunity has; false if it lacks one.
func (f *Finder) keyOfOpportunity(o getraze.Opportunity) (string, bool) {
	held := make([]csvmap.Cell, len(f.fields))
	for i, field := range f.fields {
		value, reported := valueOf(o, field)
		held[i].Field = field
		if reported {
			f.reported[i], held[i].Text = true, value
		}
	}
	return keyOfCells(held)
}

// valueOf returns an opportunity's value for a field. Its title is its own, not the job title of its contact.
func valueOf(o getraze.Opportunity, field string) (string, bool) {
	if field == crm.Title {
		return o.Title()
	}
	value, reported := o.Value(field)
	return value.Text, reported
}

// keyOfCells returns the same key for values that mean the same; false if one of them is blank.
func keyOfCells(values []csvmap.Cell) (string, bool) {
	var key strings.Builder
	for _, v := range values {
		part := normal(v.Field, v.Text)
		if part == "" {
			return "", false
		}
		key.WriteString(strconv.Quote(part))
	}
	return key.String(), len(values) > 0
}

// normal returns the same string for two strings that mean the same value of a field.
func normal(field, text string) string {
	switch field {
	case crm.Phone:
		return strings.Map(digit, text)
	case "contact_id":
		return crm.IDKey(crm.Trim(text))
	}
	text = crm.Trim(text)
	if strings.ContainsFunc(text, isComposed) {
		text = norm.NFC.String(text)
	}
	return strings.Map(folded, text)
}

// isComposed reports whether a character may be decomposed, or is a combining one. Strings without any are left
// unchanged: some characters would become ASCII letters.
func isComposed(r rune) bool { return unicode.In(r, unicode.M, unicode.Hangul) }

func digit(r rune) rune {
	if unicode.IsDigit(r) {
		return r
	}
	return -1
}

// folded returns the same letter for letters that differ only in case, such as the three sigmas. It never turns another
// letter into an ASCII one: a search for an ASCII text has to find everything that is the same.
func folded(r rune) rune {
	if r <= unicode.MaxASCII {
		return unicode.ToLower(r)
	}
	first := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		if next > unicode.MaxASCII {
			first = min(first, next)
		}
	}
	return first
}
