package update

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"razebulk/batch/pace"
	"razebulk/report"
)

// recordWindowEvery is how often the state of the quota is recorded, in case the run is killed: as often as its
// results are written to disk.
const recordWindowEvery = time.Second

// keepWindow records the state of the quota, for a run that resumes this one, until stop is called. Without it, that
// run makes a request that may be refused, so a failure to write it is ignored.
func (r *Run) keepWindow() (stop func()) {
	stopped, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(recordWindowEvery)
		defer tick.Stop()
		for recorded := (pace.Window{}); ; {
			select {
			case <-tick.C:
				recorded = r.recordWindow(recorded)
			case <-stopped:
				return
			}
		}
	}()
	return func() { close(stopped); <-ended }
}

// recordWindow records the state of the quota if it isn't recorded yet, and returns it.
func (r *Run) recordWindow(recorded pace.Window) pace.Window {
	w := r.requests.Pacer.Window()
	if w.Limit > 0 && w != recorded {
		_ = r.run.change(func(about *report.RunRecord) { about.Window = r.windowOf(w, *about) })
	}
	return w
}

// windowOf returns the state of the quota for the record of a run, or nil if it is not known.
func (r *Run) windowOf(w pace.Window, about report.RunRecord) *report.Window {
	if w.Limit == 0 {
		return nil
	}
	key := keyMark(r.options.Requests.API.Key, about)
	return &report.Window{Key: key, Limit: w.Limit, Remaining: w.Remaining, Resets: w.Resets, Length: w.Length}
}

// resumeWindow makes the first request follow the recorded state of the quota, if that is the same key's.
func (r *Run) resumeWindow(of report.RunRecord) {
	if w := of.Window; w != nil && w.Key == keyMark(r.options.Requests.API.Key, of) {
		r.requests.Pacer.Resume(pace.Window{Limit: w.Limit, Remaining: w.Remaining, Resets: w.Resets, Length: w.Length})
	}
}

// keyMark identifies the key of a run without showing it.
func keyMark(key string, of report.RunRecord) string {
	sum := hmac.New(sha256.New, []byte(key))
	fmt.Fprint(sum, "window of ", of.Started.UnixNano())
	return hex.EncodeToString(sum.Sum(nil)[:4])
}
