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
		d.stage = formOf(o.has(stageID), o.has(crm.Status))
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
// was ignored under its name. If it has another name that wasn't tried, the result uses that one, and the caller may
// send the field again:
//
//	now := known.LearnUpdate(then, sent, answer.Opportunity)
//	again := now.SentName(field) != then.SentName(field)
func (d Dialect) LearnUpdate(then Dialect, sent []Field, o Opportunity) Dialect {
	d = d.Learn(o)
	for _, field := range sent {
		var room [maxValues]json.RawMessage
		n := namesOf(field.Name)
		if found := o.addValues(room[:0], field.Name); n != nil && len(found) > 0 {
			trial := d.trial(n, then)
			*trial = trial.after(d.evidence(field, found))
		}
	}
	return d
}

// Tried reports whether nothing new would be learned, see [Dialect.LearnUpdate], if each of the fields were stored as
// this dialect sends it.
func (d Dialect) Tried(fields []Field) bool {
	for i := range fields {
		if n := namesOf(fields[i].Name); n != nil && d.trial(n, d).after(stored) != *d.trial(n, d) {
			return false
		}
	}
	return true
}

// evidence returns what the returned values prove about a field that was sent: that it was stored or ignored, or
// refused, which no later answer can change. In the observed dialect, an amount or a currency that came back with
// another value was refused. An amount that came back rounded proves nothing, and a currency whose amount was stored
// was merely ignored.
func (d Dialect) evidence(field Field, found []json.RawMessage) trial {
	if field.storedAs(found) {
		return stored
	}
	isRounded := func(raw json.RawMessage) bool { return sameCents(field.Text, text(raw)) }
	switch {
	case d.form != observed || field.Name != crm.Amount && field.Name != crm.Currency:
		return ignored
	case field.Name == crm.Amount && slices.ContainsFunc(found, isRounded):
		return untried
	case field.Name == crm.Currency && *d.trial(namesOf(crm.Amount), d) == stored:
		return ignored
	}
	return refused
}

// after returns the trial that follows from this one and a later one. A value that was there before the update looks
// as if it had been stored, so a success proves little.
func (t trial) after(now trial) trial {
	switch {
	case t == untried || now == refused:
		return now
	case now == untried || t == now || t == refused:
		return t
	}
	return doubtful
}

// LearnRefusal learns that the service knows none of the fields that were sent, see [APIError.NothingToUpdate].
func (d Dialect) LearnRefusal(then Dialect, sent []Field) Dialect {
	for _, field := range sent {
		if n := namesOf(field.Name); n != nil {
			*d.trial(n, then) = refused
		}
	}
	return d
}
