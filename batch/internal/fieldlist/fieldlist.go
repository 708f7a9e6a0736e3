// Package fieldlist has which fields of which opportunities are wanted, in little memory.
package fieldlist

import (
	"slices"
	"strings"

	"razebulk/internal/crm"
)

// Lists has a list of fields for each opportunity. It is for one goroutine, and for reading by several.
type Lists struct {
	// IDs are the opportunities as they were spelled first, in the order in which they came.
	IDs []string
	// Fields are all that occur.
	Fields []string

	byID   map[string]uint32 // the place of each opportunity in IDs
	listOf []uint32          // the place in lists of the fields of each
	lists  [][]string        // each once: most rows have the same
}

// Add adds fields to those of an opportunity.
func (l *Lists) Add(id string, fields []string) {
	if l.byID == nil {
		l.byID = map[string]uint32{}
	}
	i, found := l.byID[crm.IDKey(id)]
	if !found {
		i, id = uint32(len(l.IDs)), strings.Clone(id) // it is a part of a whole row
		l.IDs, l.listOf = append(l.IDs, id), append(l.listOf, l.place(nil))
		l.byID[crm.IDKey(id)] = i
	}
	l.Fields = merged(l.Fields, fields)
	l.listOf[i] = l.place(merged(l.lists[l.listOf[i]], fields))
}

// place is that of a list of fields.
func (l *Lists) place(fields []string) uint32 {
	for i := len(l.lists) - 1; i >= 0; i-- {
		if slices.Equal(l.lists[i], fields) {
			return uint32(i)
		}
	}
	l.lists = append(l.lists, slices.Clip(fields))
	return uint32(len(l.lists) - 1)
}

// Of are the fields of an opportunity.
func (l *Lists) Of(id string) []string {
	if i, found := l.byID[crm.IDKey(id)]; found {
		return l.lists[l.listOf[i]]
	}
	return nil
}

// Spelled is an id as it was spelled first; false if it was never added.
func (l *Lists) Spelled(id string) (string, bool) {
	i, found := l.byID[crm.IDKey(id)]
	if !found {
		return "", false
	}
	return l.IDs[i], true
}

// merged has each name once.
func merged(names, more []string) []string {
	for _, name := range more {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
