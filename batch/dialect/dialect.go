// Package dialect holds what a run knows about the dialect that the service speaks. All requests of the run share it:
// each reads it before it is sent, and each answer adds to it.
package dialect

import (
	"slices"
	"sync"
	"unicode/utf8"

	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// Detector learns the dialect from answers. It is safe for concurrent use. A nil Detector learns nothing, and reports
// the zero [getraze.Dialect].
type Detector struct {
	detected func(getraze.Dialect)

	mu  sync.Mutex
	now getraze.Dialect
}

// New returns a detector that begins with what is already known. Detected is called once, when an answer first shows
// the dialect, from the goroutine that has the answer; nil means no call.
func New(known getraze.Dialect, detected func(getraze.Dialect)) *Detector {
	return &Detector{now: known, detected: detected}
}

// Recall adopts what an earlier run has detected, unless something is already known.
func (d *Detector) Recall(earlier getraze.Dialect) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.now.Known() {
		d.now = earlier
	}
}

// Now returns what is known now.
func (d *Detector) Now() getraze.Dialect {
	if d == nil {
		return getraze.Dialect{}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now
}

// Learn learns from the opportunities of an answer.
func (d *Detector) Learn(shown ...getraze.Opportunity) {
	d.change(func(now getraze.Dialect) getraze.Dialect {
		for _, o := range shown {
			now = now.Learn(o)
		}
		return now
	})
}

// LearnUpdate learns from the answer to an update, as [getraze.Dialect.LearnUpdate] does, and returns what is known
// now.
func (d *Detector) LearnUpdate(then getraze.Dialect, sent []getraze.Field, o getraze.Opportunity) getraze.Dialect {
	return d.change(func(now getraze.Dialect) getraze.Dialect { return now.LearnUpdate(then, sent, o) })
}

// LearnRefusal records that the service knows none of the names that were sent, and returns what is known now.
func (d *Detector) LearnRefusal(then getraze.Dialect, sent []getraze.Field) getraze.Dialect {
	return d.change(func(now getraze.Dialect) getraze.Dialect { return now.LearnRefusal(then, sent) })
}

func (d *Detector) change(learn func(getraze.Dialect) getraze.Dialect) getraze.Dialect {
	if d == nil {
		return learn(getraze.Dialect{})
	}
	d.mu.Lock()
	isFirst := !d.now.Known()
	d.now = learn(d.now)
	now := d.now
	d.mu.Unlock()
	if isFirst && now.Known() && d.detected != nil {
		d.detected(now)
	}
	return now
}

// TakesAll reports whether [Unfit] would refuse nothing.
func TakesAll(d getraze.Dialect) bool { return d.StageField() == crm.Status && d.Name() != "observed" }

// StoresAll reports whether the service, as far as is known, stores all of these fields in any row.
func StoresAll(d getraze.Dialect, fields []string) bool {
	return TakesAll(d) && !slices.ContainsFunc(fields, func(field string) bool { return !d.Stores(field) })
}

// Unfit returns the reasons to refuse what the service can't store in this dialect: values that are too long for it,
// and the name of a stage if stages have ids.
func Unfit(d getraze.Dialect, fields []getraze.Field) []reason.Reason {
	var reasons []reason.Reason
	for _, f := range fields {
		if f.Name == crm.Status && !f.Clear && d.StageField() != crm.Status && !crm.IsUUID(f.Text) {
			reasons = append(reasons, reason.New("stage_needs_id", "stage", f.Text))
		}
		limit := d.MaxLength(f.Name)
		if limit == 0 || len(f.Text) <= limit || f.Clear {
			continue
		}
		if length := utf8.RuneCountInString(f.Text); length > limit {
			reasons = append(reasons, reason.New("text_too_long_for_service", "field", f.Name, "length", length, "max", limit))
		}
	}
	return reasons
}

// Renamed returns those of the fields that have a different name in now than in then.
func Renamed(then, now getraze.Dialect, fields []getraze.Field) []getraze.Field {
	var renamed []getraze.Field
	for _, f := range fields {
		if now.SentName(f.Name) != then.SentName(f.Name) {
			renamed = append(renamed, f)
		}
	}
	return renamed
}

// Missing returns the fields whose value an opportunity that was read after an update does not hold. Half is the name
// if the contact has it but the opportunity's own title does not.
func Missing(o getraze.Opportunity, fields []getraze.Field) (missing, half []getraze.Field) {
	for _, f := range fields {
		title, hasTitle := o.Title()
		switch {
		case !o.Holds(f):
			missing = append(missing, f)
		case f.Name == crm.Name && hasTitle && title != crm.Trim(f.Text):
			half = append(half, f)
		}
	}
	return missing, half
}
