package getraze

import (
	"encoding/json"
	"slices"

	"razebulk/internal/crm"
)

// Learn adds the names that an opportunity has in a list or in another answer.
func (d Dialect) Learn(o Opportunity) Dialect {
	if id := o.ID(); id != "" && d.ids != opaqueIDs {
		d.ids = opaqueIDs
		if crm.IsUUID(id) {
			d.ids = uuids
		}
	}
	if d.form == unknown { // what is known is kept, so that a dialect doesn't change with every answer
		d.form = formOf(o.has(contactMarks...), o.has(documentedMarks...))
	}
	if d.stage == unknown {
		d.stage = formOf(o.has(StageID), o.has(crm.Status))
	}
	for i := range fieldNames {
		if d.use[i].shown != unknown {
			continue
		}
		n := &fieldNames[i]
		isShown := o.has(n.shown[0]) || n.shown[0] == crm.Owner && o.has(responsibleUser)
		d.use[i].shown = formOf(!isShown && o.has(n.shown[1]), isShown)
	}
	return d
}

func formOf(isObserved, isDocumented bool) form {
	switch {
	case isObserved:
		return observed
	case isDocumented:
		return documented
	}
	return unknown
}

// LearnUpdate learns from the opportunity with which the service answered an update. The fields were sent under the
// names of another dialect, then: what was known when the request went out. A field that came back with another value
// was ignored under its name, or the answer is older than the update. See also [Dialect.Again].
func (d Dialect) LearnUpdate(then Dialect, sent []Field, o Opportunity) Dialect {
	d = d.Learn(o)
	for _, field := range sent {
		var room [maxValues]json.RawMessage
		n := namesOf(field.Name)
		if found := o.addValues(room[:0], field.Name); n != nil && len(found) > 0 {
			if seen := d.evidence(field, found); seen != wasStored || !d.mayBeFirst(n, then) {
				trial := d.trial(n, then)
				*trial = trial.after(seen)
			}
		}
	}
	return d
}

// mayBeFirst reports whether a value that came back may have been stored by an earlier request, which sent it under the
// field's other name: unless that name was ignored more than once, its answer may have been older than the update.
func (d Dialect) mayBeFirst(n *names, then Dialect) bool {
	again := then.use[n.index].again
	if again == unknown {
		return false
	}
	first := d.use[n.index].trials[again.other()-1]
	return !first.refused && first.ignored < enough
}

// Again returns those of the fields that came back with another value that are worth sending again under their other
// name, and the dialect with which to do so. It is for that one request: other updates send them under the name that is
// known to be stored, or is likelier to be. Then is the dialect with which the fields were sent.
func (d Dialect) Again(then Dialect, ignored []Field) ([]Field, Dialect) {
	var again []Field
	for _, field := range ignored {
		n := namesOf(field.Name)
		if n == nil || !n.hasTwoNames() || d.fixed {
			continue
		}
		other := then.formOf(n).other()
		if t := d.use[n.index].trials[other-1]; d.formOf(n) == other || !t.isUseless() {
			d.use[n.index].again = other
			again = append(again, field)
		}
	}
	return again, d
}

// Tried reports whether nothing new would be learned, see [Dialect.LearnUpdate], if each of the fields were stored as
// this dialect sends it.
func (d Dialect) Tried(fields []Field) bool {
	for i := range fields {
		if n := namesOf(fields[i].Name); n != nil && d.trial(n, d).after(wasStored) != *d.trial(n, d) {
			return false
		}
	}
	return true
}

// evidence is what the returned values prove about a field that was sent.
type evidence int

const (
	nothing    evidence = iota
	wasStored           // it came back with the value that was sent
	wasIgnored          // it came back with another value
	wasRefused          // it is never stored, which no later answer can change
)

// evidence returns what the returned values prove about a field that was sent. In the observed dialect, an amount or a
// currency that came back with another value was refused. An amount that came back rounded proves nothing, and a
// currency whose amount was stored was merely ignored.
func (d Dialect) evidence(field Field, found []json.RawMessage) evidence {
	if field.storedAs(found) {
		return wasStored
	}
	isRounded := func(raw json.RawMessage) bool { return sameCents(field.Text, text(raw)) }
	switch {
	case d.form != observed || field.Name != crm.Amount && field.Name != crm.Currency:
		return wasIgnored
	case field.Name == crm.Amount && slices.ContainsFunc(found, isRounded):
		return nothing
	case field.Name == crm.Currency && *d.trial(namesOf(crm.Amount), d) == onlyStored:
		return wasIgnored
	}
	return wasRefused
}

// LearnRefusal learns that the service knows none of the fields that were sent, see [APIError.NothingToUpdate].
func (d Dialect) LearnRefusal(then Dialect, sent []Field) Dialect {
	for _, field := range sent {
		if n := namesOf(field.Name); n != nil {
			trial := d.trial(n, then)
			*trial = trial.after(wasRefused)
		}
	}
	return d
}
