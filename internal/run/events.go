// Package run provides what runs of update and export share: how requests are made and paced, and a single stream of
// events.
package run

import (
	"sync"
	"sync/atomic"
	"time"

	"razebulk/batch/pace"
	"razebulk/internal/event"
	"razebulk/internal/files"
	"razebulk/internal/reason"
)

// Events is the stream of a run's events. It passes them to the handler one at a time. It is safe for concurrent use.
type Events struct {
	mu     sync.Mutex
	handle event.Handler
}

// NewEvents returns a stream to a handler; with nil, events are discarded.
func NewEvents(handle event.Handler) *Events { return &Events{handle: handle} }

// Emit passes on an event, and returns when the handler has returned.
func (e *Events) Emit(one event.Event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.handle != nil {
		e.handle(one)
	}
}

// Warn emits a warning.
func (e *Events) Warn(r reason.Reason) { e.Emit(event.Warning{Reason: r}) }

// Note emits a notice.
func (e *Events) Note(r reason.Reason) { e.Emit(event.Notice{Reason: r}) }

// progressEvery is how often the progress of a phase is emitted.
const progressEvery = 200 * time.Millisecond

// Track emits the progress of a phase at once, then several times a second until stop is called, and then once more
// with Ended set. counts returns the run's own part of the progress, and how many requests remain; Track adds what
// holds the requests back. Stop may be called more than once.
func (e *Events) Track(pacer *pace.Pacer, counts func() (p event.Progress, remaining int)) (stop func()) {
	return e.Follow(func() event.Progress { return progressOf(pacer, counts) })
}

// Follow is [Events.Track] for a phase that makes no requests.
func (e *Events) Follow(progress func() event.Progress) (stop func()) {
	done := make(chan struct{})
	var ended sync.WaitGroup
	emit := func(last bool) {
		p := progress()
		p.Ended = last
		e.Emit(p)
	}
	emit(false)
	ended.Go(func() {
		ticker := time.NewTicker(progressEvery)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				emit(false)
			case <-done:
				return
			}
		}
	})
	return sync.OnceFunc(func() {
		close(done)
		ended.Wait()
		emit(true)
	})
}

func progressOf(pacer *pace.Pacer, counts func() (event.Progress, int)) event.Progress {
	p, remaining := counts()
	if why, until, waiting := pacer.Waiting(); waiting {
		p.Wait = &event.Wait{Why: why, Until: until}
	}
	if remaining > 0 {
		p.DoneAbout = pacer.Outlook(remaining).Done
	}
	return p
}

// FollowInput is [Events.Follow] for a phase that goes through a file, which may take time to open. Pass the file to
// opened when it is open.
func (e *Events) FollowInput(phase event.Phase, name string) (opened func(*files.Input), stop func()) {
	var input atomic.Pointer[files.Input]
	return input.Store, e.Follow(func() event.Progress { return ProgressIn(input.Load(), phase, name) })
}

// ProgressIn returns how far a phase that goes through the file has got; the file is nil until it is open.
func ProgressIn(input *files.Input, phase event.Phase, name string) event.Progress {
	p := event.Progress{Phase: phase, Sheet: name}
	if input != nil {
		p.Done, p.Total = int(input.Position()), int(input.Size())
	}
	return p
}
