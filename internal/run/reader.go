package run

import (
	"sync/atomic"
	"time"

	"razebulk/batch"
	"razebulk/internal/event"
)

// Reader reads opportunities, and emits its progress as an event. It must be stopped.
type Reader struct {
	batch.Reader
	requests *Requests
	done     atomic.Int64
	stop     func()
}

// Reader returns one that has read nothing yet.
func (r *Requests) Reader() *Reader {
	reader := &Reader{requests: r, stop: func() {}}
	reader.Reader = batch.Reader{
		Client: r.Client, Pacer: r.Pacer, Workers: r.options.Workers, Retries: r.options.Retries, Log: r.options.Log, Dialect: r.Dialect,
		Count: func(requests int) { reader.done.Add(int64(requests)) },
	}
	return reader
}

// Requests is how many requests were made so far, repeated ones included.
func (r *Reader) Requests() int { return int(r.done.Load()) }

// Began says that the reading takes so many requests in all, as far as that is known: its progress is emitted from now
// on.
func (r *Reader) Began(requests int) {
	r.stop()
	begun, before := time.Now(), r.Requests()
	r.stop = r.requests.events.Track(r.requests.Pacer, func() (event.Progress, int) {
		done := r.Requests()
		return event.Progress{
			Phase: event.Reading, Done: done, Total: requests, Requests: done - before, Elapsed: time.Since(begun),
		}, requests - done
	})
}

// Stop ends the progress.
func (r *Reader) Stop() { r.stop() }
