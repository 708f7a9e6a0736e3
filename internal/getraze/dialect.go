package getraze

import (
	"fmt"
	"strings"

	"razebulk/internal/crm"
)

// Dialect is what is known about the names that a service uses for fields, stages and ids. The zero value knows
// nothing and sends documented names. What answers show is learned field by field, as a host may mix the two. A
// Dialect is a value: each method that learns returns a new one. Two are equal (==) if they know the same.
type Dialect struct {
	form  form // the dialect of the opportunities' keys
	fixed bool // set by the user: fields are sent under its names, whatever answers show
	stage form // the dialect of the opportunities' stages
	ids   idForm
	// use holds what is known about each field, in the order of [crm.Fields].
	use [len(fieldNames)]usage
}

type idForm uint8

const (
	noID idForm = iota
	uuids
	opaqueIDs
)

// usage is what is known about the names under which one field is sent.
type usage struct {
	shown form // the dialect whose name answers use for the field
	again form // the dialect whose name a request uses that sends the field again, see [Dialect.Again]
	// trials holds the results of sending it under the documented and under the observed name.
	trials [2]trial
}

// NewDialect returns the dialect with this name, "documented" or "observed", and false for any other name. A fixed
// one is set by the user, and its names are not learned. Otherwise an earlier run has detected it.
func NewDialect(name string, fixed bool) (Dialect, bool) {
	for _, f := range []form{documented, observed} {
		if f.String() == name {
			return Dialect{form: f, stage: f, fixed: fixed}, true
		}
	}
	return Dialect{}, false
}

func (f form) String() string { return [...]string{"", "documented", "observed"}[f] }

// Name returns "documented" or "observed", or "" while the dialect is not known.
func (d Dialect) Name() string { return d.form.String() }

// Known reports whether the dialect was detected or set by the user.
func (d Dialect) Known() bool { return d.form != unknown }

// String returns "the observed dialect", for example, with the names that differ from it on this service.
func (d Dialect) String() string {
	if !d.Known() {
		return "a dialect that is not known yet"
	}
	var differ []string
	for _, field := range crm.Fields {
		if n := namesOf(field); n.hasTwoNames() && d.formOf(n) != d.form {
			differ = append(differ, fmt.Sprintf("%s sent as %s", field, d.SentName(field)))
		}
	}
	text := "the " + d.Name() + " dialect"
	if differ != nil {
		text += " with " + strings.Join(differ, " and ")
	}
	return text
}

// SentName returns the name under which an update sends the field with this documented name. Names that the API
// doesn't document are returned unchanged.
func (d Dialect) SentName(field string) string {
	if n := namesOf(field); n != nil {
		return n.sent[d.formOf(n)-1]
	}
	return field
}

// Stores returns false if the service was shown not to store the field: it has refused every name of it, or, in the
// observed dialect, it has ignored an amount or a currency.
func (d Dialect) Stores(field string) bool {
	n := namesOf(field)
	if n == nil {
		return true
	}
	trials := d.use[n.index].trials
	switch {
	case n.hasTwoNames() && !d.fixed:
		return !trials[0].refused || !trials[1].refused
	case d.form == observed && (field == crm.Amount || field == crm.Currency):
		return !trials[0].refused && (trials[0].stored || trials[0].ignored == 0)
	}
	return !d.trial(n, d).refused
}

// trial returns the trial of the name under which sender sends the field. A field with one name uses the first.
func (d *Dialect) trial(n *names, sender Dialect) *trial {
	trials := &d.use[n.index].trials
	if n.hasTwoNames() {
		return &trials[sender.formOf(n)-1]
	}
	return &trials[0]
}

// StageField returns the field with which [Client.SetStage] sets a stage: "status", one of [crm.Statuses], or
// "stage_id".
func (d Dialect) StageField() string {
	if d.stage == observed {
		return StageID
	}
	return crm.Status
}

// Spells reports whether it is known how to send the id: the service's own ids were seen, or it has only one
// spelling.
func (d Dialect) Spells(id string) bool { return d.ids != noID || crm.CanonicalID(id) == id }

// ID returns the id as it is sent: in canonical form if the service's own ids were seen to be UUIDs, otherwise
// unchanged.
func (d Dialect) ID(id string) string {
	if d.ids == uuids {
		return crm.CanonicalID(id)
	}
	return id
}

// MaxLength returns how many characters the field may have in the observed dialect, which answers a longer value with
// a 500 and may store half of the update; 0 means no limit.
func (d Dialect) MaxLength(field string) int {
	if d.form != observed {
		return 0
	}
	return maxLengths[field]
}

var maxLengths = map[string]int{crm.Name: 255, crm.Position: 255, ownTitle: 255, crm.Email: 255, crm.Phone: 50, crm.Company: 500}

// formOf returns the dialect whose name for the field is sent.
func (d Dialect) formOf(n *names) form {
	used, likely := d.use[n.index], d.form
	if used.again != unknown {
		return used.again
	}
	if !d.fixed && used.shown != unknown {
		likely = used.shown
	}
	likely = max(likely, documented)
	if d.fixed {
		return likely
	}
	if n.hasTwoNames() && used.trials[likely.other()-1].rank() > used.trials[likely-1].rank() {
		return likely.other()
	}
	return likely
}

// other returns the other one of the two dialects.
func (f form) other() form { return documented + observed - f }
