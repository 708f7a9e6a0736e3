// Package dialect holds what a run knows of the dialect that the service speaks. All requests of the run share it:
// each reads it before it goes out, and each answer adds to it.
package dialect

import (
	"slices"
	"sync"
	"unicode/utf8"

	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// Detector learns the dialect from answers. It is safe for concurrent use. The nil pointer learns nothing, and speaks
// the zero [getraze.Dialect].
type Detector struct {
	detected func(getraze.Dialect)

	mu  sync.Mutex
	now getraze.Dialect
}

// New returns one that begins with what is known already. Detected is called once, when an answer first shows which
// dialect it is, from the goroutine that has the answer; nil is for nobody.
func New(known getraze.Dialect, detected func(getraze.Dialect)) *Detector {
	return &Detector{now: known, detected: detected}
}

// Recall begins with what an earlier run has detected, unless something is known already.
func (d *Detector) Recall(earlier getraze.Dialect) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.now.Known() {
		d.now = earlier
	}
}

// Now is what is known now.
func (d *Detector) Now() getraze.Dialect {
	if d == nil {
		return getraze.Dialect{}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now
}

// Learn takes in the opportunities of an answer.
func (d *Detector) Learn(shown ...getraze.Opportunity) {
	d.change(func(now getraze.Dialect) getraze.Dialect {
		for _, o := range shown {
			now = now.Learn(o)
		}
		return now
	})
}

// LearnUpdate takes in the answer to an update, as [getraze.Dialect.LearnUpdate] does, and returns what is known now.
func (d *Detector) LearnUpdate(then getraze.Dialect, sent []getraze.Field, o getraze.Opportunity) getraze.Dialect {
	return d.change(func(now getraze.Dialect) getraze.Dialect { return now.LearnUpdate(then, sent, o) })
}

// LearnRefusal takes in that the service knows none of the names that were sent, and returns what is known now.
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

// TakesAll reports whether there is nothing that [Unfit] would refuse.
func TakesAll(d getraze.Dialect) bool { return d.StageField() == crm.Status && d.Name() != "observed" }

// StoresAll reports whether, as far as is known, the service stores all of these fields, whatever rows give them.
func StoresAll(d getraze.Dialect, fields []string) bool {
	return TakesAll(d) && !slices.ContainsFunc(fields, func(field string) bool { return !d.Stores(field) })
}

// Unfit are the reasons to refuse what the dialect's service can't store: texts that are longer than it takes, and the
// word of a stage where stages have ids.
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

// Renamed are those of the fields that are now sent under another name than then.
func Renamed(then, now getraze.Dialect, fields []getraze.Field) []getraze.Field {
	var renamed []getraze.Field
	for _, f := range fields {
		if now.SentName(f.Name) != then.SentName(f.Name) {
			renamed = append(renamed, f)
		}
	}
	return renamed
}

// Missing are those of the fields that an opportunity, which was read after an update, does not hold. Half is the name
// if the contact has it, and it is not the opportunity's own title.
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
