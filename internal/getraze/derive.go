package getraze

import (
	"encoding/json"
	"maps"
	"slices"

	"razebulk/internal/crm"
)

// Stage is a stage of a pipeline in the observed dialect.
type Stage struct {
	ID, Name, PipelineID, PipelineName string
}

// Stage returns the stage that the opportunity is in. Names are only in lists. The ID is empty if no stage is
// reported; the documented dialect has a status instead.
func (o Opportunity) Stage() Stage {
	return Stage{o.string(StageID), o.string("stage_name"), o.string(PipelineID), o.string("pipeline_name")}
}

// User is a user of the CRM.
type User struct {
	ID, Name, Email string
}

// Owner returns the responsible user. Name and e-mail are only in lists of the observed dialect, and the name also in
// the documented dialect's answer to a GET. The ID is empty if there is no owner or none is reported, see
// [Opportunity.Value].
func (o Opportunity) Owner() User {
	id, _ := o.Value(crm.Owner)
	user := User{id.Text, o.string("owner_user_name"), o.string("owner_user_email")}
	var named struct {
		Name string `json:"name"`
	}
	if user.Name == "" && json.Unmarshal(o[responsibleUser], &named) == nil {
		user.Name = named.Name
	}
	return user
}

// With returns the opportunity as it is after these fields were stored.
func (o Opportunity) With(fields []Field) Opportunity {
	after := maps.Clone(o)
	for _, f := range fields {
		raw, err := f.json(Dialect{form: observed}) // where null is sent, null is stored
		if err != nil {
			continue
		}
		key := o.keyOf(f.Name)
		for _, other := range o.keys(f.Name) {
			delete(after, other)
		}
		after[key] = raw
		switch _, hasTitle := o.Title(); {
		case f.Name == crm.Name && hasTitle:
			after[ownTitle] = raw
		case f.Name == crm.Owner:
			delete(after, "owner_user_name")
			delete(after, "owner_user_email")
		case f.Name == StageID:
			delete(after, "stage_name")
		}
	}
	return after
}

// keyOf returns the key under which the opportunity shows the field, or would show it.
func (o Opportunity) keyOf(field string) string {
	keys := o.keys(field)
	for _, key := range keys {
		if o.has(key) && key != responsibleUser {
			return key
		}
	}
	return keys[0]
}

// Only returns the opportunity with nothing but its ids, the time of its last update and these fields, for keeping
// many in memory.
func (o Opportunity) Only(fields []string) Opportunity {
	kept := Opportunity{}
	keep := func(keys []string) {
		for _, key := range keys {
			if raw, there := o[key]; there {
				kept[key] = slices.Clone(raw) // raw is part of a whole page
			}
		}
	}
	keep(identity)
	for _, field := range fields {
		keep(keysOf(field))
	}
	return kept
}

// Nullable reports whether the field may be sent as null once the other fields are stored: a contact must keep its
// e-mail or its phone, and a name must be a string. It is false, too, if what the contact would keep is not reported.
func (o Opportunity) Nullable(field string, sent []Field) bool {
	other := map[string]string{crm.Email: crm.Phone, crm.Phone: crm.Email}[field]
	if other == "" {
		return field != crm.Name
	}
	value, reported := o.With(sent).Value(other)
	return reported && !value.Empty
}
