package getraze

import (
	"encoding/json"
	"slices"

	"razebulk/internal/crm"
)

// Learn takes in which names an opportunity has in a list or in another answer.
func (d Dialect) Learn(o Opportunity) Dialect {
	if id := o.ID(); id != "" && d.ids != opaqueIDs {
		d.ids = opaqueIDs
		if crm.IsUUID(id) {
			d.ids = uuids
		}
	}
	if d.form == unknown { // what is known stays, so that a dialect doesn't change with every answer
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

// LearnUpdate takes in the opportunity with which the service answered an update, in which fields were sent under the
// names of another dialect: what was known when the request went out. A field that came back with another value was
// ignored under its name; if it has another name that wasn't tried, the result has that one, and the caller may send
// the field once more:
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

// Tried reports whether it shows nothing new, see [Dialect.LearnUpdate], that each of the fields was stored as this
// dialect sends it.
func (d Dialect) Tried(fields []Field) bool {
	for i := range fields {
		if n := namesOf(fields[i].Name); n != nil && d.trial(n, d).after(stored) != *d.trial(n, d) {
			return false
		}
	}
	return true
}

// evidence is what the values that came back prove of a field that was sent: stored, ignored, or refused for what no
// later answer can change. An amount or a currency that came back as another one is such a proof in the observed
// dialect. An amount that came back rounded proves nothing, nor does the currency of an amount that was stored.
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

// after is the trial after another one. A value that was there before the update looks as if it had been stored, so
// that a success proves little.
func (t trial) after(now trial) trial {
	switch {
	case t == untried || now == refused:
		return now
	case now == untried || t == now || t == refused:
		return t
	}
	return doubtful
}

// LearnRefusal takes in that the service knows none of the fields that were sent, see [APIError.NothingToUpdate].
func (d Dialect) LearnRefusal(then Dialect, sent []Field) Dialect {
	for _, field := range sent {
		if n := namesOf(field.Name); n != nil {
			*d.trial(n, then) = refused
		}
	}
	return d
}
