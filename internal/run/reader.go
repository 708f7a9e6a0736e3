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

// Reader returns a reader that has read nothing yet.
func (r *Requests) Reader() *Reader {
	reader := &Reader{requests: r, stop: func() {}}
	reader.Reader = batch.Reader{
		Client: r.Client, Pacer: r.Pacer, Workers: r.options.Workers, Retries: r.options.Retries, Log: r.options.Log, Dialect: r.Dialect,
		Count: func(requests int) { reader.done.Add(int64(requests)) },
	}
	return reader
}

// Requests returns how many requests were made so far, including repeated ones.
func (r *Reader) Requests() int { return int(r.done.Load()) }

// Began sets the total number of requests that the reading is known to take, and starts emitting its progress.
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

// Stop stops emitting progress.
func (r *Reader) Stop() { r.stop() }
