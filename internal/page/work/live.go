package work

import (
	"slices"
	"sync"

	"razebulk/batch"
	"razebulk/internal/event"
	"razebulk/internal/reason"
)

// Live is what the events of a run have reported so far.
type Live struct {
	Warnings, Notices []reason.Reason
	Progress          event.Progress
	Planned           *event.Planned
	Compared          *batch.Reading
	// Failed, Undo and PlanFile are files that are in place; "" means none.
	Failed, Undo, PlanFile, Results string
	Repeats                         batch.Repeats
}

// live handles the events of a run.
type live struct {
	mu  sync.Mutex
	all Live
}

// maxSaid is how many warnings are kept.
const maxSaid = 50

func (l *live) now() Live {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := l.all
	all.Warnings, all.Notices = slices.Clone(all.Warnings), slices.Clone(all.Notices)
	return all
}

// handle is an [event.Handler].
func (l *live) handle(e event.Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch e := e.(type) {
	case event.Warning:
		if len(l.all.Warnings) < maxSaid {
			l.all.Warnings = append(l.all.Warnings, e.Reason)
		}
	case event.Notice:
		if len(l.all.Notices) < maxSaid {
			l.all.Notices = append(l.all.Notices, e.Reason)
		}
	case event.Progress:
		l.all.Progress = e
	case event.Compared:
		l.all.Compared = &e.Reading
	case event.Planned:
		l.all.Planned = &e
	case event.Finished:
		l.all.Results, l.all.Repeats = e.Results, e.Repeats
	case event.PlanWritten:
		l.all.PlanFile = e.Path
	case event.FailedWritten:
		l.all.Failed = e.Path
	case event.UndoWritten:
		l.all.Undo = e.Path
	}
}
