package work

import (
	"cmp"
	"slices"
	"strings"

	"razebulk/batch"
	"razebulk/internal/crm"
	"razebulk/internal/event"
	"razebulk/internal/words"
)

// label has what a person knows the opportunity of a row by, and the code of why the row, or a part of it, is not
// sent.
type label struct {
	row              int
	name, owner, why string
}

// labels has the labels of the planned rows.
type labels struct {
	all    []label
	owners map[string]int
}

// handle is an [event.Handler].
func (l *labels) handle(e event.Event) {
	planned, is := e.(event.RowPlanned)
	if !is {
		return
	}
	one := label{row: planned.Plan.Row.Number}
	for _, cell := range planned.Cells {
		switch cell.Field {
		case crm.Name:
			one.name = cut(cell.Text)
		case crm.Owner:
			one.owner = cut(cmp.Or(named(planned.Plan, crm.Owner), cell.Text))
		}
	}
	if one.owner != "" {
		l.owners[one.owner]++
	}
	// What the service refuses has different words each time.
	if why := planned.Plan.Reasons; len(why) > 0 && why[0].Code != "service_refused" {
		one.why = why[0].Code
	}
	l.all = append(l.all, one)
}

// named returns the new value of a field, with its name instead of an id.
func named(p batch.Plan, field string) string {
	for _, d := range p.Decisions {
		if d.Field.Name == field {
			return d.Field.Text
		}
	}
	return ""
}

const (
	maxOwners = 50
	maxLabel  = 80
)

// cut shortens a text, and copies it so that nothing of the whole row is retained.
func cut(text string) string {
	if len(text) <= maxLabel {
		return strings.Clone(text)
	}
	return strings.Clone(strings.ToValidUTF8(text[:maxLabel], ""))
}

// sort prepares the labels for of: rows of an undo file come backward.
func (l *labels) sort() {
	slices.SortFunc(l.all, func(a, b label) int { return cmp.Compare(a.row, b.row) })
}

func (l *labels) of(row int) label {
	i, found := slices.BinarySearchFunc(l.all, row, func(one label, row int) int { return cmp.Compare(one.row, row) })
	if !found {
		return label{}
	}
	return l.all[i]
}

// frequentOwners returns the most frequent owners, in that order.
func (l *labels) frequentOwners() []string {
	owners := words.MostFirst(l.owners)
	return owners[:min(len(owners), maxOwners)]
}
