// Package fieldlist records, in little memory, which fields of which opportunities are wanted and remain to be read.
package fieldlist

import (
	"math"
	"slices"

	"razebulk/batch/internal/ids"
	"razebulk/internal/getraze"
)

// Lists holds a list of fields for each opportunity. Only one goroutine may change it; several may read it.
type Lists struct {
	// IDs are the opportunities.
	IDs *ids.Index
	// Fields are all fields that occur.
	Fields []string

	listOf  []uint32        // indexes into lists for the fields of each, by its place in IDs
	open    []uint32        // the same for the fields that remain, or unread
	lists   [][]string      // each once: most rows have the same
	ignored map[string]bool // fields that the service never reports
}

const unread = math.MaxUint32

// New returns empty lists.
func New() *Lists { return &Lists{IDs: &ids.Index{}, ignored: map[string]bool{}} }

// Add adds fields to those of an opportunity that was not read yet.
func (l *Lists) Add(id string, fields []string) {
	i := l.IDs.Add(id)
	if i == len(l.listOf) {
		l.listOf, l.open = append(l.listOf, l.place(nil)), append(l.open, unread)
	}
	l.Fields = merged(l.Fields, fields)
	l.listOf[i] = l.place(merged(l.lists[l.listOf[i]], fields))
}

// place returns the index of a list of fields.
func (l *Lists) place(fields []string) uint32 {
	for i := len(l.lists) - 1; i >= 0; i-- {
		if slices.Equal(l.lists[i], fields) {
			return uint32(i)
		}
	}
	l.lists = append(l.lists, slices.Clip(fields))
	return uint32(len(l.lists) - 1)
}

// Lacks reports whether an opportunity lacks a field that is wanted of it; nil stands for one that was not read.
func (l *Lists) Lacks(id string, o getraze.Opportunity) bool {
	if o == nil {
		return true
	}
	place, found := l.IDs.Place(id)
	return found && slices.ContainsFunc(l.lists[l.listOf[place]], unreported(o))
}

// unreported returns a function that reports whether an opportunity lacks a field.
func unreported(o getraze.Opportunity) func(field string) bool {
	return func(field string) bool {
		_, reported := o.Value(field)
		return !reported
	}
}

// Read records that the opportunity at this place in IDs was read. The fields that it lacks remain.
func (l *Lists) Read(place int, o getraze.Opportunity) {
	var left []string
	for _, field := range l.lists[l.listOf[place]] {
		if unreported(o)(field) {
			left = append(left, field)
		}
	}
	l.open[place] = l.place(left)
}

// GiveUp removes all fields that remain of the opportunity at this place in IDs.
func (l *Lists) GiveUp(place int) { l.open[place] = l.place(nil) }

// Ignore stops wanting the fields that an opportunity, read singly, does not report.
func (l *Lists) Ignore(read getraze.Opportunity) {
	for _, field := range l.Fields {
		if unreported(read)(field) {
			l.ignored[field] = true
		}
	}
}

// Missing returns the ids of which something remains to be read.
func (l *Lists) Missing() []string {
	var missing []string
	isOpen := func(field string) bool { return !l.ignored[field] }
	for i, id := range l.IDs.Spelled() {
		if l.open[i] == unread || slices.ContainsFunc(l.lists[l.open[i]], isOpen) {
			missing = append(missing, id)
		}
	}
	return missing
}

// Unread returns how many opportunities were not read.
func (l *Lists) Unread() (n int) {
	for _, open := range l.open {
		if open == unread {
			n++
		}
	}
	return n
}

// merged returns all the names, each once.
func merged(names, more []string) []string {
	for _, name := range more {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
